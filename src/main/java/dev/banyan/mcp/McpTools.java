package dev.banyan.mcp;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.mcp.McpTool.Effect;
import dev.banyan.mcp.McpTool.Place;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.ApiDocument;
import jakarta.inject.Singleton;

/// The tools of `mcp/tools.txt`, with what the description of the API says about their operations. Made at their first
/// use.
@Singleton
final class McpTools {

    private static final String FILE = "/mcp/tools.txt";

    private static final String ADMIN = "/api/admin/";

    /// Components that contain each other end here.
    private static final int DEEPEST = 6;

    private record Operation(String method, String path, JsonNode described) {

        /// Returns what a key needs for it; empty if it is closed to keys.
        Optional<KeyRights.Permission> needed() {
            return KeyRights.ofRoute(method + " " + path);
        }

        String pathForKeys() {
            return path.startsWith(ADMIN) ? "/v1/" + path.substring(ADMIN.length()) : path;
        }
    }

    private final ApiDocument document;
    private final ObjectMapper json;
    private volatile Map<String, McpTool> tools = Map.of();

    McpTools(ApiDocument document, ObjectMapper json) {
        this.document = document;
        this.json = json;
    }

    Collection<McpTool> all() {
        if (tools.isEmpty()) {
            tools = read();
        }
        return tools.values();
    }

    Optional<McpTool> find(String name) {
        return all().stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    private Map<String, McpTool> read() {
        JsonNode api;
        try {
            api = json.readTree(document.json());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<String, Operation> operations = operations(api);
        var read = new LinkedHashMap<String, McpTool>();
        PackedFile.text(McpTools.class, FILE)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .map(line -> line.split(" \\| ", 4))
                .filter(line -> isForKeys(operations, line[1]))
                .forEach(line -> read.put(
                        line[0],
                        tool(
                                api,
                                line[0],
                                line[3],
                                Keyed.of(Effect.class, line[2]),
                                Objects.requireNonNull(operations.get(line[1])))));
        return Collections.unmodifiableMap(read);
    }

    /// Returns whether programs with a key may use an operation at all; otherwise it is no tool.
    private static boolean isForKeys(Map<String, Operation> operations, String id) {
        return Objects.requireNonNull(operations.get(id), id).needed().isPresent();
    }

    private static Map<String, Operation> operations(JsonNode api) {
        var operations = new HashMap<String, Operation>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(
                                method.getValue().path("operationId").asText(),
                                new Operation(
                                        method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    private McpTool tool(JsonNode api, String name, String words, Effect effect, Operation operation) {
        var arguments = new TreeMap<String, Place>();
        ObjectNode properties = json.createObjectNode();
        ArrayNode required = json.createArrayNode();
        for (JsonNode reference : operation.described().path("parameters")) {
            JsonNode parameter = inline(api, reference, 0);
            boolean isHeader = parameter.path("in").asText().equals("header");
            String argument = parameter.path("name").asText();
            if (!isHeader) {
                arguments.put(
                        argument, Keyed.of(Place.class, parameter.path("in").asText()));
                properties.set(argument, described(parameter));
                if (parameter.path("required").asBoolean()) {
                    required.add(argument);
                }
            } else if (argument.equals(ApiDescription.IDEMPOTENCY_KEY)) {
                arguments.put(McpTool.REPEATABLE, Place.HEADER);
                properties
                        .putObject(McpTool.REPEATABLE)
                        .put("type", "string")
                        .put("description", "Any text. A call that repeats it gets the first answer");
            }
        }
        JsonNode body = inline(
                api,
                operation
                        .described()
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema"),
                0);
        body.path("properties").properties().forEach(field -> {
            arguments.put(field.getKey(), Place.BODY); // an account that the body names, the query doesn’t
            properties.set(field.getKey(), field.getValue());
        });
        body.path("required").forEach(required::add);
        if (effect == Effect.CONFIRM) {
            arguments.put(McpTool.CONFIRM, Place.CONFIRMATION);
            properties
                    .putObject(McpTool.CONFIRM)
                    .put("type", "boolean")
                    .put("description", "true once a person has seen what will happen, and agreed");
            required.add(McpTool.CONFIRM);
        }
        ObjectNode schema = json.createObjectNode().put("type", "object");
        schema.set("properties", properties);
        schema.set("required", required);
        return new McpTool(
                name,
                words,
                effect,
                operation.method(),
                operation.pathForKeys(),
                operation.needed().orElseThrow().name(),
                Collections.unmodifiableMap(arguments),
                schema.put("additionalProperties", false));
    }

    private static JsonNode described(JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        return schema instanceof ObjectNode own && parameter.has("description")
                ? own.put("description", parameter.path("description").asText())
                : schema;
    }

    /// Returns a part of the description without references, which clients couldn’t follow.
    private JsonNode inline(JsonNode api, JsonNode part, int depth) {
        if (part.isArray()) {
            ArrayNode all = json.createArrayNode();
            part.forEach(each -> all.add(inline(api, each, depth)));
            return all;
        }
        if (!part.isObject()) {
            return part;
        }
        ObjectNode whole = json.createObjectNode();
        if (part.has("$ref") && depth < DEEPEST) {
            JsonNode target = api.at(part.path("$ref").asText().substring(1));
            inline(api, target, depth + 1).properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
        }
        part.properties().stream()
                .filter(field -> !field.getKey().equals("$ref"))
                .forEach(field -> whole.set(field.getKey(), inline(api, field.getValue(), depth)));
        return whole;
    }
}
