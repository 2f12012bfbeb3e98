/// The commands about senders and pools.
///
/// May call the core. A command's class has its name: `link-master` is `LinkMasterCommand`.
@NullMarked
package dev.banyan.console.numbers;

import org.jspecify.annotations.NullMarked;
