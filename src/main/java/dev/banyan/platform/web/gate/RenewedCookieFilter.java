package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/// Sends the cookie of [Call#renewCookie], unless the answer itself sets or removes this cookie, or may be stored by
/// shared caches. Pages also tell our script the time zone of the person, if the browser has another.
@Provider
@Singleton
record RenewedCookieFilter(CurrentVertxRequest current, Settings settings) implements ContainerResponseFilter {

    private static final Duration A_YEAR = Duration.ofDays(365);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        @Nullable String renewed = current.getCurrent().get(Call.RENEWED);
        if (renewed != null && !setsTheSame(answer, renewed) && !isForEverybody(answer)) {
            answer.getHeaders().add(HttpHeaders.SET_COOKIE, renewed);
        }
        if (isPage(answer) && !isForEverybody(answer)) {
            zoneToTell()
                    .ifPresent(zone -> answer.getHeaders()
                            .add(
                                    HttpHeaders.SET_COOKIE,
                                    SetCookie.readable(Call.ZONE_COOKIE, zone.getId(), A_YEAR, settings.isHttps())));
        }
    }

    private Optional<ZoneId> zoneToTell() {
        RoutingContext routing = current.getCurrent();
        return Optional.ofNullable(routing.<Caller>get(Call.CALLER))
                .flatMap(Caller::zone)
                .filter(zone -> !Call.zone(routing.request()).equals(Optional.of(zone)));
    }

    private static boolean setsTheSame(ContainerResponseContext answer, String renewed) {
        String name = renewed.substring(0, renewed.indexOf('=') + 1);
        return answer.getHeaders().getOrDefault(HttpHeaders.SET_COOKIE, List.of()).stream()
                .anyMatch(other -> other.toString().startsWith(name));
    }

    private static boolean isPage(ContainerResponseContext answer) {
        @Nullable MediaType type = answer.getMediaType();
        return type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE);
    }

    static boolean isForEverybody(ContainerResponseContext answer) {
        String how = answer.getHeaderString(HttpHeaders.CACHE_CONTROL);
        return how != null && how.contains("public");
    }
}
