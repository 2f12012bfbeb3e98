package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Bounds the labels of `/metrics`, whatever clients send: the route ([MeasuredAs]) and the method.
@Singleton
final class MetricLabels {

    private static final String METHOD = "method";
    private static final String OTHER_METHOD = "OTHER";

    /// Those that our routes and browsers use (RFC 9110, RFC 5789).
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    void register(@Observes Filters filters) {
        filters.register(MetricLabels::begin, FilterOrder.LABELS);
    }

    private static void begin(RoutingContext context) {
        MeasuredAs.route(context.request(), MeasuredAs.OTHER);
        context.next();
    }

    @Produces
    @Singleton
    MeterFilter methods() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String method = id.getTag(METHOD);
                return method == null || METHODS.contains(method) ? id : id.withTag(Tag.of(METHOD, OTHER_METHOD));
            }
        };
    }
}
