package dev.banyan.platform.cluster;

/// The other servers on the same database, for caches: what to tell them, and whether all that they changed was heard.
public interface OtherNodes {

    /// There are none, or they can't be heard.
    OtherNodes NONE = new OtherNodes() {
        @Override
        public boolean isCompleteSince(long since) {
            return false;
        }

        @Override
        public void tell(News news) {}
    };

    /// Returns whether everything that others have changed since then was heard.
    ///
    /// @param since by this server's clock, in milliseconds
    boolean isCompleteSince(long since);

    /// Tells the others, soon. To be called after the commit; never waits.
    void tell(News news);
}
