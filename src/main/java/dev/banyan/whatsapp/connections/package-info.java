/// The gateways that an account's numbers reach WhatsApp through, and what opens them.
///
/// Owns the tables `whatsapp_connections` and `contact_addresses`. May call the core and `registry`. Credentials are
/// sealed at rest, never shown again and never logged. Begin with `Connections`.
@NullMarked
package dev.banyan.whatsapp.connections;

import org.jspecify.annotations.NullMarked;
