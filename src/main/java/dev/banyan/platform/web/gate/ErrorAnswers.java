package dev.banyan.platform.web.gate;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.platform.web.AllowedMethods;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.ErrorPages;
import io.quarkus.logging.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns all failures into answers: JSON for programs, a page for people, and never a stack trace.
///
/// Below `/api` the answer is `{"error": "…"}`; outside the LinkToMe areas it also contains `success: false`, like the
/// workspace seed's envelope.
final class ErrorAnswers {
    /// In seconds: about the time that a database restart takes.
    private static final int RETRY_AFTER = 5;

    private final ErrorPages errorPages;
    private final AllowedMethods allowedMethods;
    private final RepeatedFailures repeated;
    private final Drain drain;

    @Inject
    ErrorAnswers(ErrorPages errorPages, AllowedMethods allowedMethods, Drain drain, Clock clock) {
        this.repeated = new RepeatedFailures(ErrorAnswers.class, clock);
        this.errorPages = errorPages;
        this.allowedMethods = allowedMethods;
        this.drain = drain;
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException failure, RoutingContext context) {
        String path = RequestPath.of(context.request());
        if (allowedMethods.refuses(context.request().method().name(), path)) {
            return wrongMethod(context);
        }
        // An existing route may not find what its query asks for.
        boolean noSuchName = path.startsWith("/api/")
                && isLinkToMe(path)
                && CanonicalRoutes.of(path).isEmpty();
        return answer(context, 404, noSuchName ? noEndpoint(path) : "Not found");
    }

    /// Returns the message in the LinkToMe contract's words.
    static String noEndpoint(String path) {
        return "Endpoint not found: " + path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isLinkToMe(String path) {
        return path.toLowerCase(Locale.ROOT).matches("(/api)?/(admin|public|siteadmin|v1)/.*");
    }

    @ServerExceptionMapper
    Response wrongMethod(NotAllowedException failure, RoutingContext context) {
        return wrongMethod(context);
    }

    private Response wrongMethod(RoutingContext context) {
        return Response.fromResponse(answer(context, 405, "Method not allowed"))
                .header("Allow", allowedMethods.of(RequestPath.of(context.request())))
                .build();
    }

    @ServerExceptionMapper
    Response webFailure(WebApplicationException failure, RoutingContext context) {
        return switch (failure.getCause()) {
            case JsonProcessingException json -> answer(context, 400, explain(json));
            // Quarkus makes a 400 of all that stops a parameter from being made, such as a guard without a database.
            case DatabaseUnavailable unusable -> noDatabase(unusable, context);
            case FilesUnavailable unusable -> noFiles(unusable, context);
            case Overloaded overloaded -> overloaded(overloaded, context);
            case null, default -> refused(failure, context);
        };
    }

    private Response refused(WebApplicationException failure, RoutingContext context) {
        int status = failure.getResponse().getStatus();
        return answer(
                context,
                status,
                switch (status) {
                    case 406 -> "This address can't return the type in the Accept header";
                    case 415 -> wrongType(context);
                    default -> Optional.ofNullable(failure.getMessage()).orElse("This request can't be processed");
                });
    }

    private String wrongType(RoutingContext context) {
        List<String> types = allowedMethods.types(context.request().method().name(), RequestPath.of(context.request()));
        return "The Content-Type must be "
                + (types.isEmpty()
                        ? "application/json, or application/x-www-form-urlencoded for a form"
                        : String.join(" or ", types));
    }

    /// Replaces Quarkus' own mapper for this exception, which answers without a text.
    @ServerExceptionMapper
    Response wrongType(MismatchedInputException failure, RoutingContext context) {
        return answer(context, 400, explain(failure));
    }

    /// Handles what Jackson throws at the second of two values for the only field of a body, where an alias counts as
    /// the field. An answer that it cannot write is a failure of ours.
    @ServerExceptionMapper
    Response givenTwice(InvalidDefinitionException failure, RoutingContext context) {
        boolean isRequest = Arrays.stream(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains("MessageBodyReader"));
        return isRequest && !failure.getPath().isEmpty()
                ? answer(context, 400, failure.getPath().getLast().getFieldName() + " is given twice")
                : failure(failure, context);
    }

    @ServerExceptionMapper
    Response brokenJson(JsonProcessingException failure, RoutingContext context) {
        return answer(context, 400, explain(failure));
    }

    /// Handles failures to read the request: our own code wraps what it cannot read or write.
    @ServerExceptionMapper
    Response brokenBody(IOException failure, RoutingContext context) {
        return answer(context, 400, "The body cannot be read");
    }

    /// Handles a broken %-escape, which Quarkus throws when it reads forms before any resource is called.
    @ServerExceptionMapper
    Response brokenForm(IllegalArgumentException failure, RoutingContext context) {
        boolean inForm = Arrays.stream(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains("FormEncodedData"));
        return inForm ? answer(context, 400, "The form is not valid UTF-8") : failure(failure, context);
    }

    @ServerExceptionMapper
    Response noDatabase(DatabaseUnavailable failure, RoutingContext context) {
        return unusable("A request found no database", failure, context);
    }

    @ServerExceptionMapper
    Response noFiles(FilesUnavailable failure, RoutingContext context) {
        return unusable("A request found no files", failure, context);
    }

    private Response unusable(String what, Throwable failure, RoutingContext context) {
        if (!isCutOff(context)) {
            repeated.failed(what, failure);
        }
        return Response.fromResponse(
                        answer(context, 503, "The server can't save or load data right now. Try again in a minute."))
                .header("Retry-After", RETRY_AFTER)
                .build();
    }

    @ServerExceptionMapper
    Response overloaded(Overloaded failure, RoutingContext context) {
        return Response.fromResponse(answer(context, 503, String.valueOf(failure.getMessage())))
                .header("Retry-After", Math.max(1, failure.retryAfter().toSeconds()))
                .build();
    }

    @ServerExceptionMapper
    Response failure(Throwable failure, RoutingContext context) {
        if (!isCutOff(context)) {
            Log.errorf(failure, "Request %s failed", context.<String>get(Call.REQUEST_ID));
        }
        return answer(context, 500, "Something went wrong on our side. Try again in a moment.");
    }

    /// Returns whether nobody waits for the answer while the server stops. Work that outlasts the patience of the stop
    /// finds the database closed, and nothing is wrong.
    private boolean isCutOff(RoutingContext context) {
        return drain.isStopping() && context.response().closed();
    }

    /// Names the field and what it should be, in terms of JSON and not of Java.
    private static String explain(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                "Unknown field: " + field(unknown) + ". This request takes: "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case InvalidNullException nothing -> "The field " + field(nothing) + " must not be null";
            case MismatchedInputException mismatch
            when !mismatch.getPath().isEmpty() ->
                "The field " + field(mismatch) + " must be " + wanted(mismatch.getTargetType());
            case MismatchedInputException _ -> "The body must be a JSON object";
            case JsonMappingException mapping
            when mapping.getCause() instanceof InputCoercionException
                    || mapping.getCause() instanceof StreamConstraintsException ->
                "The field " + field(mapping) + " is too large";
            case StreamConstraintsException _ -> "The body is nested too deeply, or a number or text in it is too long";
            default ->
                Optional.of(String.valueOf(failure.getOriginalMessage()))
                        .filter(why -> why.startsWith("Duplicate field '"))
                        .map(why -> "The body has the field " + why.replaceAll("^[^']*'|'$", "") + " twice")
                        .orElse("The body is not valid JSON");
        };
    }

