package dev.banyan.pages;

import dev.banyan.analytics.Event;
import dev.banyan.analytics.Events;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.web.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Objects;

/// Tells analytics what visitors do, with what their requests say of them. On the way of every cached page: returns at
/// once.
@Singleton
final class PublicVisits {

    private final Events events;
    private final ClientAddress addresses;

    PublicVisits(Events events, ClientAddress addresses) {
        this.events = events;
        this.addresses = addresses;
    }

    void happened(Event event, HttpServerRequest request) {
        events.happened(event, of(request));
    }

    Visit of(HttpServerRequest request) {
        return new Visit(
                address(request),
                header(request, "User-Agent"),
                header(request, "Referer"),
                header(request, "Accept-Language"));
    }

    String address(HttpServerRequest request) {
        return addresses.of(request);
    }

    private static String header(HttpServerRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }
}
