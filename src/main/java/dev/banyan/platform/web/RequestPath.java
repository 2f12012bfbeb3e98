package dev.banyan.platform.web;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// The path of a request, without its query; empty where a client sent none that could be read.
public final class RequestPath {

    private RequestPath() {}

    public static String of(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }
}
