package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// The mails to the owners of a tenant whose plan has no room for all its sub-accounts.
@Singleton
public record GraceMails(Mails mails, Settings settings) {

    private static final int NAMED = 50;

    /// @param excess the sub-accounts that will be suspended
    void send(Tx tx, AccountId tenant, GracePeriod grace, List<Place> excess) {
        ZoneId zone = AccountDays.zone(tx, tenant);
        String subject = Words.count(excess.size(), "brand", "brands") + " will be suspended on "
                + Words.day(grace.endsAt(), zone);
        String body = """
                Your plan has no room for %s. Until %s, %s read-only: public pages stay online, but you can't change \
                anything. After that, %s suspended and the public pages go offline.

                %s

                What you can do:
                - get a larger plan to have everything back right away
                - delete brands you no longer need
                - choose which brands to keep

                %s/admin/subscription

                Nothing is deleted. Suspended brands come back when your plan has room for them.
                """.formatted(
                        excess.size() == 1 ? "one of your brands" : excess.size() + " of your brands",
                        Words.moment(grace.endsAt(), zone),
                        excess.size() == 1 ? "it is" : "they are",
                        excess.size() == 1 ? "it is" : "they are",
                        names(excess),
                        settings.baseUrl());
        new IdentityStore(tx).ownerEmails(tenant).forEach(email -> mails.send(tx, MailKind.PLAN, email, subject, body));
    }

    private static String names(List<Place> excess) {
        String named = excess.stream()
                .limit(NAMED)
                .map(place -> "- " + place.displayName() + " (@" + place.username() + ")")
                .collect(Collectors.joining("\n"));
        return excess.size() > NAMED ? named + "\n- and " + (excess.size() - NAMED) + " more" : named;
    }
}
