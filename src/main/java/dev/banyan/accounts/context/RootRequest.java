package dev.banyan.accounts.context;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;

/// A JSON request about the root account of the context, such as one whose body names a sub-account:
/// `@Context RootRequest request`.
public final class RootRequest extends AccountRequest {

    RootRequest(Call call, AccountContext root, AccountGuard guard, Idempotency idempotency) {
        super(call, root, guard, idempotency);
    }

    /// Returns what is thrown where the root account doesn’t have the sub-account.
    public EarlyAnswer notManaged() {
        return refused(new Resolved.NotManaged());
    }

    /// Returns what is thrown where the sub-account can't be used now.
    public EarlyAnswer refused(Resolved.Refused refusal) {
        return new EarlyAnswer(guard.jsonRefusal(call(), refusal));
    }
}
