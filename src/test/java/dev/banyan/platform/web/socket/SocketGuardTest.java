package dev.banyan.platform.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClock;
import dev.banyan.platform.limits.TestLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketGuardTest {

    private final TestClock clock = new TestClock();
    private final EmbeddedChannel channel = guarded("limit-frames-by-socket", "3/10s");

    private EmbeddedChannel guarded(String... settings) {
        return new EmbeddedChannel(new SocketGuard(TestLimits.settings(settings), clock));
    }

    @Test
    void framesOfAllKindsCountAndWhoSendsTooManyIsHungUpOn() {
        channel.writeInbound(new PingWebSocketFrame());
        channel.writeInbound(new TextWebSocketFrame(false, 0, "endless"));
        channel.writeInbound(new ContinuationWebSocketFrame(false, 0, ""));
        assertThat(channel.inboundMessages()).hasSize(3);
        assertThat(channel.isOpen()).isTrue();

        channel.writeInbound(new ContinuationWebSocketFrame(false, 0, ""));

        assertThat(channel.inboundMessages()).as("nobody hears of it").hasSize(3);
        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1008);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void eachWindowBeginsAnew() {
        for (int i = 0; i < 5; i++) {
            for (int frame = 0; frame < 3; frame++) {
                channel.writeInbound(new PingWebSocketFrame());
            }
            clock.forward(Duration.ofSeconds(10));
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void withoutLimitsAndBeforeTheUpgradeNothingCounts() {
        EmbeddedChannel free = guarded("limit-frames-by-socket", "3/10s", "rate-limits", "off");
        for (int i = 0; i < 10; i++) {
            free.writeInbound(new PingWebSocketFrame());
            channel.writeInbound("a part of a request");
        }
        assertThat(free.isOpen()).isTrue();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whoDoesNotReadIsNotReadFromUntilTheyDo() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 100));
        assertThat(channel.config().isAutoRead()).isTrue();

        channel.write(Unpooled.buffer().writeZero(200));
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.flush();
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
    }
}
