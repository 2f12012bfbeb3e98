package dev.banyan.accounts.context;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes [AccountRequest] available as a parameter of resource methods.
@Singleton
final class AccountRequests {

    private final AccountGuard guard;
    private final Idempotency idempotency;

    AccountRequests(AccountGuard guard, Idempotency idempotency) {
        this.guard = guard;
        this.idempotency = idempotency;
    }

    @Produces
    @Dependent
    @Unremovable
    AccountRequest request(Call call) {
        var request = new AccountRequest(call, guard.account(call), idempotency);
        request.keep(call.routing());
        return request;
    }
}
