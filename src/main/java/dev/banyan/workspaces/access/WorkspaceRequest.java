package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.request.Enveloped;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.ws.rs.core.Response;

/// A JSON request about the workspace that its path names: `@Context WorkspaceRequest request`. Someone is signed in by
/// then; whether the workspace exists, and whether they may, the operations say.
public final class WorkspaceRequest implements AnswerShape {

    private final Call call;
    private final WorkspaceApiGuard.Scope scope;
    private final WorkspaceApiGuard guard;
    private final Idempotency idempotency;

    WorkspaceRequest(Call call, WorkspaceApiGuard.Scope scope, WorkspaceApiGuard guard, Idempotency idempotency) {
        this.call = call;
        this.scope = scope;
        this.guard = guard;
        this.idempotency = idempotency;
    }

    public Call call() {
        return call;
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
        return outcome.orElseThrow(refusal -> refused(refusal, forbidden));
    }

    /// @param unknown for what isn't there
    public <T> T done(Outcome<T> outcome, String unknown, String forbidden) {
        return outcome.orElseThrow(refusal -> new EarlyAnswer(guard.refused(call, refusal, unknown, forbidden)));
    }

    public EarlyAnswer refused(Refusal refusal, String forbidden) {
        return new EarlyAnswer(guard.refused(call, refusal, forbidden));
    }

    public EarlyAnswer refused(int status, String text) {
        return new EarlyAnswer(Answers.refused(status, text));
    }

    /// Returns a refusal that is recorded in the audit log.
    public EarlyAnswer denied(int status, String text) {
        return new EarlyAnswer(guard.denied(call, status, text));
    }

    /// Returns why the caller may not change users, who may be a program.
    public String forbidden(String why) {
        return WorkspaceApiGuard.forbidden(actor(), why);
    }

    /// Does something whose repeats are answered with the first answer.
    public Response once(Object body, int status, Supplier<? extends Record> work) {
        return idempotency.once(
                call,
                actor().owner().account(),
                call.header(Idempotency.HEADER),
                body,
                () -> Response.status(status).entity(Enveloped.of(work.get())).build());
    }

    @Override
    public boolean isEnveloped() {
        return true;
    }

    @Override
    public Response answer(Refused refused) {
        return switch (refused.refusal()) {
            case Refusal.Rejected rejected
            when rejected.first().field().isEmpty() ->
                Answers.refused(400, rejected.first().apiMessage());
            case Refusal refusal ->
                guard.refused(call, refusal, refused.noun().name() + " not found", WorkspaceApiGuard.DENIED);
        };
    }
}
