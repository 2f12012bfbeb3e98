package dev.banyan.platform.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.limits.TestLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.Test;

class SocketGuardTest {

    private final TestClock clock = new TestClock();
    private WaitingFrames all = new WaitingFrames(TestLimits.settings(), new SimpleMeterRegistry());
    private SocketGuard guard = new SocketGuard(TestLimits.settings(), clock, all, true);
    private final EmbeddedChannel channel = guarded("limit-frames-by-socket", "3/10s");

    private EmbeddedChannel guarded(String... settings) {
        Settings read = TestLimits.settings(settings);
        all = new WaitingFrames(read, new SimpleMeterRegistry());
        guard = new SocketGuard(read, clock, all, true);
        return new EmbeddedChannel(guard);
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

    @Test
    void whoSendsFasterThanMessagesAreHandledIsNotReadFromUntilFewAreLeft() {
        EmbeddedChannel free = guarded("rate-limits", "off");
        for (int i = 0; i <= SocketGuard.WAITING; i++) {
            assertThat(free.config().isAutoRead()).isTrue();
            free.writeInbound(i % 2 == 0 ? new TextWebSocketFrame("a") : new PongWebSocketFrame());
        }
        assertThat(free.config().isAutoRead()).isFalse();
        assertThat(free.isOpen()).isTrue();

        for (int i = 0; i <= SocketGuard.WAITING; i++) {
            guard.handled();
            free.runPendingTasks();
        }
        assertThat(free.config().isAutoRead()).isTrue();
        assertThat(all.bytes()).isZero();
    }

    @Test
    void aPacketFullOfFramesEndsTheSocket() {
        EmbeddedChannel free = guarded("rate-limits", "off");
        for (int i = 0; i < 10_000 && free.isOpen(); i++) {
            free.writeInbound(new TextWebSocketFrame(false, 0, ""));
            free.writeInbound(new ContinuationWebSocketFrame(true, 0, ""));
        }
        assertThat(free.inboundMessages()).hasSizeLessThan(2 * SocketGuard.WAITING_AT_MOST + 2);
        CloseWebSocketFrame close = free.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1008);
        assertThat(free.isOpen()).isFalse();
        assertThat(all.bytes()).isZero();
        guard.handled(); // what is still under way changes nothing
        assertThat(all.bytes()).isZero();
    }

    @Test
    void allSocketsTogetherWaitForAPartOfTheMemory() {
        Settings read = TestLimits.settings("rate-limits", "off", "body-memory", "1");
        var shared = new WaitingFrames(read, new SimpleMeterRegistry());
        String text = "a".repeat(60_000);
        var sockets = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < 8; i++) {
            var socket = new EmbeddedChannel(new SocketGuard(read, clock, shared, true));
            socket.writeInbound(new TextWebSocketFrame(text));
            sockets.add(socket);
        }
        assertThat(sockets).filteredOn(EmbeddedChannel::isOpen).hasSize(4); // 256 KB
        sockets.forEach(EmbeddedChannel::close);
        assertThat(shared.bytes()).isZero();
    }

    /// Each begins a message as long as one may be, and never ends it.
    @Test
    void messagesWithoutAnEndTakeHalfOfTheRoomOfAllSockets() {
        Settings read = TestLimits.settings("rate-limits", "off", "body-memory", "1");
        var shared = new WaitingFrames(read, new SimpleMeterRegistry());
        var begun = new ArrayList<EmbeddedChannel>();
        for (int i = 0; i < 20; i++) {
            var socket = new EmbeddedChannel(new SocketGuard(read, clock, shared, true));
            socket.writeInbound(
                    i % 2 == 0
                            ? new TextWebSocketFrame(false, 0, "a".repeat(100))
                            : new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[100])));
            for (int piece = 0; piece < 60 && socket.isOpen(); piece++) {
                socket.writeInbound(new ContinuationWebSocketFrame(false, 0, "a".repeat(1_000)));
            }
            begun.add(socket);
        }
        assertThat(begun).filteredOn(EmbeddedChannel::isOpen).hasSize(2); // 128 KB
        assertThat(shared.bytes()).isLessThanOrEqualTo(128 << 10);

        var usual = new EmbeddedChannel(new SocketGuard(read, clock, shared, true));
        usual.writeInbound(new TextWebSocketFrame("a".repeat(60_000)));
        assertThat(usual.isOpen()).as("whole messages have the other half").isTrue();

        usual.close();
        begun.forEach(EmbeddedChannel::close);
        assertThat(shared.bytes()).isZero();
    }

    @Test
    void aMessageInPiecesWaitsOnceItIsWhole() {
        EmbeddedChannel free = guarded("rate-limits", "off");
        free.writeInbound(new TextWebSocketFrame(false, 0, "a".repeat(10)));
        free.writeInbound(new ContinuationWebSocketFrame(true, 0, "a".repeat(10)));
        assertThat(all.bytes()).isEqualTo(20 + 1_024);
        guard.handled();
        free.writeInbound(new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[10])));
        assertThat(all.bytes()).isEqualTo(10);
        free.writeInbound(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(new byte[10])));
        assertThat(all.bytes()).as("no operation takes it").isZero();
    }
}
