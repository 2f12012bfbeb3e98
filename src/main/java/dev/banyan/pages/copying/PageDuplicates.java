package dev.banyan.pages.copying;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.brands.BrandNames;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.pages.DeletedDocument;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageNews;
import dev.banyan.pages.PageStore;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.SlugRule;
import dev.banyan.platform.Text;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.PictureCopies;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// Duplicates a page into another brand of the same agency, or into the agency itself.
@Singleton
public record PageDuplicates(
        Database database, PageCopies copies, AppearanceSnapshots looks, Pictures pictures, PageNews news) {

    private static final Text NAME = Text.line("name", "Page name", 100);
    private static final int LONGEST_NAME = 100;

    /// The result of duplicating a page.
    public sealed interface Duplicated {

        /// @param username of the account that has the page now
        record Done(String username, Page page, List<LeftOut> leftOut) implements Duplicated {}

        record PageNotFound() implements Duplicated {}

        /// The brand is unknown, deleted, suspended, or not among those that the person manages.
        record BrandNotFound() implements Duplicated {}

        record ReadOnly(Instant until) implements Duplicated {}

        /// The plan has no room for another page.
        record Full() implements Duplicated {}

        record Rejected(Invalid invalid) implements Duplicated {}
    }

    /// @param brand the id or username of where it goes
    public Duplicated duplicate(AccountContext context, PageId id, String brand, String name) {
        Optional<Invalid> invalid = NAME.broken(name);
        if (invalid.isPresent()) {
            return new Duplicated.Rejected(invalid.get());
        }
        Optional<DeletedDocument> document = database.read(tx -> document(tx, context.owner(), id));
        if (document.isEmpty()) {
            return new Duplicated.PageNotFound();
        }
        Optional<Account> found = database.read(tx -> target(tx, context, brand));
        if (found.isEmpty()) {
            return new Duplicated.BrandNotFound();
        }
        Account to = found.get();
        Set<String> wanted = PageCopies.pictures(document.get());
        PictureCopies copied = pictures.copy(context.owner(), to.owner(), wanted);
        Set<String> inserted = Set.of();
        try {
            Written written = database.write(
                    tx -> write(tx, context, to.owner(), document.get(), Text.clean(name), copied, wanted));
            inserted = written.pictures();
            return written.result();
        } finally {
            pictures.discard(copied, inserted);
        }
    }

    private Optional<DeletedDocument> document(Tx tx, Owner owner, PageId id) {
        return new PageStore(tx)
                .find(owner, id)
                .map(page -> DeletedDocument.ofPage(
                        page,
                        new LinkGroupStore(tx).list(owner, id),
                        new LinkStore(tx).list(owner, id),
                        looks.of(tx, owner, id.toString()),
                        Optional.empty()));
    }

    private static Optional<Account> target(Tx tx, AccountContext context, String brand) {
        Account root = context.root();
        boolean everything = context.membership().everything();
        String typed = brand.strip();
        if (everything && Accounts.isNamed(tx, root, typed)) {
            return Optional.of(root);
        }
        return new SubAccountStore(tx)
                .findNamed(root.id(), typed)
                .map(SubAccountStore.Row::account)
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .filter(account ->
                        everything || new MembershipStore(tx).isListed(root.id(), context.identity(), account.id()));
    }

    /// @param pictures those of the result that were added
    private record Written(Duplicated result, Set<String> pictures) {}

    private Written write(
            Tx tx,
            AccountContext context,
            Owner owner,
            DeletedDocument document,
            String name,
            PictureCopies copied,
            Set<String> wanted) {
        Optional<Account> locked = new AccountStore(tx).lock(owner.account());
        if (locked.filter(account -> account.status() == AccountStatus.ACTIVE).isEmpty()) {
            return new Written(new Duplicated.BrandNotFound(), Set.of());
        }
        Optional<Instant> readOnly = locked.get().suspendsAt();
        if (readOnly.isPresent()) {
            return new Written(new Duplicated.ReadOnly(readOnly.get()), Set.of());
        }
        Optional<String> slug = slug(tx, owner, document);
        var counts = new LeftOut.Counts();
        var there = pictures.insert(tx, copied);
        counts.add(LeftOut.Kind.PICTURES, wanted.size() - there.size());
        var names = new BrandNames(locked.get().displayName(), locked.get().username());
        var target = new PageCopies.Target(owner, names, there, Optional.empty());
        Optional<Page> page =
                slug.flatMap(free -> copies.write(tx, target, document, free, names.text(name, LONGEST_NAME), counts));
        if (page.isEmpty()) {
            return tx.undone(new Written(new Duplicated.Full(), Set.of()));
        }
        news.changed(
                tx,
                context,
                locked.get(),
                "PageCopied",
                page.get().id(),
                Map.of("slug", page.get().slug()));
        return new Written(new Duplicated.Done(locked.get().username(), page.get(), counts.list()), there.keySet());
    }

    /// Returns the page's slug, with a number if the account has another page with it.
    private static Optional<String> slug(Tx tx, Owner owner, DeletedDocument document) {
        String slug = document.page().orElseThrow().slug();
        var store = new PageStore(tx);
        return IntStream.range(1, 100)
                .mapToObj(number -> number == 1 ? slug : SlugRule.numbered(slug, number))
                .filter(free -> !store.hasSlug(owner, free, Optional.empty()))
                .findFirst();
    }
}
