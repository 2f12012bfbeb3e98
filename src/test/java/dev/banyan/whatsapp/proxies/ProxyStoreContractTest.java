package dev.banyan.whatsapp.proxies;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static dev.banyan.platform.outcome.Outcomes.value;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestEvents;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TestSecrets;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import dev.banyan.whatsapp.proxies.ProxyChoices.Choice;
import dev.banyan.whatsapp.proxies.ProxyChoices.Current;
import org.junit.jupiter.api.Test;

/// The proxies of an account, and the one that each number keeps.
@OnEveryDatabase
class ProxyStoreContractTest {

    private static final String PASSWORD = "open sesame";

    private final Database database;
    private final TestSenders world;
    private final AccountId tenant;
    private final AccountId stranger;
    private final TestEvents<ProxyChanged> changed = new TestEvents<>();
    private final Proxies proxies;
    private final ProxyChoices choices;

    ProxyStoreContractTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.proxies = new Proxies(
                database,
                world.changes,
                TestSecrets.sent(Settings.forTests(TestSenders.newFolder())),
                TestAudit.on(database, world.clock),
                changed,
                new Uuids(world.clock));
        this.choices = new ProxyChoices(database, world.changes, List.of(world.simulator), changed);
    }

    private static ProxyRequest request(String name, int capacity) {
        return new ProxyRequest(
                Optional.of(name),
                Optional.of("socks5"),
                Optional.of("Proxy.Example"),
                Optional.of(1080),
                Optional.of("amira"),
                Optional.of(PASSWORD),
                Optional.of(capacity),
                Optional.empty());
    }

    private static final ProxyRequest NOTHING = new ProxyRequest(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static ProxyRequest at(String host, Optional<String> password) {
        return new ProxyRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.of(host),
                Optional.empty(),
                Optional.empty(),
                password,
                Optional.empty(),
                Optional.empty());
    }

    private static ProxyRequest turned(boolean on) {
        return new ProxyRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(on));
    }

    private ProxyId added(String name, int capacity) {
        return done(proxies.add(tenant, Actor.SERVER, request(name, capacity)))
                .proxy()
                .id();
    }

    private static Used done(Outcome<Used> outcome) {
        return outcome.orElseThrow(refusal -> new AssertionError(refusal.toString()));
    }

    private static List<String> fields(Outcome<Used> outcome) {
        return outcome.fold(
                done -> List.of(done.toString()),
                refusal -> ((Refusal.Rejected) refusal)
                        .invalid().stream().map(Invalid::field).toList());
    }

    /// Returns a number at a gateway that this server doesn't run: nothing says that it can't use a proxy.
    private SenderId number() {
        return ((Senders.Added.Done) world.senders.addMaster(
                        tenant,
                        Actor.SERVER,
                        new Senders.NewMaster(
                                Optional.empty(),
                                "Amira Nasser",
                                Optional.empty(),
                                MasterType.PRIMARY,
                                new Place(DriverKind.WAHA, Optional.empty(), Optional.empty()))))
                .sender()
                .id();
    }

    private Optional<Current> choose(SenderId number, Choice choice) {
        return value(choices.choose(tenant, Actor.SERVER, number, choice));
    }

    private String refused(SenderId number, Choice choice) {
        return ((Refusal.Conflict) refusal(choices.choose(tenant, Actor.SERVER, number, choice))).why();
    }

    private Optional<String> nameOf(SenderId number) {
        return choices.current(tenant, number).map(current -> current.proxy().name());
    }

    @Test
    void aProxyIsStoredWithASealedPassword() {
        ProxyId id = added("Dubai", 2);

        Proxy proxy = proxies.find(tenant, id).orElseThrow().proxy();
        assertThat(proxy.shown()).isEqualTo("socks5://proxy.example:1080");
        assertThat(proxy.user()).isEqualTo("amira");
        assertThat(proxy.hasPassword()).isTrue();
        assertThat(proxy.enabled()).isTrue();
        assertThat(proxies.find(stranger, id)).isEmpty();
        assertThat(database.read(tx -> new ProxyStore(tx).find(tenant, id))
                        .orElseThrow()
                        .sealedPassword()
                        .orElseThrow())
                .startsWith("v2.")
                .doesNotContain(PASSWORD);
        assertThat(Proxies.sealedPasswords(database)).isNotEmpty();

        SenderId number = number();
        choose(number, new Choice.Own(id));
        assertThat(proxies.of(tenant, number))
                .contains(new Proxy.Address(Proxy.Kind.SOCKS5, "proxy.example", 1080, "amira", PASSWORD));
        assertThat(proxies.of(stranger, number)).isEmpty();
        assertThat(proxies.of(tenant, number).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aChangedAddressNeedsThePasswordAgainAndTellsItsNumbers() {
        ProxyId id = added("Dubai", 2);
        SenderId number = number();
        choose(number, new Choice.Own(id));

        assertThat(fields(proxies.change(tenant, Actor.SERVER, id, at("other.example", Optional.empty()))))
                .containsExactly("password");
        done(proxies.change(tenant, Actor.SERVER, id, at("other.example", Optional.of("another"))));

        assertThat(proxies.of(tenant, number).orElseThrow().host()).isEqualTo("other.example");
        assertThat(proxies.of(tenant, number).orElseThrow().password()).isEqualTo("another");
        assertThat(events(number)).contains("Proxy changed");
        assertThat(changed.fired()).hasSize(2);
        assertThat(done(proxies.change(tenant, Actor.SERVER, id, NOTHING)).numbers())
                .isEqualTo(1);
        assertThat(proxies.of(tenant, number).orElseThrow().password())
                .as("what is left out stays")
                .isEqualTo("another");
    }

    @Test
    void whatCannotBeAProxyIsRefused() {
        added("Dubai", 1);
        assertThat(fields(proxies.add(tenant, Actor.SERVER, NOTHING))).containsExactly("name", "host", "port");
        assertThat(fields(proxies.add(tenant, Actor.SERVER, request("Dubai", 1))))
                .containsExactly("name");
        done(proxies.add(stranger, Actor.SERVER, request("Dubai", 1)));
        assertThat(fields(proxies.add(tenant, Actor.SERVER, request("Ajman", 0))))
                .containsExactly("capacity");
        for (String host : List.of("http://proxy.example", "a b", "-a.example", "a/b", "x@y", "", "a".repeat(254))) {
            assertThat(fields(proxies.add(
                            tenant,
                            Actor.SERVER,
                            new ProxyRequest(
                                    Optional.of("Ajman"),
                                    Optional.of("ftp"),
                                    Optional.of(host),
                                    Optional.of(65_536),
                                    Optional.of("a:b"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()))))
                    .as(host)
                    .containsExactly("host", "port", "user", "kind");
        }
        assertThat(fields(proxies.add(
                        tenant,
                        Actor.SERVER,
                        new ProxyRequest(
                                Optional.of("Ajman"),
                                Optional.of("socks4"),
                                Optional.of("2001:db8::1"),
                                Optional.of(1080),
                                Optional.empty(),
                                Optional.of("x"),
                                Optional.empty(),
                                Optional.empty()))))
                .as("an IPv6 address is one; SOCKS4 takes no password")
                .containsExactly("user", "password");
    }

    @Test
    void numbersAreSpreadAndKeepTheirProxy() {
        ProxyId first = added("First", 2);
        ProxyId second = added("Second", 1);
        List<SenderId> numbers = List.of(number(), number(), number(), number());

        assertThat(choose(numbers.get(0), new Choice.Automatic()).orElseThrow().automatic())
                .isTrue();
        choose(numbers.get(1), new Choice.Automatic());
        choose(numbers.get(2), new Choice.Automatic());
        assertThat(numbers.subList(0, 3).stream().map(this::nameOf).map(Optional::orElseThrow))
                .as("the least used first")
                .containsExactly("First", "Second", "First");
        assertThat(refused(numbers.get(3), new Choice.Automatic())).contains("No proxy has room");
        assertThat(refused(numbers.get(3), new Choice.Own(second))).contains("“Second” has no room");

        choose(numbers.get(1), new Choice.Automatic());
        assertThat(nameOf(numbers.get(1))).as("it keeps its own").contains("Second");
        choose(numbers.get(1), new Choice.Own(second));
        assertThat(choices.current(tenant, numbers.get(1)).orElseThrow().automatic())
                .isFalse();

        assertThat(choose(numbers.get(1), new Choice.None())).isEmpty();
        assertThat(nameOf(numbers.get(1))).isEmpty();
        assertThat(events(numbers.get(1))).contains("Proxy set", "Proxy removed");
        assertThat(changed.fired())
                .as("once for each other proxy")
                .filteredOn(event -> event.sender().id().equals(numbers.get(1)))
                .hasSize(2);
        choose(numbers.get(3), new Choice.Own(second));
        assertThat(proxies.list(tenant).stream().map(Used::numbers)).containsExactly(2, 1);
        assertThat(choices.choose(tenant, Actor.SERVER, numbers.get(3), new Choice.Own(strangersProxy())))
                .isEqualTo(Outcome.rejected(ProxyChoices.UNKNOWN));
        assertThat(choices.choose(stranger, Actor.SERVER, numbers.get(3), new Choice.Own(first)))
                .isEqualTo(Outcome.notFound());
    }

    private ProxyId strangersProxy() {
        return done(proxies.add(stranger, Actor.SERVER, request("Theirs", 1)))
                .proxy()
                .id();
    }

    @Test
    void oneThatIsTurnedOffKeepsItsNumbersAndTakesNoMore() {
        ProxyId id = added("Dubai", 5);
        SenderId number = number();
        choose(number, new Choice.Automatic());

        done(proxies.change(tenant, Actor.SERVER, id, turned(false)));

        assertThat(proxies.of(tenant, number)).isPresent();
        assertThat(choose(number, new Choice.Automatic())).isPresent();
        SenderId other = number();
        assertThat(refused(other, new Choice.Automatic())).contains("No proxy has room");
        assertThat(refused(other, new Choice.Own(id))).contains("“Dubai” is turned off");
    }

    @Test
    void oneInUseIsDeletedOnlyByForceAndItsNumbersAreTold() {
        ProxyId id = added("Dubai", 5);
        SenderId number = number();
        choose(number, new Choice.Automatic());

        assertThat(proxies.delete(tenant, Actor.SERVER, id, false))
                .isEqualTo(Outcome.conflict(
                        "Proxy is in use by 1 number. Give them another one first, or repeat with force=true."));
        assertThat(proxies.delete(stranger, Actor.SERVER, id, true)).isEqualTo(Outcome.notFound());
        assertThat(nameOf(number)).contains("Dubai");

        assertThat(proxies.delete(tenant, Actor.SERVER, id, true)).isEqualTo(Outcome.done(1));
        assertThat(proxies.of(tenant, number)).isEmpty();
        assertThat(events(number)).contains("Proxy deleted");
        assertThat(changed.fired()).hasSize(2).containsOnly(new ProxyChanged(new SenderKey(tenant, number)));
        assertThat(proxies.list(tenant)).isEmpty();
    }

    @Test
    void aRemovedNumberLeavesItsProxy() {
        ProxyId id = added("Dubai", 1);
        SenderId number = number();
        choose(number, new Choice.Automatic());

        world.senders.removeMaster(tenant, Actor.SERVER, number, Optional.empty());

        assertThat(proxies.find(tenant, id).orElseThrow().numbers()).isZero();
        assertThat(choose(number(), new Choice.Automatic())).isPresent();
    }

    @Test
    void aDriverWithoutProxiesSaysSo() {
        added("Dubai", 1);
        Sender simulated = world.master(tenant);

        assertThat(choices.hindrance(simulated)).contains("Simulator doesn’t support proxies.");
        assertThat(refused(simulated.id(), new Choice.Automatic())).isEqualTo("Simulator doesn’t support proxies.");
        assertThat(choose(simulated.id(), new Choice.None())).isEmpty();
    }

    private List<String> events(SenderId number) {
        return database.read(tx -> new SenderEventStore(tx).ofSender(tenant, number, Optional.empty(), 20)).stream()
                .map(event -> event.title())
                .toList();
    }
}
