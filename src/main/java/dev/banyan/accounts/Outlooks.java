package dev.banyan.accounts;

import dev.banyan.accounts.GraceStore.Place;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a tenant has, and what another plan would do to it. Nothing here changes anything: it foretells what [Graces]
/// does when the plan is changed.
@Singleton
public final class Outlooks {

    /// What a tenant bought, how it stands with it, and how much of it is used.
    ///
    /// @param use of the root account, or of all accounts together where they share their limits
    /// @param excess sub-accounts for which the plan in force has no room
    public record Standing(
            AccountId root,
            Subscription subscription,
            EffectivePlan plan,
            Map<Quota, Quotas.Use> use,
            boolean isShared,
            Optional<Grace> grace,
            List<Place> excess) {

        Quotas.Use use(Quota quota) {
            return Objects.requireNonNull(use.get(quota), "all are there");
        }
    }

    private final Database database;
    private final Plans plans;
    private final Quotas quotas;
    private final Clock clock;

    Outlooks(Database database, Plans plans, Quotas quotas, Clock clock) {
        this.database = database;
        this.plans = plans;
        this.quotas = quotas;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Standing standing(Account root) {
        return database.read(tx -> {
            EffectivePlan plan = plans.effective(tx, root);
            var use = new EnumMap<Quota, Quotas.Use>(Quota.class);
            for (Quota quota : Quota.values()) {
                use.put(quota, quotas.use(tx, root.owner(), quota));
            }
            Optional<Grace> grace = new GraceStore(tx).find(root.id());
            List<Place> excess = grace.isPresent() ? excess(new GraceStore(tx).places(root.id()), plan) : List.of();
            return new Standing(
                    root.id(), plans.subscription(tx, root), plan, use, plans.shareQuota(), grace, excess);
        });
    }

    private static List<Place> excess(List<Place> places, EffectivePlan plan) {
        return places.subList(Math.min(plan.room(), places.size()), places.size());
    }

    /// @param plan as it would be in force
    Outlook of(Account root, Plan plan) {
        return database.read(tx -> of(tx, root, plans.of(plan)));
    }

    /// The sub-accounts in the order in which a plan takes them.
    List<Place> places(Account root) {
        return database.read(tx -> new GraceStore(tx).places(root.id()));
    }

    private Outlook of(Tx tx, Account root, EffectivePlan after) {
        Instant now = clock.instant();
        List<Place> places = new GraceStore(tx).places(root.id());
        List<Place> excess = excess(places, after);
        Optional<Grace> grace = new GraceStore(tx).find(root.id());
        long spent = places.stream().filter(place -> Graces.hadGrace(place, now)).count();
        boolean isRunning = grace.filter(known -> known.isRunning(now)).isPresent();
        boolean isTooLate = grace.isPresent() && !isRunning && excess.size() <= spent;
        var readOnly = new ArrayList<String>();
        var suspended = new ArrayList<String>();
        for (Place place : excess) {
            if (place.isByPlan()) {
                continue; // it stays as it is
            }
            (Graces.hadGrace(place, now) || isTooLate && place.suspendsAt().isEmpty() ? suspended : readOnly)
                    .add(place.displayName());
        }
        return new Outlook(
                plans.effective(tx, root),
                after,
                places.size(),
                readOnly,
                readOnly.isEmpty()
                        ? Optional.empty()
                        : Optional.of(grace.filter(_ -> isRunning)
                                .map(Grace::endsAt)
                                .orElse(now.plus(Grace.LENGTH))),
                suspended,
                places.subList(0, places.size() - excess.size()).stream()
                        .filter(place -> place.isByPlan() || place.suspendsAt().isPresent())
                        .map(Place::displayName)
                        .toList(),
                over(tx, root, after));
    }

    private Outlook.Over over(Tx tx, Account root, EffectivePlan after) {
        boolean shared = plans.shareQuota();
        return new Outlook.Over(
                shared,
                beyond(tx, root, after, Quota.PAGES),
                beyond(tx, root, after, Quota.LINKS),
                shared ? 0 : new OutlookStore(tx).brandsOver(root.id(), after.subAccountTier()));
    }

    private long beyond(Tx tx, Account root, EffectivePlan after, Quota quota) {
        long limit = after.tier().limit(quota);
        return limit == Tier.UNLIMITED
                ? 0
                : Math.max(0, quotas.use(tx, root.owner(), quota).used() - limit);
    }
}
