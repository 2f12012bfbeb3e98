package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import jakarta.ws.rs.core.Response;

/// JSON answers in the two shapes of the seeds: bare objects with `{"error": "…"}` for failures (LinkToMe), and the
/// envelope `{success, data?, message?, error?}` (workspaces, login).
public final class Answers {

    private Answers() {}

    private static final String TOO_MANY = "Too many requests";

    /// The body of a failure on a LinkToMe route.
    public record Failure(String error) {}

    /// The envelope without data; answers with data are records of their resources.
    @JsonInclude(Include.NON_ABSENT)
    public record Envelope(boolean success, Optional<String> message, Optional<String> error) {}

    /// A failure on a LinkToMe route for input that breaks a rule.
    public record FieldFailure(String error, String field, String rule) {}

    /// The envelope for input that breaks a rule.
    public record FieldRefusal(boolean success, String error, String field, String rule) {}

    public static Response failure(int status, String text) {
        return Response.status(status).entity(new Failure(text)).build();
    }

    public static Response failure(Invalid invalid) {
        return Response.status(400)
                .entity(new FieldFailure(invalid.apiMessage(), invalid.field(), invalid.userMessage()))
                .build();
    }

    public static Response done(String message) {
        return Response.ok(new Envelope(true, Optional.of(message), Optional.empty()))
                .build();
    }

    public static Response refused(int status, String text) {
        return Response.status(status)
                .entity(new Envelope(false, Optional.empty(), Optional.of(text)))
                .build();
    }

    public static Response refused(Invalid invalid) {
        return Response.status(400)
                .entity(new FieldRefusal(false, invalid.apiMessage(), invalid.field(), invalid.userMessage()))
                .build();
    }

    /// Returns a 429 with the seconds to wait, in the envelope.
    public static Response tooMany(Duration wait) {
        return tooMany(wait, new Envelope(false, Optional.empty(), Optional.of(TOO_MANY)));
    }

    /// Returns the same on a LinkToMe route.
    public static Response tooManyFailure(Duration wait) {
        return tooManyFailure(wait, TOO_MANY);
    }

    public static Response tooManyFailure(Duration wait, String text) {
        return tooMany(wait, new Failure(text));
    }

    private static Response tooMany(Duration wait, Object body) {
        return Response.status(429)
                .header("Retry-After", Math.max(1, wait.toSeconds()))
                .entity(body)
                .build();
    }
}
