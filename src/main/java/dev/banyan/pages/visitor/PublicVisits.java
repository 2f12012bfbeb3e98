package dev.banyan.pages.visitor;

import dev.banyan.analytics.Event;
import dev.banyan.analytics.Events;
import dev.banyan.analytics.Visit;
import dev.banyan.analytics.VisitorRequest;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.gate.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Tells analytics what visitors do, with what their requests say of them. On the way of every cached page: returns at
/// once.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads from a request what analytics are told of a visitor")
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
        return VisitorRequest.visit(request, addresses);
    }

    String address(HttpServerRequest request) {
        return addresses.of(request);
    }
}
