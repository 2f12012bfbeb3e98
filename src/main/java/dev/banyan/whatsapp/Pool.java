package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// A master with its servants, oldest first.
public record Pool(Sender master, List<Sender> servants) {

    /// Whether the pool works; called `accountHierarchy` in `bots-config.json`.
    public enum Status implements Keyed {
        OPERATIONAL,
        DEGRADED,
        FAILED
    }

    public Pool {
        servants = List.copyOf(servants);
    }

    /// Returns all senders, the master first.
    public Stream<Sender> senders() {
        return Stream.concat(Stream.of(master), servants.stream());
    }

    /// Failed when the master is down; degraded when any sender is down or restricted, or the master is not linked yet.
    /// A servant that is not linked yet has no effect.
    public Status status() {
        if (master.state().isDown()) {
            return Status.FAILED;
        }
        boolean weak = !master.state().isActive()
                || senders().map(Sender::state).anyMatch(state -> state.isDown() || state == SenderState.RESTRICTED);
        return weak ? Status.DEGRADED : Status.OPERATIONAL;
    }
}
