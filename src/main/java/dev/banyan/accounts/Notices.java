package dev.banyan.accounts;

import dev.banyan.platform.config.PlanSettings.NoticesTo;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/// Mails about a sub-account, to whom its agency chose: the owners of the agency, the sub-account's own address, or
/// both. One without an address of its own is the agency's affair, so that no notice is lost.
@Singleton
final class Notices {

    private final Mails mails;
    private final NoticesTo standard;

    Notices(Mails mails, Settings settings) {
        this.mails = mails;
        this.standard = settings.plans().noticesTo();
    }

    void send(Tx tx, Account root, SubAccountStore.Row subAccount, String subject, String body) {
        for (String recipient : recipients(tx, root, subAccount)) {
            mails.send(tx, recipient, subject, body);
        }
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
