package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.FormProblem;

/// A limit of the plan that a change would exceed, or that a page exceeds already.
public record PlanLimit(PlanQuota quota, long used, long max, String tier) {

    /// @return the limit if it is exceeded, and nothing was claimed
    static Optional<PlanLimit> claim(Tx tx, Quotas quotas, Owner owner, PlanQuota quota, long amount) {
        return amount > 0 && quotas.claim(tx, owner, quota, amount) instanceof Quotas.Claim.Exceeded exceeded
                ? Optional.of(new PlanLimit(
                        quota,
                        exceeded.used(),
                        exceeded.limit(),
                        exceeded.tier().label()))
                : Optional.empty();
    }

    /// Returns the limit of pages as it is used now.
    public static PlanLimit ofPages(Tx tx, Quotas quotas, Owner owner) {
        Quotas.Use use = quotas.use(tx, owner, PlanQuota.PAGES);
        return new PlanLimit(
                PlanQuota.PAGES,
                use.used(),
                use.limit().number(),
                quotas.effectiveTier(tx, owner).label());
    }

    public String sentence() {
        String what = switch (quota) {
            case LINK_GROUPS -> "Link group";
            case PAGES -> "Page";
            case LINKS, SHORT_LINKS, SUB_ACCOUNTS -> "Link";
        };
        return what + " limit exceeded. The " + tier + " plan allows " + max + " " + what.toLowerCase(Locale.ROOT)
                + (max == 1 ? "" : "s");
    }

    public FormProblem problem() {
        return new FormProblem(
                sentence() + ".", "You’ve used " + used + " of " + max + ". Delete one, or get a larger plan.");
    }
}
