package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.Picture;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The links of a page. Changes come in batches that are applied as a whole or not at all.
@Singleton
public record Links(
        Database database,
        Quotas quotas,
        PlanFlags flags,
        DeletedContents deleted,
        Thumbnails thumbnails,
        PageNews news,
        Clock clock,
        LinkBatch.Batches batches) {

    public static final int MOST_IN_A_BATCH = 50;

    /// A page with its links and groups.
    ///
    /// @param flagged items of the account beyond its plan
    /// @param tier whose features its links may use
    public record OnPage(Page page, List<Link> links, List<LinkGroup> groups, Flagged flagged, Tier tier) {}

    /// The result of a batch.
    public sealed interface Applied {

        /// @param added links in the order of their steps
        /// @param addedGroups in the same way
        /// @param undo the id for restoring deleted items
        /// @param still addresses of animations of which only the first frame was kept
        /// @param unknown ids to be removed that the page doesn't have
        record Done(
                OnPage now,
                List<Link> added,
                List<LinkGroup> addedGroups,
                Optional<String> undo,
                List<String> still,
                List<String> unknown)
                implements Applied {

            static Done of(OnPage now, LinkBatch batch, Optional<String> undo) {
                return new Done(now, batch.links().added(), batch.groups().added(), undo, List.of(), batch.unknown());
            }

            private Done withStill(List<String> addresses) {
                return new Done(now, added, addedGroups, undo, addresses, unknown);
            }
        }

        record PageNotFound() implements Applied {}

        record LinkNotFound(String id) implements Applied {}

        record GroupNotFound(String id) implements Applied {}

        record TooManySteps() implements Applied {}

        record LimitReached(PlanLimit limit) implements Applied {}

        /// @param step index of the step in the batch, from 0
        record NotInTier(int step, Feature feature, Tier tier) implements Applied {}

        /// The page is beyond the plan's limit and can't be changed.
        record PageOverLimit(PlanLimit limit) implements Applied {}

        /// @param step index of the step in the batch, from 0
        record Rejected(int step, List<Invalid> invalid) implements Applied {}
    }

    /// @param page empty for the default page
    public Optional<OnPage> list(AccountContext context, Optional<PageId> page) {
        return database.read(tx -> list(tx, context.owner(), page));
    }

    Optional<OnPage> list(Tx tx, Owner owner, Optional<PageId> page) {
        return find(tx, owner, page).map(found -> onPage(tx, owner, found));
    }

    private OnPage onPage(Tx tx, Owner owner, Page page) {
        return new OnPage(
                page,
                new LinkStore(tx).list(owner, page.id()),
                new LinkGroupStore(tx).list(owner, page.id()),
                flags.of(tx, owner),
                quotas.effectiveTier(tx, owner));
    }

    private static Optional<Page> find(Tx tx, Owner owner, Optional<PageId> page) {
        var store = new PageStore(tx);
        return page.isPresent() ? store.find(owner, page.get()) : store.findDefault(owner);
    }

    /// Adds a link at the end of the default page, for sample data.
    public boolean addSample(AccountContext context, String title, String url) {
        return apply(context, Optional.empty(), List.of(new LinkStep.Add(LinkChange.plain(title, url))))
                instanceof Applied.Done;
    }

    /// A prepared batch, or the reason why there is none.
    private sealed interface Prepared {

        record Ready(OnPage before, LinkBatch batch) implements Prepared {}

        record Refused(Applied why) implements Prepared {}
    }

    /// @param page empty for the default page
    public Applied apply(AccountContext context, Optional<PageId> page, List<LinkStep> steps) {
        if (!Thumbnails.isNamedIn(steps)) {
            return write(context, page, steps);
        }
        // Check first, so that a refused batch fetches no pictures; it is checked again in the transaction.
        Prepared tried = database.read(tx -> find(tx, context.owner(), page)
                .map(found -> prepared(tx, context, found, steps))
                .orElseGet(() -> new Prepared.Refused(new Applied.PageNotFound())));
        return switch (tried) {
            case Prepared.Refused(Applied why) -> why;
            case Prepared.Ready(OnPage before, LinkBatch _) ->
                switch (thumbnails.fetch(context, steps, before.links())) {
                    case Thumbnails.Fetched.Bad(int step, Invalid why) -> new Applied.Rejected(step, List.of(why));
                    case Thumbnails.Fetched.Good(List<LinkStep> known, List<String> still) ->
                        switch (write(context, Optional.of(before.page().id()), known)) {
                            case Applied.Done done -> done.withStill(still);
                            case Applied refused -> refused;
                        };
                };
        };
    }

    /// Sets the picture of a link to an uploaded one; empty removes it.
    public Applied setPicture(AccountContext context, PageId page, String link, Optional<byte[]> bytes) {
        if (bytes.isEmpty()) {
            return write(
                    context,
                    Optional.of(page),
                    List.of(new LinkStep.Update(link, LinkChange.picture(Optional.empty()))));
        }
        Prepared tried = database.read(tx -> find(tx, context.owner(), Optional.of(page))
                .map(found -> prepared(tx, context, found, List.of(new LinkStep.Update(link, LinkChange.active(true)))))
                .orElseGet(() -> new Prepared.Refused(new Applied.PageNotFound())));
        return switch (tried) {
            case Prepared.Refused(Applied why) -> why;
            case Prepared.Ready _ ->
                switch (thumbnails.upload(context, bytes.get())) {
                    case Pictures.StoreResult.Refused(String why) ->
                        new Applied.Rejected(0, List.of(new Invalid("picture", "picture: " + why, why)));
                    case Pictures.StoreResult.Done(Picture media, boolean _) ->
                        write(
                                context,
                                Optional.of(page),
                                List.of(new LinkStep.Update(link, LinkChange.picture(Optional.of(media)))));
                };
        };
    }

    private Applied write(AccountContext context, Optional<PageId> page, List<LinkStep> steps) {
        return database.write(tx -> {
            Owner owner = context.owner();
            Optional<Page> locked = find(tx, owner, page).flatMap(found -> new PageStore(tx).lock(owner, found.id()));
            return locked.map(found -> switch (prepared(tx, context, found, steps)) {
                        case Prepared.Refused(Applied why) -> why;
                        case Prepared.Ready(OnPage _, LinkBatch batch) -> save(tx, context, found, batch);
                    })
                    .orElseGet(Applied.PageNotFound::new);
        });
    }

    private Prepared prepared(Tx tx, AccountContext context, Page page, List<LinkStep> steps) {
        long changing = steps.stream().filter(Links::isCounted).count();
        if (changing > MOST_IN_A_BATCH) {
            return new Prepared.Refused(new Applied.TooManySteps());
        }
        OnPage before = onPage(tx, context.owner(), page);
        if (before.flagged().pages().contains(page.id())) {
            return new Prepared.Refused(new Applied.PageOverLimit(PlanLimit.ofPages(tx, quotas, context.owner())));
        }
        LinkBatch batch = batches.begin(page, before.links(), before.groups(), before.tier());
        for (int i = 0; i < steps.size(); i++) {
            Optional<LinkBatch.Refused> refused = batches.apply(tx, batch, steps.get(i));
            if (refused.isPresent()) {
                return new Prepared.Refused(refused(refused.get(), i, before.tier()));
            }
        }
        return new Prepared.Ready(before, batch);
    }

    private static boolean isCounted(LinkStep step) {
        return switch (step) {
            case LinkStep.Remove _, LinkStep.RemoveGroup _ -> false;
            case LinkStep.Add _,
                    LinkStep.Update _,
                    LinkStep.AddGroup _,
                    LinkStep.UpdateGroup _,
                    LinkStep.Move _,
                    LinkStep.Place _ -> true;
        };
    }

    private static Applied refused(LinkBatch.Refused refused, int step, Tier tier) {
        return switch (refused) {
            case LinkBatch.Refused.Broken(List<Invalid> invalid) -> new Applied.Rejected(step, invalid);
            case LinkBatch.Refused.LinkNotFound(String id) -> new Applied.LinkNotFound(id);
            case LinkBatch.Refused.GroupNotFound(String id) -> new Applied.GroupNotFound(id);
            case LinkBatch.Refused.NotInTier(Feature feature) -> new Applied.NotInTier(step, feature, tier);
        };
    }

    private Applied save(Tx tx, AccountContext context, Page page, LinkBatch batch) {
        Owner owner = context.owner();
        if (!batch.links().removed().isEmpty() || !batch.groups().removed().isEmpty()) {
            context.refuseSupport();
        }
        if (batch.isEmpty()) {
            // no row, no audit, no news
            return Applied.Done.of(onPage(tx, owner, page), batch, Optional.empty());
        }
        long more = batch.links().added().size() - batch.links().removed().size();
        long moreGroups =
                batch.groups().added().size() - batch.groups().removed().size();
        Optional<PlanLimit> full = PlanLimit.claim(tx, quotas, owner, PlanQuota.LINKS, more)
                .or(() -> PlanLimit.claim(tx, quotas, owner, PlanQuota.LINK_GROUPS, moreGroups));
        if (full.isPresent()) {
            return tx.undone(new Applied.LimitReached(full.get()));
        }
        quotas.release(tx, owner, PlanQuota.LINKS, -more);
        quotas.release(tx, owner, PlanQuota.LINK_GROUPS, -moreGroups);
        Instant now = clock.instant();
        var store = new LinkStore(tx);
        var groups = new LinkGroupStore(tx);
        batch.groups().removed().forEach(group -> groups.delete(owner, group));
        batch.groups().updated().forEach(group -> groups.update(owner, group, now));
        batch.groups().added().forEach(group -> groups.insert(owner, group, now));
        batch.links().removed().forEach(link -> store.delete(owner, page.id(), link.id()));
        batch.links().updated().forEach(link -> store.update(owner, link, now));
        batch.links().added().forEach(link -> store.insert(owner, link, now));
        new PageStore(tx).addLinks(owner, page.id(), more, now);
        Optional<String> undo =
                batch.links().removed().isEmpty() && batch.groups().removed().isEmpty()
                        ? Optional.empty()
                        : deleted.keep(tx, owner, DeletedDocument.ofBatch(page, batch));
        note(tx, context, page, batch);
        news.tell(tx, context.acting());
        return Applied.Done.of(onPage(tx, owner, page), batch, undo);
    }

    private void note(Tx tx, AccountContext context, Page page, LinkBatch batch) {
        note(tx, context, page, "LinkGroupsUpdated", batch.groups());
        note(tx, context, page, "LinksUpdated", batch.links());
    }

    private void note(Tx tx, AccountContext context, Page page, String action, OrderedEdits<?, ?> edits) {
        int added = edits.added().size();
        int updated = edits.updated().size();
        int removed = edits.removed().size();
        if (added + updated + removed > 0) {
            news.note(
                    tx,
                    context,
                    action,
                    page.id().toString(),
                    Map.of("added", added, "updated", updated, "removed", removed));
        }
    }
}
