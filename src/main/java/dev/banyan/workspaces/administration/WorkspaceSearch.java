package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceWordStore;
import jakarta.inject.Singleton;

/// Finds workspaces by their names, addresses and descriptions.
@Singleton
final class WorkspaceSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of("workspaces", (tx, after) -> new WorkspaceWordStore(tx).addSigned(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("workspaces:read")
                ? new WorkspaceStore(tx)
                        .search(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(workspace -> new SearchHit(
                                        SearchKind.WORKSPACE,
                                        workspace.owner().account(),
                                        workspace.name(),
                                        WorkspacePaths.publicPath(workspace),
                                        WorkspacePaths.workspace(workspace.project(), workspace.id())))
                                .toList()
                : List.of();
    }
}
