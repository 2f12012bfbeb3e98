package dev.banyan.platform.cache;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import dev.banyan.platform.cache.Tickets.Ticket;
import org.jspecify.annotations.Nullable;

/// Keeps objects in memory while their tickets are valid. Entries carry their own tickets, so a hit is one look into
/// the table and takes neither a lock nor memory.
public final class TicketCache<K, V extends TicketCache.Entry> {

    /// Something kept under a ticket.
    public interface Entry {

        Ticket ticket();

        /// See [Tickets#now()].
        long keptAt();
    }

    private final Tickets<?> tickets;
    private final Cache<K, V> entries;

    /// @param maximum weight of all entries together
    public TicketCache(Tickets<?> tickets, long maximum, Weigher<K, V> weigher) {
        this.tickets = tickets;
        this.entries =
                Caffeine.newBuilder().maximumWeight(maximum).weigher(weigher).build();
    }

    public Optional<V> find(K key) {
        V entry = entries.getIfPresent(key);
        return entry != null && tickets.isValid(entry.ticket(), entry.keptAt()) ? Optional.of(entry) : Optional.empty();
    }

    /// Returns an entry whose ticket is valid, whatever its age: for what belongs to a younger entry whose age was
    /// checked.
    public Optional<V> findOfAnyAge(K key) {
        return Optional.ofNullable(entries.getIfPresent(key))
                .filter(entry -> !entry.ticket().isTorn());
    }

    /// Keeps an entry whose ticket was drawn before the database was read.
    public void keep(K key, V entry) {
        entries.put(key, entry);
    }

    /// Keeps an entry if nothing has changed meanwhile.
    ///
    /// @param changes see [Tickets#changes()], from before the database was read
    public void keep(K key, V entry, long changes) {
        entries.asMap().compute(key, (K _, @Nullable V before) -> tickets.changes() == changes ? entry : before);
    }

    /// Forgets one entry. To be called after the commit of its change.
    public void drop(K key) {
        tickets.changed();
        entries.invalidate(key);
    }
}
