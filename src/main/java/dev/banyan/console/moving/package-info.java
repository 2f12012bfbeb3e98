/// The commands that carry data in and out: config files, projects, workspace archives.
///
/// Owns no tables. May call the core and `numbers`. Begin with `DataCommands`.
@org.jspecify.annotations.NullMarked
package dev.banyan.console.moving;
