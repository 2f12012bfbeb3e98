package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.platform.db.Tx;

/// Finds things of one kind. Packages contribute theirs by implementing this in a singleton.
public interface SearchSource {

    /// Returns what a text finds, the best first, and nothing that the member may not see. An index answers it: the
    /// search is asked at every key.
    ///
    /// @param text is not blank
    List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit);
}
