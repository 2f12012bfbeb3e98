/// The gateways that an account's numbers reach WhatsApp through, and what opens them.
///
/// Owns the tables `whatsapp_connections` and `contact_addresses`. May call the core and the rooms up to `access`.
/// Credentials are sealed at rest, never shown again and never logged. A gateway is asked through the interface
/// `ConnectionCheck`, since drivers lie above. Begin with `Connections`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.connections;
