/// The commands about senders and pools.
///
/// Owns no tables. May call the core.
///
/// A command is found by its name: `link-master` is `LinkMasterCommand`. `PoolCommands` lists them in the order of
/// `help`, and `SenderChoice` finds the sender that is meant, by id, number or name.
@NullMarked
package dev.banyan.console.numbers;

import org.jspecify.annotations.NullMarked;
