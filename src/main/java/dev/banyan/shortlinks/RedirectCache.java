package dev.banyan.shortlinks;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.cache.NumberedTickets;
import dev.banyan.platform.cache.PackedCache;
import dev.banyan.platform.cache.TicketCache;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Caches short links in memory, by slug, until they change: those with a single target as bytes (docs/decisions/0070).
/// What depends on the account is in one object; all its short links are void when the account changes.
@Singleton
final class RedirectCache {

    /// The state of an account, shared by its short links.
    record AccountState(
            Owner owner, AccountStatus status, Optional<ShortLinkId> firstOverPlan, Ticket ticket, long keptAt)
            implements TicketCache.Entry {

        /// Returns whether all its short links are within the plan.
        boolean isWhole() {
            return firstOverPlan.isEmpty();
        }

        /// Returns whether a short link is beyond the plan. Ids sort by age, and the oldest are kept.
        boolean isOverPlan(ShortLinkId id) {
            return firstOverPlan
                    .filter(first -> id.toString().compareTo(first.toString()) >= 0)
                    .isPresent();
        }
    }

    /// A cached short link.
    sealed interface Kept {

        AccountState account();

        /// Has a single target for all visitors; there are millions of these.
        ///
        /// @param location as a header may contain it
        record Plain(AccountState account, UUID id, String location) implements Kept {}

        /// Requires a decision.
        record Full(AccountState account, ShortLink link, long keptAt) implements Kept, TicketCache.Entry {

            @Override
            public Ticket ticket() {
                return account().ticket();
            }
        }
    }

    private static final int UNKNOWN_SLUGS = 100_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);
    private static final int ACCOUNTS = 200_000;
    private static final long MEGABYTE = 1_048_576;
    /// Size of a short link that requires a decision, without its texts.
    private static final int OVERHEAD = 1_220;
    /// A parsed document of rules is several times larger than its text.
    private static final int DECODED = 4;
    /// Precedes the location of a plain one.
    private static final int ID_BYTES = 2 * Long.BYTES;

    private final OtherNodes others;
    private final NumberedTickets<AccountId> tickets;
    private final TicketCache<AccountId, AccountState> accounts;
    private final PackedCache<AccountId> plain;
    private final TicketCache<String, Kept.Full> full;
    /// Unknown slugs, with the number of the last change when they were looked up.
    private final Cache<String, Long> unknown = Caffeine.newBuilder()
            .maximumSize(UNKNOWN_SLUGS)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();

    RedirectCache(Settings settings, Database database, OtherNodes others, Clock clock) {
        this.others = others;
        this.tickets = new NumberedTickets<>(database, others, clock);
        this.accounts = new TicketCache<>(tickets, ACCOUNTS, (_, _) -> 1);
        long room = settings.shortLinkCacheMegabytes() * MEGABYTE;
        this.plain = new PackedCache<>(tickets, room * 3 / 4, '/'); // which no slug contains
        this.full = new TicketCache<>(tickets, room / 4, RedirectCache::weight);
    }

    private static int weight(String slug, Kept.Full kept) {
        return OVERHEAD
                + slug.length()
                + DECODED
                        * (kept.link().routing().written().length()
                                + kept.link().target().length());
    }

    /// @param slug in lower case
    Optional<Kept> find(String slug) {
        Optional<PackedCache.Found<AccountId>> packed = plain.find(slug);
        return packed.isPresent()
                ? accounts.findOfAnyAge(packed.get().owner())
                        .map(account -> unpacked(account, packed.get().bytes()))
                : full.find(slug).map(Kept.class::cast);
    }

    private static byte[] packed(Kept.Plain kept) {
        byte[] location = kept.location().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(ID_BYTES + location.length)
                .putLong(kept.id().getMostSignificantBits())
                .putLong(kept.id().getLeastSignificantBits())
                .put(location)
                .array();
    }

    private static Kept unpacked(AccountState account, byte[] packed) {
        var bytes = ByteBuffer.wrap(packed);
        return new Kept.Plain(
                account,
                new UUID(bytes.getLong(), bytes.getLong()),
                new String(packed, ID_BYTES, packed.length - ID_BYTES, StandardCharsets.UTF_8));
    }

    boolean isUnknown(String slug) {
        Long asOf = unknown.getIfPresent(slug);
        return asOf != null && asOf == tickets.changes();
    }

    /// Returns the change number. To be taken before the database is read.
    long number() {
        return tickets.changes();
    }

    Optional<AccountState> account(AccountId id) {
        return accounts.find(id);
    }

    /// Returns an account's ticket. To be drawn before its state is read.
    Ticket ticket(AccountId account) {
        return tickets.ticket(account);
    }

    /// Returns the time to be kept with an entry.
    long now() {
        return tickets.now();
    }

    void keep(long number, AccountState state) {
        accounts.keep(state.owner().account(), state, number);
    }

    void keep(long number, String slug, Kept kept) {
        switch (kept) {
            case Kept.Plain one -> plain.keep(slug, one.account().owner().account(), number, packed(one));
            case Kept.Full one -> full.keep(slug, one, number);
        }
    }

    void keepUnknown(long number, String slug) {
        unknown.put(slug, number);
    }

    void drop(String slug) {
        forget(slug);
        others.tell(new SlugChanged(slug));
    }

    private void forget(String slug) {
        plain.drop(slug);
        full.drop(slug);
    }

    void drop(AccountId account) {
        tickets.tear(account);
        others.tell(new ShortLinksChanged(account));
    }

    void accountChanged(@Observes AccountChanged changed) {
        tickets.tear(changed.account());
    }

    /// A short link was changed on another node.
    record SlugChanged(String slug) implements News {}

    void slugChanged(@Observes SlugChanged changed) {
        forget(changed.slug());
    }

    /// Short links of an account were changed on another node.
    record ShortLinksChanged(AccountId account) implements News {}

    void shortLinksChanged(@Observes ShortLinksChanged changed) {
        tickets.tear(changed.account());
    }
}
