package dev.banyan.workspaces.access;

import dev.banyan.platform.cache.PackedCache;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Responses to lookups as bytes, until the workspace or its project changes: about 110 bytes per workspace.
@Singleton
public final class LookupCache {

    private final PackedCache<ProjectId> byShortPath;

    public LookupCache(Database database, Settings settings, Clock clock) {
        this.byShortPath = new PackedCache<>(database, clock, settings.lookupCacheMegabytes() * 1_048_576L, '-');
    }

    Optional<byte[]> find(String shortPath) {
        return byShortPath.find(shortPath);
    }

    /// Returns the change count; call it before reading the database.
    long state() {
        return byShortPath.changes();
    }

    void keep(Workspace workspace, long stateBefore, byte[] bytes) {
        byShortPath.keep(workspace.shortPath(), workspace.project(), stateBefore, bytes);
    }

    public void drop(String shortId) {
        byShortPath.drop(shortId);
    }

    public void drop(ProjectId project) {
        byShortPath.tear(project);
    }
}
