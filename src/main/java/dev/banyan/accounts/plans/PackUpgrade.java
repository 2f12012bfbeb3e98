package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.platform.web.page.PageFrame;

/// The upgrade to more sub-accounts: the text of the link, and the subscription page with the choice filled in, or only
/// the way to the plan where nothing is sold. Nothing changes before it is confirmed there. `permitted` is true if the
/// account has an agency permission and needs only
/// room.
public record PackUpgrade(String label, String href, boolean permitted) {

    /// Returns the upgrade for the context's root account, based on its current plan.
    public static PackUpgrade of(Accounts accounts, AccountContext context, PageFrame shell) {
        Plan plan =
                accounts.root(context.root().id()).map(Accounts.Described::plan).orElse(Plan.FREE);
        return shell.sells()
                ? of(plan, context.root().username())
                : new PackUpgrade(
                        shell.upgrade(),
                        page(context.root().username()),
                        plan.agencyPermission().isPresent());
    }

    /// Replaces the biggest pack with the next bigger one, or adds another pack if there is no bigger one.
    public static PackUpgrade of(Plan plan, String root) {
        if (plan.agencyPermission().isEmpty()) {
            return new PackUpgrade("See agency permissions", page(root), false);
        }
        int three = count(plan, Pack.THREE);
        int ten = count(plan, Pack.TEN);
        int twentyFive = count(plan, Pack.TWENTY_FIVE);
        return plan.packs().keySet().stream()
                .max(Comparator.naturalOrder())
                .map(biggest -> switch (biggest) {
                    case THREE -> upgrade(root, Pack.TEN, three - 1, ten + 1, twentyFive);
                    case TEN -> upgrade(root, Pack.TWENTY_FIVE, three, ten - 1, twentyFive + 1);
                    case TWENTY_FIVE ->
                        new PackUpgrade("Add a 25-brand pack", packs(root, three, ten, twentyFive + 1), true);
                })
                .orElseGet(() -> new PackUpgrade("Get a 3-brand pack", packs(root, 1, 0, 0), true));
    }

    private static PackUpgrade upgrade(String root, Pack to, int three, int ten, int twentyFive) {
        return new PackUpgrade("Upgrade to " + to.size + "-brand pack", packs(root, three, ten, twentyFive), true);
    }

    private static int count(Plan plan, Pack pack) {
        return plan.packs().getOrDefault(pack, 0);
    }

    private static String packs(String root, int three, int ten, int twentyFive) {
        return page(root) + "&packs3=" + three + "&packs10=" + ten + "&packs25=" + twentyFive;
    }

    private static String page(String root) {
        return "/admin/subscription?as=" + root;
    }
}
