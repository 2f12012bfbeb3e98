package dev.banyan.pages;

import static dev.banyan.schema.Tables.PAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PageStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = NOW.plusMillis(1);
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner brand;
    private final Owner stranger;

    PageStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
    }

    @Test
    void aPageIsFoundAsItWasStored() {
        Page page = stored(newPage(owner, "main", true));

        assertThat(find(owner, page.id())).contains(page);
        assertThat(locked(owner, page.id())).contains(page);
        assertThat(findDefault(owner)).contains(page);
        assertThat(findBySlug(owner, "main")).contains(page);
        assertThat(list(owner)).containsExactly(page);
    }

    @Test
    void pagesAreListedWithTheDefaultFirstAndThenTheOldest() {
        Page second = stored(newPage(brand, "second", false));
        Page third = stored(newPage(brand, "third", false));
        Page main = stored(newPage(brand, "main", true));

        assertThat(list(brand)).containsExactly(main, second, third);
    }

    @Test
    void aSlugIsTakenOncePerAccount() {
        Page page = stored(newPage(owner, "main", false));
        stored(newPage(brand, "main", false));
        stored(newPage(stranger, "main", false));

        assertThat(hasSlug(owner, "main", Optional.empty())).isTrue();
        assertThat(hasSlug(owner, "main", Optional.of(page.id()))).isFalse();
        assertThat(hasSlug(owner, "other", Optional.empty())).isFalse();
        assertThat(insert(newPage(owner, "main", false))).isFalse();
        assertThat(list(owner)).containsExactly(page);
    }

    @Test
    void twoDefaultPagesOfAnAccountCannotBeStored() {
        stored(newPage(owner, "main", true));
        Page other = stored(newPage(owner, "other", false));

        assertRefused(store -> store.insert(owner, newPage(owner, "third", true)));
        assertRefused(store -> store.update(owner, other.id(), "other", "Other", true, NOW));
        assertThat(list(owner)).filteredOn(Page::isDefault).hasSize(1);
        stored(newPage(brand, "main", true));
    }

    @Test
    void theDefaultMovesFromPageToPage() {
        Page first = stored(newPage(owner, "first", true));
        Page second = stored(newPage(owner, "second", false));

        write(store -> {
            store.clearDefault(owner, LATER);
            store.update(owner, second.id(), "second", "Второй 🌿", true, LATER);
        });

        Page found = findDefault(owner).orElseThrow();
        assertThat(found)
                .isEqualTo(new Page(
                        second.id(), owner, "second", "Второй 🌿", true, true, 0, 0, NOW, LATER, Optional.empty()));
        assertThat(find(owner, first.id()).orElseThrow().isDefault()).isFalse();
    }

    @Test
    void aPageHasItsOwnTimeZoneOrNone() {
        Page page = stored(newPage(owner, "first", true));
        stored(newPage(owner, "second", false));
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");

        write(store -> store.setZone(stranger, page.id(), Optional.of(tokyo), LATER));
        assertThat(find(owner, page.id()).flatMap(Page::zone)).isEmpty();
        write(store -> store.setZone(owner, page.id(), Optional.of(tokyo), LATER));

        assertThat(find(owner, page.id()).flatMap(Page::zone)).contains(tokyo);
        assertThatObject(database.read(tx -> new PageStore(tx).zones(owner.tenant())))
                .isEqualTo(Map.of(page.id().toString(), tokyo));
        assertThatObject(database.read(tx -> new PageStore(tx).zones(stranger.tenant())))
                .isEqualTo(Map.of());
        write(store -> store.setZone(owner, page.id(), Optional.empty(), LATER));
        assertThat(find(owner, page.id()).flatMap(Page::zone)).isEmpty();
    }

    @Test
    void aForeignOwnerFindsAndChangesNothing() {
        Page page = stored(newPage(owner, "main", true));
        stored(link(page, 3));

        for (Owner other : List.of(stranger, brand, new Owner(stranger.tenant(), owner.account()))) {
            assertThat(find(other, page.id())).isEmpty();
            assertThat(locked(other, page.id())).isEmpty();
            assertThat(findDefault(other)).isEmpty();
            assertThat(findBySlug(other, "main")).isEmpty();
            assertThat(list(other)).isEmpty();
            assertThat(hasSlug(other, "main", Optional.empty())).isFalse();
            assertThat(clicks(other)).isEmpty();
            write(store -> {
                store.clearDefault(other, LATER);
                store.update(other, page.id(), "stolen", "Stolen", false, LATER);
                store.addLinks(other, page.id(), 5, LATER);
                store.delete(other, page.id());
            });
        }

        assertThat(find(owner, page.id())).contains(page);
    }

    @Test
    void aPageOfAnotherTenantsAccountCannotBeStored() {
        Page page = stored(newPage(owner, "main", false));

        assertRefused(
                store -> store.insert(new Owner(stranger.tenant(), brand.account()), newPage(brand, "main", false)));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.write(tx -> tx.sql()
                        .update(PAGES)
                        .set(PAGES.TENANT_ID, stranger.tenant())
                        .where(PAGES.ID.eq(page.id()))
                        .execute()));
    }

    @Test
    void theNumberOfLinksIsCounted() {
        Page page = stored(newPage(owner, "main", false));

        write(store -> store.addLinks(owner, page.id(), 3, LATER));
        write(store -> store.addLinks(owner, page.id(), -1, LATER));

        assertThat(find(owner, page.id()).orElseThrow().links()).isEqualTo(2);
    }

    @Test
    void defaultPagesAreFoundForManyAccounts() {
        Page main = stored(newPage(brand, "main", true));
        stored(newPage(brand, "other", false));
        Page own = stored(newPage(owner, "main", true));
        stored(newPage(stranger, "main", true));

        assertThat(database.<Map<AccountId, Page>>read(tx -> new PageStore(tx)
                        .defaults(owner.tenant(), List.of(brand.account(), owner.account(), stranger.account()))))
                .isEqualTo(Map.of(brand.account(), main, owner.account(), own));
    }

    @Test
    void clicksAreSummedPerPage() {
        Page first = stored(newPage(owner, "first", false));
        Page second = stored(newPage(owner, "second", false));
        stored(newPage(owner, "without-links", false));
        stored(link(first, 2));
        stored(link(first, 3));
        stored(link(second, 0));

        assertThat(clicks(owner)).isEqualTo(Map.of(first.id(), 5L, second.id(), 0L));
    }

    @Test
    void aPageTakesItsLinksAlong() {
        Page page = stored(newPage(owner, "main", false));
        Page other = stored(newPage(owner, "other", false));
        Link gone = stored(link(page, 0));
        Link kept = stored(link(other, 0));

        write(store -> store.delete(owner, page.id()));

        assertThat(list(owner)).containsExactly(other);
        assertThat(linkExists(gone)).isFalse();
        assertThat(linkExists(kept)).isTrue();
    }

    private static Page newPage(Owner owner, String slug, boolean isDefault) {
        return new Page(
                new PageId(UUIDS.next()),
                owner,
                slug,
                "Página “" + slug + "” 🌿",
                isDefault,
                true,
                0,
                0,
                NOW,
                NOW,
                Optional.empty());
    }

    private Link link(Page page, int clicks) {
        var link = Link.plain(new LinkId(UUIDS.next()), page.id(), "Title", "https://example.com", 0, true, 0);
        database.write(tx -> {
            var store = new LinkStore(tx);
            store.insert(page.owner(), link, NOW);
            for (int i = 0; i < clicks; i++) {
                store.addClicks(page.owner(), Map.of(link.id().toString(), 1L));
            }
            return link;
        });
        return link;
    }

    private Link stored(Link link) {
        assertThat(linkExists(link)).isTrue();
        return link;
    }

    private boolean linkExists(Link link) {
        return database.read(tx -> new LinkStore(tx).findForVisitor(link.id()).isPresent());
    }

    private Page stored(Page page) {
        assertThat(insert(page)).isTrue();
        return page;
    }

    @Test
    void aSearchFindsThePagesOfAllAccountsOfATenantByTheirWords() {
        Page ours = stored(newPage(owner, "harbour", false));
        Page brands = stored(newPage(brand, "harbour-menu", false));
        stored(newPage(stranger, "harbour", false));

        assertThat(found(owner, Optional.empty(), "HARB")).containsExactlyInAnyOrder(ours.id(), brands.id());
        assertThat(found(owner, Optional.empty(), "menu harbour")).containsExactly(brands.id());
        assertThat(found(owner, Optional.of(Set.of(brand.account())), "harbour"))
                .as("the word itself or not")
                .containsExactly(brands.id());
        assertThat(found(owner, Optional.of(Set.of()), "harbour")).isEmpty();
        assertThat(found(owner, Optional.empty(), "arbour")).isEmpty();

        write(store -> store.update(stranger, brands.id(), "quay", "Quay", false, LATER));
        assertThat(found(owner, Optional.empty(), "menu")).containsExactly(brands.id());
        write(store -> store.update(brand, brands.id(), "quay", "Quay", false, LATER));
        assertThat(found(owner, Optional.empty(), "menu")).isEmpty();
        assertThat(found(owner, Optional.empty(), "quay")).containsExactly(brands.id());
        write(store -> store.delete(brand, brands.id()));
        assertThat(found(owner, Optional.empty(), "quay")).isEmpty();
    }

    private List<PageId> found(Owner whose, Optional<Set<AccountId>> among, String search) {
        return database.read(tx -> new PageWordStore(tx).pages(whose.tenant(), among, search, 10)).stream()
                .map(PageWordStore.FoundPage::id)
                .toList();
    }

    private boolean insert(Page page) {
        return database.write(tx -> new PageStore(tx).insert(page.owner(), page));
    }

    private Optional<Page> find(Owner whose, PageId id) {
        return database.read(tx -> new PageStore(tx).find(whose, id));
    }

    private Optional<Page> locked(Owner whose, PageId id) {
        return database.write(tx -> {
            var store = new PageStore(tx);
            Optional<Page> page = store.lock(whose, id);
            assertThat(store.lockAll(whose))
                    .filteredOn(held -> held.id().equals(id))
                    .isEqualTo(page.stream().toList());
            return page;
        });
    }

    private Optional<Page> findDefault(Owner whose) {
        return database.read(tx -> new PageStore(tx).findDefault(whose));
    }

    private Optional<Page> findBySlug(Owner whose, String slug) {
        return database.read(tx -> new PageStore(tx).findBySlug(whose, slug));
    }

    private List<Page> list(Owner whose) {
        return database.read(tx -> new PageStore(tx).list(whose));
    }

    private boolean hasSlug(Owner whose, String slug, Optional<PageId> except) {
        return database.read(tx -> new PageStore(tx).hasSlug(whose, slug, except));
    }

    private Map<PageId, Long> clicks(Owner whose) {
        return database.read(tx -> new PageStore(tx).clicks(whose));
    }

    private void assertRefused(Consumer<PageStore> change) {
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> write(change));
    }

    private void write(Consumer<PageStore> work) {
        database.write(tx -> {
            work.accept(new PageStore(tx));
            return "done";
        });
    }
}
