/// The live side: an entity per sender and per pool, linking, reconnecting, and what arrives.
///
/// Owns no tables of its own. May call the core and the rooms up to `campaigns`.
///
/// Entities own nothing that is not in the database (docs/decisions/0025, 0153), and only `Entities`, `SenderEntity`,
/// `PoolEntity` and `LiveSenders` know that there are any. `DriverEventIntake` refuses reports beyond a
/// bound; the driver keeps those and reports them again. A report that fails by its own fault holds up its contact
/// only, and is set aside after a few tries. After a start, messages that were being handed over are `uncertain`: a
/// person or the pool's policy decides. Begin with `LiveSenders`; follow a driver's event from `DriverEventIntake` to
/// `Incoming`, and a message out from `Dispatcher` to `SenderSession`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.session;
