package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.FieldErrors;

/// A plan as a form or a link sends it. The counts are texts as typed, so that a refused form shows again what was
/// sent.
public record PlanForm(
        String tier, String agencyPermission, String packs3, String packs10, String packs25, String billingCycle) {

    public static final String NO_PERMISSION = "none";
    /// Stands for a part that a link leaves out or empty, which stays unchanged.
    public static final String AS_IS = "as-is";

    /// The result of reading it.
    public sealed interface Read {

        record Right(Plan plan, BillingCycle cycle) implements Read {

            PlanRequest wanted() {
                return new PlanRequest(plan, cycle, Optional.empty());
            }

            /// Returns the request with the chosen accounts, if any; otherwise the oldest stay.
            PlanRequest keeping(List<AccountId> chosen) {
                return new PlanRequest(plan, cycle, Optional.of(chosen).filter(some -> !some.isEmpty()));
            }
        }

        record Wrong(FieldErrors errors) implements Read {}
    }

    static PlanForm of(Plan plan, BillingCycle cycle) {
        return new PlanForm(
                plan.tier().key(),
                plan.agencyPermission().map(AgencyPermission::key).orElse(NO_PERMISSION),
                count(plan, Pack.THREE),
                count(plan, Pack.TEN),
                count(plan, Pack.TWENTY_FIVE),
                cycle.key());
    }

    public static PlanForm of(Subscription subscription) {
        return of(subscription.plan(), subscription.cycle());
    }

    private static String count(Plan plan, Pack pack) {
        return Integer.toString(plan.packs().getOrDefault(pack, 0));
    }

    /// Returns the same form with unchanged parts taken from `now`.
    public PlanForm over(PlanForm now) {
        Function<Function<PlanForm, String>, String> either =
                part -> part.apply(this).equals(AS_IS) ? part.apply(now) : part.apply(this);
        return new PlanForm(
                either.apply(PlanForm::tier),
                either.apply(PlanForm::agencyPermission),
                either.apply(PlanForm::packs3),
                either.apply(PlanForm::packs10),
                either.apply(PlanForm::packs25),
                either.apply(PlanForm::billingCycle));
    }

    public Read read() {
        var errors = new LinkedHashMap<String, String>();
        Optional<Tier> chosen = Tier.of(tier);
        if (chosen.isEmpty()) {
            errors.put("tier", "Choose a plan from the list.");
        }
        Optional<AgencyPermission> permission = AgencyPermission.of(agencyPermission);
        if (permission.isEmpty() && !agencyPermission.equals(NO_PERMISSION)) {
            errors.put("agencyPermission", "Choose a permission from the list.");
        }
        Optional<BillingCycle> cycle = BillingCycle.of(billingCycle);
        if (cycle.isEmpty()) {
            errors.put("billingCycle", "Choose monthly or annual.");
        }
        var packs = new EnumMap<Pack, Integer>(Pack.class);
        Map.of(Pack.THREE, packs3, Pack.TEN, packs10, Pack.TWENTY_FIVE, packs25).forEach((pack, count) -> {
            if (!count.matches("[0-9]{1,2}")) {
                errors.put("packs" + pack.size, "Enter a number from 0 to " + Plan.MOST_OF_ONE_PACK + ".");
            } else if (Integer.parseInt(count) > 0) {
                packs.put(pack, Integer.parseInt(count));
            }
        });
        return errors.isEmpty()
                ? new Read.Right(new Plan(chosen.orElseThrow(), permission, packs), cycle.orElseThrow())
                : new Read.Wrong(new FieldErrors(errors));
    }

    /// Returns the query of a link to the same choice. The values of a form that was read are safe in an address.
    static String query(Plan plan, BillingCycle cycle) {
        PlanForm form = of(plan, cycle);
        return "tier=" + form.tier + "&agencyPermission=" + form.agencyPermission + "&packs3=" + form.packs3
                + "&packs10=" + form.packs10 + "&packs25=" + form.packs25 + "&billingCycle=" + form.billingCycle;
    }
}
