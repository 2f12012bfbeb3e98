package dev.banyan.platform.web.gate;

import dev.banyan.platform.config.Release;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// Health checks for load balancers and launchers. Answered in plain text, whatever the client accepts.
@Path("/")
@RunOnVirtualThread
class HealthResource {

    private static final int RETRY_AFTER = 2;

    private final Readiness readiness;
    private final Release release;

    HealthResource(Readiness readiness, Release release) {
        this.readiness = readiness;
        this.release = release;
    }

    /// Returns 200 if the process responds, and the version in the second line.
    @GET
    @Path("healthz")
    public Response alive() {
        return answer(200, "ok\n" + release.name() + "\n");
    }

    /// Returns 200 if the process can do its work: start-up is over, including sample data, and the database can be
    /// read and written. Otherwise returns the reason in one line, at once.
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
