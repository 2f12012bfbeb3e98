/// The operator's terminal: what a command is, and what it is run with.
///
/// Owns no tables. May call `platform`, `accounts`, `whatsapp`, `pages` and `workspaces`.
///
/// A `Command` is a row: words, usage, sentence and a function. The function gets an `Order`, writes to a `Screen`
/// and returns a `CommandResult` or throws `CommandRefused`; it calls the operations that pages and routes call.
/// `ConsoleAccounts` finds the root account that a command is about. A line travels as a `Frame`. Begin with
/// `Command`; the table of all of them is in `session`.
@org.jspecify.annotations.NullMarked
package dev.banyan.console;
