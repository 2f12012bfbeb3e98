package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.GraceBanner;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.PriceText;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.subscription.PlanForm.Read;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Builds the choices: tiers, agency permissions, packs, and the price of each.
@Singleton
final class SubscriptionPages {

    private static final int NAMED = 5;

    private final PlanSettings settings;
    private final Optional<URI> contact;
    private final Plans plans;
    private final PlanChangeSummaries sums;
    private final Clock clock;

    SubscriptionPages(Settings settings, Plans plans, PlanChangeSummaries sums, Clock clock) {
        this.settings = settings.plans();
        this.contact = settings.contact();
        this.plans = plans;
        this.sums = sums;
        this.clock = clock;
    }

    SubscriptionPage page(
            PageFrame shell, SubscriptionOverview standing, PlanForm form, Read.Right chosen, PlanPreview preview) {
        return page(
                shell,
                standing,
                form,
                Optional.of(chosen.plan().tier()),
                FieldErrors.NONE,
                sum(standing, chosen, preview));
    }

    PlanChangeSummary sum(SubscriptionOverview standing, Read.Right chosen, PlanPreview preview) {
        return sums.of(standing, chosen.plan(), chosen.cycle(), preview, isOpen());
    }

    /// Returns true if the account's plan is shown with other plans and their prices.
    boolean isPriced(SubscriptionOverview standing) {
        return settings.hasPrices() && !standing.subscription().plan().unlimited();
    }

    /// Builds the page of an account without prices: what its plan includes, and who can change it.
    PlanPage included(PageFrame shell, SubscriptionOverview standing) {
        Subscription subscription = standing.subscription();
        Tier tier = standing.plan().tier();
        boolean unlimited = subscription.plan().unlimited() && standing.hasAccess();
        return new PlanPage(
                shell,
                SubscriptionWords.lead(subscription, clock.instant()),
                SubscriptionWords.trouble(subscription, clock.instant()),
                grace(shell, standing),
                figures(standing),
                TierTable.limits(tier),
                unlimited || standing.plan().subAccountLimit().isZero()
                        ? ""
                        : standing.plan().subAccountTier().label(),
                tier.features().stream()
                        .filter(feature -> !feature.isPromise())
                        .map(feature -> feature.label)
                        .toList(),
                unlimited,
                operatorPath(shell, standing),
                contact());
    }

    /// Returns where the viewer changes the plan, if they run this server.
    private static Optional<String> operatorPath(PageFrame shell, SubscriptionOverview standing) {
        return shell.operator()
                ? Optional.of("/operator/accounts/" + standing.root().id())
                : Optional.empty();
    }

    private Optional<PlanPage.Contact> contact() {
        return contact.map(uri -> new PlanPage.Contact(
                uri.toString(),
                "mailto".equals(uri.getScheme())
                        ? uri.getSchemeSpecificPart()
                        : uri.toString().substring("https://".length())));
    }

    private boolean isOpen() {
        return settings.billing() == PlanSettings.Billing.OPEN;
    }

    SubscriptionPage broken(PageFrame shell, SubscriptionOverview standing, PlanForm form, FieldErrors errors) {
        return page(
                shell,
                standing,
                form,
                Tier.of(form.tier()),
                errors,
                PlanChangeSummary.broken(errors, sums.paying(standing)));
    }

    private SubscriptionPage page(
            PageFrame shell,
            SubscriptionOverview standing,
            PlanForm form,
            Optional<Tier> tier,
            FieldErrors errors,
            PlanChangeSummary sum) {
        Subscription subscription = standing.subscription();
        Plan now = subscription.plan();
        return new SubscriptionPage(
                shell,
                SubscriptionWords.lead(subscription, clock.instant()),
                SubscriptionWords.trouble(subscription, clock.instant()),
                grace(shell, standing),
                figures(standing),
                form,
                tiers(now),
                permissions(now, tier.orElse(now.tier())),
                packs(form),
                cycles(subscription.cycle()),
                errors,
                sum,
                TierTable.ALL,
                operatorPath(shell, standing),
                contact());
    }

    private List<SubscriptionPage.Figure> figures(SubscriptionOverview standing) {
        String together = plans.shareQuota() ? "across all accounts" : "";
        return List.of(
                figure("pages", "Pages", standing.pages(), together),
                figure("links", "Links", standing.links(), together),
                figure(
                        "sub-accounts",
                        "Brands",
                        new Quotas.Use(
                                standing.usedSubAccounts(), standing.plan().subAccountLimit()),
                        ""));
    }

    private static SubscriptionPage.Figure figure(String key, String label, Quotas.Use use, String note) {
        return new SubscriptionPage.Figure(key, label, new Usage(use.used(), use.limit()), note);
    }

