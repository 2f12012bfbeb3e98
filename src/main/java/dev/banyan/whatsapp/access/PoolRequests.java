package dev.banyan.whatsapp.access;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.history.SenderHistory;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes [PoolRequest] available as a parameter of resource methods.
@Singleton
record PoolRequests(AccountGuard guard, Pools pools, SenderHistory history, Idempotency idempotency) {

    @Produces
    @Dependent
    @Unremovable
    PoolRequest request(Call call) {
        var request = new PoolRequest(call, account(call), guard, pools, history, idempotency);
        request.keep(call.routing());
        return request;
    }

    private AccountContext account(Call call) {
        return switch (call.caller()) {
            case Caller.WorkspaceMember _, Caller.WorkspaceKey _ -> throw refused(call, "Access denied");
            case Caller.SignedIn _, Caller.Operator _, Caller.Support _, Caller.Anonymous _, Caller.ApiKey _ -> {
                AccountContext context = guard.envelopedAccount(call, call.caller());
                if (context.parent().isPresent()) {
                    throw refused(
                            call,
                            "Numbers belong to " + context.parent().get().username() + "; switch to that account");
                }
                yield context;
            }
        };
    }

    private EarlyAnswer refused(Call call, String why) {
        return new EarlyAnswer(guard.refused(call, 403, why));
    }
}
