package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices;
import dev.banyan.accounts.plans.PlanPrices.Price;
import dev.banyan.accounts.plans.PriceText;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.subscription.PlanChangeSummary.Direction;
import dev.banyan.accounts.subscription.PlanChangeSummary.Note;
import dev.banyan.accounts.subscription.PlanPreview.Flagged;
import dev.banyan.platform.Limit;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Calculates the price of a chosen plan and describes its effects, based on [PlanPreviews].
@Singleton
public final class PlanChangeSummaries {

    private final PlanPrices prices;
    private final PlanSettings settings;

    PlanChangeSummaries(PlanPrices prices, Settings settings) {
        this.prices = prices;
        this.settings = settings.plans();
    }

    /// @param preview of the plan that would be in force, which for an operator may be less than what is chosen
    public PlanChangeSummary of(
            SubscriptionOverview standing, Plan chosen, BillingCycle cycle, PlanPreview preview, boolean mayChange) {
        Subscription now = standing.subscription();
        Price price = prices.of(chosen, cycle);
        boolean same = chosen.equals(now.plan())
                && cycle == now.cycle()
                && preview.after().equals(preview.before());
        List<Note> notes = notes(chosen, standing, preview, same);
        boolean priced = settings.hasPrices() && !chosen.unlimited();
        String total = PriceText.total(price);
        String announced = notes.stream().map(Note::text).collect(Collectors.joining(". "));
        return new PlanChangeSummary(
                chosen.unlimited() ? List.of() : lines(prices.of(now.plan(), cycle), price),
                priced,
                cycle == BillingCycle.ANNUAL ? "Per year (two months free)" : "Per month",
                PriceText.text(price.amount(), price.currency()),
                notes,
                same ? "This is your current plan." : paying(standing),
                same ? Direction.SAME : way(price, standing, preview, mayChange),
                priced ? "Change to " + total : "Change plan",
                "Please change the plan for @" + standing.root().username() + " to " + SubscriptionWords.plan(chosen)
                        + (priced
                                ? ", " + (cycle == BillingCycle.ANNUAL ? "paid annually: " : "paid monthly: ") + total
                                : "")
                        + ".",
                List.of(),
                PlanForm.query(chosen, cycle),
                priced ? total + ". " + announced : announced);
    }

    /// Returns what the account pays now; empty if there are no prices for it.
    public String paying(SubscriptionOverview standing) {
        if (!settings.hasPrices() || standing.subscription().plan().unlimited()) {
            return "";
        }
        return standing.hasAccess() ? "You pay " + PriceText.total(standing.price()) + " now." : "You pay nothing now.";
    }

    /// Returns the next step. A plan without a price cannot be bought, only requested.
    private static Direction way(Price price, SubscriptionOverview standing, PlanPreview preview, boolean mayChange) {
        if (!mayChange || price.amount().isEmpty()) {
            return Direction.ASK;
        }
        return takesAway(standing, preview) ? Direction.CHANGE_WITH_LOSS : Direction.CHANGE;
    }

    /// Returns true if anything is lost that was available, so that it needs confirmation. What an upgrade does not
    /// bring back was lost before.
    public static boolean takesAway(SubscriptionOverview standing, PlanPreview preview) {
        EffectivePlan before = preview.before();
        EffectivePlan after = preview.after();
        return after.tier().compareTo(before.tier()) < 0
                || after.room().isLowerThan(before.room())
                || !preview.domains().isEmpty()
                || standing.usedSubAccounts() > 0 && after.subAccountTier().compareTo(before.subAccountTier()) < 0;
    }

    private static List<PlanChangeSummary.Line> lines(Price now, Price chosen) {
        var lines = new ArrayList<PlanChangeSummary.Line>();
        for (PlanPrices.Line line : chosen.lines()) {
            lines.add(new PlanChangeSummary.Line(
                    label(line),
                    PriceText.text(line.amount(), chosen.currency()),
                    now.lines().contains(line) ? "" : "new"));
        }
        for (PlanPrices.Line line : now.lines()) {
            if (chosen.lines().stream().noneMatch(other -> other.label().equals(line.label()))) {
                lines.add(
                        new PlanChangeSummary.Line(label(line), PriceText.text(line.amount(), now.currency()), "gone"));
            }
        }
        return lines;
    }

    /// Returns a label that is clear on its own, because "Pro" alone is not.
    private static String label(PlanPrices.Line line) {
        boolean isTier =
                Arrays.stream(Tier.values()).anyMatch(tier -> tier.label().equals(line.label()));
        return isTier ? line.label() + " tier" : PriceText.label(line);
    }

