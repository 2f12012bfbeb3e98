/// One open terminal: the socket, the typed words, the table of commands.
///
/// May call all packages of the console. Begin with `ConsoleSocket`, then `ConsoleSession` and `Commands`.
@NullMarked
package dev.banyan.console.session;

import org.jspecify.annotations.NullMarked;
