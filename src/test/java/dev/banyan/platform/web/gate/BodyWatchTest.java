package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.limits.TestLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

/// With 1 MB: 256 KB for short bodies.
class BodyWatchTest {

    private static final String HEAD = "POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: ";

    private final BodyBudget budget =
            new BodyBudget(TestLimits.settings("body-memory", "1"), new SimpleMeterRegistry(), () -> Long.MAX_VALUE);

    private int passedOn;

    @Test
    void whatArrivesCountsUntilItsAnswerIsSent() {
        EmbeddedChannel connection = connection();
        say(connection, HEAD + "5000\r\n\r\n");
        assertThat(budget.memory()).as("what was announced").isZero();
        say(connection, "a".repeat(3_000));
        assertThat(budget.memory()).isEqualTo(3_000);
        say(connection, "a".repeat(2_000));
        assertThat(budget.memory()).isEqualTo(5_000);
        answer(connection);
        assertThat(budget.memory()).isZero();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void requestsThatWaitForTheirTurnCountToo() {
        EmbeddedChannel connection = connection();
        String request = HEAD + "1000\r\n\r\n" + "a".repeat(1_000);
        say(connection, request.repeat(3));
        assertThat(budget.memory()).isEqualTo(3_000);
        answer(connection);
        assertThat(budget.memory()).isEqualTo(2_000);
        connection.close();
        assertThat(budget.memory()).isZero();
    }

    @Test
    void aRequestGoesOnOnceTheOneBeforeItIsAnswered() {
        EmbeddedChannel connection = connection();
        String request = HEAD + "10\r\n\r\n" + "a".repeat(10);
        say(connection, request + request + HEAD + "10\r\n\r\n" + "a");
        assertThat(passedOn).isEqualTo(1);
        assertThat(connection.config().isAutoRead()).as("reads on").isFalse();

        answer(connection);
        assertThat(passedOn).isEqualTo(2);
        assertThat(connection.config().isAutoRead()).as("reads on").isFalse();

        answer(connection);
        assertThat(passedOn).isEqualTo(3);
        assertThat(connection.config().isAutoRead()).as("reads on").isTrue();
        say(connection, "a".repeat(9));
        answer(connection);
        assertThat(budget.memory()).isZero();
    }

    @Test
    void whatComesAfterTheAnswerIsNotCounted() {
        EmbeddedChannel connection = connection();
        say(connection, HEAD + "5000\r\n\r\n" + "a".repeat(1_000));
        answer(connection);
        say(connection, "a".repeat(1_000));
        assertThat(budget.memory()).isZero();
    }

    @Test
    void whereThereIsNoRoomTheLargestIsAnsweredWith503() {
        var connections = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < 20; i++) {
            EmbeddedChannel connection = connection();
            say(connection, HEAD + "60000\r\n\r\n" + "a".repeat(20_000 + i));
            connections.add(connection);
        }
        connections.forEach(EmbeddedChannel::runPendingTasks);
        assertThat(budget.memory()).isLessThanOrEqualTo(256 * 1_024);
        EmbeddedChannel small = connection();
        say(small, HEAD + "10\r\n\r\n" + "a".repeat(10));
        assertThat(text(small)).isEmpty();
        var cut = connections.stream()
                .map(BodyWatchTest::text)
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(cut)
                .hasSizeBetween(8, 14)
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 503 ")
                        .contains("retry-after: 10", "connection: close"));
        connections.forEach(connection -> {
            connection.advanceTimeBy(3, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
        });
        assertThat(connections).filteredOn(EmbeddedChannel::isOpen).hasSize(20 - cut.size());
    }

    @Test
    void aClientThatIsStillSendingSeesTheAnswerBeforeTheConnectionEnds() {
        EmbeddedChannel connection = connection();
        say(connection, HEAD + "5000\r\n\r\n" + "a".repeat(1_000));
        answer(connection);
        connection.pipeline().lastContext().close();
        assertThat(connection.isOpen()).isTrue();
        assertThat(connection.config().isAutoRead()).isFalse();
        connection.advanceTimeBy(3, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(connection.isOpen()).isFalse();

        EmbeddedChannel done = connection();
        say(done, HEAD + "10\r\n\r\n" + "a".repeat(10));
        answer(done);
        done.pipeline().lastContext().close();
        assertThat(done.isOpen()).isFalse();
    }

    private EmbeddedChannel connection() {
        var connection = new EmbeddedChannel(
                new HttpRequestDecoder(),
                new HttpResponseEncoder(),
                new BodyWatch(budget, false),
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object received) {
                        passedOn += received instanceof HttpRequest ? 1 : 0;
                        ReferenceCountUtil.release(received);
                    }
                });
        connection.freezeTime();
        return connection;
    }

    private static void say(EmbeddedChannel connection, String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static void answer(EmbeddedChannel connection) {
        connection
                .pipeline()
                .lastContext()
                .writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        connection.runPendingTasks();
        text(connection);
    }

    private static String text(EmbeddedChannel connection) {
        var all = new StringBuilder();
        for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            all.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return all.toString();
    }
}
