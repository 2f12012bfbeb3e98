package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page where operators set how many workspaces an agency may have.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorWorkspacesPageResource {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
    private static final Invalid NO_NUMBER =
            new Invalid("max", "Enter a whole number, or “unlimited”. Leave empty to use the server’s setting.");

    private final WorkspaceAllowances allowances;

    OperatorWorkspacesPageResource(WorkspaceAllowances allowances) {
        this.allowances = allowances;
    }

    @GET
    @Path("{accountId}/workspaces")
    public Response show(@Context OperatorPage page, @PathParam("accountId") String accountId) {
        Described account = page.account(accountId);
        var allowance = allowances.of(account.account().id());
        return Html.ok(page(page, account, allowance.own().map(Limit::text).orElse(""), FieldErrors.NONE));
    }

    private OperatorWorkspacesPage page(OperatorPage page, Described account, String typed, FieldErrors errors) {
        return new OperatorWorkspacesPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, account.account().displayName() + " – Workspaces"),
                account.account().id().toString(),
                account.account().displayName(),
                OperatorWorkspacesPage.Limit.of(allowances.of(account.account().id())),
                typed,
                errors);
    }

    @POST
    @Path("{accountId}/workspaces")
    public Response save(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @FormParam("max") @DefaultValue("") String max) {
        Described account = page.account(accountId);
        AccountId id = account.account().id();
        String text = max.strip().replace(",", "");
        String typed = text.equalsIgnoreCase(Limit.UNLIMITED.text()) ? Long.toString(Limit.UNLIMITED.number()) : text;
        Optional<Invalid> wrong = typed.isEmpty() || NUMBER.matcher(typed).matches()
                ? allowances.set(
                        page.actor(),
                        id,
                        Optional.of(typed).filter(number -> !number.isEmpty()).map(Long::valueOf))
                : Optional.of(NO_NUMBER);
        return wrong.map(broken -> Html.invalid(page(page, account, max, FieldErrors.from(List.of(broken)))))
                .orElseGet(() -> Html.seeOther("/operator/accounts/" + id + "/workspaces?done=limit-saved"));
    }
}
