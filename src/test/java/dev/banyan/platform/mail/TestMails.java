package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;

/// Mails for tests that create operations manually: they stay in the database and are not delivered.
public final class TestMails {

    private TestMails() {}

    public static Mails waitingIn(Database database, Settings settings, Clock clock) {
        return new Mails(
                database,
                settings,
                _ -> {
                    throw new AssertionError("Nothing is delivered in this test");
                },
                MailRoutes.none(),
                clock,
                new Uuids(clock));
    }
}
