package dev.banyan.accounts.audit;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Exports an agency's audit log with the filters of its page.
@Path("/admin/audit.csv")
@RunOnVirtualThread
class AuditFileResource {

    private final AccountGuard acting;
    private final AuditFiles files;
    private final PageFrames shells;

    AuditFileResource(AccountGuard acting, AuditFiles files, PageFrames shells) {
        this.acting = acting;
        this.files = files;
        this.shells = shells;
    }

    @GET
    public Response download(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("person") @DefaultValue("") String person,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        var query = new AuditQuery(search, action, account, person, from, to, "");
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.AUDIT, "Audit")))
                        : files.answer(
                                call,
                                new AuditPages.Reader.Agency(context.root().id()),
                                query));
    }
}
