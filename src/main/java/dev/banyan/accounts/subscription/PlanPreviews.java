package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.accounts.plans.GraceStore;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.subscription.PlanPreview.Flagged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Finds out what a plan would change, without changing anything.
@Singleton
public record PlanPreviews(Database database, Plans plans, PlanPrices prices, Clock clock) {

    public Optional<PlanPreview> of(AccountId root, PlanRequest wanted) {
        return database.read(tx -> new AccountStore(tx)
                .find(root)
                .filter(account -> !account.isSubAccount())
                .map(account -> of(tx, account, wanted)));
    }

    /// Returns the sub-accounts in the order in which a plan covers them.
    List<Place> places(AccountId root) {
        return database.read(tx -> new GraceStore(tx).places(root));
    }

    private PlanPreview of(Tx tx, Account root, PlanRequest wanted) {
        Instant now = clock.instant();
        Subscription present = plans.subscription(tx, root);
        EffectivePlan before = plans.of(present.effective(now));
        EffectivePlan after = plans.of(wanted.plan());
        List<Place> places = ordered(new GraceStore(tx).places(root.id()), wanted.keep());
        List<Place> within = places.subList(0, (int) after.room().capped(places.size()));
        List<Place> excess = places.subList(within.size(), places.size());
        List<Place> readOnly =
                excess.stream().filter(place -> !place.isByPlan()).toList();
        List<String> domains = Domains.lost(tx, root.id(), before, after);
        return new PlanPreview(
                wanted.plan(),
                before,
                after,
                prices.of(present.effective(now), present.cycle()),
                prices.of(wanted.plan(), wanted.cycle()),
                readOnly,
                readOnly.isEmpty() ? Optional.empty() : Optional.of(end(tx, root, now)),
                excess.stream().filter(Place::isByPlan).toList(),
                within.stream()
                        .filter(place -> place.isByPlan() || place.suspendsAt().isPresent())
                        .toList(),
                flagged(new UsageStore(tx).ofTenant(root.id()), root.id(), after),
                domains,
                domains.isEmpty() ? Optional.empty() : Optional.of(now.plus(GracePeriod.LENGTH)));
    }

    private static Instant end(Tx tx, Account root, Instant now) {
        return new GraceStore(tx)
                .find(root.id())
                .filter(grace -> grace.isRunning(now))
                .orElseGet(() -> GracePeriod.from(now))
                .endsAt();
    }

    /// Sorts the sub-accounts: those chosen to stay first, the rest in the stored order.
    private static List<Place> ordered(List<Place> places, Optional<List<AccountId>> keep) {
        if (keep.isEmpty()) {
            return places;
        }
        Set<AccountId> kept = Set.copyOf(keep.get());
        return places.stream()
                .sorted(Comparator.<Place, Boolean>comparing(place -> !kept.contains(place.id()))
                        .thenComparing(place -> place.id().toString()))
                .toList();
    }

    private List<Flagged> flagged(List<UsageStore.Used> accounts, AccountId root, EffectivePlan after) {
        var flagged = new ArrayList<Flagged>();
        Limit pagesLeft = after.tier().limit(PlanQuota.PAGES);
        Limit linksLeft = after.tier().limit(PlanQuota.LINKS);
        for (UsageStore.Used used : accounts) {
            boolean isRoot = used.account().equals(root);
            Tier tier = isRoot ? after.tier() : after.subAccountTier();
            long pages = (plans.shareQuota() ? pagesLeft : tier.limit(PlanQuota.PAGES)).over(used.pages());
            long links = (plans.shareQuota() ? linksLeft : tier.limit(PlanQuota.LINKS)).over(used.links());
            if (pages > 0 || links > 0) {
                flagged.add(new Flagged(used.username(), used.displayName(), pages, links));
            }
            pagesLeft = pagesLeft.left(used.pages());
            linksLeft = linksLeft.left(used.links());
        }
        return List.copyOf(flagged);
    }
}
