package dev.banyan.pages.transport;

import module java.base;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.LeftOut.Kind;
import dev.banyan.accounts.exports.AccountPart.Taken;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkFlags;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.MessageButton;
import dev.banyan.pages.MessageButtonStore;
import dev.banyan.pages.MessageButtons;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.pages.looks.IconBatch;
import dev.banyan.pages.transport.PageReading.ReadButton;
import dev.banyan.pages.transport.PageReading.ReadGroup;
import dev.banyan.pages.transport.PageReading.ReadLink;
import dev.banyan.pages.transport.PageReading.ReadPage;
import dev.banyan.platform.Owner;
import dev.banyan.platform.SlugRule;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.AppearanceCopies;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Picture;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Writes pages that were read from an archive, as far as the plan has room for them. What the plan lacks is kept and
/// flagged, as after a downgrade. An account that has pages keeps them as they are, and its default page.
@Singleton
record PageWriting(Quotas quotas, AppearanceSnapshots looks, Pools pools, Clock clock, Uuids uuids) {

    private static final int NAMED = 20;

    /// @param pictures the account's copies, by their ids in the archive
    /// @param picturesLeft how many pictures the plan has no room for, or can't be drawn
    Taken write(
            Tx tx,
            Owner owner,
            List<ReadPage> pages,
            List<SocialIcon> icons,
            Map<String, Picture> pictures,
            long picturesLeft,
            ImportedIds ids) {
        // Before the pages are read: from here on, others who create one wait.
        int fit = (int) quotas.claimUpTo(tx, owner, PlanQuota.PAGES, pages.size());
        List<Page> there = new PageStore(tx).list(owner);
        var run = new Run(tx, owner, there, pictures, ids);
        run.leftOut.add(Kind.PICTURES, picturesLeft);
        run.leftOut.add(Kind.PAGES, pages.size() - (long) fit);
        List<ReadPage> kept = pages.subList(0, fit);
        // Exactly one page is the default one, whatever the archive says.
        Optional<ReadPage> first = kept.stream()
                .filter(ReadPage::isDefault)
                .findFirst()
                .or(() -> kept.stream().findFirst())
                .filter(_ -> there.stream().noneMatch(Page::isDefault));
        kept.forEach(page -> run.page(page, first.filter(page::equals).isPresent()));
        return run.taken(fit, run.icons(icons), pictures.size());
    }

    /// One import of pages.
    private final class Run {

        private final Tx tx;
        private final Owner owner;
        private final Map<String, Picture> pictures;
        private final ImportedIds ids;
        private final Tier tier;
        private final Instant now = clock.instant();
        private final LeftOut.Counts leftOut = new LeftOut.Counts();
        private final Set<String> slugs;
        private final List<String> renamed = new ArrayList<>();
        private final int below;
        private long links;
        private long groups;
        private long buttonsLeft;
        private long iconsLeft;

        /// @param there the pages that the account has
        Run(Tx tx, Owner owner, List<Page> there, Map<String, Picture> pictures, ImportedIds ids) {
            this.tx = tx;
            this.owner = owner;
            this.slugs = there.stream().map(Page::slug).collect(Collectors.toCollection(HashSet::new));
            this.below =
                    there.stream().mapToInt(page -> page.position() + 1).max().orElse(0);
            this.pictures = pictures;
            this.ids = ids;
            this.tier = quotas.effectiveTier(tx, owner);
        }

        /// Leaves out icons that the account has, and those for which it has no room.
        ///
        /// @return how many came
        long icons(List<SocialIcon> icons) {
            var store = new SocialIconStore(tx);
            List<SocialIcon> there = store.list(owner);
            Set<String> urls = there.stream().map(SocialIcon::url).collect(Collectors.toSet());
            int after =
                    there.stream().mapToInt(icon -> icon.position() + 1).max().orElse(0);
            List<SocialIcon> missing =
                    icons.stream().filter(icon -> !urls.contains(icon.url())).toList();
            int fit = Math.clamp(IconBatch.MOST - there.size(), 0, missing.size());
            iconsLeft = missing.size() - (long) fit;
            missing.subList(0, fit)
                    .forEach(icon -> store.insert(
                            owner,
                            new SocialIcon(
                                    uuids.next().toString(),
                                    icon.platform(),
                                    icon.url(),
                                    after + icon.position(),
                                    icon.active()),
                            now));
            return fit;
        }

        /// Returns the slug in the archive, or the next similar one if the account has it.
        private String slug(String wanted) {
            String free = wanted;
            for (int number = 2; slugs.contains(free); number++) {
                free = SlugRule.numbered(wanted, number);
            }
            slugs.add(free);
            if (!free.equals(wanted)) {
                renamed.add(free);
            }
            return free;
        }

