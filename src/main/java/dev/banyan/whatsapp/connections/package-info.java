/// The gateways that an account's numbers reach WhatsApp through, what opens them, and the proxies that they use.
///
/// Owns the tables `whatsapp_connections`, `contact_addresses`, `proxies` and `sender_proxies`. May call the core and
/// `registry`. Credentials are
/// sealed at rest, never shown again and never logged. Begin with `Connections`.
@NullMarked
package dev.banyan.whatsapp.connections;

import org.jspecify.annotations.NullMarked;
