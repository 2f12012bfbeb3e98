package dev.banyan.platform.web;

import dev.banyan.platform.Caller;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.MDC;

/// Finds out once per request who sent it and from where.
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
final class CallerFilter implements ContainerRequestFilter {

    private final List<CallerResolver> resolvers;
    private final ClientAddress clientAddress;
    private final CurrentVertxRequest current;

    CallerFilter(@All List<CallerResolver> resolvers, ClientAddress clientAddress, CurrentVertxRequest current) {
        this.resolvers = resolvers;
        this.clientAddress = clientAddress;
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        RoutingContext routing = current.getCurrent();
        MDC.put("requestId", Objects.requireNonNull(routing.get(Gate.REQUEST_ID)));
        routing.put(Call.IP, clientAddress.of(routing.request()));
        routing.put(
                Call.CALLER,
                resolvers.stream()
                        .sorted(Comparator.comparingInt(resolver -> resolver.turn(routing.request())))
                        .map(resolver -> resolver.resolve(routing.request()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseGet(Caller.Anonymous::new));
    }
}