    Optional<GraceBanner> grace(PageFrame shell, SubscriptionOverview standing) {
        return standing.grace().filter(_ -> !standing.excess().isEmpty()).map(grace -> {
            Instant now = clock.instant();
            boolean over = !grace.isRunning(now);
            int count = standing.excess().size();
            String brands = Words.count(count, "brand is ", "brands are ");
            String end = Words.day(grace.endsAt());
            List<String> names = standing.excess().stream()
                    .map(Place::displayName)
                    .limit(NAMED)
                    .toList();
            long day = Math.clamp(Duration.between(grace.startedAt(), now).toDays(), 0, GracePeriod.LENGTH.toDays());
            return new GraceBanner(
                    over ? brands + "suspended: the plan has no room" : brands + "read-only until " + end,
                    over
                            ? "Nothing is deleted. They come back when your plan has room."
                            : "Public pages stay online, but you can’t change anything. On " + end + " "
                                    + (count == 1 ? "it is" : "they are") + " suspended.",
                    names,
                    count - names.size(),
                    over,
                    day,
                    GraceBanner.marks(day),
                    !standing.plan().room().isZero(),
                    offer(shell, standing));
        });
    }

    /// Returns the smallest pack with room for all, with its price.
    private Optional<GraceBanner.Offer> offer(PageFrame shell, SubscriptionOverview standing) {
        if (!settings.hasPrices()) {
            return Optional.empty();
        }
        Plan plan = standing.subscription().plan();
        if (plan.agencyPermission().isEmpty()
                || standing.plan().agencyPermission().isEmpty()) {
            return Optional.empty();
        }
        return Arrays.stream(Pack.values())
                .filter(pack -> pack.size >= standing.excess().size()
                        && plan.packs().getOrDefault(pack, 0) < Plan.MOST_OF_ONE_PACK)
                .findFirst()
                .map(pack -> {
                    var packs = new EnumMap<Pack, Integer>(Pack.class);
                    packs.putAll(plan.packs());
                    packs.merge(pack, 1, Integer::sum);
                    String price = settings.price("pack-" + pack.size)
                            .map(known -> ", " + PriceText.text(known, settings.currency()) + " a month")
                            .orElse("");
                    return new GraceBanner.Offer(
                            "Add " + pack.size + "-pack" + price,
                            "/admin/subscription" + shell.query() + "&"
                                    + PlanForm.query(
                                            new Plan(plan.tier(), plan.agencyPermission(), packs),
                                            standing.subscription().cycle()));
                });
    }

    private List<SubscriptionPage.TierCard> tiers(Plan now) {
        return Arrays.stream(Tier.values())
                .map(tier -> new SubscriptionPage.TierCard(
                        tier.key(),
                        tier.label(),
                        text(settings.price(tier.key())),
                        settings.price(tier.key()).isPresent(),
                        tier == now.tier(),
                        TierTable.gives(tier)))
                .toList();
    }

    /// @param tier the tier chosen along with it, on which the tier of the sub-accounts depends
    private List<SubscriptionPage.Option> permissions(Plan now, Tier tier) {
        return Stream.concat(
                        Stream.of(new SubscriptionPage.Option(
                                PlanForm.NO_PERMISSION,
                                "None",
                                "No brands",
                                text(Optional.of(BigDecimal.ZERO)),
                                now.agencyPermission().isEmpty())),
                        Arrays.stream(AgencyPermission.values())
                                .map(permission -> new SubscriptionPage.Option(
                                        permission.key(),
                                        permission.label,
                                        brandsWorkAt(permission, tier),
                                        text(settings.price(permission.key())),
                                        now.agencyPermission().equals(Optional.of(permission)))))
                .toList();
    }

    private String brandsWorkAt(AgencyPermission permission, Tier tier) {
        Tier at = plans.of(new Plan(tier, Optional.of(permission), Map.of())).subAccountTier();
        return at.compareTo(permission.ceiling) < 0
                ? "Brands get " + at.label() + " until your own plan is " + permission.ceiling.label()
                : "Brands get " + at.label();
    }

    private List<SubscriptionPage.PackField> packs(PlanForm form) {
        return List.of(
                pack(Pack.THREE, form.packs3()),
                pack(Pack.TEN, form.packs10()),
                pack(Pack.TWENTY_FIVE, form.packs25()));
    }

    private SubscriptionPage.PackField pack(Pack pack, String typed) {
        return new SubscriptionPage.PackField(
                "packs" + pack.size,
                pack.size + "-pack",
                settings.price("pack-" + pack.size)
                        .map(price -> PriceText.text(price, settings.currency()) + " a month each")
                        .orElse("Ask us"),
                typed);
    }

    private static List<SubscriptionPage.Option> cycles(BillingCycle now) {
        return List.of(
                new SubscriptionPage.Option(
                        BillingCycle.MONTHLY.key(), "Monthly", "Billed each month", "", now == BillingCycle.MONTHLY),
                new SubscriptionPage.Option(
                        BillingCycle.ANNUAL.key(),
                        "Annual",
                        "12 months for the price of 10",
                        "",
                        now == BillingCycle.ANNUAL));
    }

    private String text(Optional<BigDecimal> price) {
        return PriceText.text(price, settings.currency());
    }
}
