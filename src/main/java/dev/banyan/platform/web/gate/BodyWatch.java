package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.web.gate.BodyBudget.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/// Counts the bodies of one connection in the [BodyBudget], on its event loop: every byte passes here, whatever reads
/// it afterwards. What there is no room for is answered here, and the connection ends.
///
/// A connection that ends while its client is still sending stays for a moment, without being read from: if it were
/// reset at once, the client would not see the answer.
///
/// Requests go on one at a time. Vert.x would take those that a client sends before it has its answer, and throw a
/// NullPointerException, with a stack trace in the log, for each client that leaves while one of them is incomplete.
final class BodyWatch extends ChannelDuplexHandler {

    static final String NAME = "banyan-body-watch";

    private static final int FINAL = 200;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int SECONDS_TO_LEAVE = 2;

    private final BodyBudget budget;
    private final boolean https;
    private final Deque<Body> unanswered = new ArrayDeque<>();
    /// What came while a request was in hand, as far as it was read: the connection is not read meanwhile.
    private final Deque<Object> early = new ArrayDeque<>();

    private boolean inHand;

    private @Nullable Body arriving;
    private boolean answerBegun;
    private boolean answerSent;
    private boolean dropping;
    /// The first of them. Resources read it on their own threads.
    private volatile @Nullable Body beingAnswered;

    BodyWatch(BodyBudget budget, boolean https) {
        this.budget = budget;
        this.https = https;
    }

    /// Returns the body of the request that is being answered; empty in a server whose connections are not watched.
    static Optional<Body> of(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase below
                ? Optional.ofNullable(below.channelHandlerContext().pipeline().get(BodyWatch.class))
                        .flatMap(watch -> Optional.ofNullable(watch.beingAnswered))
                : Optional.empty();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (dropping) {
            ReferenceCountUtil.release(received);
            return;
        }
        if (received instanceof HttpRequest) {
            begin(context);
        }
        Body body = arriving;
        if (body != null && received instanceof HttpContent part) {
            Refusal refusal = budget.take(body, part.content().readableBytes());
            if (received instanceof LastHttpContent) {
                budget.complete(body);
                arriving = null;
            }
            if (refusal != null) {
                ReferenceCountUtil.release(received);
                cut(context, body, refusal);
                return;
            }
        }
        early.add(received);
        passOn(context);
    }

    private void passOn(ChannelHandlerContext context) {
        while (!early.isEmpty() && !(inHand && early.peek() instanceof HttpRequest)) {
            Object next = early.remove();
            inHand |= next instanceof HttpRequest;
            context.fireChannelRead(next);
        }
        if (!early.isEmpty()) {
            context.channel().config().setAutoRead(false);
        }
    }

    private void begin(ChannelHandlerContext context) {
        var holder = new Body[1];
        holder[0] = new Body(() -> context.executor().execute(() -> {
            budget.refuse(Refusal.FULL);
            cut(context, holder[0], Refusal.FULL);
        }));
        arriving = holder[0];
        answerSent = false;
        unanswered.add(holder[0]);
        beingAnswered = unanswered.peekFirst();
    }

    private void cut(ChannelHandlerContext context, Body body, Refusal why) {
        if (dropping || !unanswered.contains(body)) {
            return;
        }
        boolean canAnswer = unanswered.peekFirst() == body && !answerBegun;
        dropping = true;
        endAll();
        if (canAnswer) {
            context.writeAndFlush(RequestWatch.response(RequestRules.Refusal.of(why), https))
                    .addListener(_ -> leave(context, context.newPromise()));
        } else {
            context.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object sent, ChannelPromise promise) {
        if (dropping) {
            ReferenceCountUtil.release(sent);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        int status = FINAL;
        if (sent instanceof HttpResponse response) {
            status = response.status().code();
            answerBegun = status >= FINAL;
        }
        context.write(sent, promise);
        if (status == SWITCHING_PROTOCOLS) {
            context.pipeline().remove(this); // sockets have their own rules
        } else if (status >= FINAL && sent instanceof LastHttpContent) {
            answered();
            if (!early.isEmpty()) {
                context.executor().execute(() -> goOn(context)); // once Vert.x is done with this answer
            }
        }
    }

    private void goOn(ChannelHandlerContext context) {
        if (!dropping) {
            context.channel().config().setAutoRead(true); // first: what follows may pause it for reasons of its own
            passOn(context);
            context.fireChannelReadComplete(); // until then, Vert.x keeps its answer back
        }
    }

    private void answered() {
        Body done = unanswered.pollFirst();
        if (done != null) {
            budget.end(done);
        }
        beingAnswered = unanswered.peekFirst();
        inHand = false;
        answerBegun = false;
        answerSent = true;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (answerSent && arriving != null && !dropping && context.channel().isActive()) {
            dropping = true;
            leave(context, promise);
        } else {
            context.close(promise);
        }
    }

    private static void leave(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        if (channel instanceof DuplexChannel both) {
            both.shutdownOutput();
        }
        channel.config().setAutoRead(false);
        context.executor().schedule(() -> context.close(promise), SECONDS_TO_LEAVE, TimeUnit.SECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endAll();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        endAll();
    }

    private void endAll() {
        unanswered.forEach(budget::end);
        unanswered.clear();
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        beingAnswered = null;
    }
}
