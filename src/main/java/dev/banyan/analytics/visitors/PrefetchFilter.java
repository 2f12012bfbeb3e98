package dev.banyan.analytics.visitors;

import module java.base;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Refuses what browsers and apps fetch in case that someone goes there: no visitor has come yet. If it were
/// answered, the visitor would be shown what was kept, and the real visit would never be seen. Browsers that are
/// refused ask again when it is needed.
@Singleton
final class PrefetchFilter {

    private static final List<CharSequence> PURPOSES = Stream.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
            .map(HttpHeaders::createOptimized)
            .toList();
    private static final Pattern AHEAD =
            Pattern.compile("\\b(prefetch|prerender|preview)\\b", Pattern.CASE_INSENSITIVE);

    /// What our own pages are made of doesn't count as a visit.
    private static final List<String> PARTS = List.of("/ui/", "/media/");

    void register(@Observes Filters filters) {
        filters.register(PrefetchFilter::refuse, FilterOrder.AHEAD);
    }

    private static void refuse(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isAhead(request)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(503)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, "Sec-Purpose, Purpose, X-Purpose, X-Moz")
                .end();
    }

    private static boolean isAhead(HttpServerRequest request) {
        HttpMethod method = request.method();
        return (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && PURPOSES.stream().anyMatch(purpose -> isAhead(request.getHeader(purpose)))
                && PARTS.stream().noneMatch(RequestPath.of(request)::startsWith);
    }

    private static boolean isAhead(@Nullable String purpose) {
        return purpose != null && AHEAD.matcher(purpose).find();
    }
}
