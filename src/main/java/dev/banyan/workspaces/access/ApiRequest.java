package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.request.Enveloped;
import jakarta.ws.rs.core.Response;

/// What the JSON requests of workspaces have in common: what is thrown where something is refused, and its answer.
abstract class ApiRequest implements AnswerShape {

    final WorkspaceApiGuard guard;
    private final Call call;
    private final Idempotency idempotency;

    ApiRequest(Call call, WorkspaceApiGuard guard, Idempotency idempotency) {
        this.call = call;
        this.guard = guard;
        this.idempotency = idempotency;
    }

    public final Call call() {
        return call;
    }

    /// Returns the value of an operation, or throws the answer to its refusal.
    ///
    /// @param unknown for what isn't there
    /// @param forbidden for callers who lack the right
    public final <T> T done(Outcome<T> outcome, String unknown, String forbidden) {
        return outcome.orElseThrow(refusal -> refused(refusal, unknown, forbidden));
    }

    public final EarlyAnswer refused(Refusal refusal, String unknown, String forbidden) {
        return new EarlyAnswer(guard.refused(call, refusal, unknown, forbidden));
    }

    public final EarlyAnswer refused(int status, String text) {
        return new EarlyAnswer(Answers.refused(status, text));
    }

    /// Returns a refusal that is recorded in the audit log.
    public final EarlyAnswer denied(int status, String text) {
        return new EarlyAnswer(guard.denied(call, status, text));
    }

    /// Returns a refusal that says when to try again.
    public final EarlyAnswer tooMany(Duration wait) {
        return new EarlyAnswer(Answers.tooMany(wait));
    }

    /// Does something whose repeats are answered with the first answer.
    ///
    /// @param account that the request acts on
    public final Response once(AccountId account, Object body, int status, Supplier<? extends Record> work) {
        return once(
                account,
                body,
                () -> Response.status(status).entity(Enveloped.of(work.get())).build());
    }

    /// The same for work that makes its answer itself.
    public final Response once(AccountId account, Object body, Supplier<Response> work) {
        return idempotency.once(call, account, call.header(Idempotency.HEADER), body, work);
    }

    @Override
    public final boolean isEnveloped() {
        return true;
    }

    @Override
    public final Response answer(Refused refused) {
        return switch (refused.refusal()) {
            case Refusal.Rejected rejected
            when rejected.first().field().isEmpty() ->
                Answers.refused(400, rejected.first().apiMessage());
            case Refusal refusal ->
                guard.refused(call, refusal, refused.noun().name() + " not found", WorkspaceApiGuard.DENIED);
        };
    }
}
