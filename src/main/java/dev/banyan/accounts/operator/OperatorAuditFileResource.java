package dev.banyan.accounts.operator;

import dev.banyan.accounts.audit.AuditFiles;
import dev.banyan.accounts.audit.AuditPages;
import dev.banyan.accounts.audit.AuditQuery;
import dev.banyan.accounts.context.OperatorPage;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Exports the server's audit log with the filters of its page.
@Path("/operator/audit.csv")
class OperatorAuditFileResource {

    private final AuditFiles files;

    OperatorAuditFileResource(AuditFiles files) {
        this.files = files;
    }

    @GET
    public Response download(
            @Context OperatorPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("person") @DefaultValue("") String person,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("scope") @DefaultValue("") String scope) {
        var query = new AuditQuery(search, action, account, person, from, to, scope);
        return files.answer(page.call(), new AuditPages.Reader.Server(), query);
    }
}
