package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Tells owners what support asks for, begins and ends, and operators that they may begin.
@Singleton
record SupportMails(Mails mails, Settings settings) {

    void asked(Tx tx, Account root, SupportAccess access) {
        owners(tx, root, "Support asks for access to @" + root.username(), """
                The people who run this server ask for access to your account @%s.

                Their reason: %s

                They see and change what a manager can, for at most 60 minutes at a time. They can't see keys, passwords or
                QR codes, and can't export, transfer or delete anything. To allow it, open this page:
                %s

                If you did not expect this, do nothing: without your consent, they have no access.
                """.formatted(
                        root.username(), access.reason(), page(root)));
    }

    void allowed(Tx tx, Account root, SupportAccess access, Instant until) {
        var people = new IdentityStore(tx);
        people.find(access.operator())
                .ifPresent(operator -> mails.send(
                        tx,
                        MailKind.NOTICE,
                        operator.email(),
                        "@" + root.username() + " allows support access",
                        """
                                An owner of @%s allows support access until %s. Begin here:
                                %s/operator/accounts/%s/support
                                """.formatted(
                                        root.username(),
                                        Words.moment(until, people.zone(operator.id())),
                                        settings.baseUrl(),
                                        root.id())));
    }

    void begun(Tx tx, Account root, SupportAccess access) {
        owners(tx, root, "Support has access to @" + root.username() + " now", """
                Support began to work in your account @%s%s, until %s at the latest.

                Their reason: %s

                Everything they do is in your audit log. See it, or end the access, on this page:
                %s
                """.formatted(
                        root.username(),
                        access.forced() ? " without your consent, as this server’s rules allow" : "",
                        Words.moment(access.expiresAt(), AccountDays.zone(tx, root.id())),
                        access.reason(),
                        page(root)));
    }

    void ended(Tx tx, Account root, SupportAccess access, SupportAccess.End by) {
        owners(tx, root, "Support no longer has access to @" + root.username(), """
                The support access to your account @%s has ended (%s).

                Their reason was: %s

                What they did is in your audit log:
                %s/admin/audit?as=%s
                """.formatted(
                        root.username(), by.words, access.reason(), settings.baseUrl(), root.username()));
    }

    private String page(Account root) {
        return settings.baseUrl() + SupportPageResource.PATH + "?as=" + root.username();
    }

    private void owners(Tx tx, Account root, String subject, String body) {
        new IdentityStore(tx)
                .ownerEmails(root.id())
                .forEach(owner -> mails.send(tx, MailKind.NOTICE, owner, subject, body));
    }
}
