package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Finds workspaces by their names, addresses and descriptions.
@Singleton
final class WorkspaceSearch implements SearchSource {

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
