/// The operator's terminal, attached to the running server.
///
/// May call every package. Arrives with the next issue: nothing lives here yet.
@NullMarked
package dev.banyan.console;

import org.jspecify.annotations.NullMarked;
