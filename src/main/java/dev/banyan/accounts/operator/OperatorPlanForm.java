package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.accounts.subscription.PlanForm;
import dev.banyan.accounts.subscription.PlanRequest;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.page.FieldErrors;

/// A plan and its subscription, as the operator's form sends them; `limits` is [#BY_PLAN] or [#NO_LIMITS],
/// `nextBilling` is a date in the `zone` of the account, or empty.
record OperatorPlanForm(PlanForm plan, String limits, String status, String nextBilling, ZoneId zone) {

    static final String BY_PLAN = "plan";
    static final String NO_LIMITS = "none";

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    /// The result of reading the form; `cycle`, `status` and `nextBilling` go with the plan.
    sealed interface Read {

        record Right(Plan plan, BillingCycle cycle, SubscriptionStatus status, Optional<Instant> nextBilling)
                implements Read {

            PlanRequest wanted() {
                return new PlanRequest(plan, cycle, Optional.empty());
            }

            /// Returns the plan that would be in force.
            PlanRequest inForce(Instant now) {
                var then = new Subscription(plan, status, cycle, Optional.empty(), nextBilling, Optional.empty());
                return new PlanRequest(then.effective(now), cycle, Optional.empty());
            }
        }

        record Wrong(FieldErrors errors) implements Read {}
    }

    static OperatorPlanForm of(Subscription subscription, ZoneId zone) {
        return new OperatorPlanForm(
                PlanForm.of(subscription),
                subscription.plan().unlimited() ? NO_LIMITS : BY_PLAN,
                subscription.status().key(),
                subscription
                        .nextBillingAt()
                        .map(end -> LocalDate.ofInstant(end, zone).toString())
                        .orElse(""),
                zone);
    }

    OperatorPlanForm over(OperatorPlanForm now) {
        return new OperatorPlanForm(
                plan.over(now.plan),
                limits.equals(PlanForm.AS_IS) ? now.limits : limits,
                status.equals(PlanForm.AS_IS) ? now.status : status,
                nextBilling.equals(PlanForm.AS_IS) ? now.nextBilling : nextBilling,
                zone);
    }

    /// Reads the form. A date that was not changed keeps its time of day.
    Read read(Subscription now) {
        var errors = new LinkedHashMap<String, String>();
        PlanForm.Read bought = plan.read();
        if (bought instanceof PlanForm.Read.Wrong wrong) {
            errors.putAll(wrong.errors().messages());
        }
        if (!limits.equals(BY_PLAN) && !limits.equals(NO_LIMITS)) {
            errors.put("limits", "Choose a limit from the list.");
        }
        Optional<SubscriptionStatus> standing = SubscriptionStatus.of(status);
        if (standing.isEmpty()) {
            errors.put("status", "Choose a status from the list.");
        }
        Optional<LocalDate> day = day(nextBilling);
        if (day.isEmpty() && !nextBilling.isEmpty()) {
            errors.put("nextBilling", "Enter a date such as 2026-12-01.");
        }
        return errors.isEmpty() && bought instanceof PlanForm.Read.Right right
                ? new Read.Right(
                        limits.equals(NO_LIMITS) ? Plan.UNLIMITED : right.plan(),
                        right.cycle(),
                        standing.orElseThrow(),
                        nextBilling.equals(of(now, zone).nextBilling)
                                ? now.nextBillingAt()
                                : day.map(date -> date.atStartOfDay(zone).toInstant()))
                : new Read.Wrong(new FieldErrors(errors));
    }

    private static Optional<LocalDate> day(String text) {
        return Parse.of(text, LocalDate::parse)
                .filter(day -> day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR);
    }
}
