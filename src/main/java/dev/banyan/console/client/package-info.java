/// The program `./banyan console`: finds the running server, reads lines, prints what comes back. It starts without
/// Quarkus and opens neither the database nor the lock of the data folder.
///
/// Owns no tables. May call all rooms of the console; it takes only the frames on the wire and `RunningServer`.
/// `TerminalOutput` cleans what it prints, so no name can steer the terminal. Begin with `ConsoleProgram`, then
/// `Target` and `ServerConnection`.
@org.jspecify.annotations.NullMarked
package dev.banyan.console.client;
