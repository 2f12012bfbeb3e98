package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which owners allow and end support access. Not under `/admin/support`, which is another name of the
/// API’s route (`CanonicalRoutes`).
@Path(SupportPageResource.PATH)
@RunOnVirtualThread
class SupportPageResource {

    static final String PATH = "/admin/support-access";

    private final AccountGuard acting;
    private final Support support;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Clock clock;

    SupportPageResource(AccountGuard acting, Support support, PageFrames shells, ErrorPages errorPages, Clock clock) {
        this.acting = acting;
        this.support = support;
        this.shells = shells;
        this.errorPages = errorPages;
        this.clock = clock;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.page(call, context -> Html.ok(page(call, context.ofRoot(), FieldErrors.NONE)));
    }

    private SupportPage page(Call call, AccountContext context, FieldErrors errors) {
        Support.Overview overview = support.overview(context.root().id());
        Instant now = clock.instant();
        return new SupportPage(
                shells.of(call, context, NavItem.SETTINGS, "Support access"),
                support.needsNoConsent(),
                overview.allowedUntil().map(Words::moment),
                overview.history().stream()
                        .filter(access -> access.isWaiting(now))
                        .map(SupportAccess::reason)
                        .toList(),
                overview.history().stream()
                        .map(access -> SupportRow.of(access, now))
                        .toList(),
                errors);
    }

    @POST
    @Path("consent")
    public Response allow(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("hours") @DefaultValue("") String hours) {
        return acting.page(
                call,
                Optional.of(as),
                acted -> support.allow(acted.ofRoot(), number(hours))
                        .fold(
                                _ -> back(call, acted.ofRoot(), "support-allowed"),
                                refusal -> refused(call, acted.ofRoot(), refusal)));
    }

    private static int number(String typed) {
        return typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : 0;
    }

    private Response refused(Call call, AccountContext context, Refusal refusal) {
        return refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                ? Html.invalid(page(call, context, FieldErrors.from(invalid)))
                : errorPages.answer(call, 403, "This is for owners", "Ask an owner of the account.");
    }

    @POST
    @Path("withdraw")
    public Response withdraw(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, support::withdraw, "support-withdrawn");
    }

    @POST
    @Path("end")
    public Response end(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, support::endAll, "support-ended");
    }

    private Response act(Call call, String as, Function<AccountContext, Outcome<Nothing>> work, String done) {
        return acting.visit(
                call,
                Optional.of(as),
                acted -> work.apply(acted.ofRoot())
                        .fold(
                                _ -> back(call, acted.ofRoot(), done),
                                refusal -> refused(call, acted.ofRoot(), refusal)));
    }

    private static Response back(Call call, AccountContext context, String done) {
        return Html.seeOther(call, PATH + "?as=" + context.root().username() + "&done=" + done);
    }
}
