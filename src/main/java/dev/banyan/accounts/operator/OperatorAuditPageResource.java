package dev.banyan.accounts.operator;

import dev.banyan.accounts.audit.AuditFiles;
import dev.banyan.accounts.audit.AuditFilters;
import dev.banyan.accounts.audit.AuditPages;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The audit log of the whole server.
@Path("/operator")
@RunOnVirtualThread
class OperatorAuditPageResource {

    private final AuditPages pages;
    private final AuditFiles files;

    OperatorAuditPageResource(AuditPages pages, AuditFiles files) {
        this.pages = pages;
        this.files = files;
    }

    @GET
    @Path("audit")
    public Response show(
            @Context OperatorPage page,
            @BeanParam AuditFilters filters,
            @QueryParam("scope") @DefaultValue("") String scope,
            @QueryParam("after") @DefaultValue("") String after) {
        return Html.ok(pages.page(
                new AuditPages.Reader.Server(),
                page.frame(NavItem.OPERATOR_AUDIT, "Audit log"),
                "/operator/audit",
                filters.query(scope),
                Uuids.parse(after)));
    }

    /// Exports the log with the filters of its page.
    @GET
    @Path("audit.csv")
    public Response download(
            @Context OperatorPage page,
            @BeanParam AuditFilters filters,
            @QueryParam("scope") @DefaultValue("") String scope) {
        return files.answer(page.call(), new AuditPages.Reader.Server(), filters.query(scope));
    }
}
