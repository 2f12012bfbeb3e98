package dev.banyan.accounts.audit;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Uuids;
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

/// The audit log of an agency and its sub-accounts. A sub-account has no such page.
@Path("/admin/audit")
@RunOnVirtualThread
class AuditPageResource {

    private final AccountGuard acting;
    private final AuditPages pages;
    private final PageFrames shells;

    AuditPageResource(AccountGuard acting, AuditPages pages, PageFrames shells) {
        this.acting = acting;
        this.pages = pages;
        this.shells = shells;
    }

    @GET
    public Response show(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("person") @DefaultValue("") String person,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("after") @DefaultValue("") String after) {
        var query = new AuditQuery(search, action, account, person, from, to, "");
        return acting.page(call, context -> {
            var shell = shells.of(call, context, NavItem.AUDIT, "Audit log");
            return context.isSubAccount()
                    ? Html.ok(new ManagedPage(shell))
                    : Html.ok(pages.page(
                            new AuditPages.Reader.Agency(context.root().id()),
                            shell,
                            "/admin/audit",
                            query,
                            Uuids.parse(after)));
        });
    }
}
