package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import jakarta.ws.rs.core.Response;

/// A JSON request about the account that its query names, or the caller's own: `@Context AccountRequest request`. Its
/// answers are bare, as LinkToMe's.
public sealed class AccountRequest implements AnswerShape permits RootRequest {

    /// LinkToMe’s failure for input that breaks a rule: it names the field, and not the rule.
    record InputFailure(String error, String field) {}

    private final Call call;
    private final AccountContext context;
    final AccountGuard guard;
    private final Idempotency idempotency;

    AccountRequest(Call call, AccountContext context, AccountGuard guard, Idempotency idempotency) {
        this.call = call;
        this.context = context;
        this.guard = guard;
        this.idempotency = idempotency;
    }

    public Call call() {
        return call;
    }

    public AccountContext context() {
        return context;
    }

    /// Does something whose repeats are answered with the first answer.
    public Response once(Object body, Supplier<? extends Record> work) {
        return idempotency.once(
                call,
                context.acting().id(),
                call.header(Idempotency.HEADER),
                body,
                () -> Response.ok(work.get()).build());
    }

    /// Refuses sub-accounts, which have no people, plan or sign-in of their own.
    ///
    /// @throws EarlyAnswer that says who manages it
    public void refuseSubAccounts() {
        guard.managedRefusal(call, context).ifPresent(refusal -> {
            throw new EarlyAnswer(refusal);
        });
    }

    public static EarlyAnswer refused(int status, String text) {
        return new EarlyAnswer(Answers.failure(status, text));
    }

    /// @param failure what is answered
    public static EarlyAnswer refused(int status, Record failure) {
        return new EarlyAnswer(Response.status(status).entity(failure).build());
    }

    /// Refuses a step of a batch that changes nothing, which would be answered as done.
    ///
    /// @param place of the step, for what is said: `links[0]: `
    public static <S> Changes<S> asked(String place, Changes<S> wanted) {
        if (wanted.values().isEmpty()) {
            throw refused(400, place + "Send at least one field to change");
        }
        return wanted;
    }

    /// Refuses a step of a batch, or a page: with its field, and without the rule.
    public static EarlyAnswer invalid(Invalid invalid) {
        return refused(400, new InputFailure(invalid.apiMessage(), invalid.field()));
    }

    @Override
    public Response answer(Refused refused) {
        return failure(refused);
    }

    static Response failure(Refused refused) {
        Noun noun = refused.noun();
        return switch (refused.refusal()) {
            case Refusal.Rejected rejected
            when rejected.first().field().isEmpty() ->
                Answers.failure(400, rejected.first().apiMessage());
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.LimitReached(long _, long most) ->
                Answers.failure(400, "An account can have up to " + most + " " + noun.many());
            case Refusal.Forbidden _ -> Answers.failure(403, "Only people of the account can do this");
            case Refusal.Conflict(String why) -> Answers.failure(409, why);
            case Refusal.NotFound _, Refusal.TooMany _, Refusal.ReadOnly _ ->
                Answers.failure(404, noun.name() + " not found");
        };
    }
}
