package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Guards every page for operators. For others the page does not exist.
@Singleton
public final class OperatorGuard {

    private final RequiredSecondFactor secondFactor;
    private final Audit audit;
    private final ErrorPages errorPages;

    OperatorGuard(RequiredSecondFactor secondFactor, Audit audit, ErrorPages errorPages) {
        this.secondFactor = secondFactor;
        this.audit = audit;
        this.errorPages = errorPages;
    }

    public Response page(Call call, Supplier<Response> work) {
        return switch (call.caller()) {
            case Caller.Operator operator ->
                secondFactor.isMissing(operator.identity())
                        ? Html.seeOther(call, RequiredSecondFactor.PATH + "?required=1")
                        : work.get();
            case Caller.Anonymous _, Caller.WorkspaceMember _, Caller.ApiKey _, Caller.WorkspaceKey _ ->
                AccountGuard.signIn(call);
            case Caller.SignedIn _, Caller.Support _ -> {
                audit.denied(call.actor(), call.route());
                yield unknown(call);
            }
        };
    }

    public Response unknown(Call call) {
        return errorPages.answer(call, 404, "Page not found", "Check the address, or start from your dashboard.");
    }
}
