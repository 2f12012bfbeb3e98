/// The commands about senders and pools.
///
/// Owns no tables. May call the core.
///
/// Begin with `NumberCommands` and `PoolCommands`: their rows are all commands in the order of `help`, each with the
/// function that runs it. The functions lie in classes by what they act on, and `SenderChoice` finds the sender that is
/// meant, by id, number or name.
@org.jspecify.annotations.NullMarked
package dev.banyan.console.numbers;
