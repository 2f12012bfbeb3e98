package dev.banyan.mcp;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.keys.KeyText;
import dev.banyan.mcp.McpTool.Prepared;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.json.ApiDescription;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Reads what clients send to `/mcp`, after the gate has checked where it comes from. A call of a tool becomes the
/// request that a program would send to `/v1` with the same key, and begins at the gate again: nothing that guards the
/// API knows that it was a tool. Everything else goes to [McpResource].
@Singleton
record McpFilter(McpTools tools, ObjectMapper json) {
    static final String PATH = "/mcp";

    /// The connection may also change things: `/mcp?write=true`. The person who sets up a client decides it.
    static final String WRITE = "write";

    /// What the gate allows a caller who is not known yet.
    private static final int MOST_BYTES = 64 * 1_024;

    private static final String JSON = "application/json";

    private static final String BEARER = "Bearer ";

    void register(@Observes Filters filters) {
        filters.register(this::pass, FilterOrder.GATE - 1);
    }

    private void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!RequestPath.of(request).equals(PATH)
                || request.method() != HttpMethod.POST
                || !hasKey(request)
                || !Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "")
                        .regionMatches(true, 0, JSON, 0, JSON.length())) {
            context.next(); // a resource says what is wrong, and doesn't wait for the body of a stranger
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= MOST_BYTES) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> received(context, body));
        request.resume();
    }

    private void received(RoutingContext context, Buffer body) {
        if (body.length() > MOST_BYTES) {
            context.fail(413);
            return;
        }
        ((RoutingContextInternal) context).setBody(Buffer.buffer());
        context.vertx()
                .executeBlocking(() -> prepared(context, body.getBytes()), false)
                .onSuccess(prepared -> {
                    if (prepared.isPresent() && prepared.get() instanceof Prepared.Act act) {
                        perform(context, act);
                    } else {
                        context.next();
                    }
                })
                .onFailure(failure -> {
                    Log.error("A message of an assistant could not be read", failure);
                    context.fail(500);
                });
    }

    /// @return empty if nothing is called
    private Optional<Prepared> prepared(RoutingContext context, byte[] body) {
        McpMessage message = McpMessage.read(json, body);
        context.put(McpMessage.class.getName(), message);
        if (!message.calls("tools/call")) {
            return Optional.empty();
        }
        Optional<Prepared> prepared = tools.find(message.params().path("name").asText())
                .map(tool -> tool.reads() || mayWrite(context)
                        ? tool.prepare(message.params().path("arguments"))
                        : new Prepared.Refused(
                                "This connection only reads. It needs an address that ends with ?" + WRITE + "=true"));
        prepared.ifPresent(found -> context.put(Prepared.class.getName(), found));
        return prepared;
    }

    static Optional<McpMessage> message(RoutingContext context) {
        return Optional.ofNullable(context.get(McpMessage.class.getName()));
    }

    static Optional<Prepared> prepared(RoutingContext context) {
        return Optional.ofNullable(context.get(Prepared.class.getName()));
    }

    static boolean mayWrite(RoutingContext context) {
        // Not the parsed query: the context would keep it for the request of the tool.
        String query = Objects.requireNonNullElse(context.request().query(), "");
        return List.of(query.split("&")).contains(WRITE + "=true");
    }

    /// Returns whether the request has a key of an account, which the guard will find in the same place: routes behind
    /// tools also take sessions.
    private static boolean hasKey(HttpServerRequest request) {
        String authorization = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
        String shown = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length())
                : Objects.requireNonNullElse(request.getHeader("X-API-Key"), "");
        return KeyText.Kind.ACCOUNT.isOf(shown.strip());
    }

    private static void perform(RoutingContext context, Prepared.Act act) {
        HttpServerRequest request = context.request();
        Buffer body = act.body().map(JsonNode::toString).map(Buffer::buffer).orElseGet(Buffer::buffer);
        request.headers()
                .remove(HttpHeaders.COOKIE)
                .remove(HttpHeaders.TRANSFER_ENCODING)
                .set(HttpHeaders.ACCEPT, JSON)
                .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        request.headers().remove(ApiDescription.IDEMPOTENCY_KEY);
        act.idempotencyKey().ifPresent(key -> request.headers().set(ApiDescription.IDEMPOTENCY_KEY, key));
        ((RoutingContextInternal) context).setBody(body);
        context.remove(Call.REQUEST_ID); // the gate begins anew
        context.reroute(HttpMethod.valueOf(act.method()), act.uri());
    }
}
