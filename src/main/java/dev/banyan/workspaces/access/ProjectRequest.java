package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.workspaces.ProjectId;
import jakarta.ws.rs.core.Response;

/// A JSON request of someone who acts for the account of projects: `@Context ProjectRequest request`. Users of
/// workspaces have been refused by then; whether the project in the path exists, the operations say.
public final class ProjectRequest extends ApiRequest {

    private final AccountContext context;
    private final Optional<ProjectId> project;

    ProjectRequest(
            Call call,
            AccountContext context,
            Optional<ProjectId> project,
            WorkspaceApiGuard guard,
            Idempotency idempotency) {
        super(call, guard, idempotency);
        this.context = context;
        this.project = project;
    }

    public AccountContext context() {
        return context;
    }

    /// Returns the project that the path names.
    public ProjectId project() {
        return project.orElseThrow();
    }

    /// Returns the value of an operation on the project, or throws the answer to its refusal.
    public <T> T done(Outcome<T> outcome) {
        return done(outcome, WorkspaceApiGuard.UNKNOWN_PROJECT, WorkspaceApiGuard.DENIED);
    }

    /// Returns what is thrown if there is no project of this id.
    public EarlyAnswer unknown() {
        return denied(404, WorkspaceApiGuard.UNKNOWN_PROJECT);
    }

    /// Does something whose repeats are answered with the first answer.
    public Response once(Object body, int status, Supplier<? extends Record> work) {
        return once(context.acting().id(), body, status, work);
    }
}
