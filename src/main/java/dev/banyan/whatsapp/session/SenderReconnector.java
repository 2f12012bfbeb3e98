package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LivePool;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.LiveWork;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.messages.SendCounters;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Reconnects every sender that was linked, without a new code: after a start, and when pools come from another server.
@Singleton
public record SenderReconnector(
        Database database,
        LivePools pools,
        LiveSenders liveSenders,
        Dispatcher dispatcher,
        LinkWatches watches,
        SendCounters counters,
        ReconnectRounds rounds,
        Nodes nodes)
        implements LiveWork {
    /// Resets unfinished linkings and reconnects linked senders in the background: all of them, or with several servers
    /// those of the pools that this one gets. A row with the state "linked" proves nothing until its
    /// driver has answered.
    public void begin() {
        if (nodes.isCluster()) {
            pools.begin(this);
        } else {
            watches.giveUp();
            rounds.add(Optional.empty());
        }
    }

    @Override
    public Map<LivePool, Integer> pools(Optional<Set<AccountId>> accounts) {
        return database.read(tx -> new LinkingStore(tx).pools(accounts)).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().asPool(), Map.Entry::getValue));
    }

    @Override
    public void prepare(List<LivePool> taken) {
        List<SenderKey> masters = taken.stream().map(SenderKey::of).toList();
        masters.forEach(counters::forget);
        dispatcher.restore(masters);
        // Hardly any is linking at the moment, and then nothing needs to be written.
        List<SenderKey> linking = database.read(tx -> new LinkingStore(tx).linking(masters));
        if (!linking.isEmpty()) {
            watches.giveUp(linking);
        }
    }

    @Override
    public void begin(List<LivePool> taken) {
        rounds.add(Optional.of(taken.stream().map(SenderKey::of).toList()));
    }

    @Override
    public boolean isBusy(LivePool pool) {
        SenderKey master = SenderKey.of(pool);
        return database.read(
                master.tenant(),
                tx -> new UnansweredStore(tx).isHandingOver(master.tenant(), master.id(), nodes.id())
                        || new LinkingStore(tx).isLinking(master.tenant(), master.id()));
    }

    /// Waits until what is being sent has its results, and lets go of the numbers.
    @Override
    public void end(LivePool pool) {
        liveSenders.awaitClaims();
        try {
            MovedNumbers.awaitResults(List.of(pool), given -> nodes.isAlive() && isBusy(given));
        } catch (RuntimeException failure) {
            Log.debugf("Whether pool %s is busy can't be seen: %s", pool, failure.getMessage());
        }
        liveSenders.release(SenderKey.of(pool));
    }
}
