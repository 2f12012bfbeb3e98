package dev.banyan.platform.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import org.jboss.logging.MDC;

/// Finds out once per request who sent it and from where.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
final class CallerFilter implements ContainerRequestFilter {

    private final Callers callers;
    private final ClientAddress clientAddress;
    private final CurrentVertxRequest current;

    CallerFilter(Callers callers, ClientAddress clientAddress, CurrentVertxRequest current) {
        this.callers = callers;
        this.clientAddress = clientAddress;
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        RoutingContext routing = current.getCurrent();
        MDC.put("requestId", Objects.requireNonNull(routing.get(Gate.REQUEST_ID)));
        routing.put(Call.IP, clientAddress.of(routing.request()));
        routing.put(Call.CALLER, callers.of(routing.request()));
    }
}
