package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.web.Call;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/// Sends the cookie of [Call#renewCookie], unless the answer itself sets or removes this cookie, or may be stored by
/// shared caches.
@Provider
@Singleton
final class RenewedCookieFilter implements ContainerResponseFilter {

    private final CurrentVertxRequest current;

    RenewedCookieFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        @Nullable String renewed = current.getCurrent().get(Call.RENEWED);
        if (renewed != null && !setsTheSame(answer, renewed) && !isForEverybody(answer)) {
            answer.getHeaders().add(HttpHeaders.SET_COOKIE, renewed);
        }
    }

    private static boolean setsTheSame(ContainerResponseContext answer, String renewed) {
        String name = renewed.substring(0, renewed.indexOf('=') + 1);
        return answer.getHeaders().getOrDefault(HttpHeaders.SET_COOKIE, List.of()).stream()
                .anyMatch(other -> other.toString().startsWith(name));
    }

    private static boolean isForEverybody(ContainerResponseContext answer) {
        String how = answer.getHeaderString(HttpHeaders.CACHE_CONTROL);
        return how != null && how.contains("public");
    }
}
