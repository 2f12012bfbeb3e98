/// One open terminal: the socket, the words typed, the table of commands.
///
/// Owns no tables. May call the core, `numbers` and `moving`.
///
/// The table of commands lies here, above the rooms whose commands it lists. `ConsoleEndpoint` writes the address and a
/// secret into the data folder while the server listens, so read access to that folder is access to the console. Each
/// command has a thread of its own, so a running one can be canceled. Begin with `ConsoleSocket`, then `ConsoleSession`
/// and `Commands`.
@org.jspecify.annotations.NullMarked
package dev.banyan.console.session;
