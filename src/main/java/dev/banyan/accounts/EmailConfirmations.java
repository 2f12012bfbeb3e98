package dev.banyan.accounts;

import dev.banyan.platform.Digests;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// Proves that an e-mail is its owner's: a link in a mail, whose opening confirms (design 4).
@Singleton
public final class EmailConfirmations {

    private static final Duration LIFE = Duration.ofDays(3);

    private final Database database;
    private final Mails mails;
    private final Settings settings;
    private final Clock clock;

    EmailConfirmations(Database database, Mails mails, Settings settings, Clock clock) {
        this.database = database;
        this.mails = mails;
        this.settings = settings;
        this.clock = clock;
    }

    /// Sends the link to somebody new when `tx` commits.
    void send(Tx tx, Identity identity) {
        mails.send(tx, MailKind.CONFIRMATION, identity.email(), "Confirm your e-mail for Banyan", """
                Welcome to Banyan.

                Open this link to confirm that this address is yours:
                %s

                It works for three days. If you did not register, ignore this mail.
                """.formatted(
                        newLink(tx, identity)));
    }

    /// The same for somebody whose e-mail is another one now.
    void sendForChange(Tx tx, Identity identity) {
        mails.send(tx, MailKind.CONFIRMATION, identity.email(), "Confirm your new e-mail for Banyan", """
                You now sign in to Banyan with this address.

                Open this link to confirm that it is yours:
                %s

                It works for three days. If you did not ask for this, ignore this mail.
                """.formatted(
                        newLink(tx, identity)));
    }

    private String newLink(Tx tx, Identity identity) {
        String token = Digests.newToken();
        new IdentityStore(tx)
                .insertConfirmation(
                        Digests.sha256Hex(token),
                        identity.id(),
                        identity.email(),
                        clock.instant().plus(LIFE));
        return settings.baseUrl() + "/confirm-email?token=" + token;
    }

    /// @return false when the link is unknown or too old
    public boolean confirm(String token) {
        return database.write(tx -> new IdentityStore(tx).confirm(Digests.sha256Hex(token), clock.instant()));
    }

    /// Removes confirmation links that nobody opened in time.
    public int forgetOld() {
        return database.write(tx -> new IdentityStore(tx).deleteConfirmationsBefore(clock.instant()));
    }
}
