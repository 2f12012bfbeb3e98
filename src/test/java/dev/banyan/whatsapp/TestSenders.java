package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.TestFolders;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.Calls;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.whatsapp.changes.RejectedEvents;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.configfile.ConfigImport;
import dev.banyan.whatsapp.configfile.ConfigMirror;
import dev.banyan.whatsapp.configfile.Mirrors;
import dev.banyan.whatsapp.failover.ApprovalRequested;
import dev.banyan.whatsapp.failover.AutomaticFailovers;
import dev.banyan.whatsapp.failover.FailoverSteps;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.failover.PoolHealthDetermined;
import dev.banyan.whatsapp.failover.PoolMoved;
import dev.banyan.whatsapp.failover.PoolWatch;
import dev.banyan.whatsapp.failover.ReconnectionDue;
import dev.banyan.whatsapp.failover.SenderHealthDetermined;
import dev.banyan.whatsapp.messages.Claims;
import dev.banyan.whatsapp.messages.Deliveries;
import dev.banyan.whatsapp.messages.InFlightMessages;
import dev.banyan.whatsapp.messages.MessageNews;
import dev.banyan.whatsapp.messages.MessagesReassigned;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueTransfer;
import dev.banyan.whatsapp.messages.SendCounters;
import dev.banyan.whatsapp.messages.SendingAbilities;
import dev.banyan.whatsapp.numbers.BulkSenders;
import dev.banyan.whatsapp.numbers.SenderIds;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;
import dev.banyan.whatsapp.session.ContactActed;
import dev.banyan.whatsapp.session.ContactTypes;
import dev.banyan.whatsapp.session.Dispatcher;
import dev.banyan.whatsapp.session.FakePhoneNumbers;
import dev.banyan.whatsapp.session.Incoming;
import dev.banyan.whatsapp.session.IncomingFiles;
import dev.banyan.whatsapp.session.LinkWatches;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.LiveSenders;
import dev.banyan.whatsapp.session.MovedNumbers;
import dev.banyan.whatsapp.session.NumberCalls;
import dev.banyan.whatsapp.session.PhoneMessages;
import dev.banyan.whatsapp.session.ReconnectRounds;
import dev.banyan.whatsapp.session.SenderReconnector;
import dev.banyan.whatsapp.session.SenderSession;
import dev.banyan.whatsapp.session.SenderStates;
import dev.banyan.whatsapp.session.WrittenOnPhone;
import dev.banyan.whatsapp.simulator.SimulatedPhones;
import dev.banyan.whatsapp.simulator.SimulatorDriver;

/// Senders with everything they need, created manually with a database and a clock controlled by the test.
public final class TestSenders {

    /// Entities run on the calling thread, so that tests need not wait.
    private static final ExecutorService AT_ONCE = new Later() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final TestClock clock = new TestClock();
    public final TestEvents<SenderChanged> events = new TestEvents<>();
    public final Later threads = new Later();
    public final Timers timers = Timers.byHand(clock, threads);
    final LinkWatches watches;
    public final Liveness liveness = new Liveness(clock);
    public final SimulatedPhones phones = new SimulatedPhones();
    public final SimulatorDriver simulator;
    public final TestEvents<DeliveryChanged> deliveryEvents = new TestEvents<>();
    public final TestEvents<MessageArriving> arrivals = new TestEvents<>();
    public final TestEvents<ContactActed> acts = new TestEvents<>();
    public final TestEvents<ContactTypes> contactTypes = new TestEvents<>();
    public final TestEvents<WrittenOnPhone> onPhone = new TestEvents<>();
    public final SenderChanges changes;
    public final Deliveries deliveries;
    final SenderStates states;
    public final SenderSession life;
    public final LiveSenders sessions;
    public final NumberCalls calls;
    public final SenderReconnector resumption;
    public final Linking linking;
    public final Senders senders;
    public final TestEvents<SenderConnected> connections = new TestEvents<>();
    public final TestEvents<SenderHealthChanged> healthEvents = new TestEvents<>();
    public final Dispatcher dispatcher;
    /// The dispatcher of the same server after a restart: what was being handed over before is not its own.
    public final Dispatcher restarted;
    public final Outgoing outgoing;
    public final Mirrors mirrors;
    public final ConfigMirror mirror;
    public final ConfigImport configImport;
    public final Pools pools;
    public final Tuning tuning;
    public final BulkSenders bulk;
    public final Failovers failovers;
    public final PoolWatch watch;
    public final NumberWatch numbers;
    public final TestEvents<SenderHealthDetermined> judgements = new TestEvents<>();
    public final TestEvents<PoolHealthDetermined> poolJudgements = new TestEvents<>();
    public final TestEvents<ReconnectionDue> reconnections = new TestEvents<>();
    public final TestEvents<PoolMoved> poolMoves = new TestEvents<>();
    private final TestEvents<MessagesReassigned> messagesLent = new TestEvents<>();
    public final TestEvents<ApprovalRequested> approvals = new TestEvents<>();
    private final Database database;

