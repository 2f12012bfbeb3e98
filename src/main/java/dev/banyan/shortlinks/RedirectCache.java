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

/// Short links in memory, by slug, until they change.
///
/// Every change has a number, drawn before its slug is dropped. What was read under an older number is not kept, so old
/// data cannot slip in after a change. What follows from the account stands in one object for all its short links, and
/// is torn when the account changes.
@Singleton
final class RedirectCache {

    /// What an account's short links have in common.
    static final class AccountState {

        private final Owner owner;
        private final AccountStatus status;
        private final Optional<ShortLinkId> firstOverPlan;
        /// Shared with those that were read before it, so that all are torn at once.
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

        /// Whether the plan has room for all of them.
        boolean isWhole() {
            return firstOverPlan.isEmpty();
        }

        /// Ids sort by age, and the oldest stay.
        boolean isOverPlan(ShortLinkId id) {
            return firstOverPlan
                    .filter(first -> id.toString().compareTo(first.toString()) >= 0)
                    .isPresent();
        }
    }

    /// A short link as it is kept.
    sealed interface Kept {

        AccountState account();

        /// Leads everybody to one place; there are millions of these.
        ///
        /// @param location as a header may carry it
        record Plain(AccountState account, UUID id, String location) implements Kept {}

        /// Something has to be decided.
        record Full(AccountState account, ShortLink link) implements Kept {}
    }

    private static final int UNKNOWN_SLUGS = 100_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    /// While the database is away, nothing newer can be read.
    private static final Duration WHILE_AWAY = Duration.ofHours(1);
    /// Of an entry without its texts: nodes of the table, the record, the UUID. Measured; see docs.
    private static final int OVERHEAD = 220;
    /// A decoded document of rules is some times larger than its text.
    private static final int DECODED = 4;

    private final Database database;
    private final Cache<AccountId, AccountState> accounts;
    private final Cache<String, Kept> bySlug;
    /// Slugs that nobody has, with the number of the last change when they were looked for.
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
        // Held as long as a short link of theirs is kept, and so found by whoever tears it.
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

    /// Another node's change cannot tear what we have: where there are others, it lives no longer than people would
    /// wait for a change. While nothing newer can be read, it lives on.
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

    /// To be drawn before the database is read.
    long number() {
        return changes.get();
    }

    Optional<AccountState> account(AccountId id) {
        return Optional.ofNullable(accounts.getIfPresent(id))
                .filter(state -> !state.torn.get() && isYoung(accounts, id));
    }

    /// Two visitors may bring one each at the same moment: the first is kept, for only one can be torn.
    ///
    /// @return the state that the account's short links are to be kept with
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

    /// All of an account.
    void drop(AccountId account) {
        changes.incrementAndGet();
        // In one step: what somebody keeps meanwhile is either torn, too, or comes after it and stays.
        accounts.asMap().computeIfPresent(account, (_, state) -> {
            state.torn.set(true);
            return null;
        });
    }

    void accountChanged(@Observes AccountChanged changed) {
        drop(changed.account());
    }
}
