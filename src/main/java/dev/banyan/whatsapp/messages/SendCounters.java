package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import jakarta.inject.Singleton;

/// The counters of all recently active pools.
@Singleton
public final class SendCounters {

    private static final int MOST = 10_000;

    private final Map<SenderKey, SendCounter> tallies = new ConcurrentHashMap<>();

    SendCounter of(SenderKey pool) {
        if (tallies.size() > MOST) {
            tallies.keySet().stream().limit(MOST / 10).toList().forEach(tallies::remove);
        }
        return tallies.computeIfAbsent(pool, key -> new SendCounter(key.hashCode()));
    }

    /// Forgets the counters of an account: another server may have sent in the meantime.
    public void forget(AccountId account) {
        tallies.keySet().removeIf(pool -> pool.tenant().equals(account));
    }

    /// Records a state change of a message; called after the commit.
    void moved(OutgoingMessage before, OutgoingMessage after) {
        SendCounter tally = tallies.get(new SenderKey(after.tenant(), after.pool()));
        if (tally != null) {
            tally.moved(before, after);
        }
    }
}
