package dev.banyan.platform.web.socket;

import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;

/// Watches one connection that becomes a socket, below the layer of messages. Pings and fragments of endless messages
/// are handled there, without reaching any operation:
///
/// - A client that does not read is not read from until it does: otherwise a flood of pings would leave its pongs in
///   our memory.
/// - A client that sends more frames than [RateLimit#FRAMES_BY_SOCKET] is disconnected.
final class SocketGuard extends ChannelInboundHandlerAdapter {

    private static final String NAME = "banyan-socket-guard";
    private static final int POLICY_VIOLATION = 1008;

    private final Clock clock;
    private final boolean counts;
    private final int most;
    private final long window;
    private long windowEnd = Long.MIN_VALUE;
    private int frames;

    SocketGuard(Settings settings, Clock clock) {
        RateLimit.Rate rate = settings.rate(RateLimit.FRAMES_BY_SOCKET);
        this.clock = clock;
        this.counts = settings.rateLimited();
        this.most = rate.amount();
        this.window = rate.window().toMillis();
    }

    /// Must run on the event loop of the connection.
    static void watch(HttpServerRequest handshake, Settings settings, Clock clock) {
        HttpConnection connection = handshake.connection();
        if (connection instanceof ConnectionBase netty) {
            ChannelHandlerContext last = netty.channelHandlerContext();
            ChannelPipeline pipeline = last.pipeline();
            if (pipeline.get(NAME) == null) { // a refused handshake may be followed by another one
                pipeline.addBefore(last.name(), NAME, new SocketGuard(settings, clock));
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (counts && received instanceof WebSocketFrame && isOneTooMany()) {
            ReferenceCountUtil.release(received);
            if (frames == most + 1) {
                context.writeAndFlush(new CloseWebSocketFrame(POLICY_VIOLATION, "Too many requests"))
                        .addListener(_ -> context.close());
            }
            return;
        }
        context.fireChannelRead(received);
    }

    private boolean isOneTooMany() {
        long now = clock.millis();
        if (now >= windowEnd) {
            windowEnd = now + window;
            frames = 0;
        }
        return ++frames > most;
    }
}
