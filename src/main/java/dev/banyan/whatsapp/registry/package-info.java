/// Registering, tuning and removing senders, one at a time, in bulk and from CSV.
///
/// May call the core. Every change goes through `SenderChanges`: the row, its event and the mirror file change
/// together. Begin with `Senders`, then `SenderChanges`.
@NullMarked
package dev.banyan.whatsapp.registry;

import org.jspecify.annotations.NullMarked;
