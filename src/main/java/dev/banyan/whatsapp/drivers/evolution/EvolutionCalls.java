package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.GatewayHttp.Request;
import dev.banyan.whatsapp.drivers.Line;

/// Asks Evolution API servers, with the key of the connection.
record EvolutionCalls(GatewayHttp http) {

    /// @param path begins with a slash; already encoded
    Request get(GatewayAccess gateway, String path) {
        return Request.get(gateway.address(path), headers(gateway));
    }

    /// @param action such as `/instance/connect`; the name of the instance follows
    Request get(Line line, String action) {
        return get(line.gateway(), action + "/" + encoded(line.remote()));
    }

    Request delete(Line line, String action) {
        return Request.of(
                "DELETE", line.gateway().address(action + "/" + encoded(line.remote())), headers(line.gateway()));
    }

    Request post(GatewayAccess gateway, String path, Object body) {
        return Request.of("POST", gateway.address(path), headers(gateway), GatewayHttp.JSON.valueToTree(body));
    }

    Request post(Line line, String action, Object body) {
        return post(line.gateway(), action + "/" + encoded(line.remote()), body);
    }

    Reply call(Request request) {
        return http.call(request);
    }

    /// Asks, and takes every error as such, also those that come with HTTP 200.
    GatewayAnswer<JsonNode> ask(Request request) {
        return answer(call(request));
    }

    static GatewayAnswer<JsonNode> answer(Reply reply) {
        return switch (reply) {
            case Reply.Silence(Trouble trouble, boolean _) -> new GatewayAnswer.Failed<>(trouble);
            case Reply.Answered answered
            when !answered.isSuccess() -> new GatewayAnswer.Failed<>(EvolutionErrors.trouble(answered));
            case Reply.Answered answered
            when EvolutionErrors.isHidden(answered.json()) ->
                GatewayAnswer.failed(
                        Trouble.Kind.LATER, "Evolution API reported an error without a reason. It may work later.");
            case Reply.Answered answered -> GatewayAnswer.done(answered.json());
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> headers(GatewayAccess gateway) {
        return switch (gateway.credentials().access()) {
            case Credentials.ApiKey(String key) -> Map.of("apikey", key);
            case Credentials.Cloud _, Credentials.None _ -> Map.of();
        };
    }
}
