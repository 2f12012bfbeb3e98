/// Search as people type it: what counts as a word, and an index of the words of anything.
///
/// Owns the table `word_index_progress`; each index is a table of the room that searches. May call the core, `jobs` and
/// `db`. Begin with `SearchWords`, then `WordIndex`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.search;
