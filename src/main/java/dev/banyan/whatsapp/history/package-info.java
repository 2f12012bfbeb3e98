/// Lists of messages and sender events, and their retention.
///
/// May call the core and `registry`. Begin with `MessageHistory`.
@NullMarked
package dev.banyan.whatsapp.history;

import org.jspecify.annotations.NullMarked;
