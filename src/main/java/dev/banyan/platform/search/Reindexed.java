package dev.banyan.platform.search;

import module java.base;
import dev.banyan.platform.db.Tx;

/// Marks a bean with texts that were indexed before signs belonged to words, and before `ß` was found by `ss`: what
/// is missing is added ([Reindexing]).
public interface Reindexed {

    /// Returns the texts by their names, under which `word_index_progress` notes them; they never change.
    Map<String, Texts> texts();

    /// Texts in the order of their ids.
    @FunctionalInterface
    interface Texts {

        /// Adds the words of some of them ([WordIndex#addSigned]).
        ///
        /// @param after the id of the last text that was read, or an empty text
        /// @return the id of the last of these, if more may follow
        Optional<String> readAgain(Tx tx, String after);
    }
}
