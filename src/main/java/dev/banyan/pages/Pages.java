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

/// The pages of an account. The first one is the default page whatever the client says, and an account with pages
/// always has exactly one default.
@Singleton
public final class Pages {

    static final Text NAME = Text.line("name", "Page name", 100);

    /// What came of creating a page.
    sealed interface Created {

        record Done(Page page) implements Created {}

        record SlugTaken() implements Created {}

        record LimitReached(long used, long max, String tier) implements Created {}

        record Rejected(List<Invalid> invalid) implements Created {}
    }

    /// What is to change; what is empty stays.
    record Change(Optional<String> slug, Optional<String> name, Optional<Boolean> isDefault) {}

    /// What came of changing a page.
    sealed interface Updated {

        record Done(Page page) implements Updated {}

        record Unknown() implements Updated {}

        record SlugTaken() implements Updated {}

        /// The plan has no room for this page: it is kept as it is.
        record OverLimit(long used, long max, String tier) implements Updated {}

        /// The only way to another default is to choose one.
        record OnlyDefault() implements Updated {}

        record Rejected(List<Invalid> invalid) implements Updated {}
    }

    /// What came of deleting a page.
    sealed interface Deleted {

        record Done(Page page) implements Deleted {}

        record Unknown() implements Deleted {}

        record IsDefault() implements Deleted {}
    }

    /// The pages of an account with the clicks of each, and what its plan allows.
    ///
    /// @param flagged what of the account its plan has no room for
    record Overview(
            List<Page> pages,
            Map<PageId, Long> clicks,
            Quotas.Use pageUse,
            Quotas.Use linkUse,
            String tier,
            Flagged flagged) {

        long clicksOf(Page page) {
            return clicks.getOrDefault(page.id(), 0L);
        }

        long allClicks() {
            return clicks.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Database database;
    private final Quotas quotas;
    private final PlanFlags flags;
    private final Audit audit;
    private final PublicPageCache cache;
    private final Clock clock;
    private final Uuids uuids;

    Pages(
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

    List<Page> list(AccountContext context) {
        return database.read(tx -> new PageStore(tx).list(context.owner()));
    }

    /// What of the account its plan has no room for.
    Flagged flagged(AccountContext context) {
        return database.read(tx -> flags.of(tx, context.owner()));
    }

    Overview overview(AccountContext context) {
        return database.read(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            return new Overview(
                    store.list(owner),
                    store.clicks(owner),
                    quotas.use(tx, owner, Quota.PAGES),
                    quotas.use(tx, owner, Quota.LINKS),
                    quotas.effectiveTier(tx, owner).label(),
                    flags.of(tx, owner));
        });
    }

    /// For sample data; elsewhere the resources of this package create pages.
    public boolean createSample(AccountContext context, String slug, String name) {
        return create(context, slug, name, true) instanceof Created.Done;
    }

    Created create(AccountContext context, String typedSlug, String name, boolean asDefault) {
        String slug = Slugs.lower(typedSlug);
        List<Invalid> invalid = new ArrayList<>();
        NAME.broken(name).ifPresent(invalid::add);
        Slugs.broken(slug).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Created.Rejected(List.copyOf(invalid));
        }
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            if (asDefault) {
                store.lockAll(owner); // nobody else chooses a default meanwhile
            }
            if (store.hasSlug(owner, slug, Optional.empty())) {
                return new Created.SlugTaken();
            }
            if (quotas.claim(tx, owner, Quota.PAGES, 1) instanceof Quotas.Claim.Exceeded exceeded) {
                return new Created.LimitReached(
                        exceeded.used(), exceeded.limit(), exceeded.tier().label());
            }
            Instant now = clock.instant();
            boolean isDefault = asDefault || store.findDefault(owner).isEmpty();
            if (isDefault) {
                store.clearDefault(owner, now);
            }
            var page = new Page(new PageId(uuids.next()), owner, slug, name.strip(), isDefault, 0, now, now);
            if (!store.insert(owner, page)) {
                return tx.undone(new Created.SlugTaken()); // somebody else was faster, since the look above
            }
            changed(tx, context, "PageCreated", page);
            return new Created.Done(page);
        });
    }

    Updated update(AccountContext context, PageId id, Change change) {
        Optional<String> slug = change.slug().map(Slugs::lower);
        List<Invalid> invalid = new ArrayList<>();
        change.name().flatMap(NAME::broken).ifPresent(invalid::add);
        slug.flatMap(Slugs::broken).ifPresent(invalid::add);
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            Optional<Page> found = locked(store, owner, id);
            if (found.isEmpty()) {
                return new Updated.Unknown();
            }
            if (!invalid.isEmpty()) {
                return new Updated.Rejected(List.copyOf(invalid));
            }
            if (flags.of(tx, owner).pages().contains(id)) {
                Quotas.Use use = quotas.use(tx, owner, Quota.PAGES);
                return new Updated.OverLimit(
                        use.used(), use.limit(), quotas.effectiveTier(tx, owner).label());
            }
            Page page = found.get();
            if (slug.isPresent() && store.hasSlug(owner, slug.get(), Optional.of(id))) {
                return new Updated.SlugTaken();
            }
            boolean asDefault = change.isDefault().orElse(page.isDefault());
            if (page.isDefault() && !asDefault) {
                return new Updated.OnlyDefault();
            }
            Instant now = clock.instant();
            if (asDefault && !page.isDefault()) {
                store.clearDefault(owner, now);
            }
            store.update(
                    owner,
                    id,
                    slug.orElse(page.slug()),
                    change.name().map(String::strip).orElse(page.name()),
                    asDefault,
                    now);
            Page updated = store.find(owner, id).orElseThrow();
            changed(tx, context, "PageUpdated", updated);
            return new Updated.Done(updated);
        });
    }

    Deleted delete(AccountContext context, PageId id) {
        return database.write(tx -> {
            var store = new PageStore(tx);
            Owner owner = context.owner();
            Optional<Page> found = locked(store, owner, id);
            if (found.isEmpty()) {
                return new Deleted.Unknown();
            }
            Page page = found.get();
            if (page.isDefault()) {
                return new Deleted.IsDefault();
            }
            store.delete(owner, id);
            quotas.release(tx, owner, Quota.PAGES, 1);
            quotas.release(tx, owner, Quota.LINKS, page.links());
            changed(tx, context, "PageDeleted", page);
            return new Deleted.Done(page);
        });
    }

    /// Which page is the default one concerns all pages of an account, so all are held until the commit.
    private static Optional<Page> locked(PageStore store, Owner owner, PageId id) {
        return store.lockAll(owner).stream()
                .filter(page -> page.id().equals(id))
                .findFirst();
    }

    private void changed(Tx tx, AccountContext context, String action, Page page) {
        audit.note(tx, context.actor(), context.owner(), action, page.id().toString(), Map.of("slug", page.slug()));
        tx.afterCommit(() -> cache.drop(context.acting().username()));
    }
}
