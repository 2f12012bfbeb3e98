/// The commands that carry data in and out: config files, projects, workspace archives.
///
/// Owns no tables. May call the core and `numbers`. Begin with `DataCommands`.
@NullMarked
package dev.banyan.console.moving;

import org.jspecify.annotations.NullMarked;
