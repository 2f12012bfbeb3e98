/// The live side: an actor per sender and per pool, linking, reconnecting, and incoming messages.
///
/// May call the core, `registry` and `sending`. Only `Actors`, `EntityRegion`, `SenderEntity`, `PoolEntity` and
/// `LiveSenders` know that senders are actors. Begin with `LiveSenders`; events of a driver go from `DriverEventIntake`
/// to `Incoming`.
@NullMarked
package dev.banyan.whatsapp.session;

import org.jspecify.annotations.NullMarked;
