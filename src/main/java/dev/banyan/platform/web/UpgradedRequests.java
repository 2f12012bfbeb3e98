package dev.banyan.platform.web;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// Requests that became WebSockets. Quarkus counts requests in flight, so that it can wait for them when it stops, and
/// never counts down for one that was upgraded: each stop would wait for the whole grace period. The method that counts
/// down is not public (Quarkus 3.32); `ShutdownTest` notices when it moves.
final class UpgradedRequests {

    private static final MethodHandle DONE = done();

    private UpgradedRequests() {}

    private static MethodHandle done() {
        try {
            var method = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("This Quarkus counts requests in another way", changed);
        }
    }

    static boolean asksForUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /// Nobody needs to wait for the end of this one. Where the upgrade is refused, the count stays right.
    static void doNotAwait(HttpServerRequest request) {
        try {
            DONE.invokeExact(QuarkusRequestWrapper.get(request));
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
