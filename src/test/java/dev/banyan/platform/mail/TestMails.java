package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.secrets.TestSecrets;

/// Mails for tests that create operations manually: they stay in the database and are not delivered.
public final class TestMails {

    private TestMails() {}

    public static ServerMail serverMail(Database database, Settings settings, Clock clock) {
        return new ServerMail(database, settings, TestSecrets.sent(settings), TestAudit.on(database, clock), clock);
    }

    public static Mails waitingIn(Database database, Settings settings, Clock clock) {
        return new Mails(
                database,
                settings,
                serverMail(database, settings, clock),
                _ -> {
                    throw new AssertionError("Nothing is delivered in this test");
                },
                MailRoutes.none(),
                clock,
                new Uuids(clock));
    }
}
