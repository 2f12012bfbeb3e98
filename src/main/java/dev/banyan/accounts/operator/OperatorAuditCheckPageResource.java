package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Verifies the audit log for operators without a terminal: the same as `./banyan audit verify`.
@Path("/operator/audit/verification")
@RunOnVirtualThread
class OperatorAuditCheckPageResource {

    private final AuditChecks checks;

    OperatorAuditCheckPageResource(AuditChecks checks) {
        this.checks = checks;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        return Html.ok(page(page, checks.last()));
    }

    @POST
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
