package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.DeletedContents.Restored;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.themes.TestLooks;
import dev.banyan.themes.TestPictures;
import org.junit.jupiter.api.Test;

/// Deleted items are restored unchanged, once, and only within the limits; copying and reordering pages.
@OnEveryDatabase
class DeletedContentsTest {

    private final TestClock clock = new TestClock();
    private final Quotas quotas;
    private final Database database;
    private final Pages pages;
    private final Links links;
    private final DeletedContents deleted;
    private final AccountContext owner;
    private final AccountContext stranger;

    DeletedContentsTest(Database database) {
        this.database = database;
        var uuids = new Uuids(clock);
        this.quotas = new TestPlans(database, clock).quotas();
        var audit = TestAudit.on(database, clock);
        var news = new PageNews(audit, new TestEvents<>());
        var looks = TestLooks.on(clock);
        this.deleted = new DeletedContents(database, quotas, looks, news, clock, uuids);
        this.pages = new Pages(database, quotas, new PlanFlags(quotas), deleted, looks, news, clock, uuids);
        var thumbnails = new Thumbnails(TestPictures.on(database, quotas, clock));
        this.links = new Links(
                database, quotas, new PlanFlags(quotas), deleted, thumbnails, news, clock, TestBatches.of(uuids));
        this.owner = StoredAccounts.owner(database, Tier.PRO);
        this.stranger = StoredAccounts.owner(database, Tier.PRO);
        created("main");
    }

    private Page created(String slug) {
        return pages.create(owner, slug, slug, false) instanceof Created.Done done ? done.page() : fail();
    }

    private static Page fail() {
        throw new AssertionError("No page");
    }

    private OnPage apply(PageId page, LinkStep... steps) {
        return links.apply(owner, Optional.of(page), List.of(steps)) instanceof Applied.Done done
                ? done.now()
                : links.list(owner, Optional.of(page)).orElseThrow();
    }

    private String undoOf(PageId page, LinkStep step) {
        return links.apply(owner, Optional.of(page), List.of(step)) instanceof Applied.Done done
                ? done.undo().orElseThrow()
                : fail().slug();
    }

    private static LinkStep full(String title) {
        return new LinkStep.Add(LinkChange.plain(title, "https://example.com/" + title)
                .with(LinkChange.ACTIVE, false)
                .with(LinkChange.ICON, "🌿")
                .with(LinkChange.THUMBNAIL, "🪴")
                .with(LinkChange.THUMBNAIL_TYPE, "emoji")
                .with(LinkChange.LAYOUT, "featured")
                .with(LinkChange.ANIMATION, "glow")
                .with(
                        LinkChange.SCHEDULE,
                        Optional.of(
                                new LinkChange.ScheduleChange("2027-01-01T00:00", "2027-02-01T00:00", "Asia/Dubai")))
                .with(LinkChange.LOCK, Optional.of(new LinkChange.LockChange("code", "1234", "Ask us"))));
    }

    private static LinkStep group(String title) {
        return new LinkStep.AddGroup(Changes.<LinkGroup>none()
                .with(LinkGroupChange.TITLE, title)
                .with(LinkGroupChange.LAYOUT, "grid")
                .with(LinkGroupChange.COLLAPSED, true));
    }

    private OnPage on(PageId page) {
        return links.list(owner, Optional.of(page)).orElseThrow();
    }

    private long used(PlanQuota quota) {
        return database.<Quotas.Use>read(tx -> quotas.use(tx, owner.owner(), quota))
                .used();
    }

