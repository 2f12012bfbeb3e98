package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.LiveWork;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.SendCounters;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Reconnects every sender that was linked, without a new code: after a start, and when the numbers of an account come
/// from another server. A few at a time, to avoid a burst of thousands on WhatsApp and the database.
@Singleton
public final class SenderReconnector implements LiveWork {

    static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS_PER_SECOND = 10;
    /// How long a server that gives its numbers away waits for the results of what it is sending.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 50;

    private static final Logger LOG = Logger.getLogger(SenderReconnector.class);

    /// Senders that wait to be connected: those of one account, or of all.
    ///
    /// @param after the last one that was connected
    private record Round(Optional<AccountId> account, Optional<SenderKey> after) {}

    private final Database database;
    private final LiveAccounts accounts;
    private final LiveSenders liveSenders;
    private final Dispatcher dispatcher;
    private final LinkWatches watches;
    private final SendCounters counters;
    private final Timers timers;
    private final Clock clock;
    private final ExecutorService threads;
    private final Nodes nodes;
    private final int atOnce;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Queue<Round> rounds = new ArrayDeque<>();
    private boolean connecting;

    public SenderReconnector(
            Database database,
            LiveAccounts accounts,
            LiveSenders liveSenders,
            Dispatcher dispatcher,
            LinkWatches watches,
            SendCounters counters,
            Timers timers,
            Clock clock,
            @VirtualThreads ExecutorService threads,
            Nodes nodes,
            Settings settings) {
        this.database = database;
        this.accounts = accounts;
        this.liveSenders = liveSenders;
        this.dispatcher = dispatcher;
        this.watches = watches;
        this.counters = counters;
        this.timers = timers;
        this.clock = clock;
        this.threads = threads;
        this.nodes = nodes;
        this.atOnce = Math.max(1, settings.connectsPerSecond() / STEPS_PER_SECOND);
    }

    /// Resets unfinished linkings and reconnects linked senders in the background: all of them, or with several servers
    /// those of the accounts that this one gets. A row with the state "linked" proves nothing until its
    /// driver has answered.
    public void begin() {
        if (nodes.isCluster()) {
            accounts.begin(this);
        } else {
            database.write(tx -> new SenderStore(tx).giveUpLinkings(Optional.empty(), clock.instant()));
            add(new Round(Optional.empty(), Optional.empty()));
        }
    }

    @Override
    public List<AccountId> accounts() {
        return database.read(tx -> new SenderStore(tx).accounts());
    }

    @Override
    public void prepare(List<AccountId> taken) {
        taken.forEach(counters::forget);
        dispatcher.restore(taken);
        // Hardly any is linking at the moment, and then nothing needs to be written.
        for (AccountId account : database.read(tx -> new SenderStore(tx).linking(taken))) {
            database.write(tx -> new SenderStore(tx).giveUpLinkings(Optional.of(account), clock.instant()));
            watches.stopped(account);
        }
    }

    @Override
    public void begin(AccountId account) {
        add(new Round(Optional.of(account), Optional.empty()));
    }

    @Override
    public boolean isBusy(AccountId account) {
        return database.read(tx ->
                new OutgoingStore(tx).isHandingOver(account, nodes.id()) || new SenderStore(tx).isLinking(account));
    }

    /// Waits until what is being sent has its results, and lets go of the numbers.
    @Override
    public void end(AccountId account) {
        liveSenders.awaitClaims();
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < until && nodes.isAlive() && isBusy(account)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.debugf("Whether account %s is busy can't be seen: %s", account, failure.getMessage());
        }
        liveSenders.release(account);
    }

    private synchronized void add(Round round) {
        rounds.add(round);
        if (!connecting) {
            connecting = true;
            threads.execute(this::next);
        }
    }

    private void next() {
        Optional<Round> round = first();
        if (round.isEmpty()) {
            return;
        }
        Instant next = clock.instant().plus(pause()); // what connecting takes is part of the step
        try {
            connect(round.get());
            timers.in(Duration.between(clock.instant(), next), this::next);
        } catch (RuntimeException failure) {
            LOG.warnf("Senders could not be reconnected and will be tried again: %s", failure.getMessage());
            again(round.get());
            timers.in(STEP.multipliedBy(STEPS_PER_SECOND), this::next);
        }
    }

    private synchronized Optional<Round> first() {
        Optional<Round> first = another();
        connecting = first.isPresent();
        return first;
    }

    private synchronized void again(Round round) {
        rounds.add(round);
    }

    /// Connects a few senders, of several accounts if they have few each.
    private void connect(Round begun) {
        int room = atOnce;
        Optional<Round> round = Optional.of(begun);
        while (round.isPresent()) {
            Optional<AccountId> account = round.get().account();
            int limit = room;
            Optional<SenderKey> after = round.get().after();
            List<Sender> senders = database.read(tx -> new SenderStore(tx).restorable(account, after, limit));
            senders.stream()
                    .filter(sender -> accounts.isOurs(sender.tenant()))
                    .forEach(sender -> liveSenders.connectSoon(sender.key(), sender.driver()));
            room -= senders.size();
            if (room == 0) {
                again(new Round(account, Optional.of(senders.getLast().key())));
                return;
            }
            round = another();
        }
    }

    private synchronized Optional<Round> another() {
        return Optional.ofNullable(rounds.poll());
    }

    /// Returns a random pause around one step, so that the nodes of a cluster don't run in sync.
    private Duration pause() {
        return Duration.ofMillis(random.nextLong(STEP.toMillis() / 2, STEP.toMillis() * 3 / 2 + 1));
    }
}
