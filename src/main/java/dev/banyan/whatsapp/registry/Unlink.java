package dev.banyan.whatsapp.registry;

import dev.banyan.whatsapp.Sender;

/// Ends whatever lives of a sender that is removed. The live side implements it, which the registry does not know.
public interface Unlink {

    void forget(Sender sender);
}
