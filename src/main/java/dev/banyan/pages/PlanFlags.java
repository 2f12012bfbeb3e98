package dev.banyan.pages;

import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.plans.Quotas.Within;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What of an account its plan has no room for: pages after the default one and the oldest, links after the first ones
/// that are shown, groups after the first ones, in the order of their pages (LinkToMe contract 4.1). Worked out anew
/// each time and stored nowhere,
/// so that it is all back with more room.
@Singleton
public final class PlanFlags {

    /// @param links those on flagged pages are only among them where they are over their own limit
    public record Flagged(Set<PageId> pages, Set<LinkId> links, Set<String> groups) {

        public static final Flagged NOTHING = new Flagged(Set.of(), Set.of(), Set.of());

        public boolean isNothing() {
            return pages.isEmpty() && links.isEmpty() && groups.isEmpty();
        }
    }

    /// Whatever order its people gave them: the default one, then the oldest.
    static final Comparator<Page> PAGES_KEPT = Comparator.comparing(Page::isDefault)
            .reversed()
            .thenComparing(Page::createdAt)
            .thenComparing(page -> page.id().toString());

    private final Quotas quotas;

    PlanFlags(Quotas quotas) {
        this.quotas = quotas;
    }

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

    /// Whether what is flagged in one account may change with what happens in another.
    public boolean dependOnOthers() {
        return quotas.areShared();
    }
}
