package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Copies the complete look of a page, for a page that is copied, or deleted and restored.
@Singleton
public record AppearanceSnapshots(Clock clock) {

    /// @return the stored document; empty if the page has the default look
    public Optional<String> of(Tx tx, Owner owner, String page) {
        return new AppearanceSnapshotStore(tx).find(owner, page);
    }

    /// Gives a new page the look of another one.
    public void give(Tx tx, Owner owner, String page, String look) {
        new AppearanceSnapshotStore(tx).insert(owner, page, look, clock.instant());
    }
}
