package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.cluster.Nodes;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets a server that stops leave without cutting anybody off. First its sockets close properly and `/readyz` says
/// 503; beside other servers it goes on answering for a while, each time for the last time on that connection, until
/// a balancer has noticed. Then it admits nothing more, and completes what is under way. Quarkus can do the last
/// (`quarkus.shutdown.timeout`), but counts every socket that was ever opened as a request that never ends, and so
/// would always wait for the whole time.
@Singleton
final class Drain {

    /// What a balancer needs to notice that asks every second and waits two seconds for an answer
    /// (deploy/Caddyfile), and the network to stop sending.
    private static final Duration LEAVING = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ROOM = Integer.MAX_VALUE;
    private static final CloseReason STOPPING = new CloseReason(1001, "The server is stopping");

    private enum State {
        OPEN,
        LEAVING,
        CLOSED
    }

    private final OpenConnections sockets;
    private final Nodes nodes;
    /// Each request holds one permit until its client has the answer or has left, and one while it is worked on:
    /// without requests, all permits are free.
    private final Semaphore free = new Semaphore(ROOM);

    private volatile State state = State.OPEN;

    Drain(OpenConnections sockets, Nodes nodes) {
        this.sockets = sockets;
        this.nodes = nodes;
    }

    /// @return false if the server stops and does not take this request
    boolean enter(RoutingContext context) {
        boolean isSocket = isSocket(context.request());
        if (state == State.CLOSED || state == State.LEAVING && isSocket) {
            return false;
        }
        if (!isSocket && free.tryAcquire()) {
            context.addEndHandler(_ -> free.release());
        }
        return true;
    }

    /// Notes that a request is worked on from now on, whether or not its client waits for it.
    ///
    /// @return whether [#ended] must be called
    boolean began() {
        return free.tryAcquire();
    }

    void ended() {
        free.release();
    }

    /// Returns how many permits are held.
    int underWay() {
        return ROOM - free.availablePermits();
    }

    /// Returns whether this server stops: it is not ready, and each answer is the last one on its connection.
    boolean isStopping() {
        return state != State.OPEN;
    }

    private static boolean isSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /// Runs before `ShutdownEvent`, which is too late: Quarkus has closed the port by then.
    void stop(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        state = State.LEAVING;
        sockets.forEach(socket -> socket.close(STOPPING).subscribe().with(_ -> {}, _ -> {}));
        if (nodes.live().size() > 1) {
            Thread.sleep(LEAVING);
        }
        state = State.CLOSED;
        // The stop continues, whether or not the time is up.
        boolean _ = free.tryAcquire(ROOM, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