    public TestSenders(Database database) {
        this(database, newFolder());
    }

    /// @param data the data folder, possibly of an earlier server
    public TestSenders(Database database, Path data) {
        this(database, data, AT_ONCE);
    }

    /// @param entities their threads, for tests of concurrency
    public TestSenders(Database database, Path data, ExecutorService entities) {
        this(database, data, entities, (_, _) -> List.of());
    }

    /// @param others makes drivers from its clock and its timers, besides the simulator
    public TestSenders(Database database, BiFunction<TestClock, Timers, List<? extends Driver>> others) {
        this(database, newFolder(), AT_ONCE, others);
    }

    private TestSenders(
            Database database,
            Path data,
            ExecutorService entities,
            BiFunction<TestClock, Timers, List<? extends Driver>> others) {
        this.database = database;
        var live = LivePools.onOneServer(database, clock);
        this.watches = new LinkWatches(database, OtherNodes.NONE, clock);
        this.simulator = new SimulatorDriver(clock, timers, phones, live, database);
        List<Driver> drivers = Stream.concat(Stream.of(simulator), others.apply(clock, timers).stream())
                .toList();
        this.mirror = new ConfigMirror(StoredAccounts.accounts(database), Settings.forTests(data));
        var uuids = new Uuids(clock);
        this.changes = new SenderChanges(database, TestAudit.on(database, clock), mirror, timers, events, uuids, clock);
        this.mirrors = new Mirrors(database, changes, mirror, clock);
        var settings = Settings.forTests(data);
        var counters = new SendCounters();
        var aside = new RejectedEvents(changes);
        this.deliveries = new Deliveries(
                database,
                new MessageNews(TestWebhooks.on(database, clock), new TestEvents<>(), deliveryEvents),
                counters,
                new InFlightMessages(),
                timers,
                aside,
                clock);
        this.states = new SenderStates(database, changes, watches, liveness, connections, drivers);
        var incoming = new Incoming(
                database,
                new IncomingFiles(FolderFiles.of(settings), uuids),
                arrivals,
                acts,
                contactTypes,
                new PhoneMessages(
                        database,
                        new IncomingFiles(FolderFiles.of(settings), uuids),
                        deliveries,
                        onPhone,
                        uuids,
                        clock),
                uuids,
                clock);
        var nodes = Nodes.alone();
        this.life = new SenderSession(database, states, liveness, deliveries, incoming, aside, live, healthEvents);
        this.numbers = new NumberWatch(database, live, liveness, judgements, reconnections, timers, clock);
        var abilities = new SendingAbilities(drivers);
        var claims = new Claims(
                deliveries, counters, numbers, new QueueTransfer(messagesLent), abilities, nodes, clock, settings);
        this.sessions = new LiveSenders(entities, live, database, life, claims, timers, clock);
        var moved = new MovedNumbers(database, live, Calls.onOneServer(), nodes, sessions, watches, timers, clock);
        this.calls = new NumberCalls(live, Calls.onOneServer(), sessions, moved, simulator, drivers, liveness, threads);
        this.configImport = new ConfigImport(database, changes, mirrors, calls);
        this.dispatcher = new Dispatcher(database, sessions, deliveries, numbers, nodes, live, timers, clock);
        this.restarted = new Dispatcher(database, sessions, deliveries, numbers, Nodes.alone(), live, timers, clock);
        this.resumption = new SenderReconnector(
                database,
                live,
                sessions,
                dispatcher,
                watches,
                counters,
                new ReconnectRounds(database, sessions, timers, clock, settings),
                nodes);
        var steps = new FailoverSteps(liveness, poolMoves, approvals, uuids, clock);
        this.failovers = new Failovers(database, changes, steps);
        var automatic = new AutomaticFailovers(database, changes, steps, clock);
        this.watch = new PoolWatch(database, live, automatic, liveness, poolJudgements, timers, clock);
        healthEvents.listen(dispatcher::healthChanged);
        healthEvents.listen(watch::healthChanged);
        healthEvents.listen(numbers::healthChanged);
        events.listen(numbers::senderChanged);
        connections.listen(numbers::connected);
        judgements.listen(dispatcher::senderJudged);
        reconnections.listen(dispatcher::reconnectionDue);
        poolMoves.listen(dispatcher::poolMoved);
        messagesLent.listen(dispatcher::messagesLent);
        events.listen(watch::senderChanged);
        connections.listen(dispatcher::senderConnected);
        events.listen(dispatcher::senderChanged);
        deliveryEvents.listen(dispatcher::deliveryChanged);
        this.outgoing = new Outgoing(
                database, dispatcher, deliveries, counters, abilities, TestAudit.on(database, clock), uuids, clock);
        this.linking = new Linking(database, changes, states, watches, calls, new FakePhoneNumbers(database));
        this.senders = new Senders(changes, new SenderIds(new UniqueTimestamps(clock)), linking);
        this.pools = new Pools(database, StoredAccounts.accounts(database), liveness);
        this.tuning = new Tuning(changes);
        this.bulk = new BulkSenders(changes, senders, tuning, linking, pools);
    }

