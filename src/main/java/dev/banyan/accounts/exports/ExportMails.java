package dev.banyan.accounts.exports;

import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;

/// Tells the person who asked for an export how it ended. The link leads to a page for owners who have proved who they
/// are, so the mail itself opens nothing.
@Singleton
record ExportMails(Mails mails, Settings settings) {

    void ready(Tx tx, AccountExport export) {
        send(tx, export, "Your export of " + export.username() + " is ready", """
                Your export of %s is ready. Download it within 7 days:

                %s%s

                We ask for your password before the download starts. The file contains everything in %s, so keep it safe.
                """.formatted(
                        export.username(),
                        settings.baseUrl(),
                        ExportPaths.HOME,
                        export.whole() ? "the account and its brands" : "the brand"));
    }

    void failed(Tx tx, AccountExport export, String why) {
        send(tx, export, "Your export of " + export.username() + " failed", """
                We couldn’t export %s. %s

                Try again here:

                %s%s
                """.formatted(
                        export.username(), why, settings.baseUrl(), ExportPaths.HOME));
    }

    private void send(Tx tx, AccountExport export, String subject, String body) {
        new IdentityStore(tx)
                .find(export.requestedBy())
                .filter(person -> new MembershipStore(tx)
                        .find(export.tenant(), person.id())
                        .filter(Membership::isOwner)
                        .isPresent())
                .ifPresent(person -> mails.send(tx, MailKind.NOTICE, person.email(), subject, body));
    }
}
