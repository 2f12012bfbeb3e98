package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.EdgeSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.gate.RequestRules.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Watches one connection between Netty's decoder and the responding handlers, on its event loop:
///
/// - What [RequestRules] refuses is answered here, and the connection is closed.
/// - A header or a body that is not complete in time closes it, unless the body comes in fast enough; so does a client
///   that sends nothing, or reads nothing of what it is sent.
///
/// Requests read no clock: ten checks per time limit find out whether something has changed since the last check.
final class RequestWatch extends ChannelDuplexHandler {

    static final String NAME = "banyan-request-watch";

    private static final int LOOKS = 10;
    private static final long SLOWEST_BYTES_PER_SECOND = 8 * 1_024;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FINAL = 200;
    private static final CharSequence STRICT_TRANSPORT_SECURITY = AsciiString.cached("strict-transport-security");
    private static final CharSequence HSTS = AsciiString.cached("max-age=31536000");

    /// What the client has to do next.
    private enum Awaited {
        /// We are processing its request.
        NOTHING,
        FIRST_BYTE,
        REST_OF_HEADER,
        REST_OF_BODY
    }

    private final long millisPerLook;
    private final int looksForRequest;
    private final int looksForIdle;
    private final boolean https;

    private Awaited awaited = Awaited.REST_OF_HEADER;
    private boolean decoded;
    private int unanswered;
    private long bodyBytes;
    private @Nullable Refusal refusal;
    private @Nullable Future<?> looking;

    private int changes;
    private int changesSeen;
    private int looksInVain;
    private long sendingSeen;
    private int looksAtSameSending;

    RequestWatch(Settings settings) {
        EdgeSettings edge = settings.edge();
        this.millisPerLook = edge.requestTime().toMillis() / LOOKS;
        this.looksForRequest = LOOKS - 1;
        this.looksForIdle = Math.toIntExact(Math.max(1, edge.idleTime().toMillis() / millisPerLook - 1));
        this.https = settings.isHttps();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        looking = context.executor()
                .scheduleWithFixedDelay(() -> look(context), millisPerLook, millisPerLook, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    // Incoming messages

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        decoded = true;
        if (refusal != null) {
            ReferenceCountUtil.release(received);
            return;
        }
        if (received instanceof HttpRequest request) {
            Refusal refused = RequestRules.of(request);
            if (refused != null) {
                ReferenceCountUtil.release(received);
                refuse(context, refused);
                return;
            }
            request.setUri(RequestRules.withPlainQuery(request.uri()));
            unanswered++;
            bodyBytes = 0;
            await(Awaited.REST_OF_BODY);
        }
        if (received instanceof LastHttpContent) {
            // A page from the cache is sent as soon as the header has arrived.
            await(unanswered == 0 ? Awaited.FIRST_BYTE : Awaited.NOTHING);
        } else if (received instanceof HttpContent part) {
            bodyBytes += part.content().readableBytes();
        }
        context.fireChannelRead(received);
        if (received instanceof HttpContent part && part.decoderResult().isFailure()) {
            context.close(); // the next request could begin anywhere
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!decoded && awaited == Awaited.FIRST_BYTE) {
            await(Awaited.REST_OF_HEADER);
        }
        decoded = false;
        context.fireChannelReadComplete();
    }

    private void await(Awaited next) {
        awaited = next;
        changes++;
    }

    // Outgoing messages

    @Override
    public void write(ChannelHandlerContext context, Object sent, ChannelPromise promise) {
        int status = FINAL;
        if (sent instanceof HttpResponse response) {
            status = response.status().code();
            if (https) {
                response.headers().set(STRICT_TRANSPORT_SECURITY, HSTS);
            }
        }
        context.write(sent, promise);
        if (status == SWITCHING_PROTOCOLS) {
            context.pipeline().remove(this); // sockets have their own rules
        } else if (status >= FINAL && sent instanceof LastHttpContent && unanswered > 0) {
            unanswered--;
            answered(context);
        }
    }

    private void answered(ChannelHandlerContext context) {
        if (unanswered > 0) {
            return;
        }
        if (refusal != null) {
            answer(context, refusal);
        } else if (awaited == Awaited.NOTHING) {
            await(Awaited.FIRST_BYTE);
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal why) {
        refusal = why;
        await(Awaited.NOTHING);
        if (unanswered == 0) { // else it would be taken for the answer to an earlier request
            answer(context, why);
        }
    }

    private void answer(ChannelHandlerContext context, Refusal why) {
        context.writeAndFlush(response(why, https)).addListener(ChannelFutureListener.CLOSE);
    }

    /// Returns the last answer on a connection.
    static FullHttpResponse response(Refusal why, boolean https) {
        ByteBuf text = Unpooled.copiedBuffer(why.text + "\n", StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(why.status), text);
        SecurityHeaders.ALWAYS.forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (why == Refusal.FULL) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, BodyFilter.RETRY_AFTER.toSeconds());
        }
        if (https) {
            response.headers().set(STRICT_TRANSPORT_SECURITY, HSTS);
        }
        return response;
    }

    // Inactivity

    private void look(ChannelHandlerContext context) {
        if (isStuck(context)) {
            context.close();
            return;
        }
        if (changes != changesSeen) {
            changesSeen = changes;
            looksInVain = 0;
        } else if (context.channel().config().isAutoRead()) { // else we are the side that does not read
            looksInVain++;
        }
        boolean late = switch (awaited) {
            case NOTHING -> false;
            case FIRST_BYTE -> sendingSeen == 0 && looksInVain >= looksForIdle;
            case REST_OF_HEADER -> looksInVain >= looksForRequest;
            case REST_OF_BODY -> looksInVain >= looksForRequest && !isBodyMoving();
        };
        if (late) {
            context.close();
        }
    }

    /// Returns true if the body makes progress, which gives it the same time again.
    private boolean isBodyMoving() {
        boolean isMoving = bodyBytes * 1_000 >= SLOWEST_BYTES_PER_SECOND * looksForRequest * millisPerLook;
        if (isMoving) {
            bodyBytes = 0;
            looksInVain = 0;
        }
        return isMoving;
    }

    /// Returns true if the client reads nothing of what waits to be sent.
    private boolean isStuck(ChannelHandlerContext context) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        long sending = waiting == null || waiting.isEmpty()
                ? 0
                : 1 + waiting.totalPendingWriteBytes() + waiting.currentProgress() + waiting.size();
        looksAtSameSending = sending != 0 && sending == sendingSeen ? looksAtSameSending + 1 : 0;
        sendingSeen = sending;
        return looksAtSameSending >= looksForIdle;
    }
}
