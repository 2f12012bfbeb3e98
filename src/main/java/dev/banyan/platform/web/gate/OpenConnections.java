package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Networks;
import dev.banyan.platform.config.Settings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;

/// Tracks every connection from the moment it is accepted: counts those of each address, and has each watched
/// ([RequestWatch], [BodyWatch]). Vert.x and Quarkus offer no hook for that, so it is done at the listening channel
/// itself, which passes on each connection as a message.
@Singleton
public final class OpenConnections {

    private static final String NAME = "banyan-connections";

    private final Settings settings;
    private final Vertx vertx;
    private final BodyBudget bodies;
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();

    OpenConnections(Settings settings, Vertx vertx, BodyBudget bodies) {
        this.settings = settings;
        this.vertx = vertx;
        this.bodies = bodies;
    }

    /// Starts watching. Call it when the server listens; returns once all connections are watched, including those that
    /// arrived meanwhile.
    public void guard() {
        var loops = (VertxInternal) vertx;
        onEachChannel(loops.getAcceptorEventLoopGroup(), this::guardListening);
        onEachChannel(loops.getEventLoopGroup(), this::watch);
    }

    private static void onEachChannel(EventLoopGroup loops, Consumer<Channel> act) {
        var done = new ArrayList<Future<?>>();
        for (EventExecutor executor : loops) {
            done.add(executor.submit(() -> {
                // Its channels may only be listed on their own loop.
                ((SingleThreadEventLoop) executor).registeredChannelsIterator().forEachRemaining(act);
            }));
        }
        done.forEach(Future::syncUninterruptibly);
    }

    private void guardListening(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, new Door());
        }
    }

    /// Inserts the watch between the decoder and the responding handler, which is last.
    private void watch(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(HttpRequestDecoder.class) != null
                && channel.parent() != null
                && pipeline.get(RequestWatch.NAME) == null) {
            pipeline.addBefore(pipeline.lastContext().name(), RequestWatch.NAME, new RequestWatch(settings));
            pipeline.addBefore(
                    pipeline.lastContext().name(), BodyWatch.NAME, new BodyWatch(bodies, settings.isHttps()));
        }
    }

    private final class Door extends ChannelInboundHandlerAdapter {

        private final Arrival arrival = new Arrival();

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            var connection = (Channel) accepted;
            if (admit(connection)) {
                connection.pipeline().addLast(arrival);
                context.fireChannelRead(accepted);
            } else {
                connection.unsafe().closeForcibly();
            }
        }
    }

    /// Waits until Vert.x has installed its own handlers.
    @Sharable
    private final class Arrival extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            watch(context.channel());
            context.fireChannelActive();
            context.pipeline().remove(this);
        }
    }

    private boolean admit(Channel connection) {
        if (!settings.rateLimited() || !(connection.remoteAddress() instanceof InetSocketAddress peer)) {
            return true;
        }
        String address = peer.getAddress().getHostAddress();
        if (settings.isProxy(address)) {
            return true;
        }
        String network = Networks.countedIn(address);
        if (perAddress.merge(network, 1, Integer::sum) > settings.edge().connectionsPerAddress()) {
            leave(network);
            return false;
        }
        connection.closeFuture().addListener(_ -> leave(network));
        return true;
    }

    private void leave(String network) {
        perAddress.computeIfPresent(network, (_, open) -> open > 1 ? open - 1 : null);
    }
}
