package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Keeps deleted content of pages so that it can be restored: for thirty days, at most the latest hundred pages, groups
/// and links of an account each.
@Singleton
public record DeletedContents(
        Database database, Quotas quotas, AppearanceSnapshots looks, PageNews news, Clock clock, Uuids uuids)
        implements Expiring {

    static final Duration KEPT = Duration.ofDays(30);
    static final int MOST = 100;
    private static final int LONGEST = 500_000;
    private static final int FORGOTTEN_AT_ONCE = 500;

    /// @param kind `page`, `group` or `link`
    public record Entry(String id, String kind, String name, Instant deletedAt) {}

    /// The result of restoring an item.
    public sealed interface Restored {

        /// @param page the restored page, or the page of the restored item
        record Done(PageId page) implements Restored {}

        record NotFound() implements Restored {}

        /// The page of the item was deleted itself.
        record PageGone() implements Restored {}

        record SlugTaken(String slug) implements Restored {}

        record LimitReached(PlanLimit limit) implements Restored {}
    }

    /// Keeps an item. Called where it is deleted, in the same transaction.
    ///
    /// @return the id for restoring it; empty if it is too large to be kept
    Optional<String> keep(Tx tx, Owner owner, DeletedDocument document) {
        String text = JsonDocument.write(document);
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String id = uuids.next().toString();
        var store = new DeletedContentStore(tx);
        store.insert(owner, id, document, text, clock.instant());
        store.trim(owner, document.kind(), MOST);
        return Optional.of(id);
    }

    Optional<String> keep(Tx tx, Owner owner, Page page) {
        return keep(tx, owner, document(tx, owner, page));
    }

    /// Returns whether the page is small enough to be kept, for the confirmation before it is deleted.
    public boolean canKeep(AccountContext context, Page page) {
        return database.read(
                tx -> JsonDocument.write(document(tx, context.owner(), page)).length() <= LONGEST);
    }

    private DeletedDocument document(Tx tx, Owner owner, Page page) {
        return DeletedDocument.ofPage(
                page,
                new LinkGroupStore(tx).list(owner, page.id()),
                new LinkStore(tx).list(owner, page.id()),
                looks.of(tx, owner, page.id().toString()),
                new MessageButtonStore(tx).find(owner, page.id()));
    }

    public List<Entry> newest(AccountContext context, int mostOfAKind) {
        return database.read(
                context.owner().tenant(),
                tx -> new DeletedContentStore(tx)
                        .newest(context.owner(), clock.instant().minus(KEPT), mostOfAKind));
    }

    /// Returns an item if it can be restored, for a button with its name.
    public Optional<Entry> find(AccountContext context, String id) {
        return newest(context, MOST).stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst();
    }

    public Restored restore(AccountContext context, String id) {
        return database.write(tx -> {
            var store = new DeletedContentStore(tx);
            Owner owner = context.owner();
            Optional<DeletedDocument> document = store.find(owner, id);
            if (document.isEmpty() || !store.delete(owner, id)) {
                return new Restored.NotFound();
            }
            Restored restored = document.get()
                    .page()
                    .map(page -> restorePage(tx, owner, document.get(), page))
                    .orElseGet(() -> restoreOnPage(tx, owner, document.get()));
            return switch (restored) {
                case Restored.Done done -> {
                    news.changed(
                            tx,
                            context,
                            "ContentRestored",
                            done.page(),
                            Map.of(
                                    "kind", document.get().kind(),
                                    "name", document.get().name()));
                    yield done;
                }
                case Restored.NotFound _, Restored.PageGone _, Restored.SlugTaken _, Restored.LimitReached _ ->
                    tx.undone(restored);
            };
        });
    }

    private Restored restorePage(Tx tx, Owner owner, DeletedDocument document, DeletedDocument.OfPage kept) {
        var pages = new PageStore(tx);
        pages.lockAll(owner);
        Optional<PlanLimit> full =
                PlanLimit.claim(tx, quotas, owner, PlanQuota.PAGES, 1).or(() -> claim(tx, owner, document));
        if (full.isPresent()) {
            return new Restored.LimitReached(full.get());
        }
        Instant now = clock.instant();
        Page page = document.page(owner, kept, pages.findDefault(owner).isEmpty(), now);
        if (!pages.insert(owner, page)) {
            return new Restored.SlugTaken(kept.slug());
        }
        var groups = new LinkGroupStore(tx);
        document.groups().forEach(group -> groups.insert(owner, group.on(page.id()), now));
        var links = new LinkStore(tx);
        document.links().forEach(link -> links.insert(owner, link.on(page.id()), now));
        document.look().ifPresent(look -> looks.give(tx, owner, page.id().toString(), look));
        document.button()
                .map(button -> new MessageButton(
                        owner, page.id(), new SenderId(button.pool()), button.label(), button.greeting(), 0))
                .ifPresent(button -> new MessageButtonStore(tx).save(owner, button, now));
        return new Restored.Done(page.id());
    }

    private Restored restoreOnPage(Tx tx, Owner owner, DeletedDocument document) {
        PageId page = PageId.of(document.pageId());
        var pages = new PageStore(tx);
        if (pages.lock(owner, page).isEmpty()) {
            return new Restored.PageGone();
        }
        Optional<PlanLimit> full = claim(tx, owner, document);
        if (full.isPresent()) {
            return new Restored.LimitReached(full.get());
        }
        Instant now = clock.instant();
        var groups = new LinkGroupStore(tx);
        var links = new LinkStore(tx);
        document.groups().forEach(group -> groups.insert(owner, group.on(page), now));
        Set<String> there = groups.list(owner, page).stream().map(LinkGroup::id).collect(Collectors.toSet());
        List<Link> stayed = links.list(owner, page);
        document.links().forEach(kept -> {
            Link link = kept.on(page);
            links.insert(owner, link.at(link.position(), link.group().filter(there::contains)), now);
        });
        // The links of a restored group return to it, except those that are in another group now.
        document.groups()
                .forEach(group -> stayed.stream()
                        .filter(link -> link.group().isEmpty()
                                && group.links().contains(link.id().toString()))
                        .forEach(link -> links.update(owner, link.at(link.position(), Optional.of(group.id())), now)));
        pages.addLinks(owner, page, document.links().size(), now);
        return new Restored.Done(page);
    }

    private Optional<PlanLimit> claim(Tx tx, Owner owner, DeletedDocument document) {
        return PlanLimit.claim(
                        tx, quotas, owner, PlanQuota.LINKS, document.links().size())
                .or(() -> PlanLimit.claim(
                        tx,
                        quotas,
                        owner,
                        PlanQuota.LINK_GROUPS,
                        document.groups().size()));
    }

    /// Deletes expired items.
    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        int gone;
        int all = 0;
        do {
            gone = database.write(tx -> new DeletedContentStore(tx).forget(before, FORGOTTEN_AT_ONCE));
            all += gone;
        } while (gone == FORGOTTEN_AT_ONCE);
        return all;
    }
}
