package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import io.quarkus.logging.Log;

/// Keeps what is stored of visits small, however many come and however long a receiver is away: of each endpoint some
/// 1,000 deliveries that wait, and some 5,000 in all. The oldest end as failed, or leave the log.
final class VisitDeliveries {

    static final int WAITING_AT_MOST = 1_000;
    static final int KEPT_AT_MOST = 5_000;
    static final String DROPPED = "Not sent: more than 1,000 deliveries of visits were waiting.";

    private static final int LOOKS_AFTER = 100;

    private final Database database;
    /// How many were added to each endpoint since the last look.
    private final Map<Key, Integer> added = new ConcurrentHashMap<>();

    VisitDeliveries(Database database) {
        this.database = database;
    }

    /// To be called after the commit that added one.
    void added(Key key) {
        if (added.merge(key, 1, Integer::sum) >= LOOKS_AFTER) {
            added.remove(key);
            Thread.startVirtualThread(() -> trim(key)); // the next visits are counted meanwhile
        }
    }

    private void trim(Key key) {
        try {
            database.write(key.tenant(), tx -> {
                var store = new DeliveryStore(tx);
                store.dropWaiting(key.tenant(), key.id(), EventType.ofVisitors(), WAITING_AT_MOST, DROPPED);
                store.deleteEnded(key.tenant(), key.id(), EventType.ofVisitors(), KEPT_AT_MOST);
                return key;
            });
        } catch (RuntimeException failure) {
            Log.warnf("Old deliveries of visits were not deleted: %s", failure.getMessage());
        }
    }
}
