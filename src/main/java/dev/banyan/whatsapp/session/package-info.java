/// The live side: an actor per sender and per pool, linking, reconnecting, and what arrives.
///
/// May call the core, `registry` and `sending`. Only `Actors`, `EntityRegion`, `SenderEntity`, `PoolEntity` and
/// `Sessions` know
/// that senders are actors. Begin with `Sessions`; an event of a driver is followed from `DriverEventIntake` to
/// `Incoming`.
@NullMarked
package dev.banyan.whatsapp.session;

import org.jspecify.annotations.NullMarked;
