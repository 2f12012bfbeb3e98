package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.SenderKey;

/// Faults of simulated senders that last until they are healed. Senders without faults use no memory here.
final class SimulatedFaults {

    private static final int SENDERS = 10_000;

    private final Map<SenderKey, Set<Fault>> lasting = new ConcurrentHashMap<>();

    boolean has(SenderKey sender, Fault fault) {
        Set<Fault> faults = lasting.get(sender);
        return faults != null && faults.contains(fault);
    }

    /// @return false if too many senders have faults
    boolean add(SenderKey sender, Fault fault) {
        if (lasting.size() >= SENDERS && !lasting.containsKey(sender)) {
            return false;
        }
        lasting.merge(sender, EnumSet.of(fault), SimulatedFaults::both);
        return true;
    }

    private static Set<Fault> both(Set<Fault> some, Set<Fault> others) {
        var all = EnumSet.copyOf(some); // copied, because others may be reading the set
        all.addAll(others);
        return all;
    }

    boolean end(SenderKey sender, Fault fault) {
        boolean had = has(sender, fault);
        lasting.computeIfPresent(sender, (_, faults) -> {
            var fewer = EnumSet.copyOf(faults);
            fewer.remove(fault);
            return fewer.isEmpty() ? null : fewer;
        });
        return had;
    }

    /// Ends the faults of a connection: a new linking starts with a new connection.
    void endOfConnection(SenderKey sender) {
        boolean passkey = has(sender, Fault.PASSKEY);
        endAll(sender);
        if (passkey) {
            add(sender, Fault.PASSKEY);
        }
    }

    void endAll(SenderKey sender) {
        lasting.remove(sender);
    }

    Set<Fault> of(SenderKey sender) {
        return Set.copyOf(lasting.getOrDefault(sender, Set.of()));
    }
}
