package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;

/// The routes about the server and its instances.
final class FakeRoutes {

    /// A request, read.
    record Request(String method, String action, String instance, Map<String, String> query, JsonNode body) {

        Optional<String> parameter(String name) {
            return Optional.ofNullable(query.get(name));
        }
    }

    private final FakeEvolution server;
    private final FakeSending sending;
    private final FakeChats chats;

    FakeRoutes(FakeEvolution server) {
        this.server = server;
        this.sending = new FakeSending(server);
        this.chats = new FakeChats(server);
    }

    FakeAnswer handle(HttpExchange exchange, byte[] body) throws IOException {
        try {
            Request request = read(exchange, body);
            if (request.action().equals("GET /")) {
                return root();
            }
            if (server.version() == Version.V2_4_0 && !server.isActivated()) {
                return notActivated();
            }
            String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("apikey"))
                    .orElse("");
            authorize(request, key);
            return route(request, key);
        } catch (FakeAnswer.Refusal refusal) {
            return refusal.answer();
        }
    }

    private static Request read(HttpExchange exchange, byte[] body) throws IOException {
        String[] parts = exchange.getRequestURI().getRawPath().split("/", -1);
        String action = Arrays.stream(parts).skip(1).limit(2).collect(Collectors.joining("/"));
        String instance = parts.length > 3 ? URLDecoder.decode(parts[3], StandardCharsets.UTF_8) : "";
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Map<String, String> query = Arrays.stream(raw.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> !pair[1].isEmpty())
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        JsonNode json = body.length == 0 ? FakeAnswer.JSON.createObjectNode() : FakeAnswer.JSON.readTree(body);
        return new Request(
                exchange.getRequestMethod(), exchange.getRequestMethod() + " /" + action, instance, query, json);
    }

    private FakeAnswer root() {
        return FakeAnswer.ok(Map.of(
                "status", 200,
                "message", "Welcome to the Evolution API, it is working!",
                "version", server.version().text(),
                "clientName", "fake",
                "whatsappWebVersion", "2.3000.1"));
    }

    private static FakeAnswer notActivated() {
        return new FakeAnswer(
                503,
                FakeAnswer.JSON
                        .createObjectNode()
                        .put("error", "service not activated")
                        .put("code", "LICENSE_REQUIRED")
                        .put("register_url", "http://fake/manager/login")
                        .put("message", "Activate this service."));
    }

    private void authorize(Request request, String key) {
        boolean isOwn = Optional.ofNullable(server.instances().get(request.instance()))
                .filter(instance -> instance.token().equals(key))
                .isPresent();
        boolean isAny = request.action().equals("GET /instance/fetchInstances")
                && server.instances().values().stream()
                        .anyMatch(instance -> instance.token().equals(key));
        if (!key.equals(server.key()) && !isOwn && !isAny) {
            throw FakeAnswer.refuse(401, "Unauthorized");
        }
    }

    private FakeAnswer route(Request request, String key) {
        switch (request.action()) {
            case "POST /instance/create" -> {
                return create(request.body());
            }
            case "GET /instance/fetchInstances" -> {
                return fetch(request, key);
            }
            default -> {
                // All others are about one instance.
            }
        }
        FakeInstance instance = Optional.ofNullable(server.instances().get(request.instance()))
                .orElseThrow(
                        () -> FakeAnswer.refuse(404, "The \"" + request.instance() + "\" instance does not exist"));
        JsonNode body = request.body();
        return switch (request.action()) {
            case "GET /instance/connect" -> connect(instance, request.parameter("number"));
            case "GET /instance/connectionState" -> state(instance);
            case "POST /instance/restart" -> restart(instance);
            case "DELETE /instance/logout" -> logout(instance);
            case "DELETE /instance/delete" -> delete(instance);
            case "POST /settings/set" -> {
                instance.settings(body);
                yield FakeAnswer.created(body);
            }
            case "GET /settings/find" -> FakeAnswer.ok(instance.settings());
            case "POST /webhook/set" -> webhook(instance, body.path("webhook"));
            case "GET /webhook/find" ->
                FakeAnswer.ok(instance.webhook().<Object>map(row -> row).orElse(FakeAnswer.JSON.nullNode()));
            case "POST /proxy/set" -> proxy(instance, body);
            case "GET /proxy/find" ->
                FakeAnswer.ok(instance.proxy().orElseThrow(() -> FakeAnswer.refuse(404, "Proxy not found")));
            default -> others(request, instance);
        };
    }

    private FakeAnswer others(Request request, FakeInstance instance) {
        if (request.action().startsWith("POST /message/")) {
            return sending.send(instance, request.action().substring("POST /message/".length()), request.body());
        }
        return chats.handle(instance, request);
    }

    private FakeAnswer create(JsonNode body) {
        String name = body.path("instanceName").asText("");
        if (name.isEmpty() || !body.path("integration").asText("").equals("WHATSAPP-BAILEYS")) {
            throw FakeAnswer.refuse(400, "Invalid integration");
        }
        if (server.has(name)) {
            throw FakeAnswer.refuse(403, "This name \"" + name + "\" is already in use.");
        }
        if (body.has("proxyHost") && !isGoodProxy(body, "proxy")) {
            throw FakeAnswer.refuse(400, "Invalid proxy");
        }
        String token = body.path("token").asText("TOKEN-" + server.nextNumber());
        FakeInstance instance = server.create(
                name, token, Optional.ofNullable(body.path("number").asText(null)));
        if (body.has("proxyHost")) {
            instance.proxy(FakeAnswer.JSON
                    .createObjectNode()
                    .put("enabled", true)
                    .put("host", body.path("proxyHost").asText())
                    .put("port", body.path("proxyPort").asText())
                    .put("protocol", body.path("proxyProtocol").asText())
                    .put("username", body.path("proxyUsername").asText(""))
                    .put("password", body.path("proxyPassword").asText("")));
        }
        instance.settings(FakeAnswer.JSON
                .createObjectNode()
                .put("groupsIgnore", body.path("groupsIgnore").asBoolean()));
        if (body.path("webhook").isObject()) {
            webhook(instance, body.path("webhook"));
        }
        ObjectNode answer = FakeAnswer.JSON.createObjectNode().put("hash", token);
        if (body.path("qrcode").asBoolean()) {
            instance.connect(Optional.ofNullable(body.path("number").asText(null)));
            answer.set("qrcode", instance.qrcode());
        }
        answer.putObject("instance")
                .put("instanceName", name)
                .put("instanceId", instance.id())
                .put("integration", "WHATSAPP-BAILEYS")
                .put("status", instance.memory());
        return FakeAnswer.created(answer);
    }

    private FakeAnswer fetch(Request request, String key) {
        ArrayNode rows = FakeAnswer.JSON.createArrayNode();
        server.instances().values().stream()
                .filter(instance -> key.equals(server.key()) || instance.token().equals(key))
                .filter(instance -> request.parameter("instanceName")
                        .filter(name -> !name.equals(instance.name()))
                        .isEmpty())
                .forEach(instance -> rows.add(instance.row()));
        if (rows.isEmpty() && request.parameter("instanceName").isPresent()) {
            throw FakeAnswer.refuse(
                    404, "Instance \"" + request.parameter("instanceName").get() + "\" not found: it does not exist");
        }
        return FakeAnswer.ok(rows);
    }

    private static FakeAnswer connect(FakeInstance instance, Optional<String> number) {
        switch (instance.memory()) {
            case "open" -> {
                return state(instance);
            }
            case "close" -> instance.connect(number);
            default -> {
                // The current code, whatever number was named.
            }
        }
        return instance.isOpen() ? state(instance) : FakeAnswer.ok(instance.qrcode());
    }

    private static FakeAnswer state(FakeInstance instance) {
        return FakeAnswer.ok(Map.of("instance", Map.of("instanceName", instance.name(), "state", instance.memory())));
    }

    private FakeAnswer restart(FakeInstance instance) {
        if (instance.memory().equals("close")) {
            return FakeAnswer.trap();
        }
        instance.restarted();
        server.held().restarted(instance.name());
        return server.version() == Version.V2_3_7
                ? FakeAnswer.ok(
                        Map.of("instance", Map.of("instanceName", instance.name(), "status", instance.memory())))
                : connect(instance, Optional.empty());
    }

    /// 2.3.6 doesn't wait for its logout, and sometimes nothing comes of it.
    private FakeAnswer logout(FakeInstance instance) {
        boolean isDone = instance.logout();
        if (!isDone && server.version() != Version.V2_4_0) {
            throw FakeAnswer.refuse(400, "The \"" + instance.name() + "\" instance is not connected");
        }
        return success(isDone ? "Instance logged out" : "Instance was already disconnected");
    }

    private FakeAnswer delete(FakeInstance instance) {
        if (instance.isOpen() && server.version() == Version.V2_3_6) {
            throw FakeAnswer.refuse(400, "The \"" + instance.name() + "\" instance needs to be disconnected");
        }
        instance.logout();
        server.hook(instance, "remove.instance", FakeAnswer.JSON.nullNode());
        server.instances().remove(instance.name());
        return success("Instance deleted");
    }

    private static FakeAnswer success(String message) {
        return FakeAnswer.ok(Map.of("status", "SUCCESS", "error", false, "response", Map.of("message", message)));
    }

    private static FakeAnswer webhook(FakeInstance instance, JsonNode wanted) {
        if (!wanted.path("url").asText("").startsWith("http")) {
            throw FakeAnswer.refuse(400, "Invalid \"url\" property");
        }
        ObjectNode row = FakeAnswer.JSON
                .createObjectNode()
                .put("id", "hook-" + instance.name())
                .put("url", wanted.path("url").asText())
                .put("enabled", wanted.path("enabled").asBoolean())
                .put("webhookByEvents", wanted.path("byEvents").asBoolean())
                .put("webhookBase64", wanted.path("base64").asBoolean());
        row.set("headers", wanted.path("headers").isObject() ? wanted.path("headers") : FakeAnswer.JSON.nullNode());
        row.set("events", wanted.path("events").isArray() ? wanted.path("events") : FakeAnswer.JSON.createArrayNode());
        instance.webhook(row);
        return FakeAnswer.created(row);
    }

    /// Proxies are tried out; here, one whose host is not `good` fails. One that is turned off is emptied.
    private static FakeAnswer proxy(FakeInstance instance, JsonNode body) {
        for (String field : List.of("host", "port", "protocol")) {
            if (body.path(field).asText("").isEmpty()) {
                throw FakeAnswer.refuse(400, "The \"" + field + "\" cannot be empty");
            }
        }
        if (!body.path("enabled").asBoolean()) {
            instance.proxy(FakeAnswer.JSON
                    .createObjectNode()
                    .put("enabled", false)
                    .put("host", "")
                    .put("port", "")
                    .put("protocol", ""));
            return FakeAnswer.created(Map.of("proxy", instance.proxy().orElseThrow()));
        }
        if (!isGoodProxy(body, "")) {
            throw FakeAnswer.refuse(400, "Invalid proxy");
        }
        instance.proxy(body);
        return FakeAnswer.created(Map.of("proxy", body));
    }

    private static boolean isGoodProxy(JsonNode body, String prefix) {
        String host = prefix.isEmpty() ? "host" : "proxyHost";
        String port = prefix.isEmpty() ? "port" : "proxyPort";
        return body.path(port).isTextual() && body.path(host).asText("").startsWith("good");
    }
}
