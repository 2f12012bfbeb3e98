package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import jakarta.inject.Singleton;

/// Calls gateways, within limits. Bodies are never logged: they contain messages, and some gateways repeat
/// keys in them.
@Singleton
public record GatewayHttp(OutboundHttp http) {

    /// Reads without U+0000: people can write it, no database keeps it, and one message with it would cost all others
    /// of its webhook. Reads no more than a batch has: a tree that is made for it takes thirty times its text.
    public static final ObjectMapper JSON = (ObjectMapper) new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(400_000)
                            .build())
                    .build())
            .setNodeFactory(new JsonNodeFactory() {
                @Override
                public TextNode textNode(String text) {
                    return super.textNode(text.replace("\0", ""));
                }
            });

    /// How long most calls may take.
    public static final Duration USUAL = Duration.ofSeconds(15);
    /// How long sending may take: a gateway may wait for WhatsApp's acknowledgement.
    public static final Duration SENDING = Duration.ofSeconds(90);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long ANSWER_BYTES = 8L * 1_024 * 1_024;
    private static final int LINE_BYTES = 65_536;

    /// @param total until the whole answer is read
    /// @param mostBytes of the answer
    public record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<byte[]> body,
            Duration total,
            long mostBytes) {

        public static Request get(URI uri, Map<String, String> headers) {
            return of("GET", uri, headers);
        }

        /// A request without a body.
        public static Request of(String method, URI uri, Map<String, String> headers) {
            return new Request(method, uri, headers, Optional.empty(), USUAL, ANSWER_BYTES);
        }

        public static Request of(String method, URI uri, Map<String, String> headers, JsonNode body) {
            return new Request(
                    method,
                    uri,
                    headers,
                    Optional.of(body.toString().getBytes(StandardCharsets.UTF_8)),
                    USUAL,
                    ANSWER_BYTES);
        }

        public Request within(Duration other) {
            return new Request(method, uri, headers, body, other, mostBytes);
        }

        public Request upTo(long bytes) {
            return new Request(method, uri, headers, body, total, bytes);
        }
    }

    public sealed interface Reply {

        /// The gateway answered, with any status.
        record Answered(int status, String type, byte[] body, Optional<String> location) implements Reply {

            public boolean isSuccess() {
                return status >= 200 && status < 300;
            }

            /// Returns the body as JSON; a missing node if it is none.
            public JsonNode json() {
                try {
                    return Optional.ofNullable(JSON.readTree(body)).orElseGet(MissingNode::getInstance);
                } catch (IOException _) {
                    return MissingNode.getInstance();
                }
            }
        }

        /// There was no answer.
        ///
        /// @param mayHaveArrived whether the request may have reached the gateway
        record Silence(Trouble trouble, boolean mayHaveArrived) implements Reply {}
    }

    /// Returns a JSON text, for requests that are built as maps.
    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("This can be written as JSON", impossible);
        }
    }

    public Reply call(Request request) {
        var headers = new LinkedHashMap<>(Map.of("Accept", "application/json"));
        headers.putAll(request.headers());
        var call = new HttpCall(
                request.method(),
                request.uri(),
                headers,
                request.body(),
                new HttpCall.Limits(CONNECT, request.total(), request.total(), request.mostBytes(), LINE_BYTES));
        return switch (http.send(call, _ -> {})) {
            case HttpOutcome.Answered answered -> {
                try (answered) {
                    yield new Reply.Answered(
                            answered.status(),
                            answered.header("Content-Type").orElse(""),
                            answered.body().readAllBytes(),
                            answered.header("Location"));
                } catch (HttpOutcome.BodyTooLarge _) {
                    yield tooLarge();
                } catch (SocketTimeoutException _) {
                    yield timedOut();
                } catch (IOException _) {
                    yield new Reply.Silence(
                            new Trouble(Trouble.Kind.UNREACHABLE, "The gateway broke off its answer."), true);
                }
            }
            case HttpOutcome.Refused _ ->
                new Reply.Silence(new Trouble(Trouble.Kind.ADDRESS_REFUSED, refused(request.uri())), false);
            case HttpOutcome.TimedOut _ -> timedOut();
            case HttpOutcome.Unreachable unreachable ->
                new Reply.Silence(
                        new Trouble(
                                Trouble.Kind.UNREACHABLE, "The gateway can’t be reached: " + unreachable.why() + "."),
                        unreachable.mayHaveArrived());
            case HttpOutcome.TooLarge _ -> tooLarge();
            case HttpOutcome.Aborted _ -> throw new IllegalStateException("No one ends this call");
        };
    }

    private static Reply timedOut() {
        return new Reply.Silence(new Trouble(Trouble.Kind.TIMED_OUT, "The gateway did not answer in time."), true);
    }

    private static Reply tooLarge() {
        return new Reply.Silence(new Trouble(Trouble.Kind.REFUSED, "The gateway’s answer is too large."), true);
    }

    /// Names the setting, because a gateway on the same machine is the usual case.
    static String refused(URI uri) {
        return "This server doesn’t call private addresses such as " + uri.getHost()
                + " unless its operator allows them: BANYAN_OUTBOUND_ALLOW=127.0.0.1/32, or the network of the gateway.";
    }
}
