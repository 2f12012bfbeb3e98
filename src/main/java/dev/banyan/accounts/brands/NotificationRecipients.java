package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.PlanSettings.NoticesTo;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;

/// Sends mails about a sub-account to the recipients that its agency chose: the agency's owners, the sub-account's own
/// address, or both. If a sub-account has no address of its own, the agency gets them, so that no notice is lost.
@Singleton
public final class NotificationRecipients {

    /// A mail without its recipients.
    public record Text(String subject, String body) {}

    private final Mails mails;
    private final NoticesTo standard;

    public NotificationRecipients(Mails mails, Settings settings) {
        this.mails = mails;
        this.standard = settings.plans().noticesTo();
    }

    void send(Tx tx, Account root, SubAccountStore.Row subAccount, String subject, String body) {
        for (String recipient : recipients(tx, root, subAccount)) {
            mails.send(tx, MailKind.NOTICE, recipient, subject, body);
        }
    }

    /// Sends a mail about any account: for a root account, to its owners. Sends nothing for accounts that are not
    /// active.
    ///
    /// @param text builds the mail for the account
    public void send(Tx tx, Owner owner, Function<Account, Text> text) {
        Optional<Account> root = active(tx, owner.tenant());
        Optional<Account> about = owner.isSubAccount() ? active(tx, owner.account()) : root;
        if (root.isEmpty() || about.isEmpty()) {
            return;
        }
        Text written = text.apply(about.get());
        Set<String> to = owner.isSubAccount()
                ? new SubAccountStore(tx)
                        .find(owner.tenant(), owner.account())
                        .map(row -> recipients(tx, root.get(), row))
                        .orElse(Set.of())
                : new LinkedHashSet<>(new IdentityStore(tx).ownerEmails(owner.tenant()));
        to.forEach(recipient -> mails.send(tx, MailKind.NOTICE, recipient, written.subject(), written.body()));
    }

    private static Optional<Account> active(Tx tx, AccountId id) {
        return new AccountStore(tx).find(id).filter(account -> account.status() == AccountStatus.ACTIVE);
    }

    private Set<String> recipients(Tx tx, Account root, SubAccountStore.Row subAccount) {
        NoticesTo to = subAccount.details().notices().orElse(standard);
        var recipients = new LinkedHashSet<String>();
        if (to != NoticesTo.PARENT) {
            subAccount.account().email().ifPresent(recipients::add);
        }
        if (to != NoticesTo.SUBACCOUNT || recipients.isEmpty()) {
            recipients.addAll(new IdentityStore(tx).ownerEmails(root.id()));
        }
        return recipients;
    }
}
