package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Tells what WhatsApp thinks of numbers.
@Singleton
public record SenderRatings(Database database, Clock clock) {

    /// Returns how many people the business portfolio of a number has written to first in the last 24 hours; empty if
    /// it has no limit that we know.
    public Optional<Long> reached(AccountId tenant, SenderId sender) {
        return places(tenant, List.of(sender)).map(PortfolioPlaces.Left::reached);
    }

    /// Returns how many people the business portfolio of the numbers of one account at WhatsApp may write to first in
    /// 24 hours, and has; empty if it has no limit that we know.
    public Optional<PortfolioPlaces.Left> places(AccountId tenant, Collection<SenderId> senders) {
        return senders.isEmpty()
                ? Optional.empty()
                : database.read(
                        tenant,
                        tx -> PortfolioPlaces.of(tx, tenant, senders, clock.instant())
                                .left());
    }

    /// Returns the ratings of those of these numbers that have one: only those of the Cloud API are rated.
    public Map<SenderId, SenderRating> of(AccountId tenant, Collection<SenderId> senders) {
        return senders.isEmpty()
                ? Map.of()
                : database.read(tenant, tx -> new SenderRatingStore(tx).of(tenant, senders));
    }
}
