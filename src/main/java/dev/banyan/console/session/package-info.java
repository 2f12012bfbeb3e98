/// One open terminal: the socket, the words typed, the table of commands.
///
/// May call all rooms of the console. Begin with `ConsoleSocket`, then `ConsoleSession` and `Commands`.
@NullMarked
package dev.banyan.console.session;

import org.jspecify.annotations.NullMarked;
