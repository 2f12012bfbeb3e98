package dev.banyan.shortlinks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Caches short links in memory, by slug, until they change.
///
/// Every change has a number, taken before its slug is dropped. Data read under an older number is not stored, so old
/// data can't get in after a change. What depends on the account is in one object shared by all its short links, and is
/// invalidated when the account changes.
@Singleton
final class RedirectCache {

    /// The state of an account, shared by its short links.
    static final class AccountState {

        private final Owner owner;
        private final AccountStatus status;
        private final Optional<ShortLinkId> firstOverPlan;
        /// Shared with entries read earlier, so that all are invalidated at once.
        private volatile AtomicBoolean torn = new AtomicBoolean();

        AccountState(Owner owner, AccountStatus status, Optional<ShortLinkId> firstOverPlan) {
            this.owner = owner;
            this.status = status;
            this.firstOverPlan = firstOverPlan;
        }

        Owner owner() {
            return owner;
        }

        AccountStatus status() {
            return status;
        }

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
        record Full(AccountState account, ShortLink link) implements Kept {}
    }

    private static final int UNKNOWN_SLUGS = 100_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    /// While the database is unavailable, nothing newer can be read.
    private static final Duration WHILE_AWAY = Duration.ofHours(1);
    /// Size of an entry without its texts: nodes of the table, the record, the UUID. Measured; see docs.
    private static final int OVERHEAD = 220;
    /// A parsed document of rules is several times larger than its text.
    private static final int DECODED = 4;

    private final Database database;
    private final Cache<AccountId, AccountState> accounts;
    private final Cache<String, Kept> bySlug;
    /// Unknown slugs, with the number of the last change when they were looked up.
    private final Cache<String, Long> unknown;
    private final AtomicLong changes = new AtomicLong();

    RedirectCache(Settings settings, Database database) {
        this.database = database;
        var slugs = Caffeine.newBuilder()
                .maximumWeight(settings.shortLinkCacheMegabytes() * 1_048_576L)
                .weigher((String slug, Kept kept) -> weight(slug, kept));
        var states = Caffeine.newBuilder();
        if (database.isShared()) {
            slugs.expireAfterWrite(WHILE_AWAY);
            states.expireAfterWrite(WHILE_AWAY);
        }
        this.bySlug = slugs.build();
        // Reachable as long as one of its short links is cached, so that it can be invalidated.
        this.accounts = states.weakValues().build();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(UNKNOWN_SLUGS)
                .expireAfterWrite(WHERE_OTHERS_WRITE)
                .build();
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
        Kept kept = bySlug.getIfPresent(slug);
        return kept == null || kept.account().torn.get() || !isYoung(bySlug, slug)
                ? Optional.empty()
                : Optional.of(kept);
    }

    /// Returns whether an entry may be used. Changes on other nodes can't invalidate it, so with several nodes it is
    /// valid only as long as people would wait for a change. While the database is unavailable, it stays valid.
    private <K> boolean isYoung(Cache<K, ?> in, K key) {
        return !database.isShared() || isNew(in, key) || database.isAway();
    }

    private static <K> boolean isNew(Cache<K, ?> in, K key) {
        return in.policy()
                .expireAfterWrite()
                .flatMap(policy -> policy.ageOf(key))
                .filter(age -> age.compareTo(WHERE_OTHERS_WRITE) < 0)
                .isPresent();
    }

    boolean isUnknown(String slug) {
        Long asOf = unknown.getIfPresent(slug);
        return asOf != null && asOf == changes.get();
    }

    /// Returns the change number. To be taken before the database is read.
    long number() {
        return changes.get();
    }

    Optional<AccountState> account(AccountId id) {
        return Optional.ofNullable(accounts.getIfPresent(id))
                .filter(state -> !state.torn.get() && isYoung(accounts, id));
    }

    /// Stores the state of an account. If two requests bring one at the same time, the first is kept, because only one
    /// can be invalidated.
    ///
    /// @return the state to be used for the account's short links
    AccountState keep(long number, AccountState state) {
        AccountId account = state.owner().account();
        boolean old = !isYoung(accounts, account);
        AccountState kept = accounts.asMap().compute(account, (_, before) -> {
            if (before != null && !old || changes.get() != number) {
                return before;
            }
            if (before != null) {
                state.torn = before.torn;
            }
            return state;
        });
        return kept == null || old ? state : kept;
    }

    void keep(long number, String slug, Kept kept) {
        bySlug.asMap().compute(slug, (_, before) -> changes.get() == number ? kept : before);
    }

    void keepUnknown(long number, String slug) {
        unknown.put(slug, number);
    }

    void drop(String slug) {
        changes.incrementAndGet();
        bySlug.invalidate(slug);
    }

    /// Drops everything of an account.
    void drop(AccountId account) {
        changes.incrementAndGet();
        // Atomic: a concurrently stored entry is either invalidated, too, or comes after this and stays.
        accounts.asMap().computeIfPresent(account, (_, state) -> {
            state.torn.set(true);
            return null;
        });
    }

    void accountChanged(@Observes AccountChanged changed) {
        drop(changed.account());
    }
}
