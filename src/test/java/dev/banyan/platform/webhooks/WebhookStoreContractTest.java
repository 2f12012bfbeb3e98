package dev.banyan.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import dev.banyan.platform.webhooks.EndpointStore.Secrets;
import dev.banyan.platform.webhooks.EndpointStore.Subscription;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class WebhookStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private static final Maker.Key KEY = new Maker.Key("abcd1234", new IdentityId(new UUID(0, 7)));

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());
    private final List<Endpoint> stored = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private AccountContext agency;

    @SuppressWarnings("NullAway.Init")
    private Owner owner;

    @SuppressWarnings("NullAway.Init")
    private Endpoint endpoint;

    WebhookStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void anEndpoint() {
        agency = StoredAccounts.agency(database);
        owner = agency.owner();
        endpoint = stored(owner, "https://one.example/hooks");
    }

    private Endpoint stored(Owner whose, String url) {
        return stored(EndpointOwner.account(whose), url);
    }

    private Endpoint stored(EndpointOwner whose, String url) {
        var made = new Endpoint(
                uuids.next(),
                whose,
                url,
                List.of("page.*"),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
        return database.write(tx -> {
            new EndpointStore(tx).insert(whose.owner(), made, "sealed");
            stored.add(made);
            return made;
        });
    }

    private Delivery delivery(String subject, Delivery.State state) {
        return delivery(subject, state, "page.created");
    }

    private Delivery delivery(String subject, Delivery.State state, String type) {
        var made = new Delivery(
                uuids.next(),
                endpoint.id(),
                "msg_" + uuids.next(),
                type,
                subject,
                "{}",
                state,
                0,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
        return database.write(tx -> {
            new DeliveryStore(tx).insert(owner.tenant(), List.of(made));
            return made;
        });
    }

    /// Those that may be on their way stay, as do the newest.
    @Test
    void theOldestVisitsThatWaitAreDroppedAndOldOnesLeaveTheLog() {
        List<Delivery> visits = IntStream.range(0, 65)
                .mapToObj(_ -> delivery("visits", Delivery.State.WAITING, "page.viewed"))
                .toList();
        Delivery other = delivery("page", Delivery.State.WAITING);
        database.write(tx -> {
            new DeliveryStore(tx).dropWaiting(owner.tenant(), endpoint.id(), List.of("page.viewed"), 60, "Dropped.");
            return owner;
        });

        List<UUID> dropped = visits.subList(50, 55).stream().map(Delivery::id).toList();
        assertThat(listed(Optional.of(Delivery.State.FAILED)))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(dropped);
        assertThat(listed(Optional.of(Delivery.State.FAILED)))
                .extracting(Delivery::error)
                .containsOnly(Optional.of("Dropped."));

        database.write(tx -> {
            new DeliveryStore(tx).deleteEnded(owner.tenant(), endpoint.id(), List.of("page.viewed"), 12);
            return owner;
        });
        assertThat(listed(Optional.empty()))
                .extracting(Delivery::id)
                .hasSize(65 + 1 - 3)
                .contains(other.id(), dropped.get(3), visits.getFirst().id())
                .doesNotContainAnyElementsOf(dropped.subList(0, 3));
    }

    private List<Delivery> listed(Optional<Delivery.State> state) {
        return database.read(tx -> new DeliveryStore(tx)
                .list(
                        owner.tenant(),
                        endpoint.id(),
                        List.of(),
                        new Delivery.Wanted(Optional.empty(), state, Optional.empty(), Optional.empty()),
                        100));
    }

    @Test
    void anEndpointIsItsAccountsAlone() {
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        Endpoint ofBrand = stored(brand, "https://two.example/hooks");

        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).list(owner, Optional.empty(), 9)))
                .containsExactly(endpoint);
        assertThat(database.<Optional<Endpoint>>read(
                        tx -> new EndpointStore(tx).find(brand, Optional.empty(), endpoint.id())))
                .isEmpty();
        assertThat(database.<Optional<Endpoint>>read(
                        tx -> new EndpointStore(tx).find(owner, Optional.empty(), endpoint.id())))
                .contains(endpoint);
        assertThat(hearing(owner, Optional.empty())).containsExactly(endpoint);
        assertThat(hearing(brand, Optional.empty())).containsExactlyInAnyOrder(endpoint, ofBrand);
        assertThat(database.<Boolean>read(tx -> new EndpointStore(tx).hasActive(owner.tenant())))
                .isTrue();
        assertThat(database.<Boolean>read(tx -> new EndpointStore(tx)
                        .hasActive(StoredAccounts.agency(database).owner().tenant())))
                .isFalse();
    }

    /// Returns the endpoints, as subscriptions to the same events.
    private List<Endpoint> hearing(Owner whose, Optional<String> workspace) {
        return database.read(tx -> new EndpointStore(tx)
                .hearing(whose, workspace).stream()
                        .map(heard -> stored.stream()
                                .filter(made -> heard.equals(new Subscription(made.id(), made.events())))
                                .findFirst()
                                .orElseThrow())
                        .toList());
    }

    @Test
    void anEndpointOfAWorkspaceHearsOfItAlone() {
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        Optional<String> one = workspaceOf(brand);
        Optional<String> other = workspaceOf(brand);
        Endpoint ofBrand = stored(brand, "https://two.example/hooks");
        Endpoint ofOne = stored(new EndpointOwner(brand, one), "https://three.example/hooks");
        Endpoint ofOther = stored(new EndpointOwner(brand, other), "https://four.example/hooks");

        assertThat(hearing(brand, one)).containsExactlyInAnyOrder(endpoint, ofBrand, ofOne);
        assertThat(hearing(brand, Optional.empty())).containsExactlyInAnyOrder(endpoint, ofBrand);
        assertThat(hearing(owner, Optional.empty())).containsExactly(endpoint);
        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).list(brand, Optional.empty(), 9)))
                .containsExactly(ofBrand);
        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).list(brand, other, 9)))
                .containsExactly(ofOther);
        assertThat(database.<Optional<Endpoint>>read(tx -> new EndpointStore(tx).find(brand, one, ofOne.id())))
                .contains(ofOne);
        for (Optional<String> wrong : List.of(other, Optional.<String>empty())) {
            assertThat(database.<Optional<Endpoint>>read(tx -> new EndpointStore(tx).find(brand, wrong, ofOne.id())))
                    .isEmpty();
            assertThat(database.<Boolean>write(tx -> new EndpointStore(tx).delete(brand, wrong, ofOne.id())))
                    .isFalse();
        }
    }

    @Test
    void aWorkspaceIsNotToldOfAnother() {
        Owner alone = StoredAccounts.agency(database).owner();
        Optional<String> one = workspaceOf(alone);
        Endpoint ofOne = stored(new EndpointOwner(alone, one), "https://one.example/hooks");

        assertThat(hearing(alone, workspaceOf(alone))).isEmpty();
        assertThat(hearing(alone, one)).containsExactly(ofOne);
    }

    private Optional<String> workspaceOf(Owner account) {
        return Optional.of(StoredParticipants.in(database, account).workspace().value());
    }

    @Test
    void itIsChangedAndDeleted() {
        Endpoint after = database.write(tx -> {
            var store = new EndpointStore(tx);
            store.switchOffAll(owner, "All gone.");
            store.switchOff(owner.tenant(), endpoint.id(), "Gone.");
            store.update(
                    owner,
                    Optional.empty(),
                    endpoint.id(),
                    "https://three.example/",
                    List.of("*"),
                    true,
                    Optional.of(KEY),
                    NOW.plusSeconds(1));
            return store.find(owner, Optional.empty(), endpoint.id()).orElseThrow();
        });
        assertThat(after.url()).isEqualTo("https://three.example/");
        assertThat(after.events()).containsExactly("*");
        assertThat(after.offReason()).isEmpty();
        assertThat(after.active()).isTrue();
        assertThat(after.maker()).contains(KEY);

        assertThat(database.<Boolean>write(tx -> new EndpointStore(tx).delete(owner, Optional.empty(), endpoint.id())))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new EndpointStore(tx).delete(owner, Optional.empty(), endpoint.id())))
                .isFalse();
    }

    @Test
    void itsSecretsAreTwoWhileTheyChange() {
        var two = new Secrets("new", Optional.of("sealed"), Optional.of(NOW.plusSeconds(60)));
        assertThat(database.<Optional<Secrets>>read(tx -> new EndpointStore(tx).secrets(owner.tenant(), endpoint.id())))
                .contains(new Secrets("sealed", Optional.empty(), Optional.empty()));

        database.write(tx -> {
            new EndpointStore(tx).rotate(owner.tenant(), endpoint.id(), two);
            return two;
        });

        assertThat(database.<Optional<Secrets>>read(tx -> new EndpointStore(tx).secrets(owner.tenant(), endpoint.id())))
                .contains(two);
        assertThat(database.<List<String>>read(tx -> new EndpointStore(tx).sealed()))
                .contains("new");
    }

    @Test
    void oneNodeSendsToItAtATime() {
        delivery("p", Delivery.State.WAITING);
        Key key = key();
        assertThat(database.<List<Key>>read(tx -> new EndpointStore(tx).due(NOW, 1_000)))
                .contains(key);

        assertThat(claim(NOW))
                .contains(
                        new EndpointStore.Claimed(endpoint, new Secrets("sealed", Optional.empty(), Optional.empty())));
        assertThat(claim(NOW.plusSeconds(59))).isEmpty();
        assertThat(claim(NOW.plusSeconds(60))).as("the other one is gone").isPresent();
        assertThat(database.<List<Key>>read(tx -> new EndpointStore(tx).due(NOW.plusSeconds(61), 1_000)))
                .doesNotContain(key);
        database.write(tx -> {
            new EndpointStore(tx).release(owner.tenant(), endpoint.id());
            return owner;
        });
        assertThat(claim(NOW.plusSeconds(62))).isPresent();
    }

    @Test
    void whatWasStoredBeforeTheClockWasSetBackIsDue() {
        Delivery delivery = delivery("p", Delivery.State.WAITING);
        Instant before = NOW.minus(Duration.ofDays(2));
        database.write(tx -> {
            new EndpointStore(tx).pause(owner.tenant(), endpoint.id(), NOW.plusSeconds(300));
            return delivery;
        });
        assertThat(claim(NOW)).as("it is paused").isEmpty();

        assertThat(due(before)).containsExactly(delivery);
        assertThat(due(NOW.minusSeconds(86_400))).as("it may be a retry").isEmpty();
        assertThat(database.<List<Key>>read(tx -> new EndpointStore(tx).due(before, 1_000)))
                .contains(new Key(owner.tenant(), endpoint.id()));
        assertThat(claim(before)).isPresent();
        assertThat(claim(before)).as("it is claimed").isEmpty();
        assertThat(claim(before.minus(Duration.ofDays(2)))).isPresent();
    }

    private Optional<EndpointStore.Claimed> claim(Instant now) {
        return claim(List.of(key()), now).stream().findFirst();
    }

    private List<EndpointStore.Claimed> claim(List<Key> keys, Instant now) {
        return database.write(tx -> {
            var store = new EndpointStore(tx);
            store.lock(keys);
            return store.claim(keys, now);
        });
    }

    private Key key() {
        return new Key(owner.tenant(), endpoint.id());
    }

    @Test
    void endpointsOfManyTenantsAreClaimedTogether() {
        Endpoint first = endpoint;
        Key mine = key();
        delivery("p", Delivery.State.WAITING);
        owner = StoredAccounts.agency(database).owner();
        endpoint = stored(owner, "https://two.example/hooks");
        delivery("p", Delivery.State.WAITING);
        Endpoint idle = stored(owner, "https://three.example/hooks");
        var all = List.of(mine, key(), new Key(owner.tenant(), idle.id()));

        assertThat(claim(all, NOW))
                .as("nothing is due at the third")
                .extracting(EndpointStore.Claimed::endpoint)
                .containsExactlyInAnyOrder(first, endpoint);
        assertThat(claim(all, NOW)).isEmpty();
        assertThat(claim(List.of(), NOW)).isEmpty();
    }

    @Test
    void aFailingOneIsPausedAndSwitchedOff() {
        delivery("p", Delivery.State.WAITING);
        Optional<Integer> failures = database.write(tx -> {
            var store = new EndpointStore(tx);
            store.failed(owner.tenant(), endpoint.id(), endpoint.url(), NOW);
            assertThat(store.failed(owner.tenant(), endpoint.id(), "https://old.example/hooks", NOW.plusSeconds(5)))
                    .as("another address by now")
                    .isEmpty();
            return store.failed(owner.tenant(), endpoint.id(), endpoint.url(), NOW.plusSeconds(9));
        });
        assertThat(failures).contains(2);
        assertThat(found().failingSince()).contains(NOW);
        database.write(tx -> {
            new EndpointStore(tx).pause(owner.tenant(), endpoint.id(), NOW.plusSeconds(30));
            return failures;
        });
        assertThat(claim(NOW.plusSeconds(29))).isEmpty();
        assertThat(claim(NOW.plusSeconds(30))).isPresent();
        database.write(tx -> {
            new EndpointStore(tx).succeeded(List.of(key()));
            return failures;
        });
        assertThat(found().failingSince()).isEmpty();
        assertThat(claim(NOW.plusSeconds(31))).as("its claim has ended too").isPresent();
        database.write(tx -> {
            new EndpointStore(tx).switchOff(owner.tenant(), endpoint.id(), "Nothing arrives.");
            return failures;
        });
        assertThat(found().active()).isFalse();
        assertThat(found().offReason()).contains("Nothing arrives.");
        assertThat(claim(NOW.plusSeconds(999))).isEmpty();
    }

    private Endpoint found() {
        return database.read(tx -> new EndpointStore(tx)
                .find(owner, Optional.empty(), endpoint.id())
                .orElseThrow());
    }

    @Test
    void whatIsDueComesInTheOrderOfItsEvents() {
        Delivery first = delivery("p", Delivery.State.WAITING);
        Delivery second = delivery("p", Delivery.State.WAITING);
        delivery("p", Delivery.State.DELIVERED);

        assertThat(due(NOW)).containsExactly(first, second);
        assertThat(due(NOW.minusSeconds(1))).isEmpty();
        Delivery third = delivery("p", Delivery.State.WAITING);
        store(tried(first), arrived(third));
        assertThat(due(NOW)).containsExactly(second);
        assertThat(database.<Optional<Delivery>>read(
                        tx -> new DeliveryStore(tx).find(owner.tenant(), endpoint.id(), third.id())))
                .contains(arrived(third));
        assertThat(database.<Optional<Delivery>>read(
                        tx -> new DeliveryStore(tx).find(owner.tenant(), endpoint.id(), first.id())))
                .contains(tried(first));
    }

    private List<Delivery> due(Instant now) {
        return due(List.of(endpoint.id()), now, 9).getOrDefault(endpoint.id(), List.of());
    }

    @Test
    void eachEndpointHasItsOwnOldestEvents() {
        Delivery first = delivery("p", Delivery.State.WAITING);
        Delivery second = delivery("p", Delivery.State.WAITING);
        delivery("p", Delivery.State.WAITING);
        UUID one = endpoint.id();
        endpoint = stored(owner, "https://two.example/hooks");
        Delivery other = delivery("p", Delivery.State.WAITING);
        UUID two = endpoint.id();
        UUID idle = stored(owner, "https://three.example/hooks").id();

        assertThat(due(List.of(one, two, idle), NOW, 2))
                .isEqualTo(Map.of(one, List.of(first, second), two, List.of(other)));
        assertThat(due(List.of(two), NOW.minus(Duration.ofDays(2)), 2))
                .as("stored before the clock was set back")
                .isEqualTo(Map.of(two, List.of(other)));
        assertThat(due(List.of(), NOW, 2)).isEmpty();
    }

    private Map<UUID, List<Delivery>> due(List<UUID> endpoints, Instant now, int limit) {
        return database.read(tx -> new DeliveryStore(tx).due(endpoints, now, limit));
    }

    private void store(Delivery... tried) {
        database.write(tx -> {
            new DeliveryStore(tx)
                    .tried(Stream.of(tried)
                            .map(after -> new DeliveryStore.Tried(owner.tenant(), after))
                            .toList());
            return tried;
        });
    }

    private static Delivery arrived(Delivery before) {
        return new Delivery(
                before.id(),
                before.endpoint(),
                before.event(),
                before.type(),
                before.subject(),
                before.body(),
                Delivery.State.DELIVERED,
                1,
                NOW,
                Optional.of(NOW),
                Optional.of(3),
                Optional.of(204),
                Optional.empty(),
                Optional.empty(),
                before.createdAt());
    }

    private static Delivery tried(Delivery before) {
        return new Delivery(
                before.id(),
                before.endpoint(),
                before.event(),
                before.type(),
                before.subject(),
                before.body(),
                Delivery.State.FAILED,
                3,
                NOW.plusSeconds(5),
                Optional.of(NOW),
                Optional.of(12),
                Optional.of(500),
                Optional.of("It answered 500."),
                Optional.of("Oops"),
                before.createdAt());
    }

    @Test
    void theLogIsFilteredAndPaged() {
        Delivery first = delivery("p", Delivery.State.DELIVERED);
        Delivery second = delivery("p", Delivery.State.FAILED);
        Delivery third = delivery("p", Delivery.State.FAILED);

        assertThat(log(Optional.empty(), Optional.empty(), Optional.empty())).containsExactly(third, second, first);
        assertThat(log(Optional.of(Delivery.State.FAILED), Optional.of(third.id()), Optional.empty()))
                .containsExactly(second);
        assertThat(log(Optional.empty(), Optional.empty(), Optional.of(NOW.plusMillis(1))))
                .isEmpty();
        var all = new Delivery.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(database.<List<Delivery>>read(tx ->
                        new DeliveryStore(tx).list(owner.tenant(), endpoint.id(), List.of("page.created"), all, 9)))
                .isEmpty();
    }

    private List<Delivery> log(Optional<Delivery.State> state, Optional<UUID> after, Optional<Instant> since) {
        return database.read(tx -> new DeliveryStore(tx)
                .list(
                        owner.tenant(),
                        endpoint.id(),
                        List.of("page.deleted"),
                        new Delivery.Wanted(Optional.of("page.created"), state, since, after),
                        9));
    }

    @Test
    void whatEndedIsSentAgain() {
        Delivery delivered = delivery("p", Delivery.State.DELIVERED);
        Delivery failed = delivery("p", Delivery.State.FAILED);

        assertThat(again(new Replay.Failed())).isEqualTo(1);
        assertThat(again(new Replay.Failed())).isZero();
        assertThat(again(new Replay.One(delivered.id()))).isEqualTo(1);
        assertThat(due(NOW)).extracting(Delivery::id).containsExactly(delivered.id(), failed.id());
        assertThat(again(new Replay.Since(NOW))).as("they wait already").isZero();
    }

    private int again(Replay which) {
        return database.write(tx -> new DeliveryStore(tx).again(owner.tenant(), endpoint.id(), which, NOW, 9));
    }

    @Test
    void whatIsOldAndEndedIsDeleted() {
        delivery("p", Delivery.State.DELIVERED);
        Delivery waiting = delivery("p", Delivery.State.WAITING);

        database.write(tx -> new DeliveryStore(tx).deleteEndedBefore(NOW.plusMillis(1), 1_000));

        assertThat(log(Optional.empty(), Optional.empty(), Optional.empty())).containsExactly(waiting);
    }

    @Test
    void endpointsThatAreOnAreThoseOfTheAccountAndItsWorkspaces() {
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        Endpoint ofBrand = stored(brand, "https://two.example/hooks");
        Endpoint ofWorkspace = stored(new EndpointOwner(brand, workspaceOf(brand)), "https://three.example/hooks");
        Endpoint off = stored(brand, "https://four.example/hooks");
        switchOff(off);

        assertThat(active(brand, 9)).containsExactly(ofBrand, ofWorkspace);
        assertThat(active(brand, 1)).containsExactly(ofBrand);
        assertThat(active(owner, 9)).containsExactly(endpoint);
        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).active(owner.tenant())))
                .containsExactlyInAnyOrder(endpoint, ofBrand, ofWorkspace);
    }

    private List<Endpoint> active(Owner whose, int limit) {
        return database.read(tx -> new EndpointStore(tx).active(whose, limit));
    }

    private void switchOff(Endpoint which) {
        database.write(tx -> {
            new EndpointStore(tx).switchOff(owner.tenant(), which.id(), "Gone.");
            return true;
        });
    }

    @Test
    void endpointsThatTheServerHasSwitchedOffAreListedWithTheReason() {
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        Endpoint off = stored(new EndpointOwner(brand, workspaceOf(brand)), "https://two.example/hooks");
        Endpoint later = stored(brand, "https://three.example/hooks");
        stored(brand, "https://four.example/hooks");
        switchOff(off);
        switchOff(later);

        assertThat(switchedOff(brand, 9)).extracting(Endpoint::id).containsExactly(off.id(), later.id());
        assertThat(switchedOff(brand, 1))
                .singleElement()
                .matches(found -> found.offReason().equals(Optional.of("Gone.")));
        assertThat(switchedOff(owner, 9)).isEmpty();
    }

    private List<Endpoint> switchedOff(Owner whose, int limit) {
        return database.read(tx -> new EndpointStore(tx).switchedOff(whose, limit));
    }

    /// Whoever came in as them before may have entered the address.
    @Test
    void whatOnePersonSetUpIsSwitchedOff() {
        Endpoint other = stored(owner, "https://two.example/hooks");
        IdentityId maker = new IdentityId(new UUID(7, 7));
        database.write(tx -> {
            var store = new EndpointStore(tx);
            store.update(
                    owner,
                    Optional.empty(),
                    other.id(),
                    other.url(),
                    other.events(),
                    true,
                    Optional.of(new Maker.Person(maker)),
                    NOW);
            store.switchOffMadeBy(maker, "Gone.");
            return true;
        });
        assertThat(switchedOff(owner, 9)).extracting(Endpoint::id).containsExactly(other.id());
    }

    @Test
    void oneEndpointHearsLessAndTheOthersWhatTheyHeard() {
        Endpoint other = stored(owner, "https://two.example/hooks");

        database.write(tx -> {
            new EndpointStore(tx).hearOnly(owner.tenant(), endpoint.id(), List.of("page.created", "page.deleted"));
            return true;
        });

        assertThat(active(owner, 9))
                .extracting(Endpoint::events)
                .containsExactly(List.of("page.created", "page.deleted"), other.events());
    }
}
