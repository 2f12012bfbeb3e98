package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHistory;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Checks every JSON route on pools and senders: they belong to root accounts, so sub-accounts and people from
/// workspaces are refused.
@Singleton
final class PoolApiGuard {

    static final String NO_MASTER = "Master account not found";
    static final String NO_SERVANT = "Servant account not found";
    static final String NO_SENDER = "Account not found";
    static final String NO_PROXY = "Proxy not found";
    static final String NO_DECISION = "Decision not found";

    private final AccountGuard acting;
    private final Pools pools;
    private final SenderHistory history;
    private final Idempotency idempotency;

    PoolApiGuard(AccountGuard acting, Pools pools, SenderHistory history, Idempotency idempotency) {
        this.acting = acting;
        this.pools = pools;
        this.history = history;
        this.idempotency = idempotency;
    }

    Response json(Call call, Function<AccountContext, Response> work) {
        return switch (call.caller()) {
            case Caller.WorkspaceMember _, Caller.WorkspaceKey _ -> acting.refused(call, 403, "Access denied");
            case Caller.SignedIn _, Caller.Operator _, Caller.Support _, Caller.Anonymous _, Caller.ApiKey _ ->
                acting.enveloped(
                        call,
                        call.caller(),
                        context -> context.parent()
                                .map(parent -> acting.refused(
                                        call,
                                        403,
                                        "Numbers belong to " + parent.username() + "; switch to that account"))
                                .orElseGet(() -> work.apply(context)));
        };
    }

    /// Runs a route whose repeats are answered with the first answer.
    Response once(Call call, Object body, Function<AccountContext, Response> work) {
        return json(
                call,
                context -> idempotency.once(
                        call, context.root().id(), call.header(Idempotency.HEADER), body, () -> work.apply(context)));
    }

    /// The work of a route on the sender in its path.
    interface OnSender {
        Response answer(AccountContext context, Sender sender);
    }

    Response master(Call call, String id, OnSender work) {
        return on(call, id, Sender::isMaster, NO_MASTER, work);
    }

    Response servant(Call call, String id, OnSender work) {
        return on(call, id, sender -> !sender.isMaster(), NO_SERVANT, work);
    }

    /// The work of a route on the history of a sender.
    interface OnHistory {
        Response answer(AccountId tenant, SenderId sender);
    }

    /// Runs a route on the history of a sender, which may have been removed.
    Response history(Call call, String id, Predicate<Sender> wanted, String unknown, OnHistory work) {
        return json(call, context -> {
            AccountId tenant = context.root().id();
            Optional<Sender> found = find(context, id);
            return SenderId.parse(id)
                    .filter(known -> found.map(wanted::test).orElseGet(() -> history.isKnown(tenant, known)))
                    .map(known -> work.answer(tenant, known))
                    .orElseGet(() -> unknown(call, unknown));
        });
    }

    /// Runs the route on a master or a servant.
    Response sender(Call call, String id, OnSender work) {
        return on(call, id, _ -> true, NO_SENDER, work);
    }

    private Response on(Call call, String id, Predicate<Sender> wanted, String unknown, OnSender work) {
        return json(
                call,
                context -> find(context, id)
                        .filter(wanted)
                        .map(sender -> work.answer(context, sender))
                        .orElseGet(() -> unknown(call, unknown)));
    }

    Optional<Sender> find(AccountContext context, String id) {
        return SenderId.parse(id).flatMap(known -> pools.sender(context.root().id(), known));
    }

    Response unknown(Call call, String text) {
        return acting.refused(call, 404, text);
    }

    /// Answers what an operation refused.
    ///
    /// @param unknown the text if there is no such sender
    Response refused(Call call, Refusal refusal, String unknown) {
        return switch (refusal) {
            case Refusal.NotFound _ -> unknown(call, unknown);
            case Refusal.Rejected rejected -> refused(rejected.first());
            case Refusal.Forbidden _, Refusal.TooMany _, Refusal.LimitReached _, Refusal.ReadOnly _ ->
                throw new IllegalStateException("Nothing about senders is refused so: " + refusal);
        };
    }

    /// Answers a broken rule; the seed names the field of the number as forms do.
    static Response refused(Invalid invalid) {
        return Answers.refused(
                invalid.field().equals(Phone.INVALID.field())
                        ? new Invalid("phone", invalid.apiMessage(), invalid.userMessage())
                        : invalid);
    }
}
