package dev.banyan.platform.web.gate;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// What load balancers and launchers ask. They are answered in plain text, whatever they accept.
@Path("/")
@RunOnVirtualThread
class HealthResource {

    private static final int RETRY_AFTER = 2;

    private final Readiness readiness;

    HealthResource(Readiness readiness) {
        this.readiness = readiness;
    }

    /// The process answers.
    @GET
    @Path("healthz")
    public Response alive() {
        return answer(200, "ok\n");
    }

    /// The process can do its work: start-up is over, sample data included, and the database answers and takes writes.
    /// Otherwise it says in a line why not, at once.
    @GET
    @Path("readyz")
    public Response ready() {
        return readiness
                .obstacle()
                .map(why -> Response.fromResponse(answer(503, "not ready: " + why + "\n"))
                        .header("Retry-After", RETRY_AFTER)
                        .build())
                .orElseGet(() -> answer(200, "ready\n"));
    }

    private static Response answer(int status, String text) {
        return Response.status(status)
                .type("text/plain;charset=UTF-8")
                .entity(text)
                .build();
    }
}
