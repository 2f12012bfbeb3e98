package dev.banyan.commands;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.webhooks.Signature;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;

/// `./banyan listen --forward URL`: sends the events that a key may hear to a program on this machine while it runs,
/// signed as webhooks are. The server remembers nothing of it.
public final class ListenCommand {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final int ENDED = 4401;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    /// Why the server can't be listened to.
    ///
    /// @param key whether it is the key's fault, which another try doesn't change
    private record Refused(String why, boolean key) {}

    private sealed interface News {

        record Told(String id, String type, String body) implements News {}

        /// @param code of WebSockets
        record Closed(int code) implements News {}
    }

    private final URI socket;
    private final URI forward;
    private final String key;
    private final String secret;
    private final PrintStream out;
    private final HttpClient http;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    private ListenCommand(KeyArguments arguments, URI forward, String secret, PrintStream out, HttpClient http) {
        this.socket = URI.create(arguments.server().toString().replaceFirst("^http", "ws") + "/api/webhooks/listen");
        this.forward = forward;
        this.key = arguments.requiredKey();
        this.secret = secret;
        this.out = out;
        this.http = http;
    }

    /// Returns when the server doesn't let the key in any more, or when this thread is interrupted.
    ///
    /// @return the exit code: 1 if it could not listen, 2 for invalid arguments
    public static int run(List<String> typed, Map<String, String> environment, PrintStream out, PrintStream err) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        try {
            var arguments = KeyArguments.parse(typed, environment, Set.of("forward", "secret"), Set.of());
            if (!arguments.words().isEmpty() || !arguments.options().containsKey("forward")) {
                throw new KeyArguments.Wrong("listen needs --forward with the address of your program");
            }
            String secret = arguments.options().getOrDefault("secret", Signature.newSecret());
            if (!Signature.isSecret(secret)) {
                throw new KeyArguments.Wrong("--secret must be whsec_ and 24 to 64 bytes in Base64");
            }
            URI forward = KeyArguments.address(
                    Objects.requireNonNull(arguments.options().get("forward")));
            return new ListenCommand(arguments, forward, secret, out, http).run(err);
        } catch (KeyArguments.Wrong wrong) {
            err.println("banyan: " + wrong.getMessage() + "; see " + OwnCommand.NAME + " help");
            return USAGE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            http.shutdownNow(); // closes the socket, too
        }
    }

    private int run(PrintStream err) throws InterruptedException {
        Optional<Refused> refused = connect();
        if (refused.isPresent()) {
            err.println("banyan: " + refused.get().why());
            return FAILURE;
        }
        out.println("Forwarding events to " + forward + ". Press Ctrl+C to stop.");
        out.println("Signing secret: " + secret);
        while (true) {
            switch (news.take()) {
                case News.Told told -> out.println(told.type() + " " + told.id() + " -> " + forwarded(told));
                case News.Closed(int code)
                when code == ENDED -> {
                    err.println("banyan: the key doesn't work any more, or has changed");
                    return FAILURE;
                }
                case News.Closed _ -> {
                    out.println("The connection was lost. Connecting again…");
                    do {
                        Thread.sleep(BEFORE_AGAIN);
                        refused = connect();
                        if (refused.filter(Refused::key).isPresent()) {
                            err.println("banyan: " + refused.get().why());
                            return FAILURE;
                        }
                    } while (refused.isPresent());
                    out.println("Connected. Events in between were not forwarded.");
                }
            }
        }
    }

    /// @return why it could not
    private Optional<Refused> connect() {
        try {
            http.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .header("Authorization", "Bearer " + key)
                    .buildAsync(socket, new Listener())
                    .join();
            return Optional.empty();
        } catch (CompletionException failure) {
            return Optional.of(
                    failure.getCause() instanceof WebSocketHandshakeException refusal
                            ? refused(refusal.getResponse().statusCode())
                            : new Refused("no server answers at " + socket, false));
        }
    }

    private Refused refused(int status) {
        return switch (status) {
            case 401 -> new Refused("the server doesn't accept this key", true);
            case 403 ->
                new Refused("this key can't listen: it needs webhooks:manage, and must be for the whole account", true);
            case 429 -> new Refused("too many requests with this key", false);
            default -> new Refused(socket + " is not a Banyan server (HTTP " + status + ")", false);
        };
    }

    /// @return what the program answered
    private String forwarded(News.Told told) throws InterruptedException {
        Instant now = CLOCK.instant();
        HttpRequest request = HttpRequest.newBuilder(forward)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("webhook-id", told.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", Signature.of(List.of(secret), told.id(), now, told.body()))
                .POST(HttpRequest.BodyPublishers.ofString(told.body()))
                .build();
        try {
            return Integer.toString(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException lost) {
            return "no answer (" + KeyArguments.why(lost) + ")";
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                read(text.toString()).ifPresent(news::add);
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private static Optional<News> read(String frame) {
            try {
                JsonNode told = JSON.readTree(frame);
                return Optional.of(new News.Told(
                        told.path("id").asText(),
                        told.path("type").asText(),
                        told.path("body").asText()));
            } catch (JsonProcessingException _) {
                return Optional.empty();
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            news.add(new News.Closed(code));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            news.add(new News.Closed(1006));
        }
    }
}