    public static Path newFolder() {
        return TestFolders.newFolder("senders");
    }

    /// Advances the clock, and runs what becomes due.
    public void forward(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(1)) {
            clock.forward(Duration.ofSeconds(1));
            timers.runDue();
            threads.runAll();
        }
    }

    /// Queued work, run when the test says so.
    public static class Later extends AbstractExecutorService {

        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        public void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        public boolean isEmpty() {
            return tasks.isEmpty();
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

    /// Creates a master that is linked with this phone.
    public Sender linked(AccountId tenant, String phone) {
        Sender master = master(tenant);
        linking.link(tenant, Actor.SERVER, master.id());
        linking.scan(tenant, master.id(), Optional.of(new Phone(phone)));
        threads.runAll();
        return now(master);
    }

    public Sender master(AccountId tenant) {
        return master(tenant, Optional.empty());
    }

    public Sender master(AccountId tenant, Optional<String> phone) {
        return done(senders.addMaster(
                tenant,
                Actor.SERVER,
                new Senders.NewMaster(
                        Optional.of("master-" + NUMBER.incrementAndGet()), "Amira Nasser", phone, MasterType.PRIMARY)));
    }

    public Sender servant(Sender master, String phone) {
        return done(senders.addServant(
                master.tenant(),
                Actor.SERVER,
                new Senders.NewServant(master.id(), phone, "Support Desk", Optional.of("support"))));
    }

    public Sender now(Sender sender) {
        return database.read(tx -> new SenderStore(tx).find(sender.tenant(), sender.id()))
                .orElseThrow();
    }

    public Outcome<Sender> rename(AccountId tenant, SenderId sender, String name) {
        var wanted = new TuningRequest(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return tuning.tune(tenant, Actor.SERVER, sender, wanted);
    }

    public List<String> auditOf(Sender sender) {
        return database.read(tx -> tx.sql()
                .fetch(
                        "SELECT action FROM audit_events WHERE tenant_id = ? AND target = ? ORDER BY id",
                        sender.tenant().toString(),
                        sender.id().value())
                .getValues(0, String.class));
    }

    public static Sender done(Senders.Added added) {
        return switch (added) {
            case Senders.Added.Done done -> done.sender();
            case Senders.Added other -> throw new AssertionError(other);
        };
    }
}
