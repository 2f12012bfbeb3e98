package dev.banyan.pages;

import static dev.banyan.schema.Tables.LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.pages.Pages.Updated;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.themes.TestLooks;
import dev.banyan.themes.TestPictures;
import org.junit.jupiter.api.Test;

/// Operations on pages and links, above all under concurrency.
@OnEveryDatabase
class PagesTest {

    private final Quotas quotas;
    private final Database database;
    private final Pages pages;
    private final Links links;

    PagesTest(Database database) {
        this.database = database;
        var clock = new TestClock();
        var uuids = new Uuids(clock);
        this.quotas = new TestPlans(database, clock).quotas();
        Audit audit = TestAudit.on(database, clock);
        var news = new PageNews(audit, new TestEvents<>());
        var looks = TestLooks.on(clock);
        var deleted = new DeletedContents(database, quotas, looks, news, clock, uuids);
        this.pages = new Pages(database, quotas, new PlanFlags(quotas), deleted, looks, news, clock, uuids);
        var thumbnails = new Thumbnails(TestPictures.on(database, quotas, clock));
        this.links = new Links(
                database, quotas, new PlanFlags(quotas), deleted, thumbnails, news, clock, TestBatches.of(uuids));
    }

    @Test
    void ofManyFirstPagesAtOnceExactlyOneIsTheDefault() {
        AccountContext owner = StoredAccounts.owner(database, Tier.ENTERPRISE);

        List<Created> answers = AtOnce.run(20, number -> pages.create(owner, "page-" + number, "Page", false));

        assertThat(answers).allMatch(Created.Done.class::isInstance);
        assertThat(pages.list(owner)).hasSize(20).filteredOn(Page::isDefault).hasSize(1);
    }

    @Test
    void ofManyPagesThatWantToBeTheDefaultAtOnceOneIs() {
        AccountContext owner = StoredAccounts.owner(database, Tier.ENTERPRISE);
        List<Page> there = IntStream.range(0, 10)
                .mapToObj(number -> created(owner, "page-" + number))
                .toList();

        AtOnce.run(
                20,
                number -> number % 2 == 0
                        ? makeDefault(owner, there.get(number / 2))
                        : created(owner, "new-" + number, true));

        assertThat(pages.list(owner)).hasSize(20).filteredOn(Page::isDefault).hasSize(1);
    }

    @Test
    void manyPagesAtOnceNeverExceedTheTier() {
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);

        List<Created> answers =
                AtOnce.run(12, number -> pages.create(owner, "page-" + number, "Page", number % 2 == 0));

        assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(3);
        assertThat(answers)
                .filteredOn(
                        answer -> answer.equals(new Created.LimitReached(new PlanLimit(PlanQuota.PAGES, 3, 3, "Pro"))))
                .hasSize(9);
        assertThat(pages.list(owner)).hasSize(3).filteredOn(Page::isDefault).hasSize(1);
        assertThat(use(owner, PlanQuota.PAGES)).isEqualTo(3);
    }

    @Test
    void manyPagesWithOneSlugAtOnceLeaveOnePageAndATrueCounter() {
        AccountContext owner = StoredAccounts.owner(database, Tier.ENTERPRISE);
        created(owner, "main");

        List<Created> answers = AtOnce.run(12, _ -> pages.create(owner, "same", "Page", false));

        assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Created.SlugTaken.class::isInstance).hasSize(11);
        assertThat(use(owner, PlanQuota.PAGES)).isEqualTo(2);
    }

    @Test
    void renamingManyPagesToOneSlugAtOnceLeavesItToOne() {
        AccountContext owner = StoredAccounts.owner(database, Tier.ENTERPRISE);
        List<Page> there = IntStream.range(0, 8)
                .mapToObj(number -> created(owner, "page-" + number))
                .toList();

        List<Updated> answers = AtOnce.run(
                8,
                number -> pages.update(
                        owner,
                        there.get(number).id(),
                        new Pages.Change(
                                Optional.of("same"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));

        assertThat(answers).filteredOn(Updated.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Updated.SlugTaken.class::isInstance).hasSize(7);
    }

    @Test
    void theDefaultPageCannotBeUnsetOrDeletedAndOthersCan() {
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);
        Page main = created(owner, "main");
        Page other = created(owner, "other");

        assertThat(pages.update(
                        owner,
                        main.id(),
                        new Pages.Change(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(false),
                                Optional.empty(),
                                Optional.empty())))
                .isEqualTo(new Updated.OnlyDefault());
        assertThat(pages.delete(owner, main.id())).isEqualTo(new Deleted.IsDefault());
        assertThat(pages.delete(owner, other.id())).isInstanceOf(Deleted.Done.class);
        assertThat(pages.delete(owner, other.id())).isEqualTo(new Deleted.NotFound());
        assertThat(use(owner, PlanQuota.PAGES)).isEqualTo(1);
    }

    @Test
    void aStrangersPageIsUnknown() {
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);
        AccountContext stranger = StoredAccounts.owner(database, Tier.PRO);
        Page page = created(owner, "main");

        assertThat(makeDefault(stranger, page)).isEqualTo(new Updated.NotFound());
        assertThat(pages.delete(stranger, page.id())).isEqualTo(new Deleted.NotFound());
        assertThat(links.list(stranger, Optional.of(page.id()))).isEmpty();
        assertThat(links.apply(stranger, Optional.of(page.id()), List.of(add("intruder"))))
                .isEqualTo(new Applied.PageNotFound());
        assertThat(pages.list(owner)).containsExactly(page);
    }

    @Test
    void batchesOfLinksAtOnceAreAppliedWholeOrNotAtAllAndCounted() {
        AccountContext owner = StoredAccounts.owner(database, Tier.FREE);
        Page page = created(owner, "main");

        List<Applied> answers = AtOnce.run(
                10,
                number -> links.apply(
                        owner,
                        Optional.of(page.id()),
                        List.of(add("a" + number), add("b" + number), add("c" + number))));

        assertThat(answers).filteredOn(Applied.Done.class::isInstance).hasSize(3);
        assertThat(answers)
                .filteredOn(answer ->
                        answer.equals(new Applied.LimitReached(new PlanLimit(PlanQuota.LINKS, 9, 10, "Free"))))
                .hasSize(7);
        assertThat(use(owner, PlanQuota.LINKS)).isEqualTo(9);
        assertThat(linkRows(page)).isEqualTo(9);
        assertThat(pages.list(owner).getFirst().links()).isEqualTo(9);
        List<Link> there = links.list(owner, Optional.empty()).orElseThrow().links();
        assertThat(there).extracting(Link::position).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatFailsInTheMiddleChangesNothing() {
        AccountContext owner = StoredAccounts.owner(database, Tier.FREE);
        Page page = created(owner, "main");
        String unknown = new LinkId(new Uuids(new TestClock()).next()).toString();

        assertThat(links.apply(
                        owner,
                        Optional.of(page.id()),
                        List.of(add("good"), new LinkStep.Add(LinkChange.plain("bad", "javascript:alert(1)")))))
                .isInstanceOfSatisfying(
                        Applied.Rejected.class,
                        rejected -> assertThat(rejected.step()).isEqualTo(1));
        assertThat(links.apply(
                        owner,
                        Optional.of(page.id()),
                        List.of(add("good"), new LinkStep.Move(unknown, LinkStep.Direction.UP))))
                .isEqualTo(new Applied.LinkNotFound(unknown));

        assertThat(linkRows(page)).isZero();
        assertThat(use(owner, PlanQuota.LINKS)).isZero();
    }

    @Test
    void aBatchMayMakeRoomForItself() {
        AccountContext owner = StoredAccounts.owner(database, Tier.FREE);
        Page page = created(owner, "main");
        links.apply(
                owner,
                Optional.of(page.id()),
                IntStream.range(0, 10)
                        .<LinkStep>mapToObj(number -> add("link " + number))
                        .toList());
        Link first = links.list(owner, Optional.empty()).orElseThrow().links().getFirst();

        assertThat(links.apply(
                        owner,
                        Optional.of(page.id()),
                        List.of(add("new"), new LinkStep.Remove(first.id().toString()))))
                .isInstanceOf(Applied.Done.class);
        assertThat(use(owner, PlanQuota.LINKS)).isEqualTo(10);
        assertThat(linkRows(page)).isEqualTo(10);
    }

    @Test
    void pagesAndLinksThatComeAndGoAtOnceLeaveTrueCounters() {
        AccountContext owner = StoredAccounts.owner(database, Tier.ENTERPRISE);
        Page main = created(owner, "main");
        List<Page> there = IntStream.range(0, 6)
                .mapToObj(number -> created(owner, "page-" + number))
                .toList();

        AtOnce.run(24, number -> {
            Page page = there.get(number % 6);
            return number < 18
                    ? links.apply(
                            owner, Optional.of(number % 2 == 0 ? page.id() : main.id()), List.of(add("x" + number)))
                    : pages.delete(owner, page.id());
        });

        assertThat(pages.list(owner)).containsExactly(pages.list(owner).getFirst());
        assertThat(use(owner, PlanQuota.PAGES)).isEqualTo(1);
        assertThat(use(owner, PlanQuota.LINKS)).isEqualTo(linkRows(main)).isEqualTo(9);
    }

    private static LinkStep add(String title) {
        return new LinkStep.Add(LinkChange.plain(title, "https://example.com"));
    }

    private Page created(AccountContext owner, String slug) {
        created(owner, slug, false);
        return pages.list(owner).stream()
                .filter(page -> page.slug().equals(slug))
                .findFirst()
                .orElseThrow();
    }

    private Created created(AccountContext owner, String slug, boolean asDefault) {
        Created created = pages.create(owner, slug, "Page", asDefault);
        assertThat(created).isInstanceOf(Created.Done.class);
        return created;
    }

    private Updated makeDefault(AccountContext owner, Page page) {
        return pages.update(
                owner,
                page.id(),
                new Pages.Change(
                        Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty(), Optional.empty()));
    }

    private long use(AccountContext owner, PlanQuota quota) {
        Quotas.Use use = database.read(tx -> quotas.use(tx, owner.owner(), quota));
        return use.used();
    }

    private long linkRows(Page page) {
        return database.<Integer>read(tx -> tx.sql().fetchCount(LINKS, LINKS.PAGE_ID.eq(page.id())));
    }
}
