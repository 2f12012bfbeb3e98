package dev.banyan.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.console.Frame;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console's socket as used by a generic program.
@QuarkusTest
class ConsoleSocketTest {

    @Inject
    Settings settings;

    @Inject
    ConsoleEndpoint door;

    @Inject
    TestWorld world;

    @Inject
    Audit audit;

    @Test
    void theTokenIsNobodysBusinessButTheOwners() throws Exception {
        Path file = RunningServer.tokenFile(settings.data());

        assertThat(token()).hasSizeGreaterThan(40);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(RunningServer.of(settings.data()))
                .hasValueSatisfying(server -> assertThat(server.isAlive()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic %s", "%s", "bearer%s"})
    void withoutTheTokenNobodyComesIn(String header) throws Exception {
        assertThatThrownBy(() -> connect(header.formatted(token())))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        failure -> assertThat(failure.getCause())
                                .isInstanceOfSatisfying(
                                        WebSocketHandshakeException.class,
                                        refusal -> assertThat(
                                                        refusal.getResponse().statusCode())
                                                .isEqualTo(401)));
    }

    /// A session of a person, even of the operator, gives no access to the console, because browsers have it.
    @Test
    void aSessionIsNoToken() {
        assertThatThrownBy(() -> connect("Bearer " + world.operatorToken()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThatThrownBy(() -> connect("Bearer " + world.acme().token()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aRefusalIsAudited() {
        assertThatThrownBy(() -> connect("Bearer wrong")).isInstanceOf(CompletionException.class);

        assertThat(audit).extracting("denials").asString().contains("GET /api/console");
    }

    @Test
    void aCommandIsRunAndItsEndIsSaid() throws Exception {
        try (var terminal = connect("Bearer " + token())) {
            terminal.send(new Frame.Run("quit", Optional.empty(), false));

            assertThat(terminal.next()).isEqualTo(new Frame.Out("👋 Exiting device manager..."));
            assertThat(terminal.next()).isEqualTo(new Frame.Done(0, Optional.empty(), true));
        }
    }

    @Test
    void commandsFollowEachOtherOnOneConnection() throws Exception {
        try (var terminal = connect("Bearer " + token())) {
            terminal.send(new Frame.Run("nonsense", Optional.empty(), false));
            assertThat(terminal.next()).isInstanceOf(Frame.Out.class);
            assertThat(terminal.next()).isEqualTo(new Frame.Done(1, Optional.empty(), false));
            terminal.send(new Frame.Cancel());
            terminal.send(new Frame.Complete("qu", Optional.empty()));
            assertThat(terminal.next())
                    .isInstanceOfSatisfying(
                            Frame.Words.class,
                            words -> assertThat(words.words())
                                    .extracting(Frame.Word::text)
                                    .containsExactly("quit"));
            terminal.send(new Frame.Run("exit", Optional.empty(), false));
            assertThat(terminal.next()).isInstanceOf(Frame.Out.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "null",
                "{\"type\":\"run\"}",
                "{\"type\":\"run\",\"line\":null,\"account\":null}",
                "{\"type\":\"shell\",\"line\":\"rm\"}",
                "{\"type\":\"done\",\"code\":0,\"account\":null,\"quits\":true}"
            })
    void whatIsNoFrameEndsTheConnection(String text) throws Exception {
        try (var terminal = connect("Bearer " + token())) {
            terminal.sendText(text);

            assertThat(terminal.closedWith()).isEqualTo(1003);
        }
    }

    private String token() throws Exception {
        if (!Files.exists(RunningServer.tokenFile(settings.data()))) {
            door.open(); // as Startup does once the server is listening
        }
        return Files.readString(RunningServer.tokenFile(settings.data())).strip();
    }

    /// @param authorization empty for none
    private static Terminal connect(String authorization) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        var terminal = new Terminal();
        URI uri = URI.create(TestServer.uri().toString().replaceFirst("^http", "ws") + "/api/console");
        terminal.socket = Optional.of(builder.buildAsync(uri, terminal).join());
        return terminal;
    }

    private static final class Terminal implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private Optional<WebSocket> socket = Optional.empty();

        void send(Frame frame) {
            sendText(frame.json());
        }

        void sendText(String json) {
            socket.orElseThrow().sendText(json, true).join();
        }

        Frame next() throws InterruptedException {
            return Optional.ofNullable(frames.poll(Eventually.SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("Nothing came"));
        }

        int closedWith() throws InterruptedException {
            return Optional.ofNullable(closes.poll(Eventually.SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("The connection stayed open"));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                frames.add(Frame.parse(text.toString()).orElseThrow());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closes.add(status);
            return null;
        }

        @Override
        public void close() {
            socket.orElseThrow().abort();
        }
    }
}
