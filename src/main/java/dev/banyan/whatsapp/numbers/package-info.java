/// Adding, linking, tuning, moving and removing numbers, one at a time, in bulk and from CSV.
///
/// Owns no tables: `SenderChanges` writes the rows. May call the core and the rooms up to `templates`.
///
/// A dry run of `BulkSenders` does everything and rolls back, so it says exactly what would happen; on pages,
/// `BulkRuns` keeps the trial until it is confirmed. `Placing` finds where a number is, and `NumberMoves` moves it to
/// another connection: its dialog asks the chosen gateway what it has, so that a session that is linked already can be
/// adopted. Begin with `Senders`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.numbers;
