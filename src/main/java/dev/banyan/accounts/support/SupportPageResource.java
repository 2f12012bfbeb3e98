package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.AccountRequests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which owners allow and end support access. Not under `/admin/support`, which is another name of the
/// API’s route (`CanonicalRoutes`).
@Path(SupportPageResource.PATH)
@RunOnVirtualThread
class SupportPageResource {

    static final String PATH = "/admin/support-access";

    private final AccountRequests requests;
    private final Support support;
    private final Clock clock;

    SupportPageResource(AccountRequests requests, Support support, Clock clock) {
        this.requests = requests;
        this.support = support;
        this.clock = clock;
    }

    @GET
    public Response show(@Context AccountPage page) {
        return Html.ok(page(page.ofRoot(), FieldErrors.NONE));
    }

    private SupportPage page(AccountPage page, FieldErrors errors) {
        Support.Overview overview = support.overview(page.context().root().id());
        Instant now = clock.instant();
        return new SupportPage(
                page.frame(NavItem.SETTINGS, "Support access"),
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
    public Response allow(@Context AccountPage page, @FormParam("hours") @DefaultValue("") String hours) {
        return answer(page, support.allow(page.context().ofRoot(), number(hours)), "support-allowed");
    }

    private static int number(String typed) {
        return typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : 0;
    }

    /// Works in a read-only account, too.
    @POST
    @Path("withdraw")
    public Response withdraw(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        AccountPage page = requests.visit(call, as);
        return answer(page, support.withdraw(page.context().ofRoot()), "support-withdrawn");
    }

    @POST
    @Path("end")
    public Response end(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        AccountPage page = requests.visit(call, as);
        return answer(page, support.endAll(page.context().ofRoot()), "support-ended");
    }

    private Response answer(AccountPage ofAccount, Outcome<?> changed, String done) {
        AccountPage page = ofAccount.ofRoot();
        return changed.fold(_ -> page.done(PATH, done), refusal -> {
            if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                return Html.invalid(page(page, FieldErrors.from(invalid)));
            }
            throw page.refused(403, "This is for owners", "Ask an owner of the account.");
        });
    }
}
