package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Fails queued messages of a workspace that is suspended or whose project is switched off, so that they aren't
/// unexpectedly sent when the workspace comes back days later.
@Singleton
record SuspendedNumberListener(
        Database database, Outgoing outgoing, @OwnWork ExecutorService threads) {

    private static final String WHY = "The workspace was suspended before this was sent.";
    private static final int AT_ONCE = 200;

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        switch (ended) {
            case WorkspaceSessionsEnded.OfWorkspace(WorkspaceId workspace) -> threads.execute(() -> silence(workspace));
            case WorkspaceSessionsEnded.OfProject(ProjectId project) -> threads.execute(() -> silence(project));
            case WorkspaceSessionsEnded.OfUser _, WorkspaceSessionsEnded.OfSession _ -> {}
        }
    }

    private void silence(WorkspaceId id) {
        database.read(tx -> new WorkspaceStore(tx).findById(id))
                .map(WorkspaceStore.Visited::workspace)
                .filter(Workspace::suspended)
                .ifPresent(this::stop);
    }

    private void silence(ProjectId project) {
        Optional<WorkspaceId> last = Optional.empty();
        List<Workspace> some;
        do {
            Optional<WorkspaceId> after = last;
            some = database.read(tx -> new WorkspaceStore(tx).withNumbers(project, after, AT_ONCE));
            some.forEach(this::stop);
            last = some.isEmpty() ? last : Optional.of(some.getLast().id());
        } while (some.size() == AT_ONCE);
    }

    private void stop(Workspace workspace) {
        workspace
                .whatsappClient()
                .flatMap(SenderId::parse)
                .ifPresent(number ->
                        database.write(tx -> outgoing.stop(tx, WorkspaceNumbers.tenant(workspace), number, WHY)));
    }
}
