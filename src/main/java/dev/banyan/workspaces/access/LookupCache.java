package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.domains.ServedHosts;
import dev.banyan.platform.cache.NumberedTickets;
import dev.banyan.platform.cache.PackedCache;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Responses to lookups as bytes, until the workspace or its project changes: about 110 bytes per workspace.
@Singleton
public final class LookupCache {

    private final OtherNodes others;
    private final Optional<Instance<ServedHosts>> hosts; // which ask what is in a workspace’s row
    private final PackedCache<ProjectId> byShortPath;

    @Inject
    LookupCache(Database database, OtherNodes others, Settings settings, Clock clock, Instance<ServedHosts> hosts) {
        this(database, others, settings, clock, Optional.of(hosts));
    }

    /// For a server without hosts of accounts.
    public LookupCache(Database database, OtherNodes others, Settings settings, Clock clock) {
        this(database, others, settings, clock, Optional.empty());
    }

    private LookupCache(
            Database database,
            OtherNodes others,
            Settings settings,
            Clock clock,
            Optional<Instance<ServedHosts>> hosts) {
        this.others = others;
        this.hosts = hosts;
        this.byShortPath = new PackedCache<>(
                new NumberedTickets<>(database, others, clock), settings.lookupCacheMegabytes() * 1_048_576L, '-');
    }

    Optional<byte[]> find(String shortPath) {
        return byShortPath.find(shortPath).map(PackedCache.Found::bytes);
    }

    /// Returns the change count; call it before reading the database.
    long state() {
        return byShortPath.changes();
    }

    void keep(Workspace workspace, long stateBefore, byte[] bytes) {
        byShortPath.keep(workspace.shortPath(), workspace.project(), stateBefore, bytes);
    }

    public void drop(String shortId) {
        lookupChanged(new LookupChanged(shortId));
        others.tell(new LookupChanged(shortId));
    }

    public void drop(ProjectId project) {
        byShortPath.tear(project);
        others.tell(new LookupsChanged(project));
    }

    /// A workspace was changed on another node.
    record LookupChanged(String shortId) implements News {}

    void lookupChanged(@Observes LookupChanged changed) {
        byShortPath.drop(changed.shortId());
        hosts.ifPresent(served -> served.get().changed(changed.shortId()));
    }

    /// A project was changed on another node.
    record LookupsChanged(ProjectId project) implements News {}

    void lookupsChanged(@Observes LookupsChanged changed) {
        byShortPath.tear(changed.project());
    }
}
