package dev.banyan.workspaces;

import dev.banyan.platform.AccountId;

/// A workspace user as the owner of conversations. Store methods on conversations take it first and put all of it in
/// WHERE.
///
/// @param user its number in this workspace
public record Participant(AccountId tenant, WorkspaceId workspace, int user) {

    public static Participant of(WorkspaceActor.Member member) {
        Workspace workspace = member.workspace();
        return new Participant(
                workspace.owner().tenant(), workspace.id(), member.user().id());
    }

    /// The name for rate limits.
    public String name() {
        return workspace + " " + user;
    }
}
