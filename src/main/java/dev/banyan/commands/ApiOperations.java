package dev.banyan.commands;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.FilledText;
import dev.banyan.platform.OwnCommand;

/// The operations of an OpenAPI description, and the requests that are made of them.
record ApiOperations(JsonNode description) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LIKE = 0.5;
    private static final int SUGGESTED = 3;

    /// @param path with its query
    record Request(String method, String path, Optional<ObjectNode> body) {}

    List<String> list() {
        return all().map(
                        operation -> "%-40s %-6s %s".formatted(operation.id(), operation.method(), operation.summary()))
                .sorted()
                .toList();
    }

    Operation find(String id) {
        return all().filter(operation -> operation.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() ->
                        new KeyArguments.Wrong("unknown operation “" + id + "”;" + near(id) + " --list shows all"));
    }

    /// Asks whether one of the most similar names was meant; empty if none is similar.
    private String near(String id) {
        List<String> names = all().map(Operation::id)
                .filter(name -> likeness(id, name) >= LIKE)
                .sorted(Comparator.comparingDouble(name -> -likeness(id, name)))
                .limit(SUGGESTED)
                .toList();
        return names.isEmpty() ? "" : " did you mean " + String.join(", ", names) + "?";
    }

    /// Returns 1 for the same pairs of letters, in whatever order they are, and 0 if no pair is in both.
    private static double likeness(String one, String other) {
        Set<String> mine = pairs(one);
        Set<String> theirs = pairs(other);
        long both = mine.stream().filter(theirs::contains).count();
        return 2.0 * both / Math.max(1, mine.size() + theirs.size());
    }

    private static Set<String> pairs(String name) {
        String letters = name.toLowerCase(Locale.ROOT);
        return IntStream.range(1, letters.length())
                .mapToObj(at -> letters.substring(at - 1, at + 1))
                .collect(Collectors.toSet());
    }

    private Stream<Operation> all() {
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : resolved(description.at(reference.substring(1)));
    }

    /// One operation, with the fields that its requests can have.
    final class Operation {

        private final String path;
        private final String method;
        private final JsonNode node;

        private Operation(String path, String method, JsonNode node) {
            // Programs with a key call some routes by another path.
            this.path = node.path("x-api-key-path").asText(path);
            this.method = method.toUpperCase(Locale.ROOT);
            this.node = node;
        }

        String id() {
            return node.path("operationId").asText();
        }

        String method() {
            return method;
        }

        String summary() {
            return node.path("summary").asText();
        }

        private Stream<JsonNode> parameters() {
            return StreamSupport.stream(node.path("parameters").spliterator(), false)
                    .map(ApiOperations.this::resolved);
        }

        private JsonNode properties() {
            return resolved(node.at("/requestBody/content/application~1json/schema"))
                    .path("properties");
        }

        /// Returns a line for each field.
        List<String> fields() {
            return Stream.concat(
                            parameters()
                                    .filter(parameter ->
                                            !parameter.path("in").asText().equals("header"))
                                    .map(parameter -> line(
                                            parameter.path("name").asText(),
                                            parameter.path("in").asText(),
                                            parameter.path("description").asText())),
                            properties().properties().stream()
                                    .map(field -> line(
                                            field.getKey(),
                                            "body",
                                            resolved(field.getValue())
                                                    .path("description")
                                                    .asText())))
                    .toList();
        }

        private static String line(String name, String where, String text) {
            return "%-28s %-6s %s".formatted(name, where, text).stripTrailing();
        }

        Request request(List<String> typed) {
            var given = new LinkedHashMap<String, List<String>>();
            for (String pair : typed) {
                int at = pair.indexOf('=');
                if (at < 1) {
                    throw new KeyArguments.Wrong("“" + pair + "” is not a field; write name=value");
                }
                given.computeIfAbsent(pair.substring(0, at), _ -> new ArrayList<>())
                        .add(pair.substring(at + 1));
            }
            var places = new HashMap<String, String>();
            var query = new ArrayList<String>();
            for (JsonNode parameter : parameters().toList()) {
                String name = parameter.path("name").asText();
                switch (parameter.path("in").asText()) {
                    case "path" -> places.put("{" + name + "}", encoded(inPath(name, given)));
                    case "query" ->
                        Optional.ofNullable(given.remove(name))
                                .ifPresent(values ->
                                        values.forEach(value -> query.add(encoded(name) + "=" + encoded(value))));
                    default -> {}
                }
            }
            Optional<ObjectNode> body = node.has("requestBody") ? Optional.of(body(given)) : Optional.empty();
            if (!given.isEmpty()) {
                throw new KeyArguments.Wrong(
                        "unknown field “" + given.keySet().iterator().next() + "”; “" + OwnCommand.NAME + " api " + id()
                                + " --fields” shows all");
            }
            String address = FilledText.of(path, places);
            return new Request(method, query.isEmpty() ? address : address + "?" + String.join("&", query), body);
        }

        private String inPath(String name, Map<String, List<String>> given) {
            return Optional.ofNullable(given.remove(name))
                    .map(List::getFirst)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(() -> new KeyArguments.Wrong("the field " + name + " is required"));
        }

        private ObjectNode body(Map<String, List<String>> given) {
            ObjectNode body = JSON.createObjectNode();
            properties()
                    .properties()
                    .forEach(field -> Optional.ofNullable(given.remove(field.getKey()))
                            .ifPresent(values -> body.set(field.getKey(), value(resolved(field.getValue()), values))));
            return body;
        }

        /// Reads a value as its type wants it: a text as it is, a list as JSON or from several fields, all else as
        /// JSON.
        private JsonNode value(JsonNode schema, List<String> values) {
            Set<String> types = types(schema);
            if (types.contains("array") && !values.getFirst().startsWith("[")) {
                ArrayNode list = JSON.createArrayNode();
                values.forEach(value -> list.add(value(resolved(schema.path("items")), List.of(value))));
                return list;
            }
            if (types.contains("string")) {
                return JSON.getNodeFactory().textNode(values.getLast());
            }
            try {
                return JSON.readTree(values.getLast());
            } catch (JsonProcessingException _) {
                return JSON.getNodeFactory().textNode(values.getLast()); // the server says what it wants
            }
        }

        private Set<String> types(JsonNode schema) {
            var types = new HashSet<String>();
            JsonNode type = schema.path("type");
            if (type.isArray()) {
                type.forEach(each -> types.add(each.asText()));
            } else {
                types.add(type.asText());
            }
            Stream.of("anyOf", "oneOf", "allOf")
                    .flatMap(name -> StreamSupport.stream(schema.path(name).spliterator(), false))
                    .forEach(part -> types.addAll(types(resolved(part))));
            return types;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
