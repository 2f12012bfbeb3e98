package dev.banyan.whatsapp.messages;

import dev.banyan.whatsapp.SenderKey;

/// Tells the live side that a pool has messages to send.
public interface Wake {

    /// @param pool the pool's key, which is that of its master
    void wake(SenderKey pool);
}
