package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.ws.rs.core.Response;

/// A JSON request about the workspace that its path names: `@Context WorkspaceRequest request`. Someone is signed in by
/// then; whether the workspace exists, and whether they may, the operations say.
public final class WorkspaceRequest extends ApiRequest {

    private final WorkspaceApiGuard.Scope scope;

    WorkspaceRequest(Call call, WorkspaceApiGuard.Scope scope, WorkspaceApiGuard guard, Idempotency idempotency) {
        super(call, guard, idempotency);
        this.scope = scope;
    }

    /// Returns who asks.
    public WorkspaceActor actor() {
        return scope.actor();
    }

    public ProjectId project() {
        return scope.project();
    }

    public WorkspaceId workspace() {
        return scope.workspace();
    }

    /// Returns the value of an operation on the workspace, or throws the answer to its refusal.
    ///
    /// @param forbidden for callers who lack the right
    public <T> T done(Outcome<T> outcome, String forbidden) {
        return done(outcome, WorkspaceApiGuard.UNKNOWN_WORKSPACE, forbidden);
    }

    public EarlyAnswer refused(Refusal refusal, String forbidden) {
        return refused(refusal, WorkspaceApiGuard.UNKNOWN_WORKSPACE, forbidden);
    }

    /// Returns why the caller may not change users, who may be a program.
    public String forbidden(String why) {
        return WorkspaceApiGuard.forbidden(actor(), why);
    }

    /// Does something whose repeats are answered with the first answer.
    public Response once(Object body, int status, Supplier<? extends Record> work) {
        return once(actor().owner().account(), body, status, work);
    }
}
