package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Opens `/metrics` to the machine itself, under its own name, while the server has no public address; otherwise it
/// takes the token. Behind a proxy that leaves out `X-Forwarded-For`, every visitor looks like this machine.
@Singleton
record MetricsGuard(Settings settings, ClientAddress clientAddress) {

    private static final int AFTER_THE_GATE = FilterOrder.GATE - 1;

    void register(@Observes Filters filters) {
        filters.register(this::pass, AFTER_THE_GATE);
    }

    private void pass(RoutingContext context) {
        String path = RequestPath.of(context.request());
        if (!path.equals("/metrics") && !path.startsWith("/metrics/")) {
            context.next();
        } else if (mayRead(context)) {
            context.parsedHeaders().accept().clear(); // the handler picks a format of its own, and never needs a 406
            context.next();
        } else {
            ErrorAnswers.write(context, 401, "Metrics need a bearer token");
        }
    }

    private boolean mayRead(RoutingContext context) {
        if (ClientAddress.isLoopback(settings.publicHost()) && clientAddress.isLoopback(context.request())) {
            return true;
        }
        String given = String.valueOf(context.request().getHeader("Authorization"));
        return settings.metricsToken()
                .map(token -> MessageDigest.isEqual(
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }
}
