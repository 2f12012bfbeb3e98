package dev.banyan.whatsapp.changes;

import dev.banyan.whatsapp.Sender;

/// Disconnects a removed sender. Implemented by the live side, which the registry must not depend on.
public interface Unlink {

    void forget(Sender sender);
}
