package dev.banyan.workspaces.trash;

import module java.base;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.trash.DeletedWorkspaceStore.Due;
import jakarta.inject.Singleton;

/// Erases workspaces that were deleted 30 days ago, a bounded number of rows at a time.
@Singleton
public record WorkspaceErasures(Database database, Domains domains, Audit audit, Clock clock) implements Recurring {

    private static final int WORKSPACES_AT_ONCE = 50;
    private static final int STEPS_AT_ONCE = 200;
    private static final int ROWS_IN_A_STEP = 1_000;

    @Override
    public Job job() {
        return Job.scheduled("5m", "3m", "erase-sub-clients", "Erases workspaces deleted 30 days ago.", this::run);
    }

    /// Processes a bounded part of what is due. For a job: the next run does the rest.
    ///
    /// @return how many workspaces were erased
    public int run() {
        Instant before = clock.instant().minus(DeletedWorkspaces.KEPT);
        List<Due> due = database.read(tx -> new DeletedWorkspaceStore(tx).due(before, WORKSPACES_AT_ONCE));
        int erased = 0;
        int steps = STEPS_AT_ONCE;
        for (Due workspace : due) {
            boolean more = true;
            while (more && steps-- > 0) {
                more = database.write(tx -> step(tx, workspace, before));
            }
            if (!more) {
                erased++;
            }
        }
        return erased;
    }

    /// @return whether something is left
    private boolean step(Tx tx, Due workspace, Instant before) {
        var tenant = workspace.owner().tenant();
        new WorkspaceStore(tx).lock(tenant, workspace.id());
        boolean isDue = new DeletedWorkspaceStore(tx)
                .deletedAt(tenant, workspace.id())
                .filter(at -> !at.isAfter(before))
                .isPresent();
        if (!isDue) {
            return false;
        }
        new AttachmentStore(tx).releaseWorkspace(tenant, workspace.id(), clock.instant());
        if (new WorkspaceErasureStore(tx).eraseContents(tenant, workspace.id(), ROWS_IN_A_STEP) == ROWS_IN_A_STEP) {
            return true;
        }
        domains.keepUsed(tx, workspace.owner(), workspace.id().value());
        new WorkspaceStore(tx).delete(workspace.owner(), workspace.id());
        audit.note(
                tx,
                Actor.SERVER,
                workspace.owner(),
                "WorkspaceErased",
                workspace.id().value(),
                Map.of());
        return false;
    }
}
