package dev.banyan.platform.web.socket;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/// Has each connection that becomes a socket watched ([SocketGuard]). An endpoint says when it has handled a frame.
@Singleton
public record SocketGuards(Settings settings, Clock clock, WaitingFrames waiting) {

    /// Must run on the event loop of the connection.
    void watch(HttpUpgradeContext handshake) {
        watch(handshake, true);
    }

    /// Watches a socket that may send any number of frames, as fast as they are handled.
    public void watchConsole(HttpUpgradeContext handshake) {
        watch(handshake, false);
    }

    private void watch(HttpUpgradeContext handshake, boolean isLimited) {
        if (handshake.httpRequest().connection() instanceof ConnectionBase netty) {
            ChannelHandlerContext last = netty.channelHandlerContext();
            ChannelPipeline pipeline = last.pipeline();
            SocketGuard guard = pipeline.get(SocketGuard.class);
            if (guard == null) { // a refused handshake may be followed by another one
                guard = new SocketGuard(settings, clock, waiting, isLimited);
                pipeline.addBefore(last.name(), SocketGuard.NAME, guard);
            }
            handshake.userData().put(SocketGuard.KEY, guard);
        }
    }

    /// A text, or a pong, that the client sent has been handled.
    public static void handled(WebSocketConnection connection) {
        SocketGuard.handled(connection);
    }
}
