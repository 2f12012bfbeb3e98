/// The proxies that numbers connect through.
///
/// Owns the tables `proxies` and `sender_proxies`. May call the core and the rooms up to `connections`. Their passwords
/// are sealed at rest, never shown again and never logged. Begin with `Proxies`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.proxies;
