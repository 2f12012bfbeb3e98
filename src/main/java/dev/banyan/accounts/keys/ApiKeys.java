package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.webhooks.MakerChecks;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The API keys of a root account: their owners, permissions and usage. A sub-account has none. A plan allows a number
/// of keys; if it shrinks, the oldest stay active.
@Singleton
record ApiKeys(
        Database database,
        Plans plans,
        KeyUse use,
        KeyParts parts,
        MakerChecks webhooks,
        Event<AccessChanged> accessChanged,
        Audit audit,
        Clock clock) {

    static final String NOT_FOR_SUB_ACCOUNTS =
            "Sub-accounts cannot access API features. Please switch to parent account.";
    static final int MOST = 1_000;
    static final int DAYS_SHOWN = 30;
    /// Projects, workspaces and pools that the page offers, of each.
    static final int PARTS_OFFERED = 200;
    /// The most checkboxes; further brands are searched for.
    private static final int BRANDS_OFFERED = 50;

    private static final Text NAME = Text.line("name", "Name", 100);
    private static final String PERMISSIONS = "permissions";
    /// All names of today fit, and all older ones, but not both.
    private static final int LONGEST_PERMISSIONS = 1_000;

    /// Everything about an account's keys.
    ///
    /// @param keys oldest first; those that the plan has no room for are inactive
    /// @param available the permissions that keys of this account can have, with their older names
    /// @param offered the same by their names of today
    /// @param minuteUsed requests of this minute by key
    /// @param days requests of the last 30 days, oldest first, today last
    /// @param zone whose days they are
    record Overview(
            Tier tier,
            List<ApiKey> keys,
            List<String> available,
            List<KeyRights.Permission> offered,
            long usedToday,
            Map<String, Long> minuteUsed,
            Map<LocalDate, Long> days,
            ZoneId zone) {}

    /// The result of an action.
    sealed interface Changed {

        /// @param text the whole key, returned only once, when it is created
        record Done(ApiKey key, Optional<String> text) implements Changed {}

        /// Permissions that do not exist, or that keys cannot use.
        record WrongPermissions(Invalid invalid, List<String> available) implements Changed {}

        /// It is to be for a brand, a project, a workspace or a pool that the account doesn't have.
        record NoPart(Invalid invalid) implements Changed {}

        /// The plan has no API keys.
        record NoAccess() implements Changed {}

        /// Sub-accounts have no keys, and a key can't give permissions that it does not have: both are forbidden.
        record Refused(Refusal refusal) implements Changed {}
    }

    private static final Changed FORBIDDEN = new Changed.Refused(new Refusal.Forbidden());
    private static final Changed NOT_FOUND = new Changed.Refused(new Refusal.NotFound());

    Overview of(AccountContext context) {
        AccountId root = context.root().id();
        LocalDate today = use.today(root);
        long usedToday = use.usedToday(root);
        return database.read(tx -> {
            EffectivePlan plan = plans.effective(tx, context.root());
            List<ApiKey> keys = inForce(new ApiKeyStore(tx).list(root, MOST), plan.tier(), clock.instant());
            var counted = new ApiKeyStore(tx).requestsSince(root, today.minusDays(DAYS_SHOWN - 1L));
            var days = new LinkedHashMap<LocalDate, Long>();
            for (LocalDate day = today.minusDays(DAYS_SHOWN - 1L); !day.isAfter(today); day = day.plusDays(1)) {
                days.put(day, day.equals(today) ? usedToday : counted.getOrDefault(day, 0L));
            }
            var minute = new LinkedHashMap<String, Long>();
            keys.forEach(key -> minute.put(key.id(), use.usedInMinute(key.id(), key.perMinute(plan.tier()))));
            return new Overview(
                    plan.tier(),
                    keys,
                    available(plan),
                    offered(plan),
                    usedToday,
                    minute,
                    days,
                    AccountDays.zone(tx, root));
        });
    }

    /// What a key of the account can be narrowed to.
    ///
    /// @param hasMore whether there are more brands than these
    record Parts(List<Account> brands, boolean hasMore, List<KeyParts.Named> others) {}

    Parts parts(AccountContext context) {
        AccountId root = context.root().id();
        return database.read(tx -> {
            List<Account> brands =
                    plans.effective(tx, context.root()).agencyPermission().isEmpty()
                            ? List.of()
                            : new AccountStore(tx).subAccounts(root, "", Optional.empty(), BRANDS_OFFERED + 1);
            return new Parts(
                    brands.subList(0, Math.min(BRANDS_OFFERED, brands.size())),
                    brands.size() > BRANDS_OFFERED,
                    parts.list(tx, root, PARTS_OFFERED));
        });
    }

    /// Finds one key with its effective state, for the page about it.
    Optional<ApiKey> find(AccountContext context, String id) {
        return of(context).keys().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private static List<ApiKey> inForce(List<ApiKey> keys, Tier tier, Instant now) {
        Limit limit = tier.maxApiKeys;
        return IntStream.range(0, keys.size())
                .mapToObj(i -> limit.isFull(i)
                        ? keys.get(i).off(ApiKey.DOWNGRADED)
                        : keys.get(i).limits().isOver(now) ? keys.get(i).off(ApiKey.EXPIRED) : keys.get(i))
                .toList();
    }

    /// Returns the older names first, as the clients of today show them, then those of today.
    private static List<String> available(EffectivePlan plan) {
        return Stream.concat(
                        Stream.concat(ofOwners(plan).stream(), Stream.of(Membership.WORKSPACES))
                                .filter(KeyRights::isGiven),
                        offered(plan).stream().map(KeyRights.Permission::name))
                .toList();
    }

    private static List<KeyRights.Permission> offered(EffectivePlan plan) {
        List<String> rights = ofOwners(plan);
        return KeyRights.all().stream()
                .filter(permission -> permission.use() == KeyRights.Use.ACCOUNTS)
                .filter(permission ->
                        permission.right().equals(Membership.WORKSPACES) || rights.contains(permission.right()))
                .toList();
    }

    /// Returns whether a key of this account can have a permission, however it is spelled.
    private static boolean isAvailable(String word, EffectivePlan plan) {
        Set<String> names =
                offered(plan).stream().map(KeyRights.Permission::name).collect(Collectors.toSet());
        Set<String> meant = KeyRights.means(word);
        return !meant.isEmpty() && names.containsAll(meant);
    }

    private static List<String> ofOwners(EffectivePlan plan) {
        return (plan.agencyPermission().isPresent() ? Role.AGENCY_ADMIN : Role.USER).permissions();
    }

    Changed create(AccountContext context, String name, List<String> permissions) {
        return create(context, name, permissions, KeyWish.NONE);
    }

    /// @param wish what it is narrowed to
    Changed create(AccountContext context, String name, List<String> chosen, KeyWish wish) {
        List<String> permissions = chosen.isEmpty() && wish.test() ? TestMode.PERMISSIONS : chosen;
        if (context.isSubAccount()) {
            return FORBIDDEN;
        }
        return database.write(tx -> {
            // Two callers cannot both take the last place.
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            EffectivePlan plan = plans.effective(tx, root);
            var store = new ApiKeyStore(tx);
            Tier tier = plan.tier();
            if (!tier.has(Feature.API_ACCESS)) {
                return new Changed.NoAccess();
            }
            Text.Checked checked = NAME.check(name);
            if (checked instanceof Text.Checked.Bad bad) {
                return rejected(bad.invalid());
            }
            Optional<Changed> wrong =
                    wrong(context, permissions, List.of(), plan).or(() -> real(permissions, wish.test()));
            if (wrong.isPresent()) {
                return wrong.get();
            }
            long limit = tier.maxApiKeys.capped(MOST);
            int used = store.count(root.id());
            if (used >= limit) {
                return new Changed.Refused(new Refusal.LimitReached(used, limit));
            }
            KeyText text = wish.test() ? KeyText.forTests() : KeyText.random(KeyText.Kind.ACCOUNT);
            Instant now = clock.instant();
            KeyLimits limits;
            try {
                limits = wish.limits(tx, root.id(), parts, now);
            } catch (KeyWish.Wrong wrongLimit) {
                return wrongLimit.isUnknown()
                        ? new Changed.NoPart(wrongLimit.invalid())
                        : rejected(wrongLimit.invalid());
            }
            var key = new ApiKey(
                    text.id(),
                    root.id(),
                    ((Text.Checked.Good) checked).text(),
                    permissions.stream().distinct().toList(),
                    true,
                    Optional.empty(),
                    context.identity(),
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    limits,
                    wish.test());
            store.insert(root.id(), key, text.hash());
            note(tx, context, "ApiKeyCreated", key);
            return new Changed.Done(key, Optional.of(text.text()));
        });
    }

    /// @param name empty leaves it unchanged
    Changed update(AccountContext context, String id, Optional<String> name, List<String> permissions) {
        return change(context, id, (tx, key) -> {
            Text.Checked checked = NAME.check(name.orElse(key.name()));
            if (checked instanceof Text.Checked.Bad bad) {
                return rejected(bad.invalid());
            }
            // A key can't change one that has more permissions than itself.
            if (!context.holds(key.permissions())) {
                return FORBIDDEN;
            }
            return wrong(context, permissions, key.permissions(), plans.effective(tx, context.root()))
                    .or(() -> real(permissions, key.test()))
                    .orElseGet(() -> {
                        String newName = ((Text.Checked.Good) checked).text();
                        new ApiKeyStore(tx)
                                .update(
                                        key.account(),
                                        id,
                                        newName,
                                        permissions.stream().distinct().toList());
                        cutBack(tx, key);
                        note(tx, context, "ApiKeyUpdated", key);
                        return done(tx, key);
                    });
        });
    }

    Changed setActive(AccountContext context, String id, boolean active) {
        return change(context, id, (tx, key) -> {
            if (key.active() != active) {
                var store = new ApiKeyStore(tx);
                if (active) {
                    store.enable(key.account(), id, context.identity());
                } else {
                    store.disable(key.account(), id, ApiKey.BY_OWNER);
                    cutBack(tx, key);
                }
                note(tx, context, active ? "ApiKeyEnabled" : "ApiKeyDisabled", key);
            }
            return done(tx, key);
        });
    }

    Changed delete(AccountContext context, String id) {
        return change(context, id, (tx, key) -> {
            new ApiKeyStore(tx).delete(key.account(), id);
            cutBack(tx, key);
            note(tx, context, "ApiKeyDeleted", key);
            return new Changed.Done(key, Optional.empty());
        });
    }

    /// What a key opened and set up ends, as far as the key did.
    private void cutBack(Tx tx, ApiKey key) {
        webhooks.check(tx, key.account());
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(key.account())));
    }

    private interface Change {
        Changed on(Tx tx, ApiKey key);
    }

    private Changed change(AccountContext context, String id, Change change) {
        if (context.isSubAccount()) {
            return FORBIDDEN;
        }
        return database.write(tx -> new ApiKeyStore(tx)
                .find(context.root().id(), id)
                .map(key -> change.on(tx, key))
                .orElse(NOT_FOUND));
    }

    private static Changed done(Tx tx, ApiKey key) {
        return new ApiKeyStore(tx)
                .find(key.account(), key.id())
                .<Changed>map(now -> new Changed.Done(now, Optional.empty()))
                .orElse(NOT_FOUND);
    }

    /// @param kept permissions that the key has already: they may stay, even if they are no longer usable
    private static Optional<Changed> wrong(
            AccountContext context, List<String> permissions, List<String> kept, EffectivePlan plan) {
        if (permissions.isEmpty()) {
            return Optional.of(rejected(new Invalid(PERMISSIONS, "At least one permission is required")));
        }
        if (String.join(" ", new LinkedHashSet<>(permissions)).length() > LONGEST_PERMISSIONS) {
            return Optional.of(
                    rejected(new Invalid(PERMISSIONS, "Name each permission once, not by an older name too")));
        }
        List<String> available = available(plan);
        List<String> other = permissions.stream()
                .filter(permission -> !isAvailable(permission, plan) && !kept.contains(permission))
                .limit(10)
                .map(permission -> permission.substring(0, Math.min(60, permission.length())))
                .toList();
        if (!other.isEmpty()) {
            String named = String.join(", ", other);
            boolean known = ofOwners(plan).containsAll(other);
            return Optional.of(new Changed.WrongPermissions(
                    new Invalid(
                            PERMISSIONS,
                            (known ? "API keys cannot use these permissions: " : "Unknown permissions: ") + named,
                            (known ? "API keys can't use " : "Unknown permissions: ") + named),
                    available));
        }
        return context.holds(permissions) ? Optional.empty() : Optional.of(FORBIDDEN);
    }

    private static Optional<Changed> real(List<String> permissions, boolean test) {
        return test ? TestMode.broken(PERMISSIONS, permissions).map(ApiKeys::rejected) : Optional.empty();
    }

    private static Changed rejected(Invalid invalid) {
        return new Changed.Refused(new Refusal.Rejected(List.of(invalid)));
    }

    private void note(Tx tx, AccountContext context, String action, ApiKey key) {
        audit.note(tx, context.actor(), context.owner(), action, key.id(), Map.of("name", key.name()));
    }
}
