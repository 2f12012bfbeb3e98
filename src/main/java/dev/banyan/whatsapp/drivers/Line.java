package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;

/// A number at a gateway.
///
/// @param remote what the gateway calls it: the name of a session or an instance, or a phone number id
/// @param phone empty until it is linked
/// @param proxy what it reaches WhatsApp through
public record Line(
        SenderKey sender, GatewayAccess gateway, String remote, Optional<Phone> phone, Optional<Proxy> proxy) {

    /// @param kind `http`, `https`, `socks4` or `socks5`
    public record Proxy(String kind, String host, int port, String user, String password) {
        @Override
        public String toString() {
            return kind + "://" + host + ":" + port;
        }
    }
}
