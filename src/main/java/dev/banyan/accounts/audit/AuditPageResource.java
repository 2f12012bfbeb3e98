package dev.banyan.accounts.audit;

import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The audit log of an agency and its sub-accounts. A sub-account has no such page.
@Path("/admin")
@RunOnVirtualThread
class AuditPageResource {

    private final AuditPages pages;
    private final AuditFiles files;

    AuditPageResource(AuditPages pages, AuditFiles files) {
        this.pages = pages;
        this.files = files;
    }

    @GET
    @Path("audit")
    public Response show(
            @Context AccountPage page,
            @BeanParam AuditFilters filters,
            @QueryParam("after") @DefaultValue("") String after) {
        var frame = page.frame(NavItem.AUDIT, "Audit log");
        return Html.ok(
                page.context().isSubAccount()
                        ? new ManagedPage(frame)
                        : pages.page(
                                new AuditPages.Reader.Agency(
                                        page.context().root().id()),
                                frame,
                                "/admin/audit",
                                filters.query(),
                                Uuids.parse(after)));
    }

    /// Exports the log with the filters of its page.
    @GET
    @Path("audit.csv")
    public Response download(@Context AccountPage page, @BeanParam AuditFilters filters) {
        page.refuseSubAccounts(NavItem.AUDIT, "Audit");
        return files.answer(
                page.call(), new AuditPages.Reader.Agency(page.context().root().id()), filters.query());
    }
}
