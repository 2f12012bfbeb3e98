/// What all drivers of real gateways share: one engine that decides what is asked when, and the door for webhooks.
///
/// Owns the table `gateway_webhooks`. May call the core and the rooms up to `simulator`. A `Gateway` translates and
/// remembers nothing; `GatewayDriver` is the driver of every kind of gateway. Begin with `Gateway`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.drivers;
