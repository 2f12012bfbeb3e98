package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

class RequestWatchTest {

    private static final String WHOLE = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /// A server with a single response, sent when told to.
    @Sharable
    private static final class Answering extends ChannelInboundHandlerAdapter {

        private boolean atOnce = true;
        private int requests;

        @Override
        public void channelRead(ChannelHandlerContext context, Object received) {
            if (received instanceof HttpRequest) {
                requests++;
                if (atOnce) {
                    answer(context);
                }
            }
            ReferenceCountUtil.release(received);
        }

        private static void answer(ChannelHandlerContext context) {
            context.writeAndFlush(ok());
        }
    }

    private final Answering server = new Answering();

    @Test
    void aHeaderThatTricklesEndsTheConnection() {
        EmbeddedChannel connection = connection("http://localhost");
        for (int second = 0; second < 26; second++) {
            say(connection, second == 0 ? "GET / HTTP/1.1\r\nX: " : "a");
            after(connection, 1);
            assertThat(connection.isOpen()).as("after %d seconds", second + 1).isTrue();
        }
        after(connection, 4);
        assertThat(connection.isOpen()).isFalse();
        assertThat(server.requests).isZero();
    }

    @Test
    void whoSaysNothingAtAllIsHungUpOn() {
        EmbeddedChannel connection = connection("http://localhost");
        after(connection, 26);
        assertThat(connection.isOpen()).isTrue();
        after(connection, 4);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBodyThatTricklesEndsTheConnection() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        for (int second = 0; second < 31; second++) {
            say(connection, "a".repeat(1_000));
            after(connection, 1);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aLargeBodyOnASlowLineMayTakeItsTime() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
        for (int second = 0; second < 300; second++) {
            say(connection, "a".repeat(10_000));
            after(connection, 1);
            assertThat(connection.isOpen()).as("after %d seconds", second).isTrue();
        }
        after(connection, 61);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBodyThatWeDoNotReadIsNotLate() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        connection.config().setAutoRead(false);
        after(connection, 300);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void anAnswerMayTakeUsAnyTime() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, WHOLE);
        after(connection, 600);
        assertThat(connection.isOpen()).isTrue();
        connection.writeOutbound(ok());
        after(connection, 70);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void anIdleConnectionIsClosedLater() {
        EmbeddedChannel connection = connection("http://localhost");
        for (int i = 0; i < 3; i++) {
            say(connection, WHOLE);
            after(connection, 66);
            assertThat(connection.isOpen()).isTrue();
        }
        after(connection, 10);
        assertThat(connection.isOpen()).isFalse();
        assertThat(server.requests).isEqualTo(3);
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyStopsNoClock() {
        EmbeddedChannel connection = connection("http://localhost");
        say(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        assertThat(said(connection)).contains("200");
        after(connection, 31);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void theSecondHeaderMayNotTrickleEither() {
        EmbeddedChannel connection = connection("http://localhost");
        say(connection, WHOLE);
        after(connection, 10);
        for (int second = 0; second < 31; second++) {
            say(connection, "G");
            after(connection, 1);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aRefusalWaitsForTheAnswersBeforeIt() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, WHOLE + "GET / HTTP/1.1\r\n\r\n" + WHOLE);
        assertThat(server.requests).isEqualTo(1);
        assertThat(said(connection)).isEmpty();
        connection.writeOutbound(ok());
        assertThat(said(connection))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 400 ", "connection: close", "cache-control: no-store");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void socketsHaveTheirOwnRules() {
        EmbeddedChannel connection = connection("http://localhost");
        server.atOnce = false;
        say(connection, WHOLE);
        connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
        assertThat(connection.pipeline().get(RequestWatch.class)).isNull();
        after(connection, 600);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void whereTheAddressIsHttpsEveryAnswerSaysSo() {
        EmbeddedChannel connection = connection("https://links.example.com");
        say(connection, WHOLE);
        assertThat(said(connection)).contains("200", "strict-transport-security: max-age=31536000");
        say(connection, "GET /;x HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(said(connection)).contains("400", "strict-transport-security: max-age=31536000");

        EmbeddedChannel plain = connection("http://links.example.com");
        say(plain, WHOLE);
        assertThat(said(plain)).contains("200").doesNotContain("strict-transport-security");
    }

    private EmbeddedChannel connection(String baseUrl) {
        var system = new Properties();
        system.setProperty("banyan.base-url", baseUrl);
        var connection = new EmbeddedChannel(
                new HttpRequestDecoder(),
                new HttpResponseEncoder(),
                new RequestWatch(Settings.from(Map.of(), system)),
                server);
        connection.freezeTime();
        return connection;
    }

    private static DefaultFullHttpResponse ok() {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        answer.headers().set("Content-Length", 0);
        return answer;
    }

    private static void say(EmbeddedChannel connection, String text) {
        if (connection.isOpen()) {
            connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        }
    }

    private static String said(EmbeddedChannel connection) {
        var said = new StringBuilder();
        for (Object part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            said.append(((ByteBuf) part).toString(StandardCharsets.ISO_8859_1));
            ReferenceCountUtil.release(part);
        }
        return said.toString();
    }

    private static void after(EmbeddedChannel connection, int seconds) {
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            connection.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            connection.runScheduledPendingTasks();
        }
    }
}
