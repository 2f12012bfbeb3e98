package dev.banyan.pages.visitor;

import dev.banyan.analytics.Event;
import dev.banyan.analytics.Events;
import dev.banyan.analytics.Visit;
import dev.banyan.analytics.visitors.VisitorRequest;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.gate.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Passes events of visitors to analytics with the details of their requests. Called for every cached page, so it
/// returns at once.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads the details of a visitor from a request for analytics")
@Singleton
record PublicVisits(Events events, ClientAddress addresses) {

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
