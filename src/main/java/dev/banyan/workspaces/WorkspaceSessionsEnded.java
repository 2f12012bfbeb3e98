package dev.banyan.workspaces;

import dev.banyan.platform.cluster.News;
/// Sessions in workspaces have ended: everything they keep open must close. Fired in memory after the commit.

public sealed interface WorkspaceSessionsEnded extends News {

    /// Whether this member's session is among them.
    boolean concerns(WorkspaceActor.Member member);

    /// The project's workspaces were switched off.
    record OfProject(ProjectId project) implements WorkspaceSessionsEnded {

        @Override
        public boolean concerns(WorkspaceActor.Member member) {
            return member.workspace().project().equals(project);
        }
    }

    /// The workspace was suspended or deleted.
    record OfWorkspace(WorkspaceId workspace) implements WorkspaceSessionsEnded {

        @Override
        public boolean concerns(WorkspaceActor.Member member) {
            return member.workspace().id().equals(workspace);
        }
    }

    /// The user was removed or got a new password.
    record OfUser(WorkspaceId workspace, int user) implements WorkspaceSessionsEnded {

        @Override
        public boolean concerns(WorkspaceActor.Member member) {
            return member.workspace().id().equals(workspace) && member.user().id() == user;
        }
    }

    /// A user signed out in one browser.
    record OfSession(String sessionHash) implements WorkspaceSessionsEnded {

        @Override
        public boolean concerns(WorkspaceActor.Member member) {
            return member.sessionHash().equals(sessionHash);
        }
    }
}
