package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Lets operators switch a root account off or on.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorAccessPageResource {

    private static final Invalid NO_REASON = new Invalid("reason", "Choose a reason from the list.");

    private final OperatorGuard asOperator;
    private final Accounts accounts;
    private final AccountLocks disablings;
    private final PageFrames shells;

    OperatorAccessPageResource(
            OperatorGuard asOperator, Accounts accounts, AccountLocks disablings, PageFrames shells) {
        this.asOperator = asOperator;
        this.accounts = accounts;
        this.disablings = disablings;
        this.shells = shells;
    }

    @GET
    @Path("{accountId}/access")
    public Response show(@Context Call call, @PathParam("accountId") String accountId) {
        return account(call, accountId, account -> Html.ok(page(call, account, "", "", FieldErrors.NONE)));
    }

    @POST
    @Path("{accountId}/disable")
    public Response disable(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("reason") @DefaultValue("") String reason,
            @FormParam("note") @DefaultValue("") String note) {
        return account(
                call,
                accountId,
                account -> Keyed.parse(LockReason.class, reason)
                        .map(known -> answer(
                                call,
                                account,
                                disablings.disable(
                                        call.actor(), account.account().id(), known, note),
                                reason,
                                note,
                                "account-disabled"))
                        .orElseGet(() ->
                                Html.invalid(page(call, account, reason, note, FieldErrors.from(List.of(NO_REASON))))));
    }

    @POST
    @Path("{accountId}/enable")
    public Response enable(@Context Call call, @PathParam("accountId") String accountId) {
        return account(
                call,
                accountId,
                account -> answer(
                        call,
                        account,
                        disablings.enable(call.actor(), account.account().id()),
                        "",
                        "",
                        "account-enabled"));
    }

    private Response answer(
            Call call, Described account, Outcome<Nothing> changed, String reason, String note, String done) {
        return changed.fold(
                _ -> Html.seeOther("/operator/accounts/" + account.account().id() + "/access?done=" + done),
                refusal -> refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                        ? Html.invalid(page(call, account, reason, note, FieldErrors.from(invalid)))
                        : asOperator.unknown(call));
    }

    private OperatorAccessPage page(Call call, Described account, String reason, String note, FieldErrors errors) {
        return new OperatorAccessPage(
                shells.ofOperator(call, NavItem.OPERATOR_ACCOUNTS, "Access"),
                account.account().id().toString(),
                account.account().displayName(),
                account.used(PlanQuota.SUB_ACCOUNTS),
                disablings.of(account.account().id()).map(OperatorAccountPage.Off::of),
                Arrays.stream(LockReason.values())
                        .map(known -> new Choice(known.key(), known.label() + ": “" + known.words() + "”"))
                        .toList(),
                reason,
                note,
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
}
