package dev.banyan.accounts;

import dev.banyan.platform.web.Answers;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Too many people log in at once: come again in a moment.
final class BusyAnswers {

    @ServerExceptionMapper
    Response busy(Passwords.Busy busy) {
        return Response.fromResponse(Answers.refused(503, "Too many people sign in at once; try again in a moment"))
                .header("Retry-After", 1)
                .build();
    }
}
