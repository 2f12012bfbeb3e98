package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.audit.AuditFiles;
import dev.banyan.accounts.audit.AuditFilters;
import dev.banyan.accounts.audit.AuditPages;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The audit log of the whole server, and its verification for operators without a terminal: the same as
/// `./banyan audit verify`.
@Path("/operator")
@RunOnVirtualThread
class OperatorAuditPageResource {

    private final AuditPages pages;
    private final AuditFiles files;
    private final AuditChecks checks;

    OperatorAuditPageResource(AuditPages pages, AuditFiles files, AuditChecks checks) {
        this.pages = pages;
        this.files = files;
        this.checks = checks;
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

    @GET
    @Path("audit/verification")
    public Response show(@Context OperatorPage page) {
        return Html.ok(page(page, checks.last()));
    }

    @POST
    @Path("audit/verification")
    public Response begin(@Context OperatorPage page) {
        checks.begin(page.actor());
        return Html.seeOther("/operator/audit/verification");
    }

    private OperatorAuditCheckPage page(OperatorPage page, Optional<AuditChecks.Check> last) {
        return new OperatorAuditCheckPage(
                page.frame(NavItem.OPERATOR_AUDIT, "Verify audit log"),
                last.map(check -> check.stage().name().toLowerCase(Locale.ROOT)).orElse("none"),
                last.map(check -> Words.moment(check.startedAt())).orElse(""),
                last.map(check -> Words.count(check.chains(), "chain", "chains"))
                        .orElse(""),
                last.map(check -> Words.count(check.rows(), "row", "rows")).orElse(""),
                last.map(check -> Words.count(check.brokenChains(), "chain is", "chains are"))
                        .orElse(""),
                last.filter(check -> check.brokenChains() == 0).isPresent(),
                last.map(AuditChecks.Check::broken).orElse(List.of()));
    }
}
