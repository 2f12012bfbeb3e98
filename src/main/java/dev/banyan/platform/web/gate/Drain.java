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

/// Completes the requests that are under way when the server stops, closes open sockets properly, and admits no new
/// requests. Quarkus can do the first (`quarkus.shutdown.timeout`), but counts every socket that was ever opened as a
/// request that never ends, and so would always wait for the whole time.
@Singleton
final class Drain {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ROOM = Integer.MAX_VALUE;
    private static final CloseReason STOPPING = new CloseReason(1001, "The server is stopping");

    private final OpenConnections sockets;
    /// Each request holds one permit while it is under way: without requests, all permits are free.
    private final Semaphore free = new Semaphore(ROOM);

    private volatile boolean stopping;

    Drain(OpenConnections sockets) {
        this.sockets = sockets;
    }

    /// @return false once the server stops and takes no more requests
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

    /// Runs before `ShutdownEvent`, which is too late: Quarkus has closed the port by then.
    void stop(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        stopping = true;
        sockets.forEach(socket -> socket.close(STOPPING).subscribe().with(_ -> {}, _ -> {}));
        // The stop continues, whether or not the time is up.
        boolean _ = free.tryAcquire(ROOM, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
