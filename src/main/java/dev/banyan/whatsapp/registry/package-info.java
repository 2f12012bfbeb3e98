/// Registering, tuning and removing senders, one at a time, in bulk and from CSV.
///
/// Owns the tables `set_aside_events`. May call the core.
///
/// Every change goes through `SenderChanges`, one of an account after the other: the row, its event and the mirror file
/// change together. The mirror and the live side lie above and are reached through the interfaces `ConfigFile` and
/// `Unlink`. A dry run of `BulkSenders` does everything and rolls back, so it says exactly what would happen.
/// `RejectedEvents` keeps reports that cannot be stored by their own fault. Begin with `Senders`, then `SenderChanges`.
@NullMarked
package dev.banyan.whatsapp.registry;

import org.jspecify.annotations.NullMarked;
