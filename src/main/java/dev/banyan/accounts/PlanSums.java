package dev.banyan.accounts;

import dev.banyan.accounts.PlanSum.Note;
import dev.banyan.accounts.PlanSum.Way;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Words;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Adds a chosen plan up and says what it means, from what [Subscriptions] found out about it.
@Singleton
final class PlanSums {

    private final PlanSettings settings;

    PlanSums(Settings settings) {
        this.settings = settings.plans();
    }

    /// @param now as it is bought now
    /// @param mayChange the person who looks at it may change the plan
    /// @param username whose plan it is
    PlanSum of(
            Subscription now, Plan chosen, BillingCycle cycle, Outlook outlook, boolean mayChange, String username) {
        Bill bill = Bill.of(settings, chosen);
        boolean same = chosen.equals(now.plan()) && cycle == now.cycle();
        List<Note> notes = notes(chosen, outlook, same);
        String total = bill.totalText(cycle);
        return new PlanSum(
                lines(Bill.of(settings, now.plan()), bill),
                cycle == BillingCycle.ANNUAL ? "Each year, two months free" : "Each month",
                bill.text(bill.total(cycle)),
                notes,
                same ? "This is what you have." : now(now),
                same ? Way.SAME : way(bill, outlook, mayChange),
                "Change to " + total + (outlook.takesAway() ? "…" : ""),
                "Please change the plan of @" + username + " to " + SubscriptionWords.plan(chosen) + ", "
                        + (cycle == BillingCycle.ANNUAL ? "paid by the year: " : "paid by the month: ") + total + ".",
                List.of(),
                PlanForm.query(chosen, cycle),
                total + ". " + notes.stream().map(Note::text).collect(Collectors.joining(". ")));
    }

    String now(Subscription now) {
        return "You pay " + Bill.of(settings, now.plan()).totalText(now.cycle()) + " now.";
    }

    /// What has no price cannot be taken, only asked for.
    private static Way way(Bill bill, Outlook outlook, boolean mayChange) {
        if (!mayChange || bill.total(BillingCycle.MONTHLY).isEmpty()) {
            return Way.ASK;
        }
        return outlook.takesAway() ? Way.CHANGE_WITH_LOSS : Way.CHANGE;
    }

    private static List<PlanSum.Line> lines(Bill now, Bill chosen) {
        var lines = new ArrayList<PlanSum.Line>();
        for (Bill.Line line : chosen.lines()) {
            lines.add(new PlanSum.Line(
                    line.text(), chosen.text(line.price()), now.lines().contains(line) ? "" : "new"));
        }
        for (Bill.Line line : now.lines()) {
            if (chosen.lines().stream().noneMatch(other -> other.label().equals(line.label()))) {
                lines.add(new PlanSum.Line(line.text(), now.text(line.price()), "gone"));
            }
        }
        return lines;
    }

    private static List<Note> notes(Plan chosen, Outlook outlook, boolean same) {
        var notes = new ArrayList<Note>();
        room(chosen, outlook).ifPresent(notes::add);
        if (same) {
            return notes;
        }
        if (!outlook.back().isEmpty()) {
            notes.add(Note.good(brands(outlook.back().size()) + " open again at once").naming(outlook.back()));
        }
        if (!outlook.readOnly().isEmpty()) {
            notes.add(Note.warn(brands(outlook.readOnly().size())
                            + (outlook.readOnly().size() == 1 ? " becomes" : " become")
                            + " read-only"
                            + outlook.until()
                                    .map(end -> " until " + Words.date(end) + ", then suspended")
                                    .orElse(""))
                    .naming(outlook.readOnly()));
        }
        if (!outlook.suspended().isEmpty()) {
            notes.add(Note.warn(brands(outlook.suspended().size()) + " suspended at once, without a grace")
                    .naming(outlook.suspended()));
        }
        brandTier(outlook).ifPresent(notes::add);
        over(outlook.over()).forEach(notes::add);
        features("Lost: ", outlook.lost()).map(Note::warn).ifPresent(notes::add);
        features("Gained: ", outlook.gained()).map(Note::good).ifPresent(notes::add);
        return notes;
    }

    private static Optional<Note> room(Plan chosen, Outlook outlook) {
        if (chosen.agencyPermission().isPresent()
                && outlook.after().agencyPermission().isEmpty()) {
            return Optional.of(Note.info("Sub-accounts are not offered on this server with this tier"));
        }
        if (chosen.agencyPermission().isEmpty() && !chosen.packs().isEmpty()) {
            return Optional.of(Note.warn("Packs count with an agency permission only"));
        }
        if (chosen.agencyPermission().isPresent() && chosen.packs().isEmpty()) {
            return Optional.of(Note.info("The permission needs a pack: with none there is room for no sub-account"));
        }
        if (outlook.after().maxSubAccounts() == 0 && outlook.subAccounts() == 0) {
            return Optional.empty();
        }
        String text = Words.count(outlook.after().maxSubAccounts(), "sub-account", "sub-accounts") + ", "
                + Words.grouped(outlook.subAccounts()) + " used";
        return Optional.of(
                outlook.subAccounts() > outlook.after().maxSubAccounts() ? Note.warn(text) : Note.good(text));
    }

    private static List<Note> over(Outlook.Over over) {
        var notes = new ArrayList<Note>();
        String whose = over.isShared() ? " of all accounts together" : " of your own";
        if (over.pages() > 0) {
            notes.add(Note.warn(Words.count(over.pages(), "page", "pages") + whose
                    + " will be closed: kept, but neither shown nor changed"));
        }
        if (over.links() > 0) {
            notes.add(Note.warn(Words.count(over.links(), "link", "links") + whose + " will be hidden, and kept"));
        }
        if (over.brands() > 0) {
            notes.add(Note.warn(Words.count(over.brands(), "sub-account has", "sub-accounts have")
                    + " more pages or links than the new tier allows: what is too much is hidden, and kept"));
        }
        return notes;
    }

    private static Optional<Note> brandTier(Outlook outlook) {
        Tier before = outlook.before().subAccountTier();
        Tier after = outlook.after().subAccountTier();
        if (before == after || outlook.after().maxSubAccounts() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                after.compareTo(before) < 0 && outlook.subAccounts() > 0
                        ? Note.warn("Sub-accounts work at " + after.label() + " instead of " + before.label())
                        : Note.good("Sub-accounts work at " + after.label()));
    }

    private static Optional<String> features(String verb, List<Feature> features) {
        return features.isEmpty()
                ? Optional.empty()
                : Optional.of(verb
                        + features.stream()
                                .map(Feature::label)
                                .collect(Collectors.joining(", ")));
    }

    private static String brands(int count) {
        return Words.count(count, "sub-account", "sub-accounts");
    }
}
