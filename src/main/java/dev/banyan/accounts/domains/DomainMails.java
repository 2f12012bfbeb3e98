package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;

/// Tells the owners that a domain no longer shows what it did.
@Singleton
final class DomainMails {

    private final Mails mails;
    private final Settings settings;

    DomainMails(Mails mails, Settings settings) {
        this.mails = mails;
        this.settings = settings;
    }

    /// @param why a whole sentence
    void switchedOff(Tx tx, Domain domain, String why) {
        new MembershipStore(tx)
                .lockOwners(domain.owner().tenant()).stream()
                        .map(new IdentityStore(tx)::find)
                        .flatMap(Optional::stream)
                        .map(Identity::email)
                        .forEach(email ->
                                mails.send(tx, email, domain.host().shown() + " was turned off", text(domain, why)));
    }

    private String text(Domain domain, String why) {
        return """
                We turned off the domain %s. %s

                If it is still yours, set this TXT record again, and check the domain:

                Name:  %s
                Value: %s

                %s%s
                """.formatted(
                        domain.host().shown(),
                        why,
                        domain.proofName(),
                        domain.proof(),
                        settings.baseUrl(),
                        DomainsPageResource.HOME);
    }
}