    /// Returns the field's path, such as `links[2].title`.
    private static String field(JsonMappingException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private Response answer(RoutingContext context, int status, String text) {
        String path = Objects.requireNonNull(context.<String>get(Gate.SENT_PATH));
        if (wantsJson(context)) {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(json(path, text).encode())
                    .build();
        }
        return errorPages.answer(
                status,
                status == 404 ? "Page not found" : text,
                switch (status) {
                    case 404 ->
                        "Check the address. The page may have been removed, or you may not have access to its account.";
                    case 503 ->
                        "Your saved work is safe. Wait a moment, then reload this page. If you sent a form, go back and send it again.";
                    default -> "Go back and try again. If it happens again, contact the people who run this server.";
                },
                Assets.theme(context),
                Objects.requireNonNull(context.<String>get(Call.REQUEST_ID)));
    }

    private static boolean wantsJson(RoutingContext context) {
        String path = Objects.requireNonNull(context.<String>get(Gate.SENT_PATH));
        if (path.startsWith("/api/")
                || path.equals("/mcp")
                || CanonicalRoutes.isForKeys(path)
                || RequestPath.of(context.request()).startsWith("/api/")) {
            return true;
        }
        String accept = context.request().getHeader("Accept");
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }

    private static JsonObject json(String path, String text) {
        var json = new JsonObject();
        if (!isLinkToMe(path)) {
            json.put("success", false);
        }
        return json.put("error", text);
    }

    /// Writes failures that occur before a resource is chosen; short text instead of a page, because browsers never get
    /// here from a page.
    static void write(RoutingContext context, int status, String text) {
        var response = context.response().setStatusCode(status);
        if (!wantsJson(context)) {
            response.putHeader("Content-Type", "text/plain; charset=utf-8").end(Buffer.buffer(text + "\n"));
            return;
        }
        JsonObject body = json(Objects.requireNonNull(context.<String>get(Gate.SENT_PATH)), text);
        ErrorCodes.add(status, body, response, context);
        response.putHeader("Content-Type", MediaType.APPLICATION_JSON).end(body.toBuffer());
    }
}
