package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Tells what WhatsApp thinks of numbers.
@Singleton
public final class SenderRatings {

    private final Database database;

    public SenderRatings(Database database) {
        this.database = database;
    }

    /// Returns the ratings of those of these numbers that have one: only those of the Cloud API are rated.
    public Map<SenderId, SenderRating> of(AccountId tenant, Collection<SenderId> senders) {
        return senders.isEmpty()
                ? Map.of()
                : database.read(tenant, tx -> new SenderRatingStore(tx).of(tenant, senders));
    }
}
