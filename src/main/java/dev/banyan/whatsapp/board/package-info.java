/// The pages of pools and senders, and the live board.
///
/// May call all rooms of senders. `PoolPages` checks access; begin with `PoolsPageResource`.
@NullMarked
package dev.banyan.whatsapp.board;

import org.jspecify.annotations.NullMarked;
