package dev.banyan.platform.webhooks;

import module java.base;

/// Which deliveries that ended are sent again.
public sealed interface Replay {

    record One(UUID delivery) implements Replay {}

    record Failed() implements Replay {}

    /// All events since then, whether they have arrived or not.
    record Since(Instant time) implements Replay {}
}
