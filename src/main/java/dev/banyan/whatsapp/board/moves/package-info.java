/// The page that moves a number to another connection.
///
/// Owns no tables. May call all rooms of senders.
///
/// The dialog asks the chosen gateway what it has, so that a session that is linked already can be adopted. The work is
/// `NumberMoves`.
@NullMarked
package dev.banyan.whatsapp.board.moves;

import org.jspecify.annotations.NullMarked;
