package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.OldPathnameStore;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Finds workspaces by their public addresses, without sign-in.
@Singleton
public record WorkspaceLookup(Database database) {

    private static final int SHORTEST_ID = 4;
    private static final int LONGEST_ID = 5;
    private static final int SAME_CLIENT = 100;

    /// Result of a lookup.
    public sealed interface LookedUp {

        /// @param registrationOpen whether people may register: the project's switch and the workspace's own
        record Found(Workspace workspace, boolean registrationOpen) implements LookedUp {}

        record NotFound() implements LookedUp {}

        /// Workspaces are switched off in its project.
        record NotEnabled() implements LookedUp {}

        /// A former address of the workspace; only pages redirect from it.
        record Moved(String shortPath) implements LookedUp {}
    }

    /// @param shortPath `x7M2-marketing-department`, case-sensitive
    public LookedUp find(String shortPath) {
        return database.read(tx -> find(tx, shortPath));
    }

    /// @param domain the workspace's verified custom domain, in any case
    public LookedUp findByDomain(String domain) {
        return database.read(tx -> new WorkspaceStore(tx)
                .findByDomain(domain)
                .map(WorkspaceLookup::enter)
                .orElseGet(LookedUp.NotFound::new));
    }

    /// Returns the target of a project's old links: its default workspace, else the oldest active one.
    ///
    /// @return empty if no workspace is open
    public Optional<Workspace> findDefault(ProjectId project) {
        return database.read(tx -> new WorkspaceStore(tx).findOpenDefault(project));
    }

    /// Returns the workspaces whose numbers have this id: at most one in each account.
    List<WorkspaceId> findByWhatsappClient(String client) {
        return database.read(tx -> new WorkspaceStore(tx).allWithWhatsappClient(client, SAME_CLIENT));
    }

    private static LookedUp find(Tx tx, String shortPath) {
        int hyphen = shortPath.indexOf('-');
        if (hyphen < SHORTEST_ID || hyphen > LONGEST_ID || shortPath.length() - hyphen - 1 > Pathnames.LONGEST) {
            return new LookedUp.NotFound();
        }
        String pathname = shortPath.substring(hyphen + 1);
        Optional<WorkspaceStore.Visited> found = new WorkspaceStore(tx).findByShortId(shortPath.substring(0, hyphen));
        if (found.isEmpty()) {
            return new LookedUp.NotFound();
        }
        Workspace workspace = found.get().workspace();
        if (workspace.pathname().equals(pathname)) {
            return enter(found.get());
        }
        return found.get().enabled()
                        && new OldPathnameStore(tx)
                                .hadPathname(workspace.owner().tenant(), workspace.id(), pathname)
                ? new LookedUp.Moved(workspace.shortPath())
                : new LookedUp.NotFound();
    }

    private static LookedUp enter(WorkspaceStore.Visited found) {
        return found.enabled()
                ? new LookedUp.Found(found.workspace(), found.registrationOpen())
                : new LookedUp.NotEnabled();
    }
}
