package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;

/// Actions that only simulated senders support.
public interface Simulation {

    /// Lets the simulated phone scan the current code, or enter the passkey that it was asked for.
    ///
    /// @return false if there is none
    boolean scan(SenderKey sender, Phone phone);

    /// @return false if there is nothing that the fault can affect
    boolean fault(SenderKey sender, Fault fault);
}
