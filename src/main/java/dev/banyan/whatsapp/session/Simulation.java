package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import java.util.Set;

/// What only a simulated sender can be told to do.
public interface Simulation {

    /// Has the simulated phone scan the code that is shown, or show the passkey that it was asked for.
    ///
    /// @return false when there is none
    boolean scan(SenderKey sender, Phone phone);

    /// @return false when there is nothing that this could happen to
    boolean fault(SenderKey sender, Fault fault);

    /// Faults that last until somebody heals them.
    Set<Fault> lastingFaults(SenderKey sender);
}
