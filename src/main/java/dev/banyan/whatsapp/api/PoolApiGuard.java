package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/// Checks every JSON route on pools and senders: they belong to root accounts, so sub-accounts and people from
/// workspaces are refused.
@Singleton
final class PoolApiGuard {

    static final String NO_MASTER = "Master account not found";
    static final String NO_SERVANT = "Servant account not found";
    static final String NO_SENDER = "Account not found";

    private final AccountGuard acting;
    private final Pools pools;

    PoolApiGuard(AccountGuard acting, Pools pools) {
        this.acting = acting;
        this.pools = pools;
    }

    Response json(Call call, Function<AccountContext, Response> work) {
        return switch (call.caller()) {
            case Caller.WorkspaceMember _ -> acting.refused(call, 403, "Access denied");
            case Caller.SignedIn _, Caller.Operator _, Caller.Anonymous _, Caller.ApiKey _ ->
                acting.enveloped(
                        call,
                        call.caller(),
                        context -> context.parent()
                                .map(parent -> acting.refused(
                                        call, 403, "Numbers belong to " + parent.username() + "; act for it"))
                                .orElseGet(() -> work.apply(context)));
        };
    }

    /// The work of a route on the sender in its path.
    interface OnSender {
        Response answer(AccountContext context, Sender sender);
    }

    Response master(Call call, String id, OnSender work) {
        return json(
                call,
                context -> find(context, id)
                        .filter(Sender::isMaster)
                        .map(sender -> work.answer(context, sender))
                        .orElseGet(() -> unknown(call, NO_MASTER)));
    }

    Response servant(Call call, String id, OnSender work) {
        return json(
                call,
                context -> find(context, id)
                        .filter(sender -> !sender.isMaster())
                        .map(sender -> work.answer(context, sender))
                        .orElseGet(() -> unknown(call, NO_SERVANT)));
    }

    /// Runs the route on a master or a servant.
    Response sender(Call call, String id, OnSender work) {
        return json(
                call,
                context -> find(context, id)
                        .map(sender -> work.answer(context, sender))
                        .orElseGet(() -> unknown(call, NO_SENDER)));
    }

    Optional<Sender> find(AccountContext context, String id) {
        return SenderId.parse(id).flatMap(known -> pools.sender(context.root().id(), known));
    }

    Response unknown(Call call, String text) {
        return acting.refused(call, 404, text);
    }
}
