package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.AllowedMethods;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Handles every request before anything else: sets a request id and security headers, refuses malformed addresses,
/// cross-site writes and bodies that are too large, and rewrites the path to its canonical spelling.
@Singleton
public record Gate(Settings settings, Drain drain, BodyLimits bodies, AllowedMethods methods) {

    /// The path as the client sent it, before it was rewritten to its canonical spelling.
    static final String SENT_PATH = "banyan.sent-path";
    /// Set if a request came over `/v1`, which is only for programs with a key.
    static final String FOR_KEYS = "banyan.for-keys";
    /// After Quarkus has set the largest body of all (order -2).
    private static final int AFTER_LARGEST_BODY = 1;

    private static final int LONGEST_ADDRESS = 8_192;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /// Where sign-in providers make browsers post their answers. These routes use no cookie and set none.
    private static final Pattern CROSS_SITE = Pattern.compile("/s/[^/]+/sso/acs|/sso/[^/]+/acs");

    private static final Pattern CAMPAIGN = Pattern.compile("([?&]utm_[a-z]{1,20}=)([^&#]*)");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final Pattern LED_ON = Pattern.compile("/l/[^/]+/?");

    void register(@Observes Filters filters) {
        filters.register(this::pass, FilterOrder.GATE);
        filters.register(this::limitUnknownLength, AFTER_LARGEST_BODY);
    }

    /// Cuts off a body without a declared length while it is read.
    private void limitUnknownLength(RoutingContext context) {
        if (context.request().getHeader("Content-Length") == null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, bodies.of(context.request()));
        }
        context.next();
    }

    private void pass(RoutingContext context) {
        if (context.get(Call.REQUEST_ID) != null) {
            writeHeaders(context); // rewritten below, and here for the second time: what was to be written is forgotten
            context.next();
            return;
        }
        String path = RequestPath.of(context.request());
        context.put(
                Call.REQUEST_ID,
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        context.put(SENT_PATH, path);
        writeHeaders(context);
        Optional<Refusal> refusal = drain.enter(context)
                ? refusal(context.request())
                : Optional.of(new Refusal(503, "The server is stopping"));
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
            return;
        }
        // One spelling for everything that follows: double slashes, dots and needless escapes bypass no guard.
        String plain = context.normalizedPath();
        String accept = Objects.requireNonNullElse(context.request().getHeader("Accept"), "");
        Optional<String> page = CanonicalRoutes.page(plain, accept)
                .filter(_ -> context.request().method() == HttpMethod.GET);
        if (page.isPresent()) {
            context.response()
                    .putHeader("Location", page.get() + query(context))
                    .setStatusCode(303)
                    .end();
            return;
        }
        Optional<String> named = CanonicalRoutes.of(plain);
        if (CanonicalRoutes.isForKeys(plain)) {
            if (named.isEmpty()) {
                ErrorAnswers.write(context, 404, ErrorAnswers.noEndpoint(plain));
                return;
            }
            context.put(FOR_KEYS, true);
        }
        String canonical = named.orElse(plain);
        String query = query(context);
        String read = campaignsRead(query);
        // Quarkus would name the methods of all paths that begin as this one does.
        String allowed = context.request().method() == HttpMethod.OPTIONS ? methods.of(canonical) : "";
        if (!allowed.isEmpty()) {
            context.response()
                    .putHeader("Allow", allowed + ", OPTIONS")
                    .setStatusCode(204)
                    .end();
            return;
        }
        if (path.startsWith("/") && !(canonical.equals(path) && read.equals(query))) {
            context.reroute(canonical + read);
        } else {
            context.next();
        }
    }

    private static String query(RoutingContext context) {
        String query = context.request().query();
        return query == null ? "" : "?" + query;
    }

    /// Written last, if a response has none of its own.
    private void writeHeaders(RoutingContext context) {
        context.addHeadersEndHandler(_ -> {
            MultiMap headers = context.response().headers();
            if (drain.isStopping()) {
                headers.set("Connection", "close"); // the next request finds another server
            }
            headers.set("X-Request-Id", context.<String>get(Call.REQUEST_ID));
            SecurityHeaders.ALWAYS.forEach((name, value) -> setIfAbsent(headers, name, value));
            boolean failed = context.response().getStatusCode() >= 400;
            if (failed || RequestPath.of(context.request()).startsWith("/api/")) {
                setIfAbsent(headers, "Cache-Control", "no-store"); // private content stays out of caches
            }
        });
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private record Refusal(int status, String text) {}

    private Optional<Refusal> refusal(HttpServerRequest request) {
        // The query of a short link may go on to where it leads, and isn't ours to judge.
        String address = isLedOn(request) ? RequestPath.of(request) : campaignsRead(request.uri());
        if (address.length() > LONGEST_ADDRESS) {
            return Optional.of(
                    new Refusal(414, "The address must not be longer than " + LONGEST_ADDRESS + " characters"));
        }
        if (!RequestPath.isDecodable(address)) {
            return Optional.of(new Refusal(400, "The address is not valid UTF-8"));
        }
        if (!SAFE.contains(request.method())
                && isCrossSite(request)
                && !CROSS_SITE.matcher(RequestPath.of(request)).matches()) {
            return Optional.of(new Refusal(403, "Requests from other sites are refused"));
        }
        long most = bodies.of(request);
        if (contentLength(request) > most) {
            return Optional.of(new Refusal(413, "The body must not be larger than " + most + " bytes"));
        }
        return Optional.empty();
    }

    /// Returns an address or a query whose campaign is UTF-8: `utm_campaign=fr%FChling` of older mail programs turns
    /// no visitor away.
    private static String campaignsRead(String address) {
        return address.contains("utm_") && !RequestPath.isDecodable(address)
                ? CAMPAIGN.matcher(address).replaceAll(found -> found.group(1) + utf8(found.group(2)))
                : address;
    }

    private static String utf8(String value) {
        try {
            return RequestPath.isDecodable(value)
                    ? Matcher.quoteReplacement(value)
                    : URLEncoder.encode(URLDecoder.decode(value, WINDOWS).replace("\0", ""), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return ""; // not even escaped
        }
    }

    private static boolean isLedOn(HttpServerRequest request) {
        return (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
                && LED_ON.matcher(RequestPath.of(request)).matches();
    }

    private void refuse(RoutingContext context, Refusal refusal) {
        // The rest of the body is not worth reading; the connection ends with the response.
        context.response().putHeader("Connection", "close");
        ErrorAnswers.write(context, refusal.status(), refusal.text());
    }

    /// Returns true if a browser reports another site as the source. Programs such as curl report nothing and pass,
    /// because they don't carry another user's cookies.
    private boolean isCrossSite(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return OwnOrigin.isOtherSite(request)
                .orElseGet(() -> origin != null && !OwnOrigin.is(origin, request, settings));
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }
}
