package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.connections.Credentials.ApiKey;
import dev.banyan.whatsapp.connections.Credentials.Cloud;
import dev.banyan.whatsapp.connections.Credentials.None;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.GatewayHttp.Request;
import dev.banyan.whatsapp.drivers.Line;

/// Calls WAHA servers with their key.
record WahaCalls(GatewayHttp http, Limits limits) {

    /// How long calls may take.
    ///
    /// @param state asking for states
    /// @param code asking for a code: WAHA waits for one inside the call
    /// @param proof asking WhatsApp
    /// @param file fetching a file, which WAHA may fetch from WhatsApp first
    record Limits(Duration state, Duration usual, Duration code, Duration proof, Duration sending, Duration file) {

        static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(10),
                GatewayHttp.USUAL,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                GatewayHttp.SENDING,
                Duration.ofSeconds(60));
    }

    private static final long MOST_BYTES = 32L * 1_024 * 1_024;

    static ObjectNode object() {
        return GatewayHttp.JSON.createObjectNode();
    }

    /// Returns the beginning of the paths of a session.
    static String session(Line line) {
        return "/api/sessions/" + encoded(line.remote());
    }

    /// Returns the beginning of the paths of what a session does.
    static String within(Line line) {
        return "/api/" + encoded(line.remote());
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Reply get(GatewayAccess gateway, String path, Duration within) {
        return http.call(Request.get(gateway.address(path), headers(gateway))
                .within(within)
                .upTo(MOST_BYTES));
    }

    Reply get(GatewayAccess gateway, String path) {
        return get(gateway, path, limits.usual());
    }

    Reply post(GatewayAccess gateway, String path, JsonNode body) {
        return call("POST", gateway, path, body, limits.usual());
    }

    Reply call(String method, GatewayAccess gateway, String path, JsonNode body, Duration within) {
        return http.call(Request.of(method, gateway.address(path), headers(gateway), body)
                .within(within)
                .upTo(MOST_BYTES));
    }

    Reply delete(GatewayAccess gateway, String path) {
        return http.call(
                Request.of("DELETE", gateway.address(path), headers(gateway)).within(limits.usual()));
    }

    /// Fetches a file.
    ///
    /// @param isOfGateway whether it is one of WAHA’s own; others never see the key
    Reply file(GatewayAccess gateway, URI uri, boolean isOfGateway, long mostBytes) {
        return http.call(Request.get(uri, isOfGateway ? headers(gateway) : Map.of())
                .within(limits.file())
                .upTo(mostBytes));
    }

    private static Map<String, String> headers(GatewayAccess gateway) {
        return key(gateway)
                .filter(key -> !key.isBlank())
                .map(key -> Map.of("X-Api-Key", key))
                .orElse(Map.of());
    }

    private static Optional<String> key(GatewayAccess gateway) {
        return switch (gateway.credentials().access()) {
            case ApiKey(String key) -> Optional.of(key);
            case Cloud _, None _ -> Optional.empty();
        };
    }

    /// Reads an answer of success; everything else is trouble.
    static <T> GatewayAnswer<T> read(Reply reply, Function<JsonNode, GatewayAnswer<T>> reader) {
        return switch (reply) {
            case Reply.Answered answer when answer.isSuccess() -> reader.apply(answer.json());
            case Reply.Answered answer -> new GatewayAnswer.Failed<>(WahaErrors.trouble(answer));
            case Reply.Silence silence -> new GatewayAnswer.Failed<>(silence.trouble());
        };
    }

    /// Reads whether it was done.
    static GatewayAnswer<Boolean> done(Reply reply) {
        return read(reply, _ -> GatewayAnswer.done(true));
    }

    /// Reads whether something is gone now: it is, too, if it was not there.
    static GatewayAnswer<Boolean> gone(Reply reply) {
        return isUnknown(reply) ? GatewayAnswer.done(true) : done(reply);
    }

    /// Returns whether WAHA knows no such session.
    static boolean isUnknown(Reply reply) {
        return reply instanceof Reply.Answered answer
                && !answer.isSuccess()
                && WahaErrors.trouble(answer).kind() == GatewayAnswer.Trouble.Kind.UNKNOWN;
    }
}
