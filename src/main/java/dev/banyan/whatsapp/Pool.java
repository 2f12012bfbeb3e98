package dev.banyan.whatsapp;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A master with its servants, the oldest first.
public record Pool(Sender master, List<Sender> servants) {

    /// Whether it does its work; `bots-config.json` says it in `accountHierarchy`.
    public enum Status {
        OPERATIONAL,
        DEGRADED,
        FAILED;

        /// As it stands in `bots-config.json` and on the wire: `operational`.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Pool {
        servants = List.copyOf(servants);
    }

    /// The master first.
    public Stream<Sender> senders() {
        return Stream.concat(Stream.of(master), servants.stream());
    }

    /// Failed when the master is down; degraded when some sender is down, restricted, or the master is not linked yet.
    /// A servant that is not linked yet harms nobody.
    public Status status() {
        if (master.state().isDown()) {
            return Status.FAILED;
        }
        boolean weak = !master.state().isActive()
                || senders().map(Sender::state).anyMatch(state -> state.isDown() || state == SenderState.RESTRICTED);
        return weak ? Status.DEGRADED : Status.OPERATIONAL;
    }
}
