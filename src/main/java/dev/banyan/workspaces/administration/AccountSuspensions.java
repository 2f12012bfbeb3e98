package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStatusChanging;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.WorkspaceSessionStore;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.LookupCache;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Workspaces of a suspended or deleted account behave as suspended, and come back with it. Their own settings don't
/// change.
@Singleton
record AccountSuspensions(LookupCache lookups, Event<WorkspaceSessionsEnded> sessionsEnded) {

    void changing(@Observes AccountStatusChanging event) {
        boolean suspended = event.status() != AccountStatus.ACTIVE;
        List<ProjectId> projects = new ProjectStore(event.tx()).setAccountSuspended(event.owner(), suspended);
        if (suspended) {
            projects.forEach(project -> new WorkspaceSessionStore(event.tx())
                    .deleteAll(event.owner().tenant(), project));
        }
        event.tx()
                .afterCommit(() -> projects.forEach(project -> {
                    lookups.drop(project);
                    if (suspended) {
                        sessionsEnded.fire(new WorkspaceSessionsEnded.OfProject(project));
                    }
                }));
    }
}
