package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.AppearanceSnapshots;
import jakarta.inject.Singleton;

/// The pages of an account. The first one becomes the default page whatever the request says, and an account with pages
/// always has exactly one default.
@Singleton
public record Pages(
        Database database,
        Quotas quotas,
        PlanFlags flags,
        DeletedContents deleted,
        AppearanceSnapshots looks,
        PageNews news,
        Clock clock,
        Uuids uuids) {

    /// The rule for a page's name.
    public static final Text NAME = Text.line("name", "Page name", 100);
    private static final int MOST_IN_ORDER = 1_000;

    /// The result of creating a page.
    public sealed interface Created {

        record Done(Page page) implements Created {}

        record SlugTaken() implements Created {}

        record LimitReached(PlanLimit limit) implements Created {}

        /// The page to copy doesn't exist.
        record NotFound() implements Created {}

        record Rejected(List<Invalid> invalid) implements Created {}
    }

    /// The requested changes; empty fields stay unchanged.
    ///
    /// @param timeZone its name; an empty text for the account's
    public record Change(
            Optional<String> slug,
            Optional<String> name,
            Optional<Boolean> isDefault,
            Optional<Boolean> published,
            Optional<String> timeZone) {

        public static Change published(boolean published) {
            return new Change(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(published), Optional.empty());
        }
    }

    /// The result of changing a page.
    public sealed interface Updated {

        record Done(Page page) implements Updated {}

        record NotFound() implements Updated {}

        record SlugTaken() implements Updated {}

        /// The page is beyond the plan's limit and can't be changed.
        record OverLimit(PlanLimit limit) implements Updated {}

        /// The default can only be changed by choosing another default page.
        record OnlyDefault() implements Updated {}

        record Rejected(List<Invalid> invalid) implements Updated {}
    }

    /// The result of deleting a page.
    public sealed interface Deleted {

        /// @param undo the id for restoring it; empty if it was too large to be kept
        record Done(Page page, Optional<String> undo) implements Deleted {}

        record NotFound() implements Deleted {}

        record IsDefault() implements Deleted {}
    }

    /// The result of reordering pages.
    public sealed interface Ordered {

        record Done() implements Ordered {}

        record NotFound(String id) implements Ordered {}

        record TooMany() implements Ordered {}
    }

    /// The pages of an account with their clicks, and the limits of its plan.
    ///
    /// @param flagged items of the account beyond its plan
    public record Overview(
            List<Page> pages,
            Map<PageId, Long> clicks,
            Quotas.Use pageUse,
            Quotas.Use linkUse,
            Quotas.Use groupUse,
            String tier,
            Flagged flagged) {

        public long clicksOf(Page page) {
            return clicks.getOrDefault(page.id(), 0L);
        }
    }

    List<Page> list(AccountContext context) {
        return database.read(context.owner().tenant(), tx -> new PageStore(tx).list(context.owner()));
    }

    public Optional<Page> find(AccountContext context, PageId id) {
        return database.read(context.owner().tenant(), tx -> new PageStore(tx).find(context.owner(), id));
    }

    /// Returns the time zone of the account's pages that have none of their own.
    public ZoneId accountZone(AccountContext context) {
        return database.read(tx -> AccountDays.zone(tx, context.root().id()));
    }

    /// Returns the items of the account beyond its plan.
    Flagged flagged(AccountContext context) {
        return database.read(tx -> flags.of(tx, context.owner()));
    }

    public Overview overview(AccountContext context) {
        return database.read(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            return new Overview(
                    store.list(owner),
                    store.clicks(owner),
                    quotas.use(tx, owner, PlanQuota.PAGES),
                    quotas.use(tx, owner, PlanQuota.LINKS),
                    quotas.use(tx, owner, PlanQuota.LINK_GROUPS),
                    quotas.effectiveTier(tx, owner).label(),
                    flags.of(tx, owner));
        });
    }

    /// Creates a page for sample data; other pages are created by the resources of this package.
    public boolean createSample(AccountContext context, String slug, String name) {
        return create(context, slug, name, true) instanceof Created.Done;
    }

    public Created create(AccountContext context, String typedSlug, String name, boolean asDefault) {
        return create(context, typedSlug, name, asDefault, Optional.empty());
    }

    /// Creates a page with the links, groups, appearance and “message us” button of another one; its clicks start at 0.
    public Created copy(AccountContext context, PageId source, String typedSlug, String name) {
        return create(context, typedSlug, name, false, Optional.of(source));
    }

    private Created create(
            AccountContext context, String typedSlug, String name, boolean asDefault, Optional<PageId> source) {
        String slug = Slugs.lower(typedSlug);
        List<Invalid> invalid = new ArrayList<>();
        NAME.broken(name).ifPresent(invalid::add);
        Slugs.broken(slug).ifPresent(invalid::add);
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            Optional<Page> copied = source.flatMap(id -> store.lock(owner, id));
            if (source.isPresent() && copied.isEmpty()) {
                return new Created.NotFound();
            }
            if (!invalid.isEmpty()) {
                return new Created.Rejected(List.copyOf(invalid));
            }
            if (store.hasSlug(owner, slug, Optional.empty())) {
                return new Created.SlugTaken();
            }
            List<Link> links =
                    copied.map(page -> new LinkStore(tx).list(owner, page.id())).orElse(List.of());
            List<LinkGroup> groups = copied.map(page -> new LinkGroupStore(tx).list(owner, page.id()))
                    .orElse(List.of());
            Optional<PlanLimit> full = PlanLimit.claim(tx, quotas, owner, PlanQuota.PAGES, 1)
                    .or(() -> PlanLimit.claim(tx, quotas, owner, PlanQuota.LINKS, links.size()))
                    .or(() -> PlanLimit.claim(tx, quotas, owner, PlanQuota.LINK_GROUPS, groups.size()));
            if (full.isPresent()) {
                return tx.undone(new Created.LimitReached(full.get()));
            }
            Instant now = clock.instant();
            boolean isDefault = asDefault || store.findDefault(owner).isEmpty();
            if (isDefault) {
                // After the quota, on which all who create wait for each other: before it, two of them could each hold
                // what the other one needs.
                store.lockAll(owner);
                store.clearDefault(owner, now);
            }
            var page = new Page(
                    new PageId(uuids.next()),
                    owner,
                    slug,
                    Text.clean(name),
                    isDefault,
                    copied.map(Page::published).orElse(true),
                    store.list(owner).stream().mapToInt(Page::position).max().orElse(0),
                    links.size(),
                    now,
                    now,
                    copied.flatMap(Page::zone));
            if (!store.insert(owner, page)) {
                return tx.undone(new Created.SlugTaken()); // taken by a concurrent request since the check above
            }
            copied.ifPresent(from -> fill(tx, owner, from, page, links, groups, now));
            changed(tx, context, copied.isPresent() ? "PageCopied" : "PageCreated", page);
            return new Created.Done(page);
        });
    }

    private void fill(Tx tx, Owner owner, Page from, Page page, List<Link> links, List<LinkGroup> groups, Instant now) {
        Map<String, String> ids = new HashMap<>();
        var groupStore = new LinkGroupStore(tx);
        groups.forEach(group -> {
            String id = uuids.next().toString();
            ids.put(group.id(), id);
            groupStore.insert(owner, group.copied(id, page.id()), now);
        });
        var linkStore = new LinkStore(tx);
        links.forEach(link -> linkStore.insert(
                owner,
                link.copied(
                        new LinkId(uuids.next()),
                        page.id(),
                        link.group().flatMap(group -> Optional.ofNullable(ids.get(group)))),
                now));
        looks.of(tx, owner, from.id().toString())
                .ifPresent(look -> looks.give(tx, owner, page.id().toString(), look));
        var buttons = new MessageButtonStore(tx);
        buttons.find(owner, from.id())
                .map(button -> new MessageButton(owner, page.id(), button.pool(), button.label(), button.greeting(), 0))
                .ifPresent(button -> buttons.save(owner, button, now));
    }

    /// Moves the named pages to the front in this order; the default one is always listed first.
    Ordered reorder(AccountContext context, List<String> ids) {
        if (ids.size() > MOST_IN_ORDER) {
            return new Ordered.TooMany();
        }
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            store.lockAll(owner);
            List<Page> all = store.list(owner);
            Map<String, Page> known =
                    all.stream().collect(Collectors.toMap(page -> page.id().toString(), page -> page));
            Optional<String> unknown =
                    ids.stream().filter(id -> !known.containsKey(id)).findFirst();
            if (unknown.isPresent()) {
                return new Ordered.NotFound(unknown.get());
            }
            var inOrder = new LinkedHashSet<Page>();
            ids.forEach(id -> inOrder.add(known.get(id)));
            inOrder.addAll(all);
            place(store, owner, List.copyOf(inOrder));
            news.note(tx, context, "PagesReordered", owner.account().toString(), Map.of());
            return new Ordered.Done();
        });
    }

    /// Swaps a page with its neighbour in the list; the default one is always listed first.
    public Ordered move(AccountContext context, PageId id, LinkStep.Direction direction) {
        List<Page> all = new ArrayList<>(list(context));
        int place = IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(id))
                .findFirst()
                .orElse(-1);
        if (place < 0) {
            return new Ordered.NotFound(id.toString());
        }
        int other = place + (direction == LinkStep.Direction.UP ? -1 : 1);
        if (other >= 0
                && other < all.size()
                && !all.get(other).isDefault()
                && !all.get(place).isDefault()) {
            Collections.swap(all, place, other);
        }
        return reorder(
                context,
                all.stream()
                        .map(page -> page.id().toString())
                        .limit(MOST_IN_ORDER)
                        .toList());
    }

    private static void place(PageStore store, Owner owner, List<Page> pages) {
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).position() != i) {
                store.place(owner, pages.get(i).id(), i);
            }
        }
    }

    public Updated update(AccountContext context, PageId id, Change change) {
        Optional<String> slug = change.slug().map(Slugs::lower);
        List<Invalid> invalid = new ArrayList<>();
        change.name().flatMap(NAME::broken).ifPresent(invalid::add);
        slug.flatMap(Slugs::broken).ifPresent(invalid::add);
        Optional<String> zoneName = change.timeZone().map(String::strip);
        zoneName.filter(typed -> !typed.isEmpty() && Zones.of(typed).isEmpty())
                .ifPresent(_ -> invalid.add(new Invalid(
                        "timeZone", "timeZone must be an IANA time zone such as Asia/Dubai", Zones.CHOOSE)));
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            Optional<Page> found = locked(store, owner, id);
            if (found.isEmpty()) {
                return new Updated.NotFound();
            }
            if (!invalid.isEmpty()) {
                return new Updated.Rejected(List.copyOf(invalid));
            }
            if (flags.of(tx, owner).pages().contains(id)) {
                return new Updated.OverLimit(PlanLimit.ofPages(tx, quotas, owner));
            }
            Page page = found.get();
            if (slug.isPresent() && store.hasSlug(owner, slug.get(), Optional.of(id))) {
                return new Updated.SlugTaken();
            }
            boolean asDefault = change.isDefault().orElse(page.isDefault());
            if (page.isDefault() && !asDefault) {
                return new Updated.OnlyDefault();
            }
            String newSlug = slug.orElse(page.slug());
            String newName = change.name().map(Text::clean).orElse(page.name());
            Optional<ZoneId> newZone = zoneName.map(Zones::of).orElse(page.zone());
            if (newSlug.equals(page.slug())
                    && newName.equals(page.name())
                    && asDefault == page.isDefault()
                    && newZone.equals(page.zone())
                    && change.published().orElse(page.published()) == page.published()) {
                return new Updated.Done(page);
            }
            Instant now = clock.instant();
            if (asDefault && !page.isDefault()) {
                store.clearDefault(owner, now);
            }
            store.update(owner, id, newSlug, newName, asDefault, now);
            if (!newZone.equals(page.zone())) {
                store.setZone(owner, id, newZone, now);
            }
            change.published().ifPresent(published -> store.publish(owner, id, published, now));
            Page updated = store.find(owner, id).orElseThrow();
            changed(tx, context, "PageUpdated", updated);
            return new Updated.Done(updated);
        });
    }

    public Deleted delete(AccountContext context, PageId id) {
        context.refuseSupport();
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            Optional<Page> found = locked(store, owner, id);
            if (found.isEmpty()) {
                return new Deleted.NotFound();
            }
            Page page = found.get();
            if (page.isDefault()) {
                return new Deleted.IsDefault();
            }
            long groups = new LinkGroupStore(tx).list(owner, id).size();
            Optional<String> undo = deleted.keep(tx, owner, page);
            store.delete(owner, id);
            quotas.release(tx, owner, PlanQuota.PAGES, 1);
            quotas.release(tx, owner, PlanQuota.LINKS, page.links());
            quotas.release(tx, owner, PlanQuota.LINK_GROUPS, groups);
            changed(tx, context, "PageDeleted", page);
            return new Deleted.Done(page, undo);
        });
    }

    /// Locks all pages until the commit, because changing the default concerns all of them.
    private static Optional<Page> locked(PageStore store, Owner owner, PageId id) {
        return store.lockAll(owner).stream()
                .filter(page -> page.id().equals(id))
                .findFirst();
    }

    private void changed(Tx tx, AccountContext context, String action, Page page) {
        news.changed(tx, context, action, page.id(), Map.of("slug", page.slug()));
    }
}
