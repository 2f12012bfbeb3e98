package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.Credentials.ApiKey;
import dev.banyan.whatsapp.connections.Credentials.Cloud;
import dev.banyan.whatsapp.connections.Credentials.None;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.GatewayHttp.Request;

/// Calls Meta's Graph API: its addresses, its token, its lists and its errors.
///
/// @param sending how long sending a message or a file may take
record GraphCalls(GatewayHttp http, Duration sending) {

    static final String VERSION = "v26.0";

    private static final String META = "https://graph.facebook.com";
    private static final Pattern SLASHES = Pattern.compile("/+$");
    private static final Pattern VERSIONED = Pattern.compile(".*/(v\\d{1,3}(\\.\\d{1,2})?)");

    /// Returns the root with its version: Meta's own, or the one of the connection, such as a proxy of the operator.
    static String root(GatewayAccess gateway) {
        String given = gateway.connection().url().map(URI::toString).orElse(META);
        String root = SLASHES.matcher(given).replaceFirst("");
        return VERSIONED.matcher(root).matches() ? root : root + "/" + VERSION;
    }

    static String version(GatewayAccess gateway) {
        var matcher = VERSIONED.matcher(root(gateway));
        return matcher.matches() ? matcher.group(1) : VERSION;
    }

    static Cloud credentials(GatewayAccess gateway) {
        return switch (gateway.credentials().access()) {
            case Cloud cloud -> cloud;
            case ApiKey _, None _ -> new Cloud("", "", "", Optional.empty());
        };
    }

    static Optional<String> waba(GatewayAccess gateway) {
        return credentials(gateway).wabaId().map(String::strip).filter(id -> !id.isEmpty());
    }

    static String bearer(GatewayAccess gateway) {
        return "Bearer " + credentials(gateway).token().strip();
    }

    /// Returns a part of a path or a value of a query, encoded.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI address(GatewayAccess gateway, String path) {
        return URI.create(root(gateway) + path);
    }

    private static Map<String, String> headers(GatewayAccess gateway) {
        return Map.of("Authorization", bearer(gateway));
    }

    /// @param path begins with a slash; already encoded
    GatewayAnswer<JsonNode> get(GatewayAccess gateway, String path) {
        return answer(read(gateway, path));
    }

    /// Gets something, and returns the bare reply: an error may say something about the number.
    Reply read(GatewayAccess gateway, String path) {
        return http.call(Request.get(address(gateway, path), headers(gateway)));
    }

    GatewayAnswer<JsonNode> post(GatewayAccess gateway, String path, JsonNode body) {
        return answer(http.call(Request.of("POST", address(gateway, path), json(gateway), body)));
    }

    /// Posts something that takes longer, and returns the bare reply: for a message it matters whether it
    /// may have arrived.
    Reply send(GatewayAccess gateway, String path, JsonNode body) {
        return http.call(
                Request.of("POST", address(gateway, path), json(gateway), body).within(sending));
    }

    Reply sendForm(GatewayAccess gateway, String path, MultipartForm form) {
        var headers = new LinkedHashMap<>(headers(gateway));
        headers.put("Content-Type", form.type());
        Request bare = Request.of("POST", address(gateway, path), headers);
        return http.call(
                new Request(bare.method(), bare.uri(), headers, Optional.of(form.bytes()), sending, bare.mostBytes()));
    }

    /// Sends a file to an upload session, which Graph lets in by another word.
    Reply sendBytes(GatewayAccess gateway, String path, byte[] bytes) {
        var headers = Map.of(
                "Authorization",
                "OAuth " + credentials(gateway).token().strip(),
                "file_offset",
                "0",
                "Content-Type",
                "application/octet-stream");
        Request bare = Request.of("POST", address(gateway, path), headers);
        return http.call(
                new Request(bare.method(), bare.uri(), headers, Optional.of(bytes), sending, bare.mostBytes()));
    }

    Reply delete(GatewayAccess gateway, String path) {
        return http.call(Request.of("DELETE", address(gateway, path), headers(gateway)));
    }

    private static Map<String, String> json(GatewayAccess gateway) {
        return Map.of("Authorization", bearer(gateway), "Content-Type", "application/json");
    }

    /// Gets a file. The token goes along only to the server that was meant.
    Reply file(GatewayAccess gateway, URI uri, boolean withToken, long mostBytes) {
        Map<String, String> headers =
                withToken ? Map.of("Authorization", bearer(gateway), "Accept", "*/*") : Map.of("Accept", "*/*");
        return http.call(Request.get(uri, headers).within(sending).upTo(mostBytes));
    }

    static GatewayAnswer<JsonNode> answer(Reply reply) {
        return answer(reply, answered -> CloudErrors.trouble(GraphError.of(answered)));
    }

    /// @param failed what an error means
    static GatewayAnswer<JsonNode> answer(Reply reply, Function<Reply.Answered, GatewayAnswer.Trouble> failed) {
        return switch (reply) {
            case Reply.Silence silence -> new GatewayAnswer.Failed<>(silence.trouble());
            case Reply.Answered answered -> {
                JsonNode body = answered.json();
                yield answered.isSuccess() && !body.has("error")
                        ? GatewayAnswer.done(body)
                        : new GatewayAnswer.Failed<>(failed.apply(answered));
            }
        };
    }

    /// Reads a list page by page, until there are no more, or there are as many as asked for, or these are enough.
    ///
    /// @param path with a query
    /// @param isEnough asked after each page
    GatewayAnswer<List<JsonNode>> list(
            GatewayAccess gateway, String path, int most, Predicate<List<JsonNode>> isEnough) {
        var all = new ArrayList<JsonNode>();
        String after = "";
        while (true) {
            String page = after.isEmpty() ? path : path + "&after=" + encoded(after);
            switch (get(gateway, page)) {
                case GatewayAnswer.Failed<JsonNode>(var trouble) -> {
                    return new GatewayAnswer.Failed<>(trouble);
                }
                case GatewayAnswer.Done<JsonNode>(JsonNode body) -> {
                    body.path("data").forEach(all::add);
                    String next = GraphJson.text(body.path("paging").path("cursors"), "after");
                    boolean isLast = next.isBlank()
                            || next.equals(after)
                            || body.path("data").isEmpty();
                    if (isLast || all.size() >= most || isEnough.test(all)) {
                        return GatewayAnswer.done(List.copyOf(all.subList(0, Math.min(most, all.size()))));
                    }
                    after = next;
                }
            }
        }
    }
}
