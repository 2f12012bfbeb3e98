package dev.banyan.platform.web.socket;

import module java.base;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/// Watches one connection that becomes a socket, below the layer of messages. Pings and fragments of endless messages
/// are handled there, without reaching any operation:
///
/// - A client that does not read is not read from until it does: otherwise a flood of pings would leave its pongs in
///   our memory.
/// - A client that sends faster than its messages are handled is not read from either, until few are left. One that has
///   sent too much at once nevertheless, or while all sockets together wait for too much, is disconnected.
/// - What has come of messages that aren’t whole yet counts as well, for all sockets together.
/// - A client that sends more frames than [RateLimit#FRAMES_BY_SOCKET] is disconnected.
final class SocketGuard extends ChannelInboundHandlerAdapter {

    static final String NAME = "banyan-socket-guard";
    static final TypedKey<SocketGuard> KEY = new TypedKey<>("banyan.socket-guard");

    /// More messages of one socket are left in the network.
    static final int WAITING = 32;
    /// What a single packet may bring in addition.
    static final int WAITING_AT_MOST = 2_048;
    /// What a message takes in memory besides its text.
    private static final int OVERHEAD = 1_024;

    private static final int POLICY_VIOLATION = 1008;

    private final Clock clock;
    private final WaitingFrames all;
    private final boolean counts;
    private final int most;
    private final long window;
    private long windowEnd = Long.MIN_VALUE;
    private int frames;
    private boolean closing;

    /// The bytes of each message that waits.
    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /// The bytes of a message of which more is to come.
    private int unfinished;
    private boolean isText;
    private volatile boolean isHeldBack;
    private volatile @Nullable ChannelHandlerContext context;

    /// @param isLimited whether the client may only send so many frames; the console sends whole files
    SocketGuard(Settings settings, Clock clock, WaitingFrames all, boolean isLimited) {
        RateLimit.Rate rate = settings.rate(RateLimit.FRAMES_BY_SOCKET);
        this.clock = clock;
        this.all = all;
        this.counts = isLimited && settings.rateLimited();
        this.most = rate.amount();
        this.window = rate.window().toMillis();
    }

    /// A text or a pong has been handled.
    static void handled(WebSocketConnection connection) {
        SocketGuard guard = connection.userData().get(KEY);
        if (guard != null) {
            guard.handled();
        }
    }

    void handled() {
        if (giveBack() && isHeldBack && waiting.get() <= WAITING / 2) {
            ChannelHandlerContext here = context;
            if (here != null) {
                here.executor().execute(() -> read(here));
            }
        }
    }

    /// @return false if nothing waited
    private boolean giveBack() {
        Integer size = sizes.poll();
        if (size == null) {
            return false;
        }
        all.give(size);
        waiting.decrementAndGet();
        return true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        forget();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        forget();
        inactive.fireChannelInactive();
    }

    private void forget() {
        closing = true;
        while (giveBack()) {
            // until nothing is left
        }
        all.giveUnfinished(unfinished);
        unfinished = 0;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        read(changed);
        changed.fireChannelWritabilityChanged();
    }

    private void read(ChannelHandlerContext here) {
        isHeldBack = waiting.get() > WAITING;
        here.channel().config().setAutoRead(here.channel().isWritable() && !isHeldBack);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object received) {
        if (received instanceof WebSocketFrame frame) {
            boolean isOneTooMany = closing || counts && isOneTooMany() || !hasRoom(frame);
            if (isOneTooMany) {
                ReferenceCountUtil.release(received);
                close(here);
                return;
            }
        }
        here.fireChannelRead(received);
        if (waiting.get() > WAITING && !isHeldBack) {
            read(here);
        }
    }

    private void close(ChannelHandlerContext here) {
        if (!closing) {
            closing = true;
            all.refused();
            here.writeAndFlush(new CloseWebSocketFrame(POLICY_VIOLATION, "Too many requests"))
                    .addListener(_ -> here.close());
        }
    }

    /// Counts what waits: texts and pongs until they are handled, and what has come of a message until it is whole. The
    /// framework ends a socket whose message grows too long, but knows nothing of others. Other frames never wait.
    private boolean hasRoom(WebSocketFrame frame) {
        int bytes = frame.content().readableBytes();
        switch (frame) {
            case PongWebSocketFrame _ -> {
                return take(bytes);
            }
            case TextWebSocketFrame _ -> isText = true;
            case BinaryWebSocketFrame _ -> isText = false;
            case ContinuationWebSocketFrame _ -> {
                // belongs to one of these
            }
            default -> {
                return true;
            }
        }
        if (!frame.isFinalFragment()) {
            boolean hasRoom = all.takeUnfinished(bytes);
            unfinished += hasRoom ? bytes : 0;
            return hasRoom;
        }
        int size = unfinished + bytes;
        all.giveUnfinished(unfinished);
        unfinished = 0;
        return !isText || take(size);
    }

    private boolean take(int bytes) {
        int size = bytes + OVERHEAD;
        if (waiting.get() >= WAITING_AT_MOST || !all.take(size)) {
            return false;
        }
        waiting.incrementAndGet();
        sizes.add(size);
        return true;
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
