package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Lets operators begin to act for an account, and end it.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorSupportPageResource {

    private final OperatorGuard asOperator;
    private final Support support;
    private final PageFrames shells;
    private final Clock clock;

    OperatorSupportPageResource(OperatorGuard asOperator, Support support, PageFrames shells, Clock clock) {
        this.asOperator = asOperator;
        this.support = support;
        this.shells = shells;
        this.clock = clock;
    }

    @GET
    @Path("{accountId}/support")
    public Response show(@Context Call call, @PathParam("accountId") String id) {
        return account(
                call, id, (operator, account) -> Html.ok(page(call, operator, account, "", new Refusal.NotFound())));
    }

    @POST
    @Path("{accountId}/support")
    public Response begin(
            @Context Call call,
            @PathParam("accountId") String id,
            @FormParam("reason") @DefaultValue("") String reason) {
        return account(
                call,
                id,
                (operator, account) -> support.begin(operator, call.actor(), account.id(), reason)
                        .fold(
                                access -> begun(call, account, access),
                                refusal -> refusal instanceof Refusal.Rejected
                                        ? Html.invalid(page(call, operator, account, reason, refusal))
                                        : asOperator.unknown(call)));
    }

    private static Response begun(Call call, Account account, SupportAccess access) {
        return access.begunAt().isPresent()
                ? Html.seeOther(call, Paths.HOME + "?as=" + account.username() + "&done=support-begun")
                : Html.seeOther(call, path(account) + "?done=support-requested");
    }

    private static String path(Account account) {
        return "/operator/accounts/" + account.id() + "/support";
    }

    /// Works for operators while they act; for all others there is nothing to end.
    @POST
    @Path("support/end")
    public Response end(@Context Call call) {
        if (!(call.caller() instanceof Caller.Support acting)) {
            return asOperator.page(call, () -> Html.seeOther(call, Paths.OPERATOR_HOME));
        }
        support.leave(acting, call.actor());
        return Html.seeOther(call, "/operator/accounts/" + acting.of().account() + "/support?done=support-ended");
    }

    /// @param refusal of a form that was sent; not found before one is
    private OperatorSupportPage page(
            Call call, Caller.Operator operator, Account account, String reason, Refusal refusal) {
        Support.Overview overview = support.overview(account.id());
        Instant now = clock.instant();
        List<Invalid> invalid = refusal instanceof Refusal.Rejected(List<Invalid> fields) ? fields : List.of();
        return new OperatorSupportPage(
                shells.ofOperator(call, NavItem.OPERATOR_ACCOUNTS, "Support access"),
                account.id().toString(),
                account.displayName(),
                support.needsNoConsent() || overview.allowedUntil().isPresent(),
                overview.allowedUntil().map(Words::moment),
                support.waiting(overview, operator).map(SupportAccess::askedAt).map(Words::moment),
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

    private Response account(Call call, String id, BiFunction<Caller.Operator, Account, Response> work) {
        return asOperator.page(
                call,
                () -> call.caller() instanceof Caller.Operator operator
                        ? AccountId.parse(id)
                                .flatMap(known -> support.root(known.toString()))
                                .map(account -> work.apply(operator, account))
                                .orElseGet(() -> asOperator.unknown(call))
                        : asOperator.unknown(call));
    }
}
