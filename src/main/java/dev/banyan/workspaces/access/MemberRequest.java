package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;

/// A JSON request whose path names no workspace: `@Context MemberRequest request`. The query or the body may, so that
/// its method asks who it is:
///
/// ```java
/// WorkspaceActor.Member member = request.member(body.shortPath());
/// ```
public final class MemberRequest extends ApiRequest {

    MemberRequest(Call call, WorkspaceApiGuard guard, Idempotency idempotency) {
        super(call, guard, idempotency);
    }

    /// Finds the user who manages what is their own: in the workspace that is named, else in the one signed in to last.
    ///
    /// @throws EarlyAnswer if there is none
    public WorkspaceActor.Member member(Optional<String> shortPath) {
        return guard.member(call(), shortPath);
    }

    public Participant participant(Optional<String> shortPath) {
        return Participant.of(member(shortPath));
    }

    /// Finds the agent or admin whose inbox it is.
    ///
    /// @throws EarlyAnswer if the caller is neither
    public WorkspaceActor.Member inbox(Optional<String> shortPath) {
        return guard.inbox(call(), shortPath);
    }

    /// Finds the caller on routes that both sides use.
    ///
    /// @param inBody the workspace named in the body if the query names none; its member wins
    /// @throws EarlyAnswer if nobody is signed in
    public WorkspaceActor actor(Optional<WorkspaceId> inBody) {
        return guard.actor(call(), inBody);
    }
}
