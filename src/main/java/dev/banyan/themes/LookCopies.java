package dev.banyan.themes;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// The look of a page as a whole, for a page that is copied, or deleted and brought back.
@Singleton
public final class LookCopies {

    private final Clock clock;

    LookCopies(Clock clock) {
        this.clock = clock;
    }

    /// @return the document as it is stored; empty where the page has the standard look
    public Optional<String> of(Tx tx, Owner owner, String page) {
        return new LookCopyStore(tx).find(owner, page);
    }

    /// Gives a new page a look that another one had.
    public void give(Tx tx, Owner owner, String page, String look) {
        new LookCopyStore(tx).insert(owner, page, look, clock.instant());
    }
}