    private static List<Note> notes(Plan chosen, SubscriptionOverview standing, PlanPreview preview, boolean same) {
        var notes = new ArrayList<Note>();
        room(chosen, standing, preview).ifPresent(notes::add);
        if (same) {
            return notes;
        }
        if (!preview.comesBack().isEmpty()) {
            notes.add(Note.good(brands(preview.comesBack())
                            + (preview.comesBack().size() == 1 ? " comes" : " come") + " back right away")
                    .naming(names(preview.comesBack())));
        }
        if (!preview.readOnly().isEmpty()) {
            notes.add(Note.warn(brands(preview.readOnly()) + " read-only"
                            + preview.suspendedAt()
                                    .map(end -> " until " + Words.day(end) + ", then suspended")
                                    .orElse(""))
                    .naming(names(preview.readOnly())));
        }
        if (!preview.suspended().isEmpty()) {
            notes.add(
                    Note.info(brands(preview.suspended()) + " still suspended").naming(names(preview.suspended())));
        }
        preview.domainsUntil()
                .map(end -> Note.warn(Words.count(
                                        preview.domains().size(), "custom domain works", "custom domains work")
                                + " until " + Words.day(end) + ", then your pages are at this server’s address only")
                        .naming(preview.domains()))
                .ifPresent(notes::add);
        brandTier(standing, preview).ifPresent(notes::add);
        flagged(standing, preview.flagged(), notes);
        features("Lost: ", preview.lost()).map(Note::warn).ifPresent(notes::add);
        features("Gained: ", preview.gained()).map(Note::good).ifPresent(notes::add);
        return notes;
    }

    private static Optional<Note> room(Plan chosen, SubscriptionOverview standing, PlanPreview preview) {
        if (!preview.plan().equals(chosen)) {
            return Optional.of(Note.warn("This status means Free limits apply"));
        }
        if (chosen.unlimited()) {
            return Optional.of(Note.good("No limits on pages, links, short links or brands"));
        }
        if (chosen.agencyPermission().isPresent()
                && preview.after().agencyPermission().isEmpty()) {
            return Optional.of(Note.info("Brands aren't available on this server or on this plan"));
        }
        if (chosen.agencyPermission().isEmpty() && !chosen.packs().isEmpty()) {
            return Optional.of(Note.warn("Packs need an agency permission"));
        }
        if (chosen.agencyPermission().isPresent() && chosen.packs().isEmpty() && standing.usedSubAccounts() == 0) {
            return Optional.of(Note.info("Add a pack to create brands"));
        }
        Limit room = preview.after().subAccountLimit();
        if (room.isZero() && standing.usedSubAccounts() == 0) {
            return Optional.empty();
        }
        String text = (room.isUnlimited() ? "Unlimited brands" : Words.count(room.number(), "brand", "brands")) + ", "
                + Words.grouped(standing.usedSubAccounts()) + " used";
        return Optional.of(room.fits(standing.usedSubAccounts()) ? Note.good(text) : Note.warn(text));
    }

    private static Optional<Note> brandTier(SubscriptionOverview standing, PlanPreview preview) {
        Tier before = preview.before().subAccountTier();
        Tier after = preview.after().subAccountTier();
        if (preview.after().subAccountLimit().isZero()
                || before == after && !preview.before().subAccountLimit().isZero()) {
            return Optional.empty();
        }
        return Optional.of(
                after.compareTo(before) < 0 && standing.usedSubAccounts() > 0
                        ? Note.warn("Brands get " + after.label() + " instead of " + before.label())
                        : Note.good("Brands get " + after.label()));
    }

    private static void flagged(SubscriptionOverview standing, List<Flagged> flagged, List<Note> notes) {
        flagged.stream()
                .filter(account -> account.username().equals(standing.root().username()))
                .forEach(
                        own -> notes.add(Note.warn(amounts(own) + " of your own over the limit: hidden, not deleted")));
        List<Flagged> brands = flagged.stream()
                .filter(account -> !account.username().equals(standing.root().username()))
                .toList();
        if (!brands.isEmpty()) {
            notes.add(Note.warn(Words.count(brands.size(), "brand is", "brands are")
                            + " over the limit: extra items are hidden, not deleted")
                    .naming(brands.stream()
                            .map(brand -> brand.displayName() + " (" + amounts(brand) + ")")
                            .toList()));
        }
    }

    private static String amounts(Flagged account) {
        return Stream.of(
                        account.pages() == 0 ? "" : Words.count(account.pages(), "page", "pages"),
                        account.links() == 0 ? "" : Words.count(account.links(), "link", "links"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static Optional<String> features(String verb, Collection<Feature> features) {
        return features.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        verb + features.stream().map(feature -> feature.label).collect(Collectors.joining(", ")));
    }

    private static List<String> names(List<Place> places) {
        return places.stream().map(Place::displayName).toList();
    }

    private static String brands(List<Place> places) {
        return Words.count(places.size(), "brand", "brands");
    }
}
