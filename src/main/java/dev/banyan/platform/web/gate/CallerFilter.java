package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.MatchedRoute;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.MDC;

/// Determines once per request who sent it and from where.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
record CallerFilter(
        Callers callers,
        KeyDoor keys,
        KeyRequests requests,
        ClientAddress clientAddress,
        ResourceInfo matched,
        CurrentVertxRequest current)
        implements ContainerRequestFilter {

    /// Answered without reading the database, which may be what is failing.
    private static final Set<String> HEALTH = Set.of("/healthz", "/readyz");

    /// Where programs send their keys, besides `/v1`.
    private static final List<String> TAKE_KEYS =
            List.of("/api/projects", "/api/whatsapp", "/api/inboxes", "/api/sub-client");

    /// Where assistants are: without a session, as `/v1`.
    private static final String MCP = "/mcp";

    @Override
    public void filter(ContainerRequestContext request) {
        RoutingContext routing = current.getCurrent();
        MDC.put("requestId", Objects.requireNonNull(routing.get(Call.REQUEST_ID)));
        routing.put(Call.IP, clientAddress.of(routing.request()));
        if (HEALTH.contains(RequestPath.of(routing.request()))) {
            routing.put(Call.CALLER, new Caller.Anonymous());
        } else if (routing.get(Gate.FOR_KEYS) != null) {
            routing.put(Call.CALLER, new Caller.Anonymous());
            enter(request, routing, keys.enter(new Call(routing), asked(request)));
        } else if (RequestPath.of(routing.request()).equals(MCP)) {
            routing.put(Call.CALLER, new Caller.Anonymous());
            enter(request, routing, keys.enter(new Call(routing), KeyDoor.ENTRANCE));
        } else if (takesKeys(RequestPath.of(routing.request()))) {
            routing.put(Call.CALLER, new Caller.Anonymous());
            keys.enterIfKey(new Call(routing), asked(request))
                    .ifPresentOrElse(entered -> enter(request, routing, entered), () -> enterWithSession(routing));
        } else {
            enterWithSession(routing);
        }
    }

    /// Returns method and path as the matched resource declares it, which no other spelling of the address changes.
    private KeyDoor.Asked asked(ContainerRequestContext request) {
        return new KeyDoor.Asked(
                MatchedRoute.method(request.getMethod()) + " " + MatchedRoute.path(matched),
                Map.copyOf(request.getUriInfo().getPathParameters()));
    }

    private static boolean takesKeys(String path) {
        return TAKE_KEYS.stream().anyMatch(area -> path.equals(area) || path.startsWith(area + "/"));
    }

    private void enterWithSession(RoutingContext routing) {
        routing.put(Call.CALLER, callers.of(routing.request(), new Call(routing)::renewCookie));
    }

    /// Goes by the key only. Sessions are ignored, so that other sites, which can't make a browser send a
    /// key, can't use these routes.
    private void enter(ContainerRequestContext request, RoutingContext routing, KeyDoor.Entered entered) {
        entered.key().ifPresent(key -> follow(key, asked(request).route(), routing));
        routing.addHeadersEndHandler(
                _ -> entered.headers().forEach(routing.response().headers()::set));
        switch (entered) {
            case KeyDoor.Entered.As as -> routing.put(Call.CALLER, as.caller());
            case KeyDoor.Entered.Refused refused -> request.abortWith(refused.answer());
        }
    }

    private void follow(KeyDoor.Key key, String route, RoutingContext routing) {
        long begin = System.nanoTime();
        String id = new Call(routing).requestId();
        routing.addEndHandler(_ -> requests.answered(
                key,
                new KeyRequests.Answered(
                        id,
                        route,
                        routing.response().getStatusCode(),
                        Optional.ofNullable(routing.response().headers().get(ErrorCodes.HEADER)),
                        Duration.ofNanos(System.nanoTime() - begin))));
    }
}
