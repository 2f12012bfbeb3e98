package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import jakarta.inject.Singleton;

/// Current load and recent activity of an account's numbers, for boards.
@Singleton
public record PoolFigures(Database database, SendRates rates, Clock clock) {

    static final Duration SHARES_OF = Duration.ofHours(24);

    /// @param day activity of each number in the last 24 hours
    /// @param hours activity of each pool in the hours of that time, oldest first; hours without any are left out
    /// @param contacts number of contacts of each pool
    public record Figures(
            OutgoingStore.Waiting waiting,
            Map<SenderId, SenderHours> day,
            Map<SenderId, List<SenderHours>> hours,
            Map<SenderId, Long> contacts) {

        public SenderHours day(SenderId sender) {
            return day.getOrDefault(sender, SenderHours.none(Instant.EPOCH));
        }

        /// Returns what all numbers of a pool sent in that time.
        public long sent(Pool pool) {
            return pool.senders().mapToLong(sender -> day(sender.id()).sent()).sum();
        }

        /// Returns how many messages of a pool failed in that time.
        public long failed(Pool pool) {
            return pool.senders().mapToLong(sender -> day(sender.id()).failed()).sum();
        }
    }

    /// Reads all figures in four queries, however many numbers there are.
    ///
    /// @param pools the pools whose hours and contacts are read
    public Figures of(AccountId tenant, Collection<SenderId> pools) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(SHARES_OF);
        return database.read(tx -> new Figures(
                new OutgoingStore(tx).waiting(tenant),
                new SenderHoursStore(tx).totals(tenant, from),
                pools.isEmpty() ? Map.of() : new SenderHoursStore(tx).ofPools(tenant, pools, from),
                new PoolContactStore(tx).counts(tenant, pools)));
    }

    public long sentSince(AccountId tenant, SenderId sender, Instant from) {
        return database.read(tenant, tx -> new SenderHoursStore(tx).sentSince(tenant, List.of(sender), from))
                .getOrDefault(sender, 0L);
    }

    public OutgoingStore.Waiting waiting(AccountId tenant) {
        return database.read(tenant, tx -> new OutgoingStore(tx).waiting(tenant));
    }

    /// Returns how many messages a number has sent in the last minute.
    public long lastMinute(Sender sender) {
        return rates.lastMinute(sender.key());
    }
}
