package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.accounts.context.LoginSessions.FirstZone;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Puts pools that are older than what is known of their account's time zone into that zone. Those whose settings
/// someone has saved keep theirs.
@Singleton
record PoolZones(SenderChanges changes, Pools pools) {

    void learnt(@Observes FirstZone first) {
        AccountId tenant = first.account();
        if (pools.overview(tenant).pools().isEmpty()) {
            return;
        }
        changes.write(tenant, change -> {
            Set<SenderId> saved = change.poolSettings().all(tenant).keySet();
            change.store().masters(tenant).stream()
                    .filter(master -> !saved.contains(master.id()))
                    .forEach(master -> {
                        Senders.beInZone(change, master, first.zone());
                        change.happened(master.id());
                    });
            return first;
        });
    }
}
