package dev.banyan.shortlinks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.cache.TicketCache;
import dev.banyan.platform.cache.Tickets;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Caches short links in memory, by slug, until they change. What depends on the account is in one object shared by its
/// short links; all of them are void when the account changes.
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
    sealed interface Kept extends TicketCache.Entry {

        AccountState account();

        @Override
        default Ticket ticket() {
            return account().ticket();
        }

        /// Has a single target for all visitors; there are millions of these.
        ///
        /// @param location as a header may contain it
        record Plain(AccountState account, UUID id, String location, long keptAt) implements Kept {}

        /// Requires a decision.
        record Full(AccountState account, ShortLink link, long keptAt) implements Kept {}
    }

    private static final int UNKNOWN_SLUGS = 100_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);
    private static final int ACCOUNTS = 200_000;
    /// Size of an entry without its texts: nodes of the table, the record, the UUID. Measured; see docs.
    private static final int OVERHEAD = 220;
    /// A parsed document of rules is several times larger than its text.
    private static final int DECODED = 4;

    private final OtherNodes others;
    private final Tickets<AccountId> tickets;
    private final TicketCache<AccountId, AccountState> accounts;
    private final TicketCache<String, Kept> bySlug;
    /// Unknown slugs, with the number of the last change when they were looked up.
    private final Cache<String, Long> unknown = Caffeine.newBuilder()
            .maximumSize(UNKNOWN_SLUGS)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();

    RedirectCache(Settings settings, Database database, OtherNodes others, Clock clock) {
        this.others = others;
        this.tickets = new Tickets<>(database, others, clock);
        this.accounts = new TicketCache<>(tickets, ACCOUNTS, (_, _) -> 1);
        this.bySlug =
                new TicketCache<>(tickets, settings.shortLinkCacheMegabytes() * 1_048_576L, RedirectCache::weight);
    }

    private static int weight(String slug, Kept kept) {
        return OVERHEAD
                + slug.length()
                + switch (kept) {
                    case Kept.Plain plain -> plain.location().length();
                    case Kept.Full full ->
                        1_000
                                + DECODED
                                        * (full.link().routing().written().length()
                                                + full.link().target().length());
                };
    }

    /// @param slug in lower case
    Optional<Kept> find(String slug) {
        return bySlug.find(slug);
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
        bySlug.keep(slug, kept, number);
    }

    void keepUnknown(long number, String slug) {
        unknown.put(slug, number);
    }

    void drop(String slug) {
        bySlug.drop(slug);
        others.tell(new SlugChanged(slug));
    }

    /// Drops everything of an account.
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
        bySlug.drop(changed.slug());
    }

    /// Short links of an account were changed on another node.
    record ShortLinksChanged(AccountId account) implements News {}

    void shortLinksChanged(@Observes ShortLinksChanged changed) {
        tickets.tear(changed.account());
    }
}
