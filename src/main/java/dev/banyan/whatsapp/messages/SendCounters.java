package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import jakarta.inject.Singleton;

/// The counters of all recently active pools.
@Singleton
public final class SendCounters {

    private static final int MOST = 10_000;

    private final Map<SenderKey, SendCounter> counters = new ConcurrentHashMap<>();

    SendCounter of(SenderKey pool) {
        if (counters.size() > MOST) {
            counters.keySet().stream().limit(MOST / 10).toList().forEach(counters::remove);
        }
        return counters.computeIfAbsent(pool, key -> new SendCounter(key.hashCode()));
    }

    /// Forgets the counters of a pool: another server may have sent in the meantime.
    public void forget(SenderKey pool) {
        counters.remove(pool);
    }

    /// Records a state change of a message; called after the commit.
    void moved(OutgoingMessage before, OutgoingMessage after) {
        SendCounter tally = counters.get(new SenderKey(after.tenant(), after.pool()));
        if (tally != null) {
            tally.moved(before, after);
        }
    }
}
