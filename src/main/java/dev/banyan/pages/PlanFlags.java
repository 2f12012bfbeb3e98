package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.plans.Quotas.Within;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Determines the items of an account beyond its plan: pages after the default one and the oldest, links after the
/// first ones that are shown, groups after the first ones, in the order of their pages (LinkToMe contract 4.1).
/// Computed each time and not stored, so that everything returns with a larger plan.
@Singleton
public record PlanFlags(Quotas quotas) {

    /// @param links links of flagged pages are included only if they are beyond the limit of links themselves
    public record Flagged(Set<PageId> pages, Set<LinkId> links, Set<String> groups) {

        public static final Flagged NOTHING = new Flagged(Set.of(), Set.of(), Set.of());

        public boolean isNothing() {
            return pages.isEmpty() && links.isEmpty() && groups.isEmpty();
        }
    }

    /// The default one first, then the oldest, whatever the display order.
    static final Comparator<Page> PAGES_KEPT = Comparator.comparing(Page::isDefault)
            .reversed()
            .thenComparing(Page::createdAt)
            .thenComparing(page -> page.id().toString());

    public Flagged of(Tx tx, Owner owner) {
        Map<PlanQuota, Within> within = quotas.within(tx, owner);
        Within pages = within.getOrDefault(PlanQuota.PAGES, Within.ALL);
        Within links = within.getOrDefault(PlanQuota.LINKS, Within.ALL);
        Within groups = within.getOrDefault(PlanQuota.LINK_GROUPS, Within.ALL);
        if (pages.isAll() && links.isAll() && groups.isAll()) {
            return Flagged.NOTHING;
        }
        List<PageId> inOrder = new PageStore(tx)
                .list(owner).stream().sorted(PAGES_KEPT).map(Page::id).toList();
        return new Flagged(
                pages.isAll() ? Set.of() : inOrder.stream().skip(pages.room()).collect(Collectors.toSet()),
                links.isAll()
                        ? Set.of()
                        : new LinkStore(tx)
                                .shownInOrder(owner).stream().skip(links.room()).collect(Collectors.toSet()),
                groups.isAll()
                        ? Set.of()
                        : new LinkGroupStore(tx)
                                .inOrder(owner).stream().skip(groups.room()).collect(Collectors.toSet()));
    }

    /// Returns whether flags of one account may change because of another account.
    public boolean dependOnOthers() {
        return quotas.areShared();
    }
}