        void page(ReadPage read, boolean isDefault) {
            var id = new PageId(uuids.next());
            ids.put("page", read.id(), id.toString());
            List<LinkGroup> keptGroups = groups(read, id);
            List<Link> keptLinks = links(read, id);
            var page = new Page(
                    id,
                    owner,
                    slug(read.slug()),
                    read.name(),
                    isDefault,
                    read.published(),
                    below + read.position(),
                    keptLinks.size(),
                    now,
                    now,
                    read.zone());
            if (!new PageStore(tx).insert(owner, page)) {
                throw new IllegalStateException("A page " + page.slug() + " was created at this moment");
            }
            var groupStore = new LinkGroupStore(tx);
            keptGroups.forEach(group -> groupStore.insert(owner, group, now));
            var linkStore = new LinkStore(tx);
            keptLinks.forEach(link -> linkStore.insert(owner, link, now));
            leftOut.add(
                    Kind.FEATURES,
                    keptLinks.stream()
                            .filter(link -> !LinkFlags.beyond(link, tier).isEmpty())
                            .count());
            read.look().map(look -> AppearanceCopies.moved(look, pictures)).ifPresent(look -> {
                looks.give(tx, owner, id.toString(), look);
                leftOut.add(Kind.LOOKS, AppearanceTiers.exceeds(look, tier) ? 1 : 0);
            });
            read.button().ifPresent(button -> button(button, id));
        }

        private List<LinkGroup> groups(ReadPage read, PageId page) {
            int fit = (int) quotas.claimUpTo(
                    tx, owner, PlanQuota.LINK_GROUPS, read.groups().size());
            leftOut.add(Kind.GROUPS, read.groups().size() - (long) fit);
            groups += fit;
            var kept = new ArrayList<LinkGroup>();
            for (ReadGroup one : read.groups().subList(0, fit)) {
                String id = uuids.next().toString();
                ids.put("group of " + read.id(), one.id(), id);
                kept.add(one.group().copied(id, page));
            }
            return kept;
        }

        private List<Link> links(ReadPage read, PageId page) {
            int fit = (int)
                    quotas.claimUpTo(tx, owner, PlanQuota.LINKS, read.links().size());
            leftOut.add(Kind.LINKS, read.links().size() - (long) fit);
            links += fit;
            return read.links().subList(0, fit).stream()
                    .map(one -> link(one, read.id(), page))
                    .toList();
        }

        private Link link(ReadLink read, String oldPage, PageId page) {
            Link link = read.link();
            var id = new LinkId(uuids.next());
            ids.put("link", read.id(), id.toString());
            Optional<String> group = link.group().flatMap(one -> ids.find("group of " + oldPage, one));
            return link.moved(id, page, group, read.picture(), pictures);
        }

        /// Numbers belong to an agency: the button comes along only if this one has the number too.
        private void button(ReadButton read, PageId page) {
            boolean good = MessageButtons.broken(
                            new MessageButtons.ButtonRequest(read.pool(), read.label(), read.greeting()))
                    .isEmpty();
            Optional<SenderId> pool = SenderId.parse(read.pool())
                    .filter(_ -> good)
                    .flatMap(id -> pools.sender(tx, owner.tenant(), id))
                    .filter(Sender::isMaster)
                    .map(Sender::id);
            pool.ifPresentOrElse(
                    number -> new MessageButtonStore(tx)
                            .save(
                                    owner,
                                    new MessageButton(
                                            owner,
                                            page,
                                            number,
                                            read.label().strip(),
                                            read.greeting().strip(),
                                            read.clicks()),
                                    now),
                    () -> buttonsLeft++);
        }

        Taken taken(long pages, long icons, long kept) {
            var notes = new ArrayList<String>();
            if (buttonsLeft > 0) {
                notes.add(Words.count(
                        buttonsLeft,
                        "“message us” button was left out: its number isn’t in this account.",
                        "“message us” buttons were left out: their numbers aren’t in this account."));
            }
            if (iconsLeft > 0) {
                notes.add(Words.count(
                        iconsLeft,
                        "social icon was left out: an account has at most " + IconBatch.MOST + ".",
                        "social icons were left out: an account has at most " + IconBatch.MOST + "."));
            }
            if (!renamed.isEmpty()) {
                notes.add(Words.count(
                                renamed.size(),
                                "page has another address, because its own is taken: ",
                                "pages have other addresses, because their own are taken: ")
                        + renamed.stream()
                                .limit(NAMED)
                                .map(slug -> "“" + slug + "”")
                                .collect(Collectors.joining(", "))
                        + (renamed.size() > NAMED ? " …" : "."));
            }
            return new Taken(
                    Map.of("pages", pages, "links", links, "groups", groups, "icons", icons, "pictures", kept),
                    leftOut.list(),
                    List.copyOf(notes));
        }
    }
}
