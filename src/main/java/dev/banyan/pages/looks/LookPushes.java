package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.BulkReport.Line;
import dev.banyan.accounts.brands.BulkReport.Result;
import dev.banyan.accounts.context.ContextRuns;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageNews;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.PlanFlags;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceCopies;
import dev.banyan.themes.AppearanceStore;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureCopies;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// Gives the look of one default page to the default pages of many brands, each on its own. Their profile pictures,
/// logos and header texts stay.
@Singleton
public final class LookPushes implements Expiring, LongTaskSource {

    private static final Duration UNDONE_FOR = Duration.ofDays(30);

    private static final String OVER_LIMIT = "Its page is over the limit of the plan.";

    /// The look that is given away.
    ///
    /// @param owner the account that has its pictures
    public record Source(Owner owner, String username, String displayName, Appearance look) {}

    /// What a push would do to one brand.
    ///
    /// @param before the look of its default page; empty if it has no page
    /// @param why why it is refused; empty if it isn't
    public record Target(Account account, Optional<Appearance> before, boolean changes, String why) {}

    private static final String GONE = "It was deleted in the meantime.";
    private static final String NO_PAGE = "It has no page yet.";

    private final Database database;
    private final Quotas quotas;
    private final PlanFlags flags;
    private final Pictures pictures;
    private final PageNews news;
    private final ContextRuns<Line> runs;
    private final Clock clock;
    private final Uuids uuids;

