/// The program `./banyan console`: finds the running server, reads lines, prints the output. It starts without Quarkus
/// and opens neither the database nor the lock of the data folder.
///
/// Owns no tables. Calls `console` for the frames of the protocol, and nothing else of the server.
@NullMarked
package dev.banyan.console.client;

import org.jspecify.annotations.NullMarked;
