package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;

/// A proxy that gateways reach WhatsApp through, without its password.
///
/// @param name for people, unique in the account
/// @param user empty if the proxy asks for none
/// @param capacity how many numbers may use it
/// @param enabled false: it takes no more numbers, and those that have it keep it
public record Proxy(
        ProxyId id,
        AccountId tenant,
        String name,
        Kind kind,
        String host,
        int port,
        String user,
        boolean hasPassword,
        int capacity,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    public enum Kind implements Keyed {
        HTTP,
        HTTPS,
        SOCKS4,
        SOCKS5
    }

    /// What a gateway is told.
    ///
    /// @param user empty for none
    /// @param password empty for none
    public record Address(Kind kind, String host, int port, String user, String password) {

        /// Keeps the password out of logs.
        @Override
        public String toString() {
            return kind.key() + "://" + host + ":" + port;
        }
    }

    /// Returns its address for people: `socks5://proxy.example:1080`.
    public String shown() {
        return kind.key() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    Proxy changedAt(Instant time) {
        return new Proxy(id, tenant, name, kind, host, port, user, hasPassword, capacity, enabled, createdAt, time);
    }

    boolean isAt(Proxy other) {
        return shown().equals(other.shown());
    }
}
