package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LinkStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner brand;
    private final Owner stranger;
    private final PageId page;

    LinkStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
        this.page = newPage(owner);
    }

    @Test
    void aLinkIsFoundAsItWasStored() {
        Link link = stored(Link.plain(
                newId(), page, "Ünïcödé <b>&amp; 🌿", "https://example.com/" + "ü".repeat(2_000), 7, false, 0));

        assertThat(list(owner, page)).containsExactly(link);
        assertThat(findForVisitor(link.id())).contains(new LinkStore.Owned(owner, link));
    }

    @Test
    void linksStandInTheirOrderAndTheOlderFirstWhereItIsTheSame() {
        Link last = stored(newLink("last", 2));
        Link older = stored(newLink("older", 1));
        Link newer = stored(newLink("newer", 1));
        Link first = stored(newLink("first", 0));

        assertThat(list(owner, page)).containsExactly(first, older, newer, last);
    }

    @Test
    void aChangedLinkKeepsItsClicks() {
        Link link = stored(newLink("before", 0));
        write(store -> store.addClicks(owner, Map.of(link.id().toString(), 1L)));

        write(store ->
                store.update(owner, Link.plain(link.id(), page, "after", "https://example.org", 5, false, 0), NOW));

        assertThat(list(owner, page))
                .containsExactly(Link.plain(link.id(), page, "after", "https://example.org", 5, false, 1));
    }

    @Test
    void clicksAtTheSameTimeAreAllCounted() {
        Link link = stored(newLink("popular", 0));

        AtOnce.run(
                100,
                _ -> database.write(tx -> {
                    new LinkStore(tx).addClicks(owner, Map.of(link.id().toString(), 1L));
                    return "clicked";
                }));

        assertThat(findForVisitor(link.id()).orElseThrow().link().clicks()).isEqualTo(100);
    }

    @Test
    void aDeletedLinkIsGoneAndTheOthersStay() {
        Link gone = stored(newLink("gone", 0));
        Link kept = stored(newLink("kept", 1));

        write(store -> store.delete(owner, page, gone.id()));

        assertThat(list(owner, page)).containsExactly(kept);
        assertThat(findForVisitor(gone.id())).isEmpty();
    }

    @Test
    void aForeignOwnerFindsAndChangesNothing() {
        Link link = stored(newLink("mine", 0));

        for (Owner other : List.of(stranger, brand, new Owner(stranger.tenant(), owner.account()))) {
            assertThat(list(other, page)).isEmpty();
            write(store -> {
                store.update(other, Link.plain(link.id(), page, "stolen", "https://evil.example", 9, false, 0), NOW);
                store.addClicks(other, Map.of(link.id().toString(), 1L));
                store.delete(other, page, link.id());
            });
        }

        assertThat(list(owner, page)).containsExactly(link);
    }

    @Test
    void aLinkIsChangedOnItsOwnPageOnly() {
        Link link = stored(newLink("mine", 0));
        PageId other = newPage(owner);

        write(store -> {
            store.update(owner, Link.plain(link.id(), other, "moved", "https://example.org", 9, false, 0), NOW);
            store.delete(owner, other, link.id());
        });

        assertThat(list(owner, page)).containsExactly(link);
    }

    @Test
    void aLinkOnSomebodyElsesPageCannotBeStored() {
        Link link = newLink("intruder", 0);

        for (Owner other : List.of(stranger, brand, new Owner(stranger.tenant(), owner.account()))) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> write(store -> store.insert(other, link, NOW)));
        }
        assertThat(findForVisitor(link.id())).isEmpty();
    }

    private static LinkId newId() {
        return new LinkId(UUIDS.next());
    }

    private Link newLink(String title, int position) {
        return Link.plain(newId(), page, title, "https://example.com", position, true, 0);
    }

    @Test
    void aSearchFindsTheLinksOfAllAccountsOfATenantByTheirWords() {
        Link opening = stored(newLink("Opening hours", 0));
        Link brands = newLink("Opening night", newPage(brand), 0);
        write(store -> store.insert(brand, brands, NOW));
        Link foreign = newLink("Opening", newPage(stranger), 0);
        write(store -> store.insert(stranger, foreign, NOW));

        assertThat(found(owner, Optional.empty(), "open")).containsExactlyInAnyOrder(opening.id(), brands.id());
        assertThat(found(owner, Optional.empty(), "nig ope")).containsExactly(brands.id());
        assertThat(found(owner, Optional.of(Set.of(brand.account())), "opening"))
                .containsExactly(brands.id());

        write(store -> store.update(stranger, newLink(opening, "Closed"), NOW));
        assertThat(found(owner, Optional.empty(), "hours")).containsExactly(opening.id());
        write(store -> store.update(owner, newLink(opening, "Closed"), NOW));
        assertThat(found(owner, Optional.empty(), "hours")).isEmpty();
        assertThat(found(owner, Optional.empty(), "closed")).containsExactly(opening.id());
        write(store -> store.delete(owner, page, opening.id()));
        assertThat(found(owner, Optional.empty(), "closed")).isEmpty();
    }

    @Test
    void whatIsMeantComesBeforeWhatBeginsLikeIt() {
        for (int i = 0; i < 12; i++) {
            stored(newLink("Springtime" + i, i));
        }
        Link meant = stored(newLink("Spring", 20));

        assertThat(found(owner, Optional.empty(), "spring")).hasSize(10).startsWith(meant.id());
    }

    private List<LinkId> found(Owner whose, Optional<Set<AccountId>> among, String search) {
        return database.read(tx -> new PageWordStore(tx).links(whose.tenant(), among, search, 10)).stream()
                .map(PageWordStore.FoundLink::id)
                .toList();
    }

    private static Link newLink(String title, PageId on, int position) {
        return Link.plain(newId(), on, title, "https://example.com", position, true, 0);
    }

    private static Link newLink(Link link, String title) {
        return Link.plain(link.id(), link.page(), title, link.url(), link.position(), true, 0);
    }

    private PageId newPage(Owner whose) {
        var id = new PageId(UUIDS.next());
        database.write(tx -> new PageStore(tx)
                .insert(
                        whose,
                        new Page(
                                id,
                                whose,
                                "page-" + id.toString().substring(24),
                                "Page",
                                false,
                                true,
                                0,
                                0,
                                NOW,
                                NOW,
                                Optional.empty())));
        return id;
    }

    private Link stored(Link link) {
        write(store -> store.insert(owner, link, NOW));
        return link;
    }

    private List<Link> list(Owner whose, PageId on) {
        return database.read(tx -> new LinkStore(tx).list(whose, on));
    }

    private Optional<LinkStore.Owned> findForVisitor(LinkId id) {
        return database.read(tx -> new LinkStore(tx).findForVisitor(id));
    }

    private void write(Consumer<LinkStore> work) {
        database.write(tx -> {
            work.accept(new LinkStore(tx));
            return "done";
        });
    }
}
