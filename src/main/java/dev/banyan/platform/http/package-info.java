/// Calls to servers whose addresses tenants type: never into this server's own network, never without an end, never
/// more than one server can hold.
///
/// Owns no tables. May call the core and the rooms up to `secrets`. Names are resolved here, and the connection goes
/// to the address that was checked, so a name cannot point elsewhere a moment later (docs/decisions/0023).
/// `OutboundAddress` reads what tenants type, and what it has read never throws (docs/decisions/0073). Begin with
/// `OutboundHttp`; `PublicAddresses` says what may be called.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.http;
