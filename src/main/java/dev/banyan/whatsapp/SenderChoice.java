package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import java.util.Optional;

/// Which number of a pool sends. The one place that decides it: the pool's master, as long as a pool is one number for
/// its contacts.
final class SenderChoice {

    private SenderChoice() {}

    /// @return empty when the pool is gone
    static Optional<Sender> of(SenderStore senders, AccountId tenant, SenderId pool) {
        return senders.find(tenant, pool).filter(Sender::isMaster);
    }
}
