package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page where operators set how many workspaces an agency may have.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorWorkspacesPageResource {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
    private static final Invalid NO_NUMBER =
            new Invalid("max", "Enter a whole number, or “unlimited”. Leave empty to use the server’s setting.");

    private final OperatorGuard asOperator;
    private final Accounts accounts;
    private final WorkspaceAllowances allowances;
    private final PageFrames shells;

    OperatorWorkspacesPageResource(
            OperatorGuard asOperator, Accounts accounts, WorkspaceAllowances allowances, PageFrames shells) {
        this.asOperator = asOperator;
        this.accounts = accounts;
        this.allowances = allowances;
        this.shells = shells;
    }

    @GET
    @Path("{accountId}/workspaces")
    public Response show(@Context Call call, @PathParam("accountId") String accountId) {
        return account(call, accountId, account -> {
            var allowance = allowances.of(account.account().id());
            return Html.ok(page(call, account, allowance.own().map(Limit::text).orElse(""), FieldErrors.NONE));
        });
    }

    private OperatorWorkspacesPage page(Call call, Described account, String typed, FieldErrors errors) {
        return new OperatorWorkspacesPage(
                shells.ofOperator(call, NavItem.OPERATOR_ACCOUNTS, "Workspaces"),
                account.account().id().toString(),
                account.account().displayName(),
                OperatorWorkspacesPage.Limit.of(allowances.of(account.account().id())),
                typed,
                errors);
    }

    private Response account(Call call, String accountId, Function<Described, Response> work) {
        return asOperator.page(
                call,
                () -> AccountId.parse(accountId)
                        .flatMap(accounts::root)
                        .map(work)
                        .orElseGet(() -> asOperator.unknown(call)));
    }

    @POST
    @Path("{accountId}/workspaces")
    public Response save(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("max") @DefaultValue("") String max) {
        return account(call, accountId, account -> {
            AccountId id = account.account().id();
            String text = max.strip().replace(",", "");
            String typed =
                    text.equalsIgnoreCase(Limit.UNLIMITED.text()) ? Long.toString(Limit.UNLIMITED.number()) : text;
            Optional<Invalid> wrong = typed.isEmpty() || NUMBER.matcher(typed).matches()
                    ? allowances.set(
                            call.actor(),
                            id,
                            Optional.of(typed)
                                    .filter(number -> !number.isEmpty())
                                    .map(Long::valueOf))
                    : Optional.of(NO_NUMBER);
            return wrong.map(broken -> Html.invalid(page(call, account, max, FieldErrors.from(List.of(broken)))))
                    .orElseGet(() -> Html.seeOther("/operator/accounts/" + id + "/workspaces?done=limit-saved"));
        });
    }
}
