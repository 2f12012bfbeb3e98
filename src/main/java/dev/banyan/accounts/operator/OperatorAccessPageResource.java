package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
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

    private final AccountLocks disablings;

    OperatorAccessPageResource(AccountLocks disablings) {
        this.disablings = disablings;
    }

    @GET
    @Path("{accountId}/access")
    public Response show(@Context OperatorPage page, @PathParam("accountId") String accountId) {
        return Html.ok(page(page, page.account(accountId), "", "", FieldErrors.NONE));
    }

    @POST
    @Path("{accountId}/disable")
    public Response disable(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @FormParam("reason") @DefaultValue("") String reason,
            @FormParam("note") @DefaultValue("") String note) {
        Described account = page.account(accountId);
        AccountId id = account.account().id();
        Outcome<Nothing> disabled = Keyed.parse(LockReason.class, reason)
                .map(known -> disablings.disable(page.actor(), id, known, note))
                .orElseGet(() -> Outcome.rejected(NO_REASON));
        return disabled.fold(_ -> done(id, "account-disabled"), refusal -> {
            if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                return Html.invalid(page(page, account, reason, note, FieldErrors.from(invalid)));
            }
            throw page.unknown();
        });
    }

    @POST
    @Path("{accountId}/enable")
    public Response enable(@Context OperatorPage page, @PathParam("accountId") String accountId) {
        AccountId id = page.account(accountId).account().id();
        disablings.enable(page.actor(), id).orElseThrow(_ -> page.unknown());
        return done(id, "account-enabled");
    }

    private static Response done(AccountId id, String done) {
        return Html.seeOther("/operator/accounts/" + id + "/access?done=" + done);
    }

    private OperatorAccessPage page(
            OperatorPage page, Described account, String reason, String note, FieldErrors errors) {
        return new OperatorAccessPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, account.account().displayName() + " – Access"),
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
}
