package dev.banyan.workspaces;

import module java.base;

/// Who may do what (design 6). The project's side may do everything; this table lists what members of the workspace may
/// do, by role.
public enum Right {
    SEE_WORKSPACE(WorkspaceRole.ADMIN, WorkspaceRole.AGENT, WorkspaceRole.USER),
    CHANGE_DETAILS(WorkspaceRole.ADMIN),
    SEE_USERS(WorkspaceRole.ADMIN),
    CHANGE_USERS(WorkspaceRole.ADMIN),
    /// Set up single sign-on.
    CHANGE_SIGN_IN(WorkspaceRole.ADMIN),
    LINK_NUMBER(WorkspaceRole.ADMIN),
    /// See and change who answers, and how: rules, office hours, the language model and its key.
    CHANGE_ASSISTANT(WorkspaceRole.ADMIN),
    /// Read and answer customers' messages.
    USE_INBOX(WorkspaceRole.ADMIN, WorkspaceRole.AGENT),
    CHANGE_CANNED_REPLIES(WorkspaceRole.ADMIN),
    /// See, create and delete the keys of programs.
    MANAGE_API_KEYS(WorkspaceRole.ADMIN),
    /// Read what was done in the workspace, and by whom.
    SEE_AUDIT(WorkspaceRole.ADMIN),
    /// See what the workspace uses, and its limits.
    SEE_USAGE(WorkspaceRole.ADMIN),
    /// Send its mails through a server of its own.
    CHANGE_MAIL(WorkspaceRole.ADMIN),
    LIST_WORKSPACES(),
    CREATE_WORKSPACE(),
    /// Suspend the workspace, change its pathname, choose the default workspace.
    GOVERN_WORKSPACE(),
    DELETE_WORKSPACE();

    private final Set<WorkspaceRole> members;

    Right(WorkspaceRole... members) {
        this.members = Set.of(members);
    }

    public boolean isOf(WorkspaceRole role) {
        return members.contains(role);
    }
}
