package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Tells the owners that a domain no longer shows what it did.
@Singleton
record DomainMails(Mails mails, Settings settings) {

    private static final int NAMED = 50;

    /// @param why a whole sentence
    void switchedOff(Tx tx, Domain domain, String why) {
        send(tx, domain.owner().tenant(), domain.host().shown() + " was turned off", text(domain, why));
    }

    private void send(Tx tx, AccountId tenant, String subject, String body) {
        new MembershipStore(tx)
                .lockOwners(tenant).stream()
                        .map(new IdentityStore(tx)::find)
                        .flatMap(Optional::stream)
                        .map(Identity::email)
                        .forEach(email -> mails.send(tx, email, subject, body));
    }

    /// @param domains that are shown for some more days; without any, there is no mail
    void lapsing(Tx tx, AccountId tenant, List<Domain> domains) {
        ZoneId zone = AccountDays.zone(tx, tenant);
        domains.stream()
                .flatMap(domain -> domain.lapse().stream())
                .map(Domain.Lapse::endsAt)
                .min(Comparator.naturalOrder())
                .ifPresent(end -> send(
                        tx,
                        tenant,
                        named(domains) + (domains.size() == 1 ? " stops" : " stop") + " working on "
                                + Words.day(end, zone),
                        """
                        Your plan no longer includes custom domains. Until %s, everything works as before. After that, \
                        visitors see a neutral page at the domains below, and your pages stay online at %s:

                        %s

                        Get a plan with custom domains to keep them:

                        %s/admin/subscription

                        Nothing is deleted. The domains stay yours, and come back with the plan.
                        """.formatted(
                                Words.moment(end, zone), settings.publicHost(), hosts(domains), settings.baseUrl())));
    }

    /// @param domains whose days are over; without any, there is no mail
    void lapsed(Tx tx, AccountId tenant, List<Domain> domains) {
        if (!domains.isEmpty()) {
            send(
                    tx,
                    tenant,
                    named(domains) + (domains.size() == 1 ? " no longer works" : " no longer work"),
                    """
                    Your plan doesn't include custom domains, so visitors see a neutral page at the domains below. \
                    Your pages are online at %s:

                    %s

                    Get a plan with custom domains to have them back right away:

                    %s/admin/subscription
                    """.formatted(settings.publicHost(), hosts(domains), settings.baseUrl()));
        }
    }

    private static String named(List<Domain> domains) {
        return domains.size() == 1
                ? domains.getFirst().host().shown()
                : Words.count(domains.size(), "domain", "domains");
    }

    private static String hosts(List<Domain> domains) {
        return domains.stream()
                .limit(NAMED)
                .map(domain -> "- " + domain.host().shown())
                .collect(Collectors.joining("\n"));
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
