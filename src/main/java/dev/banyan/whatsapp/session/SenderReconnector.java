package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.LiveWork;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.messages.SendCounters;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Reconnects every sender that was linked, without a new code: after a start, and when the numbers of an account come
/// from another server.
@Singleton
public final class SenderReconnector implements LiveWork {

    /// How long a server that gives its numbers away waits for the results of what it is sending.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 50;

    private static final Logger LOG = Logger.getLogger(SenderReconnector.class);

    private final Database database;
    private final LiveAccounts accounts;
    private final LiveSenders liveSenders;
    private final Dispatcher dispatcher;
    private final LinkWatches watches;
    private final SendCounters counters;
    private final ReconnectRounds rounds;
    private final Nodes nodes;

    public SenderReconnector(
            Database database,
            LiveAccounts accounts,
            LiveSenders liveSenders,
            Dispatcher dispatcher,
            LinkWatches watches,
            SendCounters counters,
            ReconnectRounds rounds,
            Nodes nodes) {
        this.database = database;
        this.accounts = accounts;
        this.liveSenders = liveSenders;
        this.dispatcher = dispatcher;
        this.watches = watches;
        this.counters = counters;
        this.rounds = rounds;
        this.nodes = nodes;
    }

    /// Resets unfinished linkings and reconnects linked senders in the background: all of them, or with several servers
    /// those of the accounts that this one gets. A row with the state "linked" proves nothing until its
    /// driver has answered.
    public void begin() {
        if (nodes.isCluster()) {
            accounts.begin(this);
        } else {
            watches.giveUp();
            rounds.add(Optional.empty());
        }
    }

    @Override
    public List<AccountId> accounts() {
        return database.read(tx -> new LinkingStore(tx).accounts());
    }

    @Override
    public void prepare(List<AccountId> taken) {
        taken.forEach(counters::forget);
        dispatcher.restore(taken);
        // Hardly any is linking at the moment, and then nothing needs to be written.
        database.read(tx -> new LinkingStore(tx).linking(taken)).forEach(watches::giveUp);
    }

    @Override
    public void begin(AccountId account) {
        rounds.add(Optional.of(account));
    }

    @Override
    public boolean isBusy(AccountId account) {
        return database.read(tx ->
                new UnansweredStore(tx).isHandingOver(account, nodes.id()) || new LinkingStore(tx).isLinking(account));
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
}
