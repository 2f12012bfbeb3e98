package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.whatsapp.drivers.GatewayHttp;

/// A request as it came in.
///
/// @param headers by name in lowercase
public record FakeRequest(String method, URI uri, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Returns the parts of the path: the version first.
    List<String> parts() {
        return Arrays.stream(uri.getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
    }

    Map<String, String> query() {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] sides = pair.split("=", 2);
                query.put(
                        URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                        sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    public JsonNode json() {
        try {
            return Optional.ofNullable(GatewayHttp.JSON.readTree(body)).orElseGet(MissingNode::getInstance);
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }
}
