package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;

/// Where to report a security problem of this server (RFC 9116). It is generated from the operator's settings, so only
/// a copy can be out of date, after a quarter at the earliest.
@Path("/")
@RunOnVirtualThread
class SecurityTextResource {

    private static final Duration HOLDS = Duration.ofDays(90);
    private static final String KEPT = "public, max-age=3600";

    private final Settings settings;
    private final Clock clock;

    SecurityTextResource(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Path(".well-known/security.txt")
    public Response securityText() {
        URI contact = settings.securityContact().orElseThrow(NotFoundException::new);
        Instant expires = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(HOLDS);
        // RFC 9116 allows only encrypted addresses here.
        String canonical = settings.isHttps() ? "Canonical: " + settings.baseUrl() + "/.well-known/security.txt\n" : "";
        return Response.ok("Contact: " + contact.toASCIIString() + "\nExpires: " + expires
                        + "\nPreferred-Languages: en\n" + canonical)
                .type("text/plain; charset=utf-8")
                .header("Cache-Control", KEPT)
                .build();
    }
}
