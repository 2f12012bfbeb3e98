/// How a number is changed: one change of an account after the other, each with its event and its mirror file.
///
/// Owns the table `set_aside_events`. May call the core.
///
/// The mirror and the live side lie above and are reached through the interfaces `ConfigFile` and `Unlink`.
/// `RejectedEvents` keeps reports that cannot be stored by their own fault. What people do with numbers is in
/// `numbers`. Begin with `SenderChanges`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.changes;
