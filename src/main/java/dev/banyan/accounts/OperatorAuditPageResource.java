package dev.banyan.accounts;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// What was done on the whole server.
@Path("/operator/audit")
@RunOnVirtualThread
class OperatorAuditPageResource {

    private final AsOperator asOperator;
    private final AuditPages pages;
    private final Shells shells;

    OperatorAuditPageResource(AsOperator asOperator, AuditPages pages, Shells shells) {
        this.asOperator = asOperator;
        this.pages = pages;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return asOperator.page(
                call,
                () -> Html.ok(pages.page(
                        new AuditPages.Reader.Server(),
                        shells.ofOperator(call, NavItem.OPERATOR_AUDIT, "Audit of this server"),
                        "/operator/audit",
                        AuditQuery.of(call),
                        AuditQuery.after(call))));
    }
}
