package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.WorkspacePaths;
import jakarta.inject.Singleton;

/// Finds projects by a part of their names.
@Singleton
final class ProjectSearch implements SearchSource {

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("projects:read")
                ? new ProjectStore(tx)
                        .search(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(project -> new SearchHit(
                                        SearchKind.PROJECT,
                                        project.owner().account(),
                                        project.name(),
                                        "",
                                        WorkspacePaths.management(project.id())))
                                .toList()
                : List.of();
    }
}
