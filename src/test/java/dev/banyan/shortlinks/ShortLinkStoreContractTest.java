package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.ClickCounters.Clicks;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinkQuery.State;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ShortLinkStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner brand;
    private final Owner stranger;

    ShortLinkStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
        this.stranger = StoredAccounts.owner(database, Tier.PRO).owner();
    }

    @Test
    void aShortLinkIsFoundAsItWasStored() {
        var routing = new Routing(
                new Utm("a", "b", "c", "d", "e"),
                List.of(new Rule("ios", "de", "AT", 1, 2, "https://x.example")),
                3,
                List.of(new Variant("https://y.example", 4)),
                "Asia/Dubai",
                new Routing.Chat(true, "master-1", "Hello,\nمرحبا"),
                true);
        ShortLink link = new ShortLink(
                new ShortLinkId(UUIDS.next()),
                owner,
                slug(),
                "https://example.com/ü",
                "Ünïcödé <b>",
                List.of("one", "two"),
                false,
                7,
                Optional.empty(),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(1)),
                "https://example.org",
                "hash",
                Optional.of(9L),
                routing,
                NOW);

        assertThat(insert(link)).isTrue();

        Optional<ShortLink> found = database.read(tx -> new ShortLinkStore(tx).findForVisitor(link.slug()));
        assertThat(found).contains(link);
        assertThat(insert(plain(stranger, link.slug(), 0)))
                .as("slugs are unique on the server")
                .isFalse();
    }

    @Test
    void listsArePagedFilteredAndSearched() {
        ShortLink few = stored(plain(owner, slug(), 1));
        ShortLink many = stored(plain(owner, slug(), 5));
        ShortLink same = stored(plain(owner, slug(), 5));

        assertThat(list(owner, ShortLinkQuery.all(Order.CLICKS, Optional.empty(), 2)))
                .containsExactly(same, many);
        assertThat(list(owner, ShortLinkQuery.all(Order.CLICKS, Optional.of(Cursor.of(many)), 9)))
                .containsExactly(few);
        assertThat(list(owner, ShortLinkQuery.all(Order.NEWEST, Optional.of(Cursor.of(same)), 9)))
                .containsExactly(many, few);
        assertThat(list(owner, query(many.slug().substring(0, 4), "", State.ANY)))
                .contains(many);
        assertThat(list(owner, query("zzz", "", State.ANY))).isEmpty();
        assertThat(list(owner, query("", "poster", State.ON))).hasSize(3);
        assertThat(count(owner, query("", "poster", State.ON))).isEqualTo(3);
        assertThat(count(stranger, query("", "poster", State.ON))).isZero();
        assertThat(list(owner, query("", "other", State.ANY))).isEmpty();
        assertThat(list(owner, query("", "", State.OFF))).isEmpty();
        assertThat(list(owner, query("", "", State.ENDED))).isEmpty();
    }

    @Test
    void clicksBeyondTheLimitAreNotClaimed() {
        ShortLink link = stored(withLimit(plain(owner, slug(), 0), 20));

        List<Boolean> claims =
                AtOnce.run(50, _ -> database.write(tx -> new ShortLinkStore(tx).claimClick(owner, link.id(), NOW)));

        assertThat(claims).filteredOn(claimed -> claimed).hasSize(20);
        assertThat(database.read(tx -> new ShortLinkStore(tx).find(owner, link.id()))
                        .orElseThrow()
                        .clicks())
                .isEqualTo(20);
    }

    @Test
    void aForeignOwnerFindsAndChangesNothing() {
        ShortLink link = stored(plain(owner, slug(), 0));

        for (Owner other : List.of(stranger, brand, new Owner(stranger.tenant(), owner.account()))) {
            assertThat(list(other, query("", "", State.ANY))).isEmpty();
            database.write(tx -> {
                var store = new ShortLinkStore(tx);
                assertThat(store.find(other, link.id())).isEmpty();
                assertThat(store.findBySlug(other, link.slug())).isEmpty();
                store.update(other, link, withLimit(link, 1), NOW);
                store.delete(other, link.id());
                store.addClicks(other, Map.of(link.id().toString(), new Clicks(1, NOW)));
                return store.claimClick(other, link.id(), NOW);
            });
        }

        assertThat(list(owner, query("", "", State.ANY))).containsExactly(link);
    }

    @Test
    void whatAnAccountHasIsFoundAndChangedForItAlone() {
        ShortLink link = stored(plain(owner, slug(), 3));
        ShortLink others = stored(plain(brand, slug(), 5));

        database.write(tx -> {
            var store = new ShortLinkStore(tx);
            assertThat(store.findBySlug(owner, link.slug())).contains(link);
            assertThat(store.lockBySlug(owner, link.slug())).contains(link);
            assertThat(store.names(
                            owner, List.of(link.id().toString(), others.id().toString())))
                    .containsOnlyKeys(link.id().toString());
            assertThat(store.tags(owner)).containsExactly("poster");
            assertThat(store.tags(stranger)).isEmpty();
            assertThat(store.firstAfter(owner, 0)).contains(link.id());
            assertThat(store.clicks(owner)).isEqualTo(3);
            store.addClicks(owner, Map.of(link.id().toString(), new Clicks(2, NOW)));
            assertThat(store.clicks(owner)).isEqualTo(5);
            store.update(owner, link, tagged(link, "summer"), NOW);
            assertThat(store.tags(owner)).containsExactly("summer");
            assertThat(store.tags(brand)).containsExactly("poster");
            assertThat(store.deleteSome(stranger, 9)).isZero();
            assertThat(store.deleteSome(owner, 9)).isEqualTo(1);
            store.delete(brand, link.id());
            assertThat(store.clicks(brand)).isEqualTo(5);
            store.delete(brand, others.id());
            assertThat(store.clicks(brand)).isZero();
            return "done";
        });
    }

    private static ShortLink changed(ShortLink link, Changes<ShortLink> wanted) {
        return switch (ShortLinkChange.over(link, wanted)) {
            case ShortLinkChange.Patched.Good(ShortLink good) -> good;
            case ShortLinkChange.Patched.Bad(var invalid) -> throw new AssertionError(invalid);
        };
    }

    private static ShortLink tagged(ShortLink link, String tag) {
        return changed(link, Changes.<ShortLink>none().with(ShortLinkChange.TAGS, List.of(tag)));
    }

    private static ShortLinkQuery query(String search, String tag, State state) {
        return new ShortLinkQuery(search, tag, state, Order.CLICKS, Optional.empty(), 50);
    }

    private static String slug() {
        return ShortSlugs.generate();
    }

    private ShortLink stored(ShortLink link) {
        assertThat(insert(link)).isTrue();
        return link;
    }

    private boolean insert(ShortLink link) {
        return database.write(tx -> new ShortLinkStore(tx).insert(link.owner(), link, NOW));
    }

    /// An address is found in any case, the exact one first.
    @Test
    void slugsFromElsewhereAreFoundInAnyCase() {
        String lower = "a" + slug();
        String upper = lower.toUpperCase(Locale.ROOT);
        ShortLink first = stored(plain(owner, lower, 0));
        ShortLink second = stored(plain(owner, upper, 0));

        database.read(tx -> {
            var store = new ShortLinkStore(tx);
            assertThat(store.findForVisitor(lower)).contains(first);
            assertThat(store.findForVisitor(upper)).contains(second);
            assertThat(store.findForVisitor(upper.charAt(0) + lower.substring(1)))
                    .isPresent();
            assertThat(store.holders(Set.of(upper.charAt(0) + lower.substring(1))))
                    .extracting(ShortLinkStore.Holder::slug)
                    .containsExactlyInAnyOrder(lower, upper);
            assertThat(store.taken(Set.of(lower, upper, "nowhere-" + lower))).containsExactlyInAnyOrder(lower, upper);
            return true;
        });
    }

    @Test
    void anImportIsItsAccountsAlone() {
        UUID id = UUIDS.next();
        ShortLink one = plain(owner, slug(), 0);
        ShortLink others = plain(brand, slug(), 0);
        database.write(tx -> new ShortLinkStore(tx).insert(owner, one, Optional.of(id), NOW)
                && new ShortLinkStore(tx).insert(brand, others, Optional.of(id), NOW));
        stored(plain(owner, slug(), 0));

        database.read(tx -> {
            var store = new ShortLinkStore(tx);
            assertThat(store.ofImport(owner, id, 10)).containsExactly(one.slug());
            assertThat(store.ofImport(brand, id, 10)).containsExactly(others.slug());
            assertThat(store.ofImport(stranger, id, 10)).isEmpty();
            assertThat(store.imports(owner, 10)).containsExactly(new ShortLinkStore.Imported(id, 1));
            assertThat(store.imports(stranger, 10)).isEmpty();
            assertThat(store.findImport(owner, id)).contains(new ShortLinkStore.Imported(id, 1));
            assertThat(store.findImport(stranger, id)).isEmpty();
            return true;
        });
    }

    @Test
    void aSearchFindsTheShortLinksOfAllAccountsOfATenant() {
        String word = "w" + UUIDS.next().toString().substring(24);
        ShortLink ours = plain(owner, word + "-a", 0);
        ShortLink brands = plain(brand, word + "-b", 0);
        ShortLink foreign = plain(stranger, word + "-c", 0);
        for (ShortLink link : List.of(ours, brands, foreign)) {
            database.write(tx -> new ShortLinkStore(tx).insert(link.owner(), link, NOW));
        }

        assertThat(found(owner, Optional.empty(), word)).containsExactlyInAnyOrder(ours.id(), brands.id());
        assertThat(found(owner, Optional.of(Set.of(brand.account())), word)).containsExactly(brands.id());
        assertThat(found(stranger, Optional.empty(), word)).containsExactly(foreign.id());
        assertThat(found(owner, Optional.empty(), word + " nothing")).isEmpty();
    }

    private List<ShortLinkId> found(Owner whose, Optional<Set<AccountId>> among, String search) {
        return database.read(tx -> new ShortLinkStore(tx).search(whose.tenant(), among, search, 10)).stream()
                .map(ShortLinkStore.Found::id)
                .toList();
    }

    private int count(Owner of, ShortLinkQuery query) {
        return database.read(tx -> new ShortLinkStore(tx).count(of, query, NOW));
    }

    private List<ShortLink> list(Owner of, ShortLinkQuery query) {
        return database.read(tx -> new ShortLinkStore(tx).list(of, query, NOW));
    }

    private static ShortLink withLimit(ShortLink link, long limit) {
        return changed(link, Changes.<ShortLink>none().with(ShortLinkChange.CLICK_LIMIT, limit));
    }

    private static ShortLink plain(Owner owner, String slug, long clicks) {
        ShortLink blank = ShortLink.blank(new ShortLinkId(UUIDS.next()), owner, slug, NOW);
        Changes<ShortLink> wanted = Changes.<ShortLink>none()
                .with(ShortLinkChange.TARGET, "https://example.com")
                .with(ShortLinkChange.TAGS, List.of("poster"));
        return changed(blank, wanted).withClicks(clicks, Optional.empty());
    }
}
