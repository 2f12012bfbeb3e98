package dev.banyan.whatsapp.sending;

import dev.banyan.whatsapp.SenderKey;

/// Tells the live side that a pool has something to send.
public interface Wake {

    /// @param pool the pool's key, which is its master's
    void wake(SenderKey pool);
}
