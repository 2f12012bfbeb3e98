package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;

/// Describes a subscription in sentences.
public final class SubscriptionWords {

    private SubscriptionWords() {}

    /// Returns a sentence such as "Pro tier with Agency-Pro and 10-pack. Renews on 1 December 2026."
    public static String lead(Subscription subscription, Instant now) {
        if (subscription.plan().unlimited() && subscription.hasAccess(now)) {
            return "No limits on pages, links, short links or brands.";
        }
        return plan(subscription.plan()) + ". " + standing(subscription, now);
    }

    /// Returns a description such as "Pro tier with Agency-Pro, 3-pack, 2 x 25-pack".
    static String plan(Plan plan) {
        if (plan.unlimited()) {
            return "Unlimited plan";
        }
        String parts = plan.agencyPermission()
                .map(permission ->
                        " with " + permission.label + (plan.packs().isEmpty() ? "" : ", " + plan.packLabel()))
                .orElse(plan.packs().isEmpty() ? "" : " with " + plan.packLabel());
        return plan.tier().label() + " tier" + parts;
    }

    private static String standing(Subscription subscription, Instant now) {
        Optional<String> day = subscription.nextBillingAt().map(Words::day);
        return switch (subscription.status()) {
            case ACTIVE -> day.map(date -> "Renews on " + date + ".").orElse("Active, with no end date.");
            case TRIAL -> day.map(date -> "On trial until " + date + ".").orElse("On trial.");
            case CANCELLED ->
                subscription.hasAccess(now)
                        ? "Canceled, active until " + day.orElse("today") + "."
                        : "Canceled and ended.";
            case EXPIRED -> "Expired.";
            case SUSPENDED -> "Suspended.";
        };
    }

    /// Returns why the plan is not in force; empty if it is.
    static Optional<FormProblem> trouble(Subscription subscription, Instant now) {
        if (subscription.hasAccess(now) || subscription.plan().equals(Plan.FREE)) {
            return Optional.empty();
        }
        String why = switch (subscription.status()) {
            case SUSPENDED -> "Your plan is suspended: a payment is missing.";
            case CANCELLED, EXPIRED, ACTIVE, TRIAL -> "Your plan has ended.";
        };
        return Optional.of(new FormProblem(why, "Free limits apply until it is active again. Nothing is deleted."));
    }

    /// Returns what happens to those that do not stay.
    static String consequence(SubscriptionOverview standing, Instant now) {
        return standing.grace()
                .map(grace -> grace.isRunning(now)
                        ? "The others are read-only until " + Words.day(grace.endsAt())
                                + ", then suspended. You can change your choice until then."
                        : "The others are suspended right away, because the grace period is over. Nothing is deleted.")
                .orElse("You only need to choose while your plan has no room for all your brands.");
    }
}
