package dev.banyan.whatsapp.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.drivers.BreakableGateway.Shown;
import dev.banyan.whatsapp.drivers.HeldCalls.Held;
import dev.banyan.whatsapp.failover.ReconnectionDue;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a pool of two real numbers makes of a gateway that breaks while it sends: the runs of `bench --gateway-faults`
/// in small. In each of them, no message may fail, reach its contact twice, or wait for ever; uncertain are at most
/// those that the gateway had, and none that can be repeated. The pipeline is the real one, from the order to the HTTP
/// call; time passes by hand, and each second ends when nothing moves any more.
public abstract class GatewayFaultsContract {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /// Messages for each that can be under way.
    private static final int ORDERS = 3;
    private static final int LONGEST = 300;
    private static final String FIRST = "300000000000001";
    private static final String SECOND_NUMBER = "300000000000002";

    private final Database database = TestDatabases.SQLITE.newCopy();
    private final AccountId tenant =
            StoredAccounts.owner(database, Tier.FREE).root().id();
    private final WatchedThreads threads = new WatchedThreads();

    @SuppressWarnings("NullAway.Init")
    private BreakableGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private GatewayDriver driver;

    @SuppressWarnings("NullAway.Init")
    private KnownNumbers numbers;

    /// The time of the gateway; after a restart the server has a clock of its own, which shows the same.
    @SuppressWarnings("NullAway.Init")
    private TestClock clock;

    private TestSenders world;
    private Sender master;
    private Sender servant;
    private List<OutgoingMessage> orders = List.of();

    protected abstract BreakableGateway gateway(TestClock clock);

    @BeforeEach
    void begin() {
        world = new TestSenders(database, (time, timers) -> {
            clock = time;
            gateway = gateway(time);
            return drivers(time, timers);
        });
        var phone = new Phone("+971500000101");
        var other = new Phone("+971500000102");
        gateway.hasLinked(FIRST, phone);
        gateway.hasLinked(SECOND_NUMBER, other);
        master = world.master(tenant, Optional.of(phone.e164()));
        servant = world.servant(master, other.e164());
        master = connected(master);
        servant = connected(servant);
    }

    private List<GatewayDriver> drivers(TestClock time, Timers timers) {
        numbers = new KnownNumbers(this::access, this::remote, this::sender);
        var tools = new GatewayTools(numbers, new NoFiles(), timers, time, threads, Duration.ZERO);
        driver = gateway.driver(tools);
        return List.of(driver);
    }

    private Sender connected(Sender sender) {
        var link = Sender.Link.none(SenderState.LINKED, world.clock.instant()).done("Chrome", world.clock.instant());
        database.write(tx -> {
            new SenderStore(tx)
                    .place(
                            tenant,
                            world.now(sender)
                                    .at(driver.kind(), Optional.empty())
                                    .withLink(link, world.clock.instant()));
            return true;
        });
        world.reconnections.fire(new ReconnectionDue(sender.key(), 1));
        settle();
        assertThat(world.liveness.isHealthy(world.now(sender))).isTrue();
        return world.now(sender);
    }

    @AfterEach
    void end() {
        gateway.close();
        gateway.calls().die();
        Eventually.holds(() -> threads.atWork() == 0);
        database.close();
    }

    private GatewayAccess access() {
        return new GatewayAccess(
                gateway.connection(), gateway.credentials(), URI.create("http://127.0.0.1:9/hooks/whatsapp"));
    }

    private String remote(SenderKey sender) {
        return sender.equals(master.key()) ? FIRST : SECOND_NUMBER;
    }

    private SenderKey sender(String remote) {
        return remote.equals(FIRST) ? master.key() : servant.key();
    }

