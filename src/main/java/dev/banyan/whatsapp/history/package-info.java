/// Lists of messages and sender events, and how long they are kept.
///
/// May call the core and `registry`. Begin with `MessageHistory`.
@NullMarked
package dev.banyan.whatsapp.history;

import org.jspecify.annotations.NullMarked;
