package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;

/// A gateway with what opens it: what every call to it needs.
///
/// @param hook the address that its webhooks are to go to
public record GatewayAccess(Connection connection, Credentials credentials, URI hook) {

    /// Returns an address of the gateway.
    ///
    /// @param path begins with a slash; already encoded
    public URI address(String path) {
        return URI.create(connection.url().map(URI::toString).orElse("") + path);
    }
}
