package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import jakarta.inject.Singleton;

/// Guards every route for operators. For others their pages don't exist.
@Singleton
public record OperatorGuard(RequiredSecondFactor secondFactor, Audit audit, ErrorPages errorPages) {

    /// Lets operators use a JSON route.
    ///
    /// @throws EarlyAnswer to all others
    public Caller.Operator admitProgram(Call call) {
        if (call.caller() instanceof Caller.Operator operator) {
            if (secondFactor.isMissing(operator.identity())) {
                throw AccountRequest.refused(403, RequiredSecondFactor.MISSING);
            }
            return operator;
        }
        audit.denied(call.actor(), call.route());
        throw call.caller() instanceof Caller.Anonymous
                ? AccountRequest.refused(401, "Unauthorized")
                : AccountRequest.refused(403, AccountGuard.NOT_PERMITTED);
    }

    /// Lets operators see a page.
    ///
    /// @throws EarlyAnswer to all others
    public Caller.Operator admit(Call call) {
        return switch (call.caller()) {
            case Caller.Operator operator -> {
                if (secondFactor.isMissing(operator.identity())) {
                    throw new EarlyAnswer(Html.seeOther(call, RequiredSecondFactor.PATH + "?required=1"));
                }
                yield operator;
            }
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                throw new EarlyAnswer(AccountGuard.signIn(call));
            case Caller.SignedIn _, Caller.Support _ -> {
                audit.denied(call.actor(), call.route());
                throw new EarlyAnswer(OperatorPage.unknown(call, errorPages));
            }
        };
    }
}
