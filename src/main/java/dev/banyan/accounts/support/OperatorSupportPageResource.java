package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Lets operators begin to act for an account, and end it.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorSupportPageResource {

    private final OperatorGuard operators;
    private final Support support;
    private final Clock clock;

    OperatorSupportPageResource(OperatorGuard operators, Support support, Clock clock) {
        this.operators = operators;
        this.support = support;
        this.clock = clock;
    }

    @GET
    @Path("{accountId}/support")
    public Response show(@Context OperatorPage page, @PathParam("accountId") String id) {
        return Html.ok(page(page, account(page, id), "", List.of()));
    }

    @POST
    @Path("{accountId}/support")
    public Response begin(
            @Context OperatorPage page,
            @PathParam("accountId") String id,
            @FormParam("reason") @DefaultValue("") String reason) {
        Account account = account(page, id);
        return support.begin(page.operator(), page.actor(), account.id(), reason)
                .fold(access -> begun(page, account, access), refusal -> {
                    if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                        return Html.invalid(page(page, account, reason, invalid));
                    }
                    throw page.unknown();
                });
    }

    private static Response begun(OperatorPage page, Account account, SupportAccess access) {
        return access.begunAt().isPresent()
                ? Html.seeOther(page.call(), Paths.HOME + "?as=" + account.username() + "&done=support-begun")
                : Html.seeOther(page.call(), path(account) + "?done=support-requested");
    }

    private static String path(Account account) {
        return "/operator/accounts/" + account.id() + "/support";
    }

    /// Works for operators while they act; for all others there is nothing to end.
    @POST
    @Path("support/end")
    public Response end(@Context Call call) {
        if (!(call.caller() instanceof Caller.Support acting)) {
            operators.admit(call);
            return Html.seeOther(call, Paths.OPERATOR_HOME);
        }
        support.leave(acting, call.actor());
        return Html.seeOther(call, "/operator/accounts/" + acting.of().account() + "/support?done=support-ended");
    }

    private OperatorSupportPage page(OperatorPage page, Account account, String reason, List<Invalid> invalid) {
        Support.Overview overview = support.overview(account.id());
        Instant now = clock.instant();
        return new OperatorSupportPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, account.displayName() + " – Support access"),
                account.id().toString(),
                account.displayName(),
                support.needsNoConsent() || overview.allowedUntil().isPresent(),
                overview.allowedUntil().map(Words::moment),
                support.waiting(overview, page.operator())
                        .map(SupportAccess::askedAt)
                        .map(Words::moment),
                reason,
                overview.history().stream()
                        .map(access -> SupportRow.of(access, now))
                        .toList(),
                FieldErrors.from(invalid.stream()
                        .filter(field -> field.field().equals("reason"))
                        .toList()),
                invalid.stream()
                        .filter(field -> !field.field().equals("reason"))
                        .findFirst()
                        .map(field -> new FormProblem("You can’t begin yet.", field.userMessage())));
    }

    private Account account(OperatorPage page, String id) {
        return AccountId.parse(id)
                .flatMap(known -> support.root(known.toString()))
                .orElseThrow(page::unknown);
    }
}
