package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Quota;
import dev.banyan.accounts.Quotas;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The links of a page. Changes come in batches that are applied whole or not at all.
@Singleton
public final class Links {

    static final Text TITLE = Text.line("title", "Title", 100);
    static final int MOST_IN_A_BATCH = 50;
    private static final int LAST_POSITION = 1_000_000;

    /// One step of a batch.
    sealed interface Step {

        /// @param position where it goes; empty for the end of the page
        record Add(String title, String url, Optional<Integer> position, boolean active) implements Step {}

        /// What is empty stays.
        record Update(
                String id,
                Optional<String> title,
                Optional<String> url,
                Optional<Integer> position,
                Optional<Boolean> active)
                implements Step {}

        /// An id that is not there is no error: it is gone, which is what was asked for.
        record Remove(String id) implements Step {}

        /// Changes places with its neighbour.
        record Move(String id, Direction direction) implements Step {}
    }

    enum Direction {
        UP,
        DOWN
    }

    /// The links of a page, with the page.
    ///
    /// @param flagged what of the account its plan has no room for
    record OnPage(Page page, List<Link> links, Flagged flagged) {}

    /// What came of a batch.
    sealed interface Applied {

        record Done(OnPage now) implements Applied {}

        record UnknownPage() implements Applied {}

        record UnknownLink(String id) implements Applied {}

        record TooManySteps() implements Applied {}

        record LimitReached(long used, long max, String tier) implements Applied {}

        /// The plan has no room for this page: it is kept as it is.
        record PageOverLimit(long used, long max, String tier) implements Applied {}

        /// @param step which step of the batch, from 0
        record Rejected(int step, List<Invalid> invalid) implements Applied {}
    }

    private final Database database;
    private final Quotas quotas;
    private final PlanFlags flags;
    private final Audit audit;
    private final PublicPageCache cache;
    private final Clock clock;
    private final Uuids uuids;

    Links(
            Database database,
            Quotas quotas,
            PlanFlags flags,
            Audit audit,
            PublicPageCache cache,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.quotas = quotas;
        this.flags = flags;
        this.audit = audit;
        this.cache = cache;
        this.clock = clock;
        this.uuids = uuids;
    }

    /// @param page empty for the default page
    Optional<OnPage> list(AccountContext context, Optional<PageId> page) {
        return database.read(tx -> find(tx, context.owner(), page)
                .map(found -> new OnPage(
                        found, new LinkStore(tx).list(context.owner(), found.id()), flags.of(tx, context.owner()))));
    }

    private static Optional<Page> find(Tx tx, Owner owner, Optional<PageId> page) {
        var store = new PageStore(tx);
        return page.isPresent() ? store.find(owner, page.get()) : store.findDefault(owner);
    }

    /// Adds one link at the end of the default page: for sample data.
    public boolean addSample(AccountContext context, String title, String url) {
        return apply(context, Optional.empty(), List.of(new Step.Add(title, url, Optional.empty(), true)))
                instanceof Applied.Done;
    }

    /// @param page empty for the default page
    Applied apply(AccountContext context, Optional<PageId> page, List<Step> steps) {
        return database.write(tx -> {
            Owner owner = context.owner();
            Optional<Page> locked = find(tx, owner, page).flatMap(found -> new PageStore(tx).lock(owner, found.id()));
            return locked.map(found -> apply(tx, context, found, steps)).orElseGet(Applied.UnknownPage::new);
        });
    }

    private Applied apply(Tx tx, AccountContext context, Page page, List<Step> steps) {
        long changing =
                steps.stream().filter(step -> !(step instanceof Step.Remove)).count();
        if (changing > MOST_IN_A_BATCH) {
            return new Applied.TooManySteps();
        }
        if (flags.of(tx, context.owner()).pages().contains(page.id())) {
            Quotas.Use use = quotas.use(tx, context.owner(), Quota.PAGES);
            return new Applied.PageOverLimit(
                    use.used(),
                    use.limit(),
                    quotas.effectiveTier(tx, context.owner()).label());
        }
        var batch = new LinkBatch(page, new LinkStore(tx).list(context.owner(), page.id()), uuids);
        for (int i = 0; i < steps.size(); i++) {
            List<Invalid> invalid = broken(steps.get(i));
            if (!invalid.isEmpty()) {
                return new Applied.Rejected(i, invalid);
            }
            Optional<String> unknown = batch.apply(steps.get(i));
            if (unknown.isPresent()) {
                return new Applied.UnknownLink(unknown.get());
            }
        }
        return save(tx, context, page, batch);
    }

    private Applied save(Tx tx, AccountContext context, Page page, LinkBatch batch) {
        Owner owner = context.owner();
        long more = batch.added().size() - batch.removed().size();
        if (more > 0 && quotas.claim(tx, owner, Quota.LINKS, more) instanceof Quotas.Claim.Exceeded exceeded) {
            return new Applied.LimitReached(
                    exceeded.used(), exceeded.limit(), exceeded.tier().label());
        }
        quotas.release(tx, owner, Quota.LINKS, -more);
        Instant now = clock.instant();
        var store = new LinkStore(tx);
        batch.removed().forEach(id -> store.delete(owner, page.id(), id));
        batch.updated().forEach(link -> store.update(owner, link, now));
        batch.added().forEach(link -> store.insert(owner, link, now));
        new PageStore(tx).addLinks(owner, page.id(), more, now);
        audit.note(
                tx,
                context.actor(),
                owner,
                "LinksUpdated",
                page.id().toString(),
                Map.of(
                        "added", batch.added().size(),
                        "updated", batch.updated().size(),
                        "removed", batch.removed().size()));
        tx.afterCommit(() -> cache.drop(context.acting().username()));
        return new Applied.Done(new OnPage(page, store.list(owner, page.id()), flags.of(tx, owner)));
    }

    private static List<Invalid> broken(Step step) {
        List<Invalid> invalid = new ArrayList<>();
        switch (step) {
            case Step.Add add -> {
                TITLE.broken(add.title()).ifPresent(invalid::add);
                LinkUrls.broken(add.url()).ifPresent(invalid::add);
                add.position().flatMap(Links::brokenPosition).ifPresent(invalid::add);
            }
            case Step.Update update -> {
                update.title().flatMap(TITLE::broken).ifPresent(invalid::add);
                update.url().flatMap(LinkUrls::broken).ifPresent(invalid::add);
                update.position().flatMap(Links::brokenPosition).ifPresent(invalid::add);
            }
            case Step.Remove _, Step.Move _ -> {
                // Nothing but an id, which is looked up.
            }
        }
        return List.copyOf(invalid);
    }

    private static Optional<Invalid> brokenPosition(int position) {
        return position < 0 || position > LAST_POSITION
                ? Optional.of(new Invalid("order", "order must be a number from 0 to " + LAST_POSITION))
                : Optional.empty();
    }
}
