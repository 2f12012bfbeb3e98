package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The first page and the first brand, both known from the account's counters.
@Singleton
record AccountSteps(Plans plans) implements FirstSteps {

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        Account root = viewer.context().root();
        Map<PlanQuota, Long> used = new UsageStore(tx).used(List.of(root.id())).getOrDefault(root.id(), Map.of());
        var steps = new ArrayList<FirstStep>();
        steps.add(new FirstStep(
                Place.PAGE,
                "Publish your first page",
                "All your links at one short address.",
                "Create page",
                "/admin/pages/new",
                used.getOrDefault(PlanQuota.PAGES, 0L) > 0));
        if (!plans.effective(tx, root).subAccountLimit().isZero()) {
            steps.add(new FirstStep(
                    Place.BRAND,
                    "Create your first brand",
                    "Each client gets its own pages, links and address.",
                    "Create brand",
                    "/admin/users/sub-accounts/new",
                    used.getOrDefault(PlanQuota.SUB_ACCOUNTS, 0L) > 0));
        }
        return steps;
    }
}