    // The runs.

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aGatewayThatIsKilledAndComesBack(boolean forgets) {
        orderAndHold();
        killed(forgets, 8);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(gateway.takesRepeats() ? Set.of() : held());
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aGatewayThatIsAwayForAlmostAsLongAsAnythingIsLookedFor(boolean forgets) {
        orderAndHold();
        killed(forgets, 17);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(gateway.takesRepeats() ? Set.of() : held());
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aGatewayThatIsKilledAfterAllWasTaken(boolean forgets) {
        gateway.calls().takeAll();
        orderAndHold();
        killed(forgets, 8);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(gateway.takesRepeats() ? Set.of() : held());
    }

    @ParameterizedTest(name = "it took all: {0}, it forgets what it took: {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aServerThatIsKilledAndComesBack(boolean tookAll, boolean forgets) {
        if (tookAll) {
            gateway.calls().takeAll();
        }
        orderAndHold();
        // What only waits for its turn at the gateway can't be told apart from what it has.
        Set<String> inDoubt = texts(DeliveryState.SENDING);
        if (forgets) {
            gateway.forgets();
        }
        restart();

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(gateway.takesRepeats() ? Set.of() : inDoubt);
    }

    /// Ends the server as `kill -9` does, and starts another one that knows what the database says.
    private void restart() {
        // Nothing that the old one hears any more is written down, and its timers never run again.
        driver.listen(_ -> CompletableFuture.completedFuture(DriverListener.Receipt.KEPT));
        gateway.calls().die();
        Eventually.holds(() -> threads.atWork() == 0);
        world = new TestSenders(database, this::drivers);
        world.clock.forward(Duration.between(world.clock.instant(), clock.instant()));
        world.dispatcher.restore();
        world.resumption.begin();
        settle();
    }

    private void killed(boolean forgets, int seconds) {
        gateway.dies();
        gateway.calls().die();
        if (forgets) {
            gateway.forgets();
        }
        pass(seconds);
        gateway.comesBack();
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aNumberThatIsBanned(boolean forgets) {
        orderAndHold();
        gateway.isBanned(SECOND_NUMBER);
        ends(forgets);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(held(SECOND_NUMBER));
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aGatewayThatHangsAndThenANumberThatIsBanned(boolean forgets) {
        orderAndHold();
        gateway.calls().hang();
        pass(20);
        gateway.isBanned(SECOND_NUMBER);
        ends(forgets);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(held(SECOND_NUMBER));
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aNumberThatIsLoggedOut(boolean forgets) {
        orderAndHold();
        gateway.isLoggedOut(SECOND_NUMBER);
        ends(forgets);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(held(SECOND_NUMBER));
    }

    private void ends(boolean forgets) {
        if (forgets) {
            gateway.forgets();
        }
        gateway.calls().end(SECOND_NUMBER);
        gateway.calls().release();
    }

    @ParameterizedTest(name = "it forgets what it took: {0}")
    @ValueSource(booleans = {false, true})
    void aGatewayThatAnswersWithErrors(boolean forgets) {
        orderAndHold();
        if (forgets) {
            gateway.forgets();
        }
        gateway.calls().fail(true);
        gateway.calls().release();
        pass(10);
        gateway.calls().fail(false);

        assertThatNothingIsLost();
        // Those that were found have made room for others, which got errors, too.
        assertThat(uncertain()).hasSizeLessThanOrEqualTo(gateway.takesRepeats() ? 0 : underWay());
    }

    /// The gateway goes on saying that the number works.
    @Test
    void aNumberThatSendsNothingIsRestartedOnceAndThenFails() {
        gateway.calls().fail(SECOND_NUMBER, true);
        int many = ORDERS * underWay();
        orders = order(0, many);
        pass(30);
        assertThat(world.liveness.isHealthy(world.now(servant))).isFalse();
        assertThat(world.liveness.isHealthy(world.now(master))).isTrue();
        long restarts = gateway.restartsNumbers() ? 1 : 0;
        assertThat(gateway.calls().restarts(SECOND_NUMBER)).isEqualTo(restarts);
        assertThatNothingIsLost();
        assertThat(uncertain()).isNotEmpty().hasSizeLessThanOrEqualTo(driver.atOnce());

        pass(120);
        assertThat(world.liveness.isHealthy(world.now(servant)))
                .as("another chance")
                .isTrue();
        orders = List.of();
        keepOrdering(many, 60);
        assertThat(world.liveness.isHealthy(world.now(servant))).isFalse();
        assertThat(uncertain()).as("a chance costs little").hasSizeLessThanOrEqualTo(2);
        assertThat(gateway.calls().restarts(SECOND_NUMBER)).isEqualTo(restarts);
        assertThat(gateway.calls().restarts(FIRST)).isZero();

        gateway.calls().fail(SECOND_NUMBER, false);
        pass(420);
        assertThat(world.liveness.isHealthy(world.now(servant)))
                .as("after a pause")
                .isTrue();
    }

    /// The gateway says that the number works, and that it isn’t connected when it is to send. Each refusal disconnects
    /// it for a moment.
    @Test
    void aNumberThatIsNeverConnectedWhenItSendsIsRestartedOnce() {
        gateway.calls().refuse(SECOND_NUMBER);
        keepOrdering(0, 60);

        assertThat(gateway.calls().restarts(SECOND_NUMBER)).isEqualTo(gateway.restartsNumbers() ? 1 : 0);
        assertThatNothingIsLost();
    }

    private void keepOrdering(int from, int seconds) {
        for (int second = 0; second < seconds; second++) {
            int next = from + 2 * second;
            orders = Stream.concat(orders.stream(), order(next, next + 2).stream())
                    .toList();
            pass(1);
        }
    }

    // The rules behind them.

    @Test
    void aNumberThatCouldNotBeConnectedIsConnectedWhenTheDatabaseIsBack() {
        driver.release(master.key());
        numbers.linesGoAway();
        world.reconnections.fire(new ReconnectionDue(master.key(), 1));
        pass(2);
        assertThat(driver.answers(master.key())).isFalse();

        numbers.comeBack();
        pass(10);

        assertThat(driver.answers(master.key())).isTrue();
    }

    @Test
    void whatWasUncertainAndIsCertainlyNotSentIsQueuedAgain() {
        orderAndHold();
        Set<String> first = held();
        // Numbers that send nothing for a minute have failed, and get half a minute to tell what they have sent.
        pass(100);
        assertThat(uncertain()).isEqualTo(first);

        gateway.isBanned(SECOND_NUMBER);
        ends(false);

        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(held(SECOND_NUMBER)).isSubsetOf(shown());
    }

    @Test
    void aNumberGivesBackWhatWaitsForItsTurnAndNothingElse() {
        orderAndHold();
        Set<String> begun = held();
        driver.takeBack(master.key(), "The number failed.");
        driver.takeBack(servant.key(), "The number failed.");
        settle();

        Set<String> givenBack = now().filter(message -> message.error().equals(Optional.of("The number failed.")))
                .map(OutgoingMessage::text)
                .collect(Collectors.toSet());
        assertThat(givenBack).hasSize(underWay() - begun.size()).doesNotContainAnyElementsOf(begun);
        assertThat(List.of(master, servant))
                .as("have refused nothing themselves")
                .allMatch(number -> world.liveness.isHealthy(world.now(number)));
        gateway.calls().release();
        assertThatNothingIsLost();
        assertThat(uncertain()).isEmpty();
    }

    @Test
    void aServerThatStopsGivesBackWhatIsNotAtTheGatewayAndHandsNothingOver() {
        orderAndHold();
        Set<String> begun = held();
        world.sessions.stop();
        settle();
        assertThat(states())
                .isEqualTo(Map.of(
                        DeliveryState.SENDING,
                        (long) begun.size(),
                        DeliveryState.QUEUED,
                        (long) orders.size() - begun.size()));
        pass(15);
        assertThat(held()).isEqualTo(begun);
    }

    /// Other messages keep the numbers healthy: a slow gateway with many numbers.
    @Test
    void whatWaitsForItsTurnIsNeverInDoubt() {
        orderAndHold();
        Set<String> begun = held();
        for (int i = 0; i < 30; i++) {
            pass(5);
            List.of(master, servant).forEach(number -> world.liveness.beat(number.key(), 1));
        }
        assertThat(uncertain()).isSubsetOf(begun);

        gateway.calls().release();
        assertThatNothingIsLost();
        assertThat(uncertain()).isSubsetOf(begun);
    }

    /// Orders more than can be under way, and waits until the gateway holds what is.
    private void orderAndHold() {
        int underWay = underWay();
        gateway.calls().hold();
        orders = order(0, ORDERS * underWay);
        settle();
        assertThat(states())
                .isEqualTo(Map.of(
                        DeliveryState.SENDING, (long) underWay, DeliveryState.QUEUED, (long) (ORDERS - 1) * underWay));
    }

    private List<OutgoingMessage> order(int from, int to) {
        return database.write(tx -> {
            var made = new ArrayList<OutgoingMessage>();
            for (int i = from; i < to; i++) {
                var contact = new Phone("+97150000%04d".formatted(1_000 + i));
                var order = new Order(master.id(), contact, "Order " + i, Optional.empty(), "key-" + i);
                made.add(((Ordered.Done) world.outgoing.order(tx, tenant, Actor.SERVER, order)).message());
            }
            return made;
        });
    }

    /// Returns how many messages of both numbers may be under way.
    private int underWay() {
        return 2 * driver.atOnce();
    }

    private Set<String> held(String... numbers) {
        return gateway.calls().messages().stream()
                .filter(held -> numbers.length == 0 || Set.of(numbers).contains(held.number()))
                .map(Held::text)
                .collect(Collectors.toSet());
    }

    private void assertThatNothingIsLost() {
        for (int second = 0; second < LONGEST && isWaiting(); second++) {
            pass(1);
        }
        pass(30); // what is looked for may still be found
        assertThat(gateway.shown())
                .extracting(Shown::text)
                .as("reached their contacts")
                .doesNotHaveDuplicates();
        Set<String> shown = shown();
        assertThat(now().filter(message -> message.state() != DeliveryState.UNCERTAIN))
                .allSatisfy(message -> {
                    assertThat(message.state())
                            .as(message.error().orElse(""))
                            .isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
                    assertThat(shown).contains(message.text());
                });
    }

    private Set<String> shown() {
        return gateway.shown().stream().map(Shown::text).collect(Collectors.toSet());
    }

    /// Returns the texts of the messages of which no one knows whether they were sent.
    private Set<String> uncertain() {
        return texts(DeliveryState.UNCERTAIN);
    }

    private Set<String> texts(DeliveryState state) {
        return now().filter(message -> message.state() == state)
                .map(OutgoingMessage::text)
                .collect(Collectors.toSet());
    }

    private boolean isWaiting() {
        return Stream.of(DeliveryState.QUEUED, DeliveryState.SENDING).anyMatch(states()::containsKey);
    }

    private Map<DeliveryState, Long> states() {
        return now().collect(Collectors.groupingBy(OutgoingMessage::state, Collectors.counting()));
    }

    private Stream<OutgoingMessage> now() {
        List<UUID> ids = orders.stream().map(OutgoingMessage::id).toList();
        return database.read(tx -> new OutgoingStore(tx).findAll(tenant, ids)).values().stream();
    }

    // Time.

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            gateway.timePasses(SECOND);
            if (world.clock != clock) {
                world.clock.forward(SECOND);
            }
            world.timers.runDue(threads);
            settle();
            if (world.clock.instant().getEpochSecond() % 5 == 0) {
                world.liveness.probe();
                world.dispatcher.sweep();
                settle();
            }
        }
    }

    /// Waits until everything has ended, or is held by the gateway.
    private void settle() {
        do {
            world.threads.runAll();
            Eventually.holds(this::isQuiet);
        } while (!world.threads.isEmpty());
    }

    /// What is held is counted first: it stays held, so whatever is at work besides it is seen.
    private boolean isQuiet() {
        int held = gateway.calls().count();
        return threads.atWork() == held;
    }
}
