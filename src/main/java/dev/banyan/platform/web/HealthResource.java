package dev.banyan.platform.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// What load balancers and launchers ask.
@Path("/")
@RunOnVirtualThread
@Produces(MediaType.TEXT_PLAIN)
class HealthResource {

    private static final int RETRY_AFTER = 2;

    private final Readiness readiness;

    HealthResource(Readiness readiness) {
        this.readiness = readiness;
    }

    /// The process answers.
    @GET
    @Path("healthz")
    public String alive() {
        return "ok\n";
    }

    /// The process can do its work: start-up is over, sample data included, and the database answers and takes writes.
    /// Otherwise it says in a line why not, at once.
    @GET
    @Path("readyz")
    public Response ready() {
        return readiness
                .obstacle()
                .map(why ->
                        Response.status(503).header("Retry-After", RETRY_AFTER).entity("not ready: " + why + "\n"))
                .orElseGet(() -> Response.ok("ready\n"))
                .build();
    }
}
