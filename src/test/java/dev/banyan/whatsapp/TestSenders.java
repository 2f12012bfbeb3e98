package dev.banyan.whatsapp;

import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Ticks;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Senders with all that belongs to them, made by hand on a database and on a clock that the test turns.
final class TestSenders {

    /// Entities do what they are told on the thread that tells them, so that a test need not wait.
    private static final Actors ACTORS = new Actors(Runnable::run);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestClock clock = new TestClock();
    final TestEvents<SenderChanged> events = new TestEvents<>();
    final Timers timers = Timers.byHand(clock);
    final LinkWatches watches = new LinkWatches();
    final Liveness liveness = new Liveness(clock);
    final SimulatedPhones phones = new SimulatedPhones();
    final SimulatorDriver simulator = new SimulatorDriver(clock, timers, phones);
    final TestEvents<DeliveryChanged> deliveryEvents = new TestEvents<>();
    final TestEvents<MessageArriving> arrivals = new TestEvents<>();
    final Later threads = new Later();
    final SenderChanges changes;
    final SenderStates states;
    final SenderLife life;
    final Sessions sessions;
    final Resumption resumption;
    final Linking linking;
    final Senders senders;
    final TestEvents<SenderConnected> connections = new TestEvents<>();
    final TestEvents<SenderHealthChanged> healthEvents = new TestEvents<>();
    final Dispatcher dispatcher;
    final Outgoing outgoing;
    final Mirrors mirrors;
    final ConfigImport configImport;
    final Pools pools;
    final Tuning tuning;
    final BulkSenders bulk;
    private final Database database;

    TestSenders(Database database) {
        this(database, newFolder());
    }

    /// @param data the folder of a server that may have been here before
    TestSenders(Database database, Path data) {
        this(database, data, ACTORS);
    }

    /// @param actors on threads of their own, for who wants to see many things happen at once
    TestSenders(Database database, Path data, Actors actors) {
        this.database = database;
        var mirror = new ConfigMirror(StoredAccounts.accounts(database, clock), Settings.forTests(data));
        var uuids = new Uuids(clock);
        this.changes = new SenderChanges(database, TestAudit.on(database, clock), mirror, timers, events, uuids, clock);
        this.mirrors = new Mirrors(database, changes, mirror, clock);
        var settings = Settings.forTests(data);
        var tallies = new Tallies();
        var aside = new SetAside(changes);
        var deliveries =
                new Deliveries(database, deliveryEvents, tallies, new UnderWay(), timers, aside, clock, threads);
        this.states = new SenderStates(database, changes, watches, liveness, connections, List.of(simulator));
        var incoming = new Incoming(database, arrivals, uuids, clock);
        this.life = new SenderLife(database, states, watches, liveness, deliveries, incoming, aside, healthEvents);
        var claims = new Claims(deliveries, tallies, liveness, clock, settings);
        this.sessions =
                new Sessions(actors, database, life, liveness, claims, timers, clock, threads, List.of(simulator));
        this.configImport = new ConfigImport(database, changes, mirrors, sessions);
        this.resumption = new Resumption(database, sessions, timers, clock, threads, settings);
        this.dispatcher = new Dispatcher(database, sessions, deliveries, clock, threads);
        healthEvents.listen(dispatcher::healthChanged);
        connections.listen(dispatcher::senderConnected);
        events.listen(dispatcher::senderChanged);
        deliveryEvents.listen(dispatcher::deliveryChanged);
        this.outgoing =
                new Outgoing(database, dispatcher, deliveries, tallies, TestAudit.on(database, clock), uuids, clock);
        this.linking =
                new Linking(database, changes, states, watches, sessions, simulator, new InventedPhones(database));
        this.senders = new Senders(changes, new SenderIds(new Ticks(clock)), linking);
        this.pools = new Pools(database, StoredAccounts.accounts(database, clock), liveness);
        this.tuning = new Tuning(changes);
        this.bulk = new BulkSenders(changes, senders, tuning, linking, pools);
    }

    static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "test-senders");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Turns the clock, and does what is due on the way.
    void forward(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(1)) {
            clock.forward(Duration.ofSeconds(1));
            timers.runDue();
            threads.runAll();
        }
    }

    /// Work for later, done when the test says so.
    static final class Later extends AbstractExecutorService {

        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void shutdown() {
            tasks.clear();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }

    /// A master that is linked with this phone.
    Sender linked(AccountId tenant, String phone) {
        Sender master = master(tenant);
        linking.link(tenant, Actor.SERVER, master.id());
        linking.scan(tenant, master.id(), Optional.of(new Phone(phone)));
        threads.runAll();
        return now(master);
    }

    Sender master(AccountId tenant) {
        return master(tenant, Optional.empty());
    }

    Sender master(AccountId tenant, Optional<String> phone) {
        return done(senders.addMaster(
                tenant,
                Actor.SERVER,
                new Senders.NewMaster(
                        Optional.of("master-" + NUMBER.incrementAndGet()),
                        "Amira Nasser",
                        phone,
                        MasterType.PRIMARY,
                        DriverKind.SIMULATOR)));
    }

    Sender servant(Sender master, String phone) {
        return done(senders.addServant(
                master.tenant(),
                Actor.SERVER,
                new Senders.NewServant(
                        master.id(), phone, "Support Desk", Optional.of("support"), DriverKind.SIMULATOR)));
    }

    Sender now(Sender sender) {
        return database.read(tx -> new SenderStore(tx).find(sender.tenant(), sender.id()))
                .orElseThrow();
    }

    List<String> auditOf(Sender sender) {
        return database.read(tx -> tx.sql()
                .fetch(
                        "SELECT action FROM audit_events WHERE target = ? ORDER BY id",
                        sender.id().value())
                .getValues(0, String.class));
    }

    static Sender done(Senders.Added added) {
        return switch (added) {
            case Senders.Added.Done done -> done.sender();
            case Senders.Added other -> throw new AssertionError(other);
        };
    }
}
