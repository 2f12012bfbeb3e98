package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.operator.OperatorPlanForm.Read;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.accounts.settings.SecondFactors;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.accounts.subscription.PlanChangeSummaries;
import dev.banyan.accounts.subscription.PlanChangeSummary;
import dev.banyan.accounts.subscription.PlanForm;
import dev.banyan.accounts.subscription.PlanLossPage;
import dev.banyan.accounts.subscription.PlanLossPage.Field;
import dev.banyan.accounts.subscription.PlanPreview;
import dev.banyan.accounts.subscription.PlanPreviews;
import dev.banyan.accounts.subscription.SubscriptionWords;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Builds the page with an account's plan for operators, and the effects of another plan.
@Singleton
record OperatorAccountPages(
        PlanPreviews previews,
        PlanChangeSummaries sums,
        AccountLocks disablings,
        SignIns signIns,
        SecondFactors factors,
        Identities identities,
        OneTimeLinks links,
        Clock clock) {

    private static final int PEOPLE = 50;

    boolean takesAway(SubscriptionOverview standing, Read.Right chosen) {
        return PlanChangeSummaries.takesAway(standing, preview(standing, chosen));
    }

    /// @param fresh a link for one of its people that was just made
    OperatorAccountPage page(
            PageFrame shell,
            SubscriptionOverview standing,
            OperatorPlanForm form,
            Read.Right chosen,
            Optional<OneTimeLink> fresh) {
        return page(shell, standing, form, FieldErrors.NONE, sum(standing, chosen), fresh);
    }

    OperatorAccountPage broken(
            PageFrame shell, SubscriptionOverview standing, OperatorPlanForm form, FieldErrors errors) {
        return page(
                shell,
                standing,
                form,
                errors,
                PlanChangeSummary.broken(errors, sums.paying(standing)),
                Optional.empty());
    }

    PlanLossPage confirmation(
            PageFrame shell, SubscriptionOverview standing, OperatorPlanForm form, Read.Right chosen) {
        String self = "/operator/accounts/" + standing.root().id();
        PlanChangeSummary sum = sum(standing, chosen);
        var fields = new ArrayList<>(PlanLossPage.fields(chosen.plan(), chosen.cycle()));
        fields.add(new Field("limits", form.limits()));
        fields.add(new Field("status", form.status()));
        fields.add(new Field("nextBilling", form.nextBilling()));
        fields.add(new Field("confirmed", "yes"));
        return new PlanLossPage(
                shell,
                "Change the plan of " + standing.root().displayName() + "?",
                standing.root().displayName(),
                self,
                sum,
                "Save plan",
                Optional.empty(),
                Optional.empty(),
                self,
                fields,
                self);
    }

    private PlanPreview preview(SubscriptionOverview standing, Read.Right chosen) {
        return previews.of(standing.root().id(), chosen.inForce(clock.instant()))
                .orElseThrow();
    }

    private PlanChangeSummary sum(SubscriptionOverview standing, Read.Right chosen) {
        return sums.of(standing, chosen.plan(), chosen.cycle(), preview(standing, chosen), true);
    }

    private OperatorAccountPage page(
            PageFrame shell,
            SubscriptionOverview standing,
            OperatorPlanForm form,
            FieldErrors errors,
            PlanChangeSummary sum,
            Optional<OneTimeLink> fresh) {
        Account root = standing.root();
        return new OperatorAccountPage(
                shell,
                new OperatorAccountPage.Account(
                        root.id().toString(),
                        root.username(),
                        root.displayName(),
                        root.email().orElse(""),
                        Words.dayTime(root.createdAt()),
                        standing.pages().used(),
                        standing.links().used(),
                        standing.usedSubAccounts(),
                        standing.plan().subAccountLimit()),
                SubscriptionWords.lead(standing.subscription(), clock.instant()),
                grace(standing),
                disablings.of(root.id()).map(OperatorAccountPage.Off::of),
                signIns.last(root.id()).map(Words::moment).orElse(""),
                form.plan(),
                form.limits(),
                List.of(
                        new Choice(OperatorPlanForm.BY_PLAN, "Set by tier and packs"),
                        new Choice(OperatorPlanForm.NO_LIMITS, "None (unlimited)")),
                tiers(),
                Stream.concat(
                                Stream.of(new Choice(PlanForm.NO_PERMISSION, "None")),
                                Arrays.stream(AgencyPermission.values())
                                        .map(permission -> new Choice(permission.key(), permission.label)))
                        .toList(),
                Arrays.stream(SubscriptionStatus.values())
                        .map(status -> new Choice(status.key(), status.label()))
                        .toList(),
                List.of(
                        new Choice(BillingCycle.MONTHLY.key(), "Monthly"),
                        new Choice(BillingCycle.ANNUAL.key(), "Annual")),
                form.status(),
                form.nextBilling(),
                "Renewal or end date, in the time zone of the account (" + Words.nameOf(form.zone())
                        + "). Leave empty for no end date.",
                errors,
                sum,
                factors.people(root.id()).entrySet().stream()
                        .map(person -> new Choice(person.getKey().toString(), person.getValue()))
                        .toList(),
                links.mailing()
                        ? List.of()
                        : identities.members(root.id(), PEOPLE).stream()
                                .map(member -> new Choice(member.identity().toString(), member.email()))
                                .toList(),
                fresh);
    }

    static List<Choice> tiers() {
        return Arrays.stream(Tier.values())
                .map(tier -> new Choice(tier.key(), tier.label()))
                .toList();
    }

    private String grace(SubscriptionOverview standing) {
        return standing.grace()
                .filter(_ -> !standing.excess().isEmpty())
                .map(grace -> Words.count(standing.excess().size(), "brand is ", "brands are ")
                        + (grace.isRunning(clock.instant())
                                ? "read-only until " + Words.day(grace.endsAt())
                                : "suspended: the plan has no room"))
                .orElse("");
    }
}