    LookPushes(
            Database database,
            Quotas quotas,
            PlanFlags flags,
            Pictures pictures,
            PageNews news,
            Contexts contexts,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.quotas = quotas;
        this.flags = flags;
        this.pictures = pictures;
        this.news = news;
        this.runs = new ContextRuns<>(contexts);
        this.clock = clock;
        this.uuids = uuids;
    }

    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return runs.task(
                root,
                brands -> "Appearance of " + Words.count(brands, "brand", "brands"),
                "/admin/brands/looks/report");
    }

    /// Returns those of some accounts that have a look to give.
    ///
    /// @param accounts of the context's agency
    List<Account> sources(AccountContext context, List<Account> accounts) {
        Set<AccountId> withPage = database.read(tx -> new PageStore(tx)
                .defaults(
                        context.root().id(), accounts.stream().map(Account::id).toList())
                .keySet());
        return accounts.stream()
                .filter(account -> withPage.contains(account.id()))
                .toList();
    }

    /// A page of a brand, in the look that a push would give it.
    record Tried(PageId page, Appearance look) {}

    /// @return empty if the brand has no page
    Optional<Tried> tried(Source source, Account brand) {
        return database.read(tx -> new PageStore(tx)
                .findDefault(brand.owner())
                .map(page -> new Tried(
                        page.id(), given(source.look(), look(tx, brand.owner(), page), pictures(source.look())))));
    }

    private static Map<String, Picture> pictures(Appearance look) {
        return Stream.of(look.wallpaper().image(), look.wallpaper().video())
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Picture::id, picture -> picture, (one, _) -> one));
    }

    /// Finds the look of a brand, or of the agency itself.
    ///
    /// @return empty if it is unknown, deleted, or has no page
    public Optional<Source> source(AccountContext context, String idOrName) {
        Account root = context.root();
        return database.read(tx -> {
            Optional<Account> account = Accounts.isNamed(tx, root, idOrName)
                    ? Optional.of(root)
                    : new SubAccountStore(tx)
                            .findNamed(root.id(), idOrName.strip())
                            .map(SubAccountStore.Row::account)
                            .filter(found -> found.status() != AccountStatus.DELETED);
            return account.flatMap(found -> new PageStore(tx)
                    .findDefault(found.owner())
                    .map(page -> new Source(
                            found.owner(), found.username(), found.displayName(), look(tx, found.owner(), page))));
        });
    }

    private static Appearance look(Tx tx, Owner owner, Page page) {
        return new AppearanceStore(tx).find(owner, page.id().value()).orElse(Appearance.DEFAULT);
    }

    /// Says what a push would do. Needs a fixed number of queries, regardless of the number of brands.
    ///
    /// @param brands of the context's agency
    public List<Target> preview(AccountContext context, Source source, List<Account> brands) {
        AccountId tenant = context.root().id();
        return database.read(tx -> {
            Map<AccountId, Page> pages = new PageStore(tx)
                    .defaults(tenant, brands.stream().map(Account::id).toList());
            Map<UUID, Appearance> looks = new AppearanceStore(tx)
                    .ofPages(
                            tenant,
                            pages.values().stream()
                                    .map(page -> page.id().value())
                                    .toList());
            Optional<Tier> tier = brands.stream().findFirst().map(one -> quotas.effectiveTier(tx, one.owner()));
            return brands.stream()
                    .map(account -> target(
                            account,
                            source,
                            Optional.ofNullable(pages.get(account.id()))
                                    .map(page -> looks.getOrDefault(page.id().value(), Appearance.DEFAULT)),
                            tier.orElse(Tier.FREE)))
                    .toList();
        });
    }

    private static Target target(Account account, Source source, Optional<Appearance> before, Tier tier) {
        String why = refusal(account, source)
                .or(() -> before.isEmpty() ? Optional.of(NO_PAGE) : Optional.empty())
                .or(() -> lacking(before.get(), given(source.look(), before.get(), Map.of()), tier))
                .orElse("");
        return new Target(
                account,
                before,
                before.filter(look -> !isSame(source.look(), look)).isPresent(),
                why);
    }

    private static Optional<String> refusal(Account account, Source source) {
        return account.owner().equals(source.owner()) ? Optional.of("This look is its own.") : closed(account);
    }

    private static Optional<String> closed(Account account) {
        return account.status() != AccountStatus.ACTIVE
                ? Optional.of("It’s suspended. Activate it first.")
                : account.suspendsAt().map(until -> "It’s read-only until " + Words.day(until) + ".");
    }

    private static Optional<String> lacking(Appearance before, Appearance after, Tier tier) {
        return AppearanceTiers.newlyBeyond(before, after, tier).stream()
                .findFirst()
                .map(need -> need.sentence() + ".");
    }

    private static Appearance given(Appearance look, Appearance before, Map<String, Picture> copies) {
        return AppearanceCopies.forOther(look, before, copies);
    }

    /// A look with a background picture always counts as another one: copies have ids of their own.
    private static boolean isSame(Appearance look, Appearance before) {
        return AppearanceCopies.pictures(look).isEmpty()
                && given(look, before, Map.of()).equals(before);
    }

    /// Gives the look to each of a few brands, or begins to give it to many.
    ///
    /// @return false while another run of the person, or too many of others, are running
    boolean push(AccountContext context, Source source, List<Account> brands) {
        UUID push = uuids.next();
        return runs.run(context, brands, account -> push(context, source, account, push));
    }

    /// Returns how far the person's last push or its undoing is.
    Optional<ListRun<Line>> lastRun(AccountContext context) {
        return runs.last(context);
    }

    /// Returns the agency's last push that can be undone.
    Optional<AppearanceStore.Push> lastPush(AccountContext context) {
        return database.read(
                tx -> new AppearanceStore(tx).lastPush(context.root().id()));
    }

    /// Gives their former looks back to the brands whose look wasn't changed since.
    ///
    /// @return false while another run of the person, or too many of others, are running
    boolean undo(AccountContext context, UUID push) {
        AccountId tenant = context.root().id();
        Map<AccountId, UUID> pages = database.read(tx -> new AppearanceStore(tx).pushed(tenant, push));
        List<Account> brands = database.read(
                tx -> List.copyOf(new AccountStore(tx).findAll(pages.keySet()).values()));
        return runs.run(
                context, brands, account -> undo(context, account, Optional.ofNullable(pages.get(account.id())), push));
    }

    private Line undo(AccountContext context, Account account, Optional<UUID> page, UUID push) {
        return database.write(tx -> {
            Owner owner = account.owner();
            Optional<Account> now = new AccountStore(tx).find(account.id());
            Optional<String> refused = now.isEmpty() ? Optional.of(GONE) : closed(now.get());
            Optional<PageId> locked = page.flatMap(id -> new PageStore(tx).lock(owner, new PageId(id)))
                    .map(Page::id);
            Optional<Appearance> former = locked.filter(_ -> refused.isEmpty())
                    .flatMap(id -> new AppearanceStore(tx).undo(owner, id.value(), push, clock.instant()));
            if (former.isEmpty()) {
                return line(account, Result.REFUSED, refused.orElse("Its look was changed in the meantime."));
            }
            news.changed(
                    tx,
                    context,
                    account,
                    "AppearanceUpdated",
                    locked.orElseThrow(),
                    Map.of("theme", former.get().theme().label()));
            return line(account, Result.CHANGED, "");
        });
    }

    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new AppearanceStore(tx).forgetFormer(clock.instant().minus(UNDONE_FOR)));
    }

    private static Line line(Account account, Result result, String why) {
        return new Line(account.username(), account.displayName(), result, why);
    }

    private Line push(AccountContext context, Source source, Account account, UUID push) {
        Optional<String> refused = refusal(account, source);
        if (refused.isPresent()) {
            return line(account, Result.REFUSED, refused.get());
        }
        PictureCopies copied = pictures.copy(source.owner(), account.owner(), AppearanceCopies.pictures(source.look()));
        Set<String> inserted = Set.of();
        try {
            Pushed pushed = database.write(tx -> push(tx, context, source, account, copied, push));
            inserted = pushed.pictures();
            return pushed.line();
        } finally {
            pictures.discard(copied, inserted);
        }
    }

    /// @param pictures those of the copies that were added
    private record Pushed(Line line, Set<String> pictures) {

        static Pushed refused(Account account, String why) {
            return new Pushed(LookPushes.line(account, Result.REFUSED, why), Set.of());
        }
    }

    private Pushed push(
            Tx tx, AccountContext context, Source source, Account account, PictureCopies copied, UUID push) {
        Owner owner = account.owner();
        Optional<Account> now = new AccountStore(tx).find(account.id());
        Optional<String> refused = now.isEmpty() ? Optional.of(GONE) : refusal(now.get(), source);
        var pages = new PageStore(tx);
        Optional<Page> page = pages.findDefault(owner).flatMap(found -> pages.lock(owner, found.id()));
        if (refused.isPresent() || page.isEmpty()) {
            return Pushed.refused(account, refused.orElse(NO_PAGE));
        }
        if (flags.of(tx, owner).pages().contains(page.get().id())) {
            return Pushed.refused(account, OVER_LIMIT);
        }
        Appearance before = look(tx, owner, page.get());
        if (isSame(source.look(), before)) {
            return new Pushed(line(account, Result.UNCHANGED, "It has this look already."), Set.of());
        }
        Map<String, Picture> there = pictures.insert(tx, copied);
        Appearance after = given(source.look(), before, there);
        Optional<String> lacking = lacking(before, after, quotas.effectiveTier(tx, owner));
        if (lacking.isPresent()) {
            return tx.undone(Pushed.refused(account, lacking.get()));
        }
        new AppearanceStore(tx).push(owner, page.get().id().value(), after, push, clock.instant());
        news.changed(
                tx,
                context,
                account,
                "AppearancePushed",
                page.get().id(),
                Map.of(
                        "from", source.username(),
                        "theme", after.theme().label(),
                        "replaced", before.theme().label()));
        boolean lost = there.size() < AppearanceCopies.pictures(source.look()).size();
        return new Pushed(
                line(account, Result.CHANGED, lost ? "The background picture didn’t fit its storage." : ""),
                Set.copyOf(there.keySet()));
    }
}
