/// The operator's terminal: the server's end, where command lines become calls of operations. The other end, the
/// program `./banyan console`, is `dev.banyan.console.client`.
///
/// Owns no tables. May call every package.
@NullMarked
package dev.banyan.console;

import org.jspecify.annotations.NullMarked;
