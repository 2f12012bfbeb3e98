/// The pages of pools and senders, and the live board.
///
/// Owns no tables. May call all rooms of senders.
///
/// `PoolPages` says who may look. The socket of a page (`BoardSocket`) only ever says "changed"; the page fetches its
/// part anew as anyone who may see it. `Boards` draws a bounded number of rows after a fixed number of queries. Acts on
/// many senders are tried first, and `BulkRuns` keeps the trial until it is confirmed. Begin with `PoolsPageResource`.
@NullMarked
package dev.banyan.whatsapp.board;

import org.jspecify.annotations.NullMarked;
