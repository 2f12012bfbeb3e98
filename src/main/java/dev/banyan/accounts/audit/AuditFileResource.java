package dev.banyan.accounts.audit;

import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.web.page.NavItem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Exports an agency's audit log with the filters of its page.
@Path("/admin/audit.csv")
class AuditFileResource {

    private final AuditFiles files;

    AuditFileResource(AuditFiles files) {
        this.files = files;
    }

    @GET
    public Response download(
            @Context AccountPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("person") @DefaultValue("") String person,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        page.refuseSubAccounts(NavItem.AUDIT, "Audit");
        return files.answer(
                page.call(),
                new AuditPages.Reader.Agency(page.context().root().id()),
                new AuditQuery(search, action, account, person, from, to, ""));
    }
}
