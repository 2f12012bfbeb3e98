package dev.banyan.platform.web.gate;

import module java.base;

/// An address to which others than [Caller]s may send long bodies: the address itself names who sends them. `whatsapp`
/// has one for the webhooks of gateways: an interface because `platform` may not call it.
public interface BodyDoor {

    boolean leads(String path);

    /// Reads the database, at most.
    ///
    /// @return who answers for the body; empty if nothing is there that could take it
    Optional<String> owner(String path);
}
