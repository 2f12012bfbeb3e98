/// The commands that carry data in and out: config files, projects, workspace archives.
///
/// May call the core. Begin with `DataCommands`.
@NullMarked
package dev.banyan.console.moving;

import org.jspecify.annotations.NullMarked;
