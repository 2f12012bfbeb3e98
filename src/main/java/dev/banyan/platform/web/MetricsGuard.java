package dev.banyan.platform.web;

import dev.banyan.platform.config.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// `/metrics` is open on the machine itself; elsewhere it needs the token.
@Singleton
final class MetricsGuard {

    private static final int AFTER_THE_GATE = Gate.BEFORE_RESOURCES - 1;

    private final Settings settings;
    private final ClientAddress clientAddress;

    MetricsGuard(Settings settings, ClientAddress clientAddress) {
        this.settings = settings;
        this.clientAddress = clientAddress;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, AFTER_THE_GATE);
    }

    private void pass(RoutingContext context) {
        String path = RequestPath.of(context.request());
        if ((path.equals("/metrics") || path.startsWith("/metrics/")) && !mayRead(context)) {
            ErrorAnswers.write(context, 401, "Metrics need a bearer token from other machines");
        } else {
            context.next();
        }
    }

    private boolean mayRead(RoutingContext context) {
        if (clientAddress.isLoopback(context.request())) {
            return true;
        }
        String given = String.valueOf(context.request().getHeader("Authorization"));
        return settings.metricsToken()
                .map(token -> MessageDigest.isEqual(
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }
}
