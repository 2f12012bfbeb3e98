package dev.banyan.pages.copying;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.BrandNames;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.LeftOut.Kind;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.DeletedDocument;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkFlags;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.AppearanceCopies;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Picture;
import jakarta.inject.Singleton;

/// Writes a page for another account: its links, groups and look, with the names of that account in place of
/// `{brand}` and `{username}`. Clicks start at 0. What shows whose page it was stays behind: its profile picture, logo
/// and header, and the “message us” button.
@Singleton
record PageCopies(Quotas quotas, AppearanceSnapshots looks, Clock clock, Uuids uuids) {

    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_ADDRESS = 2_048;

    /// Where a page goes.
    ///
    /// @param pictures the account's copies, by the ids that the document names
    record Target(Owner owner, BrandNames names, Map<String, Picture> pictures, Optional<Picture> profile) {}

    /// Returns the ids of the pictures that a copy needs.
    static Set<String> pictures(DeletedDocument document) {
        var ids = new HashSet<String>();
        document.look().map(AppearanceCopies::pictures).ifPresent(ids::addAll);
        document.links().forEach(link -> link.thumbnailImage().ifPresent(ids::add));
        return ids;
    }

    /// Writes a page as far as the plan has room for it. The account's first page becomes its default page.
    ///
    /// @return empty if there is no room for the page itself, or its slug is taken
    Optional<Page> write(
            Tx tx, Target target, DeletedDocument document, String slug, String name, LeftOut.Counts counts) {
        Owner owner = target.owner();
        if (quotas.claimUpTo(tx, owner, PlanQuota.PAGES, 1) == 0) {
            counts.add(Kind.PAGES, 1);
            return Optional.empty();
        }
        Tier tier = quotas.effectiveTier(tx, owner);
        Instant now = clock.instant();
        var pages = new PageStore(tx);
        var id = new PageId(uuids.next());
        List<LinkGroup> groups = groups(tx, target, document, id, counts);
        List<Link> links = links(tx, target, document, id, groups, counts);
        List<Page> there = pages.list(owner);
        var page = new Page(
                id,
                owner,
                slug,
                name,
                there.stream().noneMatch(Page::isDefault),
                document.page().map(DeletedDocument.OfPage::published).orElse(true),
                there.stream().mapToInt(Page::position).max().orElse(-1) + 1,
                links.size(),
                now,
                now,
                document.page().flatMap(DeletedDocument.OfPage::timeZone));
        if (!pages.insert(owner, page)) {
            return Optional.empty();
        }
        var groupStore = new LinkGroupStore(tx);
        groups.forEach(group -> groupStore.insert(owner, group, now));
        var linkStore = new LinkStore(tx);
        links.forEach(link -> linkStore.insert(owner, link, now));
        counts.add(
                Kind.FEATURES,
                links.stream()
                        .filter(link -> !LinkFlags.beyond(link, tier).isEmpty())
                        .count());
        look(target, document).ifPresent(look -> {
            looks.give(tx, owner, id.toString(), look);
            counts.add(Kind.LOOKS, AppearanceTiers.exceeds(look, tier) ? 1 : 0);
        });
        return Optional.of(page);
    }

    private static Optional<String> look(Target target, DeletedDocument document) {
        return document.look()
                .map(look -> AppearanceCopies.forNewPage(look, target.pictures(), target.profile()))
                .or(() -> target.profile().map(AppearanceCopies::withProfile));
    }

    /// Returns the groups that fit, with new ids, in the order of the document's.
    private List<LinkGroup> groups(Tx tx, Target target, DeletedDocument document, PageId page, LeftOut.Counts counts) {
        int wanted = document.groups().size();
        int fit = (int) quotas.claimUpTo(tx, target.owner(), PlanQuota.LINK_GROUPS, wanted);
        counts.add(Kind.GROUPS, wanted - fit);
        return document.groups().stream()
                .limit(fit)
                .map(kept -> kept.on(page))
                .map(group -> new LinkGroup(
                        uuids.next().toString(),
                        page,
                        target.names().text(group.title(), LONGEST_TITLE),
                        group.position(),
                        group.active(),
                        group.layout(),
                        group.collapsed()))
                .toList();
    }

    private List<Link> links(
            Tx tx,
            Target target,
            DeletedDocument document,
            PageId page,
            List<LinkGroup> groups,
            LeftOut.Counts counts) {
        Map<String, String> groupIds = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            groupIds.put(document.groups().get(i).id(), groups.get(i).id());
        }
        int wanted = document.links().size();
        int fit = (int) quotas.claimUpTo(tx, target.owner(), PlanQuota.LINKS, wanted);
        counts.add(Kind.LINKS, wanted - fit);
        var links = new ArrayList<Link>();
        for (DeletedDocument.OfLink kept : document.links().subList(0, fit)) {
            Link link = kept.on(page);
            String url = target.names().address(link.url());
            Optional<String> group = link.group().flatMap(one -> Optional.ofNullable(groupIds.get(one)));
            Optional<String> picture = link.decoration().thumbnailImage();
            links.add(link.moved(new LinkId(uuids.next()), page, group, picture, target.pictures())
                    .inWords(
                            target.names().text(link.title(), LONGEST_TITLE),
                            target.names().text(link.text(), LONGEST_TEXT),
                            url.length() <= LONGEST_ADDRESS ? url : link.url(),
                            link.lock()
                                    .map(lock -> new LinkLock(
                                            lock.type(),
                                            lock.code(),
                                            target.names().text(lock.message(), LONGEST_MESSAGE)))));
        }
        return links;
    }
}
