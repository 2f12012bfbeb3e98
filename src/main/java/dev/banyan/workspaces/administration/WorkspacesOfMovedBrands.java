package dev.banyan.workspaces.administration;

import dev.banyan.accounts.moves.MovePart;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import jakarta.inject.Singleton;
import java.util.List;

/// Workspaces of a brand that gets another tenant count there. Their users notice nothing.
@Singleton
final class WorkspacesOfMovedBrands implements MovePart {

    private final LookupCache lookups;
    private final Settings settings;

    WorkspacesOfMovedBrands(LookupCache lookups, Settings settings) {
        this.lookups = lookups;
        this.settings = settings;
    }

    @Override
    public List<String> obstacles(Tx tx, Owner from, AccountId to) {
        long coming = new ProjectStore(tx).countWorkspaces(from);
        var limits = new WorkspaceLimitStore(tx);
        Limit max = limits.max(to, settings.maxSubClients());
        return max.fits(limits.used(to) + coming) || coming == 0
                ? List.of()
                : List.of("There is no room for its " + coming + (coming == 1 ? " workspace" : " workspaces")
                        + " there: at most " + max.text() + " are allowed.");
    }

    @Override
    public void moved(Tx tx, Owner from, Owner to, TenantRows.Numbers numbers) {
        var projects = new ProjectStore(tx);
        long moved = projects.countWorkspaces(to);
        var limits = new WorkspaceLimitStore(tx);
        limits.add(from.tenant(), -moved);
        limits.add(to.tenant(), moved);
        List<ProjectId> ids = projects.ids(to);
        tx.afterCommit(() -> ids.forEach(lookups::drop));
    }
}
