package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.shortlinks.ShortLinkChange.Patched;
import jakarta.inject.Singleton;

/// The short links of an account. Changes come in batches that are applied as a whole or not at all.
@Singleton
public record ShortLinks(
        Database database,
        Quotas quotas,
        Passwords passwords,
        ShortLinkTargets targets,
        RedirectCache cache,
        Audit audit,
        Clock clock,
        Uuids uuids) {

    static final int MOST_IN_A_BATCH = 20;

    private static final int TRIES = 10;
    private static final Invalid UNKNOWN_POOL = new Invalid(
            "pool", "pool must be the id of a master of this account", "We don’t know this pool. Choose another.");

    /// One step of a batch.
    sealed interface Step {

        /// @param slug empty for a generated one
        record Add(Optional<String> slug, Changes<ShortLink> patch) implements Step {}

        /// A short link that was made elsewhere: its slug is kept as it is.
        ///
        /// @param ofImport by which it can be undone
        record Take(Optional<String> slug, Changes<ShortLink> patch, UUID ofImport) implements Step {}

        record Update(String slug, Changes<ShortLink> patch) implements Step {}

        /// Removes a short link. An unknown slug is not an error, because the result is the same.
        record Remove(String slug) implements Step {}
    }

    /// The result of a batch.
    sealed interface Applied {

        /// @param created in the order of the steps
        /// @param unknown slugs to be removed that the account doesn't have
        record Done(List<ShortLink> created, List<String> unknown) implements Applied {}

        record UnknownSlug(String slug) implements Applied {}

        /// @param step index of the step in the batch, from 0
        record SlugTaken(int step, String slug) implements Applied {}

        record TooManySteps() implements Applied {}

        /// @param max 0 if the tier has no short links at all
        record LimitReached(long used, long max, Tier tier) implements Applied {}

        record Rejected(int step, List<Invalid> invalid) implements Applied {}
    }

    /// A part of the list, with totals and limits.
    ///
    /// @param total number of short links of the account, regardless of the search
    /// @param use of the limit, which a tenant's accounts may share
    /// @param firstOverPlan the first short link beyond the plan
    record Listed(
            List<ShortLink> links,
            boolean more,
            long total,
            Quotas.Use use,
            Tier tier,
            Optional<ShortLinkId> firstOverPlan,
            List<String> tags) {

        boolean isOverPlan(ShortLink link) {
            return firstOverPlan
                    .filter(first -> link.id().toString().compareTo(first.toString()) >= 0)
                    .isPresent();
        }
    }

    Listed list(AccountContext context, ShortLinkQuery query) {
        Owner owner = context.owner();
        var oneMore = new ShortLinkQuery(
                query.search(), query.tag(), query.state(), query.order(), query.after(), query.limit() + 1);
        return database.read(tx -> {
            var store = new ShortLinkStore(tx);
            List<ShortLink> found = store.list(owner, oneMore, clock.instant());
            return new Listed(
                    found.subList(0, Math.min(query.limit(), found.size())),
                    found.size() > query.limit(),
                    quotas.used(tx, owner, PlanQuota.SHORT_LINKS),
                    quotas.use(tx, owner, PlanQuota.SHORT_LINKS),
                    quotas.effectiveTier(tx, owner),
                    firstOverPlan(tx, quotas, owner),
                    store.tags(owner));
        });
    }

    /// Returns how many the filters find, on all pages.
    long count(AccountContext context, ShortLinkQuery query) {
        return database.read(tx -> new ShortLinkStore(tx).count(context.owner(), query, clock.instant()));
    }

    /// Returns the oldest short link beyond the plan; empty if all are within it.
    static Optional<ShortLinkId> firstOverPlan(Tx tx, Quotas quotas, Owner owner) {
        Quotas.Within within = quotas.within(tx, owner).getOrDefault(PlanQuota.SHORT_LINKS, Quotas.Within.ALL);
        return within.isAll() ? Optional.empty() : new ShortLinkStore(tx).firstAfter(owner, within.room());
    }

    Optional<ShortLink> find(AccountContext context, ShortLinkId id) {
        return database.read(context.owner().tenant(), tx -> new ShortLinkStore(tx).find(context.owner(), id));
    }

    /// Returns the short links that have these slugs, in any case, on the whole server.
    List<ShortLinkStore.Holder> holders(Set<String> slugs) {
        return slugs.isEmpty() ? List.of() : database.read(tx -> new ShortLinkStore(tx).holders(slugs));
    }

    /// Returns how many more short links the plan has room for.
    Limit room(AccountContext context) {
        Quotas.Use use =
                database.read(context.owner().tenant(), tx -> quotas.use(tx, context.owner(), PlanQuota.SHORT_LINKS));
        return use.limit().left(use.used());
    }

    /// Returns the slugs of some short links of an import.
    List<String> ofImport(AccountContext context, UUID id, int most) {
        return database.read(
                context.owner().tenant(), tx -> new ShortLinkStore(tx).ofImport(context.owner(), id, most));
    }

    Optional<ShortLinkStore.Imported> findImport(AccountContext context, UUID id) {
        return database.read(context.owner().tenant(), tx -> new ShortLinkStore(tx).findImport(context.owner(), id));
    }

    /// Returns the imports whose short links are there, the newest first.
    List<ShortLinkStore.Imported> imports(AccountContext context, int most) {
        return database.read(context.owner().tenant(), tx -> new ShortLinkStore(tx).imports(context.owner(), most));
    }

    /// Adds a short link for sample data.
    public boolean addSample(AccountContext context, String slug, String target, String title, List<String> tags) {
        Changes<ShortLink> patch = Changes.<ShortLink>none()
                .with(ShortLinkChange.TARGET, target)
                .with(ShortLinkChange.TITLE, title)
                .with(ShortLinkChange.TAGS, tags);
        return apply(context, List.of(new Step.Add(Optional.of(slug), patch))) instanceof Applied.Done;
    }

    Applied apply(AccountContext context, List<Step> steps) {
        return apply(context, steps, MOST_IN_A_BATCH);
    }

    /// @param most limit of the number of steps
    Applied apply(AccountContext context, List<Step> steps, int most) {
        if (steps.size() > most) {
            return new Applied.TooManySteps();
        }
        Optional<Applied> refusal = refusal(context.owner(), steps);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        // Hashing is slow, so it is done before the transaction, once everything else has been validated.
        List<String> hashes = steps.stream()
                .map(step -> ShortLinkChange.newPassword(patch(step))
                        .map(passwords::hash)
                        .orElse(""))
                .toList();
        Set<Step> withoutPool = steps.stream()
                .filter(step -> step instanceof Step.Update && namesUnknownPool(context.owner(), step))
                .collect(Collectors.toSet());
        return database.write(tx -> {
            Applied applied = new Batch(tx, context, hashes, withoutPool).apply(steps);
            return applied instanceof Applied.Done ? applied : tx.undone(applied);
        });
    }

    private static Changes<ShortLink> patch(Step step) {
        return switch (step) {
            case Step.Add add -> add.patch();
            case Step.Take take -> take.patch();
            case Step.Update update -> update.patch();
            case Step.Remove _ -> Changes.none();
        };
    }

    /// Checks everything that needs no transaction: most errors, and all that could cost a hash.
    private Optional<Applied> refusal(Owner owner, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            List<Invalid> invalid = broken(owner, steps.get(i));
            if (!invalid.isEmpty()) {
                return Optional.of(new Applied.Rejected(i, invalid));
            }
        }
        return Optional.empty();
    }

    /// Returns the rules broken by a new short link itself; a change is checked later against its short link.
    List<Invalid> broken(Owner owner, Step step) {
        List<Invalid> invalid = new ArrayList<>();
        if (isNew(step)) {
            brokenSlug(step).ifPresent(invalid::add);
            Changes<ShortLink> patch = patch(step);
            String kind = patch.get(ShortLinkChange.KIND).map(String::strip).orElse("url");
            if (patch.get(ShortLinkChange.TARGET).isEmpty() && kind.equals("url")) {
                invalid.add(new Invalid("targetUrl", "targetUrl is required", "Enter a destination URL."));
            }
            var blank = ShortLink.blank(new ShortLinkId(uuids.next()), owner, "", clock.instant());
            if (ShortLinkChange.over(blank, patch) instanceof Patched.Bad bad) {
                invalid.addAll(bad.invalid());
            }
        }
        if (isNew(step) && namesUnknownPool(owner, step)) {
            invalid.add(UNKNOWN_POOL);
        }
        return invalid;
    }

    private static boolean isNew(Step step) {
        return step instanceof Step.Add || step instanceof Step.Take;
    }

    private static Optional<Invalid> brokenSlug(Step step) {
        return switch (step) {
            case Step.Add add -> add.slug().map(ShortSlugs::lower).flatMap(ShortSlugs::broken);
            case Step.Take take -> take.slug().flatMap(ShortSlugs::brokenFromElsewhere);
            case Step.Update _, Step.Remove _ -> Optional.empty();
        };
    }

    private boolean namesUnknownPool(Owner owner, Step step) {
        return patch(step)
                .get(ShortLinkChange.POOL)
                .map(String::strip)
                .filter(pool -> !pool.isEmpty() && !targets.isPool(owner.tenant(), pool))
                .isPresent();
    }

    /// One batch in its transaction.
    private final class Batch {

        private final Tx tx;
        private final AccountContext context;
        private final Owner owner;
        private final List<String> hashes;
        /// Those that name a pool that doesn't exist.
        private final Set<Step> withoutPool;
        private final ShortLinkStore store;
        private final Instant now = clock.instant();
        private final List<ShortLink> created = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final Set<String> changed = new HashSet<>();
        private int updated;
        private int removed;
        /// How many of the removed ones have been subtracted from the counter already.
        private long released;

        Batch(Tx tx, AccountContext context, List<String> hashes, Set<Step> withoutPool) {
            this.tx = tx;
            this.context = context;
            this.owner = context.owner();
            this.hashes = hashes;
            this.withoutPool = withoutPool;
            this.store = new ShortLinkStore(tx);
        }

        Applied apply(List<Step> steps) {
            Optional<Applied> refused = claim(steps);
            for (int i = 0; i < steps.size() && refused.isEmpty(); i++) {
                refused = switch (steps.get(i)) {
                    case Step.Add add -> add(i, add.slug().map(ShortSlugs::lower), add.patch(), Optional.empty());
                    case Step.Take take -> add(i, take.slug(), take.patch(), Optional.of(take.ofImport()));
                    case Step.Update update -> update(i, update);
                    case Step.Remove remove -> remove(remove);
                };
            }
            if (refused.isPresent()) {
                return refused.get();
            }
            quotas.release(tx, owner, PlanQuota.SHORT_LINKS, removed - released);
            if (!created.isEmpty() || updated > 0 || removed > 0) {
                audit.note(
                        tx,
                        context.actor(),
                        owner,
                        "ShortLinksUpdated",
                        owner.account().toString(),
                        Map.of("added", created.size(), "updated", updated, "removed", removed));
            }
            boolean movesLimit = removed > 0;
            tx.afterCommit(() -> {
                changed.forEach(cache::drop);
                if (movesLimit) {
                    cache.drop(owner.account()); // short links over the limit may be within it now
                }
            });
            return new Applied.Done(List.copyOf(created), List.copyOf(unknown));
        }

        /// Claims quota for the added short links, less those removed by this batch. The counter is locked by then, so
        /// that two concurrent batches don't both count on the same removal.
        private Optional<Applied> claim(List<Step> steps) {
            long adds = steps.stream().filter(ShortLinks::isNew).count();
            if (adds == 0) {
                return Optional.empty();
            }
            long going = steps.stream()
                    .filter(Step.Remove.class::isInstance)
                    .flatMap(step -> going((Step.Remove) step).stream())
                    .map(ShortLink::slug)
                    .distinct()
                    .count();
            quotas.release(tx, owner, PlanQuota.SHORT_LINKS, going);
            if (quotas.claim(tx, owner, PlanQuota.SHORT_LINKS, adds) instanceof Quotas.Claim.Exceeded exceeded) {
                return Optional.of(
                        new Applied.LimitReached(exceeded.used() + going, exceeded.limit(), exceeded.tier()));
            }
            released = going;
            return Optional.empty();
        }

        private Optional<Applied> add(
                int step, Optional<String> wanted, Changes<ShortLink> patch, Optional<UUID> ofImport) {
            String slug = wanted.orElseGet(this::drawn);
            Instant createdAt =
                    patch.get(ShortLinkChange.CREATED).filter(now::isAfter).orElse(now);
            ShortLink blank = ShortLink.blank(new ShortLinkId(uuids.next()), owner, slug, createdAt);
            if (!(ShortLinkChange.over(blank, patch) instanceof Patched.Good(ShortLink link))) {
                throw new IllegalStateException("It was looked at before");
            }
            ShortLink hashed =
                    withHash(step, link).withClicks(patch.over(ShortLinkChange.CLICKS, 0L), Optional.empty());
            // Visitors find slugs in any case: one that differs by case alone would take away another account's
            // visitors.
            boolean isOfAnother = store.holders(Set.of(slug)).stream()
                    .anyMatch(holder -> !holder.account().equals(owner.account()));
            if (isOfAnother || !store.insert(owner, hashed, ofImport, now)) {
                return Optional.of(new Applied.SlugTaken(step, slug));
            }
            created.add(hashed);
            changed.add(slug);
            return looped(step, hashed);
        }

        private String drawn() {
            for (int i = 0; i < TRIES; i++) {
                String slug = ShortSlugs.generate();
                if (store.taken(Set.of(slug)).isEmpty()) {
                    return slug;
                }
            }
            throw new IllegalStateException("No slug of six letters was free in " + TRIES + " tries");
        }

        private Optional<Applied> update(int step, Step.Update update) {
            Optional<ShortLink> before = store.lockBySlug(owner, update.slug().strip());
            if (before.isEmpty()) {
                return Optional.of(new Applied.UnknownSlug(update.slug()));
            }
            if (withoutPool.contains(update)) {
                return Optional.of(new Applied.Rejected(step, List.of(UNKNOWN_POOL)));
            }
            return switch (ShortLinkChange.over(before.get(), update.patch())) {
                case Patched.Bad bad -> Optional.of(new Applied.Rejected(step, bad.invalid()));
                case Patched.Good good -> {
                    ShortLink after = withHash(step, good.link());
                    if (!after.equals(before.get())) {
                        store.update(owner, before.get(), after, now);
                        changed.add(after.slug());
                        updated++;
                    }
                    yield ShortLinkTargets.targets(after).equals(ShortLinkTargets.targets(before.get()))
                            ? Optional.empty()
                            : looped(step, after);
                }
            };
        }

        private Optional<Applied> looped(int step, ShortLink link) {
            return targets.leadingBack(tx, link).map(invalid -> new Applied.Rejected(step, List.of(invalid)));
        }

        private Optional<Applied> remove(Step.Remove remove) {
            context.refuseSupport();
            Optional<ShortLink> link = going(remove);
            if (link.isEmpty()) {
                unknown.add(remove.slug());
                return Optional.empty();
            }
            store.delete(owner, link.get().id());
            changed.add(link.get().slug());
            removed++;
            return Optional.empty();
        }

        /// A slug that differs by case alone is another link's: a removal that is sent again must not take that one.
        private Optional<ShortLink> going(Step.Remove remove) {
            String slug = remove.slug().strip();
            return store.lockBySlug(owner, slug).filter(link -> link.slug().equals(slug));
        }

        private ShortLink withHash(int step, ShortLink link) {
            String hash = hashes.get(step);
            return hash.isEmpty() ? link : link.withPassword(hash);
        }
    }
}
