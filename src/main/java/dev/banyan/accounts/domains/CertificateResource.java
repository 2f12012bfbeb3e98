package dev.banyan.accounts.domains;

import dev.banyan.platform.dns.HostName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;

/// Answers a proxy that asks whether it may get a certificate for a host (Caddy’s `ask`). Says nothing that a
/// request for that host would not.
@Path("/internal/domain")
@RunOnVirtualThread
class CertificateResource {

    private final Domains domains;

    CertificateResource(Domains domains) {
        this.domains = domains;
    }

    @GET
    public Response mayHave(@QueryParam("domain") @DefaultValue("") String domain) {
        boolean isServed = HostName.parse(domain).filter(domains::isServed).isPresent();
        return Response.status(isServed ? 200 : 404)
                .type("text/plain;charset=UTF-8")
                .header("Cache-Control", "no-store")
                .entity(isServed ? "yes\n" : "no\n")
                .build();
    }
}
