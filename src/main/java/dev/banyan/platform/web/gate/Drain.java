package dev.banyan.platform.web.gate;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets the requests that are under way come to their end when the server stops, says goodbye to open sockets, and lets
/// nobody in any more. Quarkus can do the first (`quarkus.shutdown.timeout`), but counts every socket that was ever
/// opened as a request that never ends, and so would always wait for the whole time.
@Singleton
final class Drain {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ROOM = Integer.MAX_VALUE;
    private static final CloseReason STOPPING = new CloseReason(1001, "The server stops");

    private final OpenConnections sockets;
    /// Each request holds one permit while it is under way: all are there when none is.
    private final Semaphore free = new Semaphore(ROOM);

    private volatile boolean stopping;

    Drain(OpenConnections sockets) {
        this.sockets = sockets;
    }

    /// @return false when the server stops, and takes no more requests
    boolean enter(RoutingContext context) {
        if (stopping) {
            return false;
        }
        if (!isSocket(context.request()) && free.tryAcquire()) {
            context.addEndHandler(_ -> free.release());
        }
        return true;
    }

    private static boolean isSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /// At `ShutdownEvent` it would be too late: Quarkus has closed the port by then.
    void stop(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        stopping = true;
        sockets.forEach(socket -> socket.close(STOPPING).subscribe().with(_ -> {}, _ -> {}));
        // Time is up or not: what stops the server goes on.
        boolean _ = free.tryAcquire(ROOM, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
