package dev.banyan.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import dev.banyan.platform.webhooks.EndpointStore.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class WebhookStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

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
        var made = new Endpoint(
                uuids.next(), whose, url, List.of("page.*"), true, Optional.empty(), Optional.empty(), NOW);
        return database.write(tx -> {
            new EndpointStore(tx).insert(whose, made, "sealed");
            return made;
        });
    }

    private Delivery delivery(String subject, Delivery.State state) {
        var made = new Delivery(
                uuids.next(),
                endpoint.id(),
                "msg_" + uuids.next(),
                "page.created",
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

    @Test
    void anEndpointIsItsAccountsAlone() {
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        Endpoint ofBrand = stored(brand, "https://two.example/hooks");

        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).list(owner, 9)))
                .containsExactly(endpoint);
        assertThat(database.<Optional<Endpoint>>read(tx -> new EndpointStore(tx).find(brand, endpoint.id())))
                .isEmpty();
        assertThat(database.<Optional<Endpoint>>read(tx -> new EndpointStore(tx).find(owner, endpoint.id())))
                .contains(endpoint);
        assertThat(database.<List<Endpoint>>read(tx -> new EndpointStore(tx).active(owner.tenant())))
                .containsExactlyInAnyOrder(endpoint, ofBrand);
        assertThat(endpoint.hears(brand)).isTrue();
        assertThat(ofBrand.hears(owner)).isFalse();
    }

    @Test
    void itIsChangedAndDeleted() {
        Endpoint after = database.write(tx -> {
            var store = new EndpointStore(tx);
            store.switchOff(owner.tenant(), endpoint.id(), "Gone.");
            store.update(owner, endpoint.id(), "https://three.example/", List.of("*"), true, NOW.plusSeconds(1));
            return store.find(owner, endpoint.id()).orElseThrow();
        });
        assertThat(after.url()).isEqualTo("https://three.example/");
        assertThat(after.events()).containsExactly("*");
        assertThat(after.offReason()).isEmpty();
        assertThat(after.active()).isTrue();

        assertThat(database.<Boolean>write(tx -> new EndpointStore(tx).delete(owner, endpoint.id())))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new EndpointStore(tx).delete(owner, endpoint.id())))
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
        Key key = new Key(owner.tenant(), endpoint.id());
        assertThat(database.<List<Key>>read(tx -> new EndpointStore(tx).due(NOW, 1_000)))
                .contains(key);

        assertThat(claim(NOW)).isPresent();
        assertThat(claim(NOW.plusSeconds(59))).isEmpty();
        assertThat(claim(NOW.plusSeconds(60))).as("the other one is gone").isPresent();
        assertThat(database.<List<Key>>read(tx -> new EndpointStore(tx).due(NOW.plusSeconds(61), 1_000)))
                .doesNotContain(key);
        database.write(tx -> {
            new EndpointStore(tx).release(owner.tenant(), endpoint.id());
            return key;
        });
        assertThat(claim(NOW.plusSeconds(62))).isPresent();
    }

    private Optional<Endpoint> claim(Instant now) {
        return database.write(
                tx -> new EndpointStore(tx).claim(owner.tenant(), endpoint.id(), now, now.plusSeconds(60)));
    }

    @Test
    void aFailingOneIsPausedAndSwitchedOff() {
        int failures = database.write(tx -> {
            var store = new EndpointStore(tx);
            store.failed(owner.tenant(), endpoint.id(), NOW);
            return store.failed(owner.tenant(), endpoint.id(), NOW.plusSeconds(9));
        });
        assertThat(failures).isEqualTo(2);
        assertThat(found().failingSince()).contains(NOW);
        database.write(tx -> {
            new EndpointStore(tx).pause(owner.tenant(), endpoint.id(), NOW.plusSeconds(30));
            return failures;
        });
        assertThat(claim(NOW.plusSeconds(29))).isEmpty();
        assertThat(claim(NOW.plusSeconds(30))).isPresent();
        database.write(tx -> {
            new EndpointStore(tx).succeeded(owner.tenant(), endpoint.id());
            return failures;
        });
        assertThat(found().failingSince()).isEmpty();
        database.write(tx -> {
            new EndpointStore(tx).switchOff(owner.tenant(), endpoint.id(), "Nothing arrives.");
            return failures;
        });
        assertThat(found().active()).isFalse();
        assertThat(found().offReason()).contains("Nothing arrives.");
        assertThat(claim(NOW.plusSeconds(999))).isEmpty();
    }

    private Endpoint found() {
        return database.read(
                tx -> new EndpointStore(tx).find(owner, endpoint.id()).orElseThrow());
    }

    @Test
    void whatIsDueComesInTheOrderOfItsEvents() {
        Delivery first = delivery("p", Delivery.State.WAITING);
        Delivery second = delivery("p", Delivery.State.WAITING);
        delivery("p", Delivery.State.DELIVERED);

        assertThat(due(NOW)).containsExactly(first, second);
        assertThat(due(NOW.minusSeconds(1))).isEmpty();
        database.write(tx -> {
            new DeliveryStore(tx).tried(owner.tenant(), tried(first));
            return first;
        });
        assertThat(due(NOW)).containsExactly(second);
        assertThat(database.<Optional<Delivery>>read(
                        tx -> new DeliveryStore(tx).find(owner.tenant(), endpoint.id(), first.id())))
                .contains(tried(first));
    }

    private List<Delivery> due(Instant now) {
        return database.read(tx -> new DeliveryStore(tx).due(owner.tenant(), endpoint.id(), now, 9));
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
    }

    private List<Delivery> log(Optional<Delivery.State> state, Optional<UUID> after, Optional<Instant> since) {
        return database.read(tx -> new DeliveryStore(tx)
                .list(
                        owner.tenant(),
                        endpoint.id(),
                        new Endpoints.Wanted(Optional.of("page.created"), state, since, after),
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
}
