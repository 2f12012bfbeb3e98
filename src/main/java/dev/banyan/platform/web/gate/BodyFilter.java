package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.gate.BodyBudget.Refusal;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/// Decides who may send more than a short body, before any of it is read: the route exists by now, and the caller is
/// known ([CallerFilter]). Strangers send short bodies and no files. It comes after the filters that refuse callers for
/// their own reasons, and before those that read forms.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION + 1)
record BodyFilter(BodyBudget budget, BodyLimits limits, @All List<BodyDoor> doors, CurrentVertxRequest current)
        implements ContainerRequestFilter {

    static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final int UNKNOWN = -1;
    private static final String FORM_WITH_FILES = "multipart/form-data";

    @Override
    public void filter(ContainerRequestContext request) {
        RoutingContext routing = current.getCurrent();
        HttpServerRequest sent = routing.request();
        long declared = declared(sent);
        boolean files = bringsFiles(sent);
        if (!files && declared != UNKNOWN && declared <= BodyBudget.SHORT) {
            return;
        }
        Optional<BodyDoor> door =
                doors.stream().filter(one -> one.leads(RequestPath.of(sent))).findFirst();
        Optional<String> owner =
                door.isPresent() ? door.get().owner(RequestPath.of(sent)) : Callers.owner(new Call(routing).caller());
        if (owner.isPresent()) {
            admit(request, sent, owner.get(), files, declared);
        } else if (files || door.isPresent()) {
            // The route answers as it does without a body: it sends browsers to its sign-in, for one.
            budget.refuse(Refusal.STRANGER);
            endAfterwards(routing);
            request.setEntityStream(files ? emptyForm(sent) : InputStream.nullInputStream());
        } else if (declared > BodyBudget.SHORT
                || !BodyWatch.of(sent).map(budget::keepShort).orElse(true)) {
            budget.refuse(Refusal.STRANGER);
            endAfterwards(routing);
            throw stranger(sent);
        }
    }

    private void admit(
            ContainerRequestContext request, HttpServerRequest sent, String owner, boolean files, long declared) {
        Optional<Body> body = BodyWatch.of(sent);
        if (body.isEmpty()) {
            return;
        }
        long most = limits.of(sent);
        @Nullable
        Refusal refusal = files
                ? budget.admitUpload(body.get(), owner, most, declared)
                : budget.admit(body.get(), owner, most, declared);
        if (refusal != null) {
            endAfterwards(current.getCurrent());
            throw failure(refusal, most);
        }
        if (files) {
            boundary(sent)
                    .ifPresent(boundary -> request.setEntityStream(
                            new UploadedForm(request.getEntityStream(), boundary, budget.fieldsMost())));
        }
    }

    private static RuntimeException failure(Refusal refusal, long most) {
        return switch (refusal) {
            case STRANGER, TOO_LARGE -> tooLarge("The body must not be larger than " + most + " bytes");
            case FULL ->
                new Overloaded("The server is receiving too much right now. Try again in a moment.", RETRY_AFTER);
            case DISK -> new Overloaded("The server’s disk is nearly full, so it takes no files", RETRY_AFTER);
        };
    }

    /// Whoever has sent something to be known by learns that it is no longer valid.
    private static WebApplicationException stranger(HttpServerRequest sent) {
        boolean tried = sent.headers().contains(HttpHeaders.AUTHORIZATION)
                || sent.headers().contains("X-API-Key")
                || sent.cookies().stream().anyMatch(cookie -> cookie.getName().contains("banyan"));
        return tried
                ? new WebApplicationException("Sign in again, or use a valid key", 401)
                : tooLarge("Without signing in, the body must not be larger than " + BodyBudget.SHORT + " bytes");
    }

    private static WebApplicationException tooLarge(String text) {
        return new WebApplicationException(text, 413);
    }

    /// What remains of the body is not worth reading.
    private static void endAfterwards(RoutingContext routing) {
        routing.addHeadersEndHandler(_ -> routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }

    /// @return -1 for a body in chunks
    private static long declared(HttpServerRequest sent) {
        if (sent.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return UNKNOWN;
        }
        String length = sent.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static boolean bringsFiles(HttpServerRequest sent) {
        String type = sent.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM_WITH_FILES);
    }

    private static InputStream emptyForm(HttpServerRequest sent) {
        return new ByteArrayInputStream(boundary(sent)
                .map(boundary -> "--" + boundary + "--\r\n")
                .orElse("")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> boundary(HttpServerRequest sent) {
        return UploadedForm.boundary(sent.getHeader(HttpHeaders.CONTENT_TYPE));
    }
}
