package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The description of the API as a collection that Postman, Bruno and Insomnia import, in version 2.1 of the format: a
/// folder for each group, a request for each operation, with the path that keys use.
final class PostmanCollection {

    private static final String FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    private static final String ABOUT =
            "Enter your key in the variable apiKey. Operations for people alone take the token of a session, in"
                    + " sessionToken. Bodies show all fields that an operation knows: keep those that you need.";
    private static final String JSON = "application/json";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private final JsonNode api;
    private final ObjectMapper json;
    private final JsonExamples examples;

    PostmanCollection(JsonNode api, ObjectMapper json) {
        this.api = api;
        this.json = json;
        this.examples = new JsonExamples(api, json);
    }

    ObjectNode at(String baseUrl) {
        ObjectNode collection = json.createObjectNode();
        collection
                .putObject("info")
                .put("name", api.at("/info/title").asText())
                .put("version", api.at("/info/version").asText())
                .put("description", api.at("/info/description").asText() + "\n\n" + ABOUT)
                .put("schema", FORMAT);
        collection.set("auth", bearer("apiKey"));
        ArrayNode variables = collection.putArray("variable");
        Map.of("baseUrl", baseUrl, "apiKey", "", "sessionToken", "").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable ->
                        variables.addObject().put("key", variable.getKey()).put("value", variable.getValue()));
        var folders = new LinkedHashMap<String, ArrayNode>();
        ArrayNode items = collection.putArray("item");
        api.path("tags")
                .forEach(tag -> folders.put(
                        tag.path("name").asText(),
                        items.addObject()
                                .put("name", tag.path("name").asText())
                                .put("description", tag.path("description").asText())
                                .putArray("item")));
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    folders.computeIfAbsent(
                                    operation.at("/tags/0").asText("Other"),
                                    name -> items.addObject().put("name", name).putArray("item"))
                            .add(item(path.getKey(), method.getKey(), operation));
                }));
        return collection;
    }

    private ObjectNode item(String path, String method, JsonNode operation) {
        ObjectNode item = json.createObjectNode()
                .put("id", operation.path("operationId").asText())
                .put("name", operation.path("summary").asText());
        ObjectNode request = item.putObject("request").put("method", method.toUpperCase(Locale.ROOT));
        switch (operation.path("security").size()) {
            case 0 -> request.putObject("auth").put("type", "noauth");
            case 1 -> request.set("auth", bearer("sessionToken"));
            default -> {} // a key, as the collection says
        }
        List<JsonNode> parameters = operation
                .path("parameters")
                .valueStream()
                .map(examples::resolve)
                .toList();
        ArrayNode headers = request.putArray("header");
        in("header", parameters).forEach(header -> describe(headers.addObject(), header));
        request.put("description", operation.path("description").asText());
        request.set("url", url(operation.path("x-api-key-path").asText(path), parameters));
        JsonNode content = operation.at("/requestBody/content");
        if (content.has(JSON)) {
            headers.addObject().put("key", "Content-Type").put("value", JSON);
            ObjectNode body = request.putObject("body").put("mode", "raw");
            body.put("raw", examples.exampleOf(content.path(JSON).path("schema")));
            body.putObject("options").putObject("raw").put("language", "json");
        } else if (!content.isEmpty()) {
            JsonNode form = content.path("multipart/form-data").path("schema");
            ArrayNode fields = request.putObject("body").put("mode", "formdata").putArray("formdata");
            examples.resolve(form).path("properties").properties().forEach(field -> {
                boolean isFile = field.getValue().path("format").asText().equals("binary");
                fields.addObject()
                        .put("key", field.getKey())
                        .put("type", isFile ? "file" : "text")
                        .put("description", field.getValue().path("description").asText());
            });
        }
        item.putArray("response");
        return item;
    }

    private ObjectNode url(String path, List<JsonNode> parameters) {
        String filled = PLACEHOLDER.matcher(path).replaceAll(":$1");
        ObjectNode url = json.createObjectNode().put("raw", "{{baseUrl}}" + filled);
        url.putArray("host").add("{{baseUrl}}");
        ArrayNode segments = url.putArray("path");
        Stream.of(filled.substring(1).split("/")).forEach(segments::add);
        ArrayNode query = url.putArray("query");
        in("query", parameters).forEach(parameter -> describe(query.addObject(), parameter));
        ArrayNode variables = url.putArray("variable");
        in("path", parameters)
                .forEach(parameter -> variables
                        .addObject()
                        .put("key", parameter.path("name").asText())
                        .put("value", "")
                        .put("description", parameter.path("description").asText()));
        return url;
    }

    private static Stream<JsonNode> in(String place, List<JsonNode> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(place));
    }

    /// What isn't required is there to be turned on.
    private static void describe(ObjectNode shown, JsonNode parameter) {
        shown.put("key", parameter.path("name").asText())
                .put("value", "")
                .put("description", parameter.path("description").asText())
                .put("disabled", !parameter.path("required").asBoolean());
    }

    private ObjectNode bearer(String variable) {
        ObjectNode auth = json.createObjectNode().put("type", "bearer");
        auth.putArray("bearer")
                .addObject()
                .put("key", "token")
                .put("value", "{{" + variable + "}}")
                .put("type", "string");
        return auth;
    }
}