    @Test
    void aLinkComesBackWithAllThatItHas() {
        Page page = created("second");
        Link link = apply(page.id(), full("all")).links().getFirst();
        String undo = undoOf(page.id(), new LinkStep.Remove(link.id().toString()));
        assertThat(on(page.id()).links()).isEmpty();
        assertThat(used(PlanQuota.LINKS)).isZero();
        assertThat(deleted.newest(owner, 20))
                .extracting(DeletedContents.Entry::kind, DeletedContents.Entry::name)
                .containsExactly(tuple("link", "all"));

        assertThat(deleted.restore(stranger, undo)).isEqualTo(new Restored.NotFound());
        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.Done(page.id()));
        assertThat(on(page.id()).links()).containsExactly(link);
        assertThat(used(PlanQuota.LINKS)).isEqualTo(1);
        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.NotFound());
    }

    @Test
    void ofManyWhoBringItBackOneDoes() {
        Page page = created("second");
        Link link = apply(page.id(), full("all")).links().getFirst();
        String undo = undoOf(page.id(), new LinkStep.Remove(link.id().toString()));

        List<Restored> answers = AtOnce.run(10, _ -> deleted.restore(owner, undo));

        assertThat(answers).filteredOn(Restored.Done.class::isInstance).hasSize(1);
        assertThat(used(PlanQuota.LINKS)).isEqualTo(1);
    }

    @Test
    void aGroupComesBackAndItsLinksReturnToIt() {
        Page page = created("second");
        OnPage with = apply(page.id(), group("Menus"), full("lunch"), full("dinner"));
        String id = with.groups().getFirst().id();
        String lunch = with.links().getFirst().id().toString();
        apply(page.id(), new LinkStep.Place(lunch, Optional.of(id), Optional.empty()));
        String undo = undoOf(page.id(), new LinkStep.RemoveGroup(id));
        assertThat(used(PlanQuota.LINK_GROUPS)).isZero();

        assertThat(deleted.restore(owner, undo)).isInstanceOf(Restored.Done.class);

        assertThat(on(page.id()).groups())
                .extracting(LinkGroup::id, LinkGroup::layout, LinkGroup::collapsed)
                .containsExactly(tuple(id, GroupLayout.GRID, true));
        assertThat(on(page.id()).links())
                .filteredOn(link -> link.group().isPresent())
                .extracting(link -> link.id().toString())
                .containsExactly(lunch);
        assertThat(used(PlanQuota.LINK_GROUPS)).isEqualTo(1);
    }

    @Test
    void aPageComesBackWithEverythingOnIt() {
        Page page = created("second");
        OnPage before = apply(page.id(), group("Menus"), full("a"), full("b"));
        OnPage placed = apply(
                page.id(),
                new LinkStep.Place(
                        before.links().getFirst().id().toString(),
                        Optional.of(before.groups().getFirst().id()),
                        Optional.empty()));
        database.write(tx -> {
            TestLooks.on(clock).give(tx, owner.owner(), page.id().toString(), "{\"theme\":\"air\"}");
            return page;
        });
        String undo = pages.delete(owner, page.id()) instanceof Deleted.Done done
                ? done.undo().orElseThrow()
                : fail().slug();
        assertThat(used(PlanQuota.PAGES)).isEqualTo(1);
        assertThat(used(PlanQuota.LINK_GROUPS)).isZero();

        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.Done(page.id()));

        assertThat(on(page.id()).links()).containsExactlyElementsOf(placed.links());
        assertThat(on(page.id()).groups()).containsExactlyElementsOf(placed.groups());
        assertThat(on(page.id()).page().links()).isEqualTo(2);
        assertThat(database.<Optional<String>>read(tx ->
                        TestLooks.on(clock).of(tx, owner.owner(), page.id().toString())))
                .contains("{\"theme\":\"air\"}");
        assertThat(List.of(used(PlanQuota.PAGES), used(PlanQuota.LINKS), used(PlanQuota.LINK_GROUPS)))
                .containsExactly(2L, 2L, 1L);
    }

    @Test
    void whereThereIsNoRoomNothingComesBackAndNothingIsLost() {
        Page page = created("second");
        String undo = pages.delete(owner, page.id()) instanceof Deleted.Done done
                ? done.undo().orElseThrow()
                : fail().slug();
        created("second");
        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.SlugTaken("second"));
        created("third");
        assertThat(deleted.restore(owner, undo))
                .isEqualTo(new Restored.LimitReached(new PlanLimit(PlanQuota.PAGES, 3, 3, "Pro")));
        assertThat(used(PlanQuota.PAGES)).isEqualTo(3);
        assertThat(deleted.find(owner, undo)).isPresent();
    }

    @Test
    void aLinkOfADeletedPageWaitsForItsPage() {
        Page page = created("second");
        Link link = apply(page.id(), full("all")).links().getFirst();
        String undo = undoOf(page.id(), new LinkStep.Remove(link.id().toString()));
        pages.delete(owner, page.id());
        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.PageGone());
        assertThat(deleted.find(owner, undo)).isPresent();
    }

    @Test
    void whatIsTooOldIsForgotten() {
        Page page = created("second");
        pages.delete(owner, page.id());
        clock.forward(Duration.ofDays(30).plusMillis(1));
        assertThat(deleted.newest(owner, 20)).isEmpty();
        deleted.forgetExpired();
        assertThat(database.<Boolean>read(tx -> tx.sql().fetchExists(dev.banyan.schema.Tables.DELETED_CONTENTS)))
                .isFalse();
    }

    @Test
    void aCopyHasEverythingButTheClicks() {
        Page page = created("second");
        OnPage before = apply(page.id(), group("Menus"), full("a"));
        apply(
                page.id(),
                new LinkStep.Place(
                        before.links().getFirst().id().toString(),
                        Optional.of(before.groups().getFirst().id()),
                        Optional.empty()));

        Page copy = pages.copy(owner, page.id(), "copy", "Copy") instanceof Created.Done done ? done.page() : fail();

        OnPage copied = on(copy.id());
        assertThat(copied.page().isDefault()).isFalse();
        assertThat(copied.page().links()).isEqualTo(1);
        assertThat(copied.links().getFirst().group())
                .contains(copied.groups().getFirst().id())
                .isNotEqualTo(on(page.id()).links().getFirst().group());
        assertThat(copied.links().getFirst().lock())
                .isEqualTo(before.links().getFirst().lock());
        assertThat(List.of(used(PlanQuota.PAGES), used(PlanQuota.LINKS), used(PlanQuota.LINK_GROUPS)))
                .containsExactly(3L, 2L, 2L);
        assertThat(pages.copy(stranger, page.id(), "stolen", "Stolen")).isEqualTo(new Created.NotFound());
        assertThat(pages.copy(owner, page.id(), "fourth", "Fourth"))
                .isEqualTo(new Created.LimitReached(new PlanLimit(PlanQuota.PAGES, 3, 3, "Pro")));
    }

    @Test
    void pagesStandAsTheyWereOrderedAfterTheDefaultOne() {
        Page second = created("second");
        Page third = created("third");
        assertThat(pages.move(owner, third.id(), LinkStep.Direction.UP)).isEqualTo(new Pages.Ordered.Done());
        assertThat(pages.list(owner)).extracting(Page::slug).containsExactly("main", "third", "second");
        pages.move(owner, third.id(), LinkStep.Direction.UP);
        assertThat(pages.list(owner)).extracting(Page::slug).containsExactly("main", "third", "second");
        pages.reorder(owner, List.of(second.id().toString()));
        assertThat(pages.list(owner)).extracting(Page::slug).containsExactly("main", "second", "third");
        assertThat(pages.reorder(stranger, List.of(second.id().toString())))
                .isEqualTo(new Pages.Ordered.NotFound(second.id().toString()));
    }

    /// Hundreds of deleted links don't displace a page that was deleted before them.
    @Test
    void onlyTheNewestHundredOfAKindAreKept() {
        Page gone = created("third");
        String undo = pages.delete(owner, gone.id()) instanceof Deleted.Done done
                ? done.undo().orElseThrow()
                : fail().slug();
        Page page = created("second");
        IntStream.range(0, 103).forEach(i -> {
            Link link = apply(page.id(), new LinkStep.Add(LinkChange.plain("L" + i, "https://example.com")))
                    .links()
                    .getFirst();
            undoOf(page.id(), new LinkStep.Remove(link.id().toString()));
        });
        assertThat(deleted.newest(owner, 200))
                .hasSize(101)
                .first()
                .extracting(DeletedContents.Entry::name)
                .isEqualTo("L102");
        assertThat(deleted.newest(owner, 2))
                .extracting(DeletedContents.Entry::name)
                .containsExactly("L102", "L101", "third");
        assertThat(deleted.find(owner, undo)).isPresent();
        assertThat(deleted.restore(owner, undo)).isEqualTo(new Restored.Done(gone.id()));
    }

    @Test
    void aPageThatIsTooMuchIsKnownBeforeItGoes() {
        AccountContext large = StoredAccounts.owner(database, Tier.ENTERPRISE);
        pages.create(large, "main", "main", false);
        Page page = pages.create(large, "large", "large", false) instanceof Created.Done done ? done.page() : fail();
        assertThat(deleted.canKeep(large, page)).isTrue();
        String url = "https://example.com/" + "x".repeat(2_000);
        for (int i = 0; i < 5; i++) {
            List<LinkStep> fifty = IntStream.range(0, 50)
                    .<LinkStep>mapToObj(_ -> new LinkStep.Add(LinkChange.plain("Long", url)))
                    .toList();
            assertThat(links.apply(large, Optional.of(page.id()), fifty)).isInstanceOf(Applied.Done.class);
        }
        assertThat(deleted.canKeep(large, page)).isFalse();
        assertThat(pages.delete(large, page.id()))
                .isInstanceOfSatisfying(
                        Deleted.Done.class, done -> assertThat(done.undo()).isEmpty());
    }
}
