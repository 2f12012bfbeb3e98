package dev.banyan.platform.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

/// The label under which `/metrics` counts a request: one of our routes or a fixed word, never what a client sent.
/// Series stay for as long as the server runs, so strangers could fill the memory with invented paths.
///
/// Every request begins as [#OTHER]. A resource that matches sets its own route (Quarkus does); what answers before
/// the router says its route here.
public final class MeasuredAs {

    /// What no route answers.
    public static final String OTHER = "/other";

    /// Where Quarkus keeps the route of a request, and its meters read it.
    private static final String ROUTE = "UrlPathTemplate";

    private MeasuredAs() {}

    /// @param route from the code, with names for what varies: `/l/{slug}`
    public static void route(HttpServerRequest request, String route) {
        ((HttpServerRequestInternal) request).context().putLocal(ROUTE, route);
    }
}
