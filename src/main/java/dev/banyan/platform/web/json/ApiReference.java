package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.json.ApiReferencePage.Answer;
import dev.banyan.platform.web.json.ApiReferencePage.Field;
import dev.banyan.platform.web.json.ApiReferencePage.Group;
import dev.banyan.platform.web.json.ApiReferencePage.Route;
import jakarta.inject.Singleton;

/// The API for people: its groups of routes. The list is kept; what routes take and answer is large, and read for the
/// group that someone asks for.
@Singleton
public final class ApiReference {

    record Contents(String version, List<Group> groups) {}

    private final ApiDocument document;
    private final ObjectMapper json;
    private volatile Optional<Contents> kept = Optional.empty();

    ApiReference(ApiDocument document, ObjectMapper json) {
        this.document = document;
        this.json = json;
    }

    /// Whether a group has this name in its address, such as `sign-in`.
    public boolean has(String name) {
        return contents().groups().stream().anyMatch(group -> group.anchor().equals(name));
    }

    Contents contents() {
        return kept.orElseGet(() -> {
            JsonNode api = read();
            var contents = new Contents(api.at("/info/version").asText(), groups(api));
            kept = Optional.of(contents);
            return contents;
        });
    }

    /// Returns a group with the fields and answers of its routes.
    ///
    /// @param name as in its address
    Optional<Group> described(String name) {
        return contents().groups().stream()
                .filter(group -> group.anchor().equals(name))
                .findFirst()
                .map(this::described);
    }

    private Group described(Group group) {
        JsonNode api = read();
        var examples = new JsonExamples(api, json);
        List<Route> routes = operations(api)
                .filter(operation -> operation.tag().equals(group.name()))
                .map(operation -> route(operation, examples))
                .toList();
        return new Group(group.name(), group.text(), routes, true);
    }

    private JsonNode read() {
        try {
            return json.readTree(document.json());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private record Operation(String path, String method, JsonNode description) {

        String tag() {
            return description.at("/tags/0").asText("Other");
        }
    }

    private static Stream<Operation> operations(JsonNode api) {
        return api.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())));
    }

    private static List<Group> groups(JsonNode api) {
        Map<String, List<Route>> byTag = new LinkedHashMap<>();
        api.path("tags").forEach(tag -> byTag.put(tag.path("name").asText(), new ArrayList<>()));
        operations(api)
                .forEach(operation -> byTag.computeIfAbsent(operation.tag(), _ -> new ArrayList<>())
                        .add(route(operation, List.of(), List.of())));
        return byTag.entrySet().stream()
                .map(tag -> new Group(tag.getKey(), description(api, tag.getKey()), tag.getValue(), false))
                .toList();
    }

    private static String description(JsonNode api, String tag) {
        for (JsonNode known : api.path("tags")) {
            if (known.path("name").asText().equals(tag)) {
                return known.path("description").asText();
            }
        }
        return "";
    }

    private static Route route(Operation described, JsonExamples examples) {
        JsonNode operation = described.description();
        List<Field> fields = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(parameter -> fields.add(new Field(
                        parameter.path("name").asText() + " ("
                                + parameter.path("in").asText() + ")",
                        examples.typeOf(parameter.path("schema")),
                        parameter.path("required").asBoolean(),
                        parameter.path("description").asText().replace("`", ""))));
        fields.addAll(examples.fieldsOf(operation.at("/requestBody/content/application~1json/schema")));
        List<Answer> answers = new ArrayList<>();
        operation
                .path("responses")
                .properties()
                .forEach(response -> answers.add(new Answer(
                        Integer.parseInt(response.getKey()),
                        response.getValue().path("description").asText(),
                        Optional.of(response.getValue().at("/content/application~1json/schema"))
                                .filter(schema -> !schema.isMissingNode())
                                .map(examples::exampleOf))));
        return route(described, fields, answers);
    }

    private static Route route(Operation described, List<Field> fields, List<Answer> answers) {
        JsonNode operation = described.description();
        boolean open = operation.path("security").isEmpty();
        return new Route(
                described.method().toUpperCase(Locale.ROOT),
                described.path(),
                operation.path("summary").asText(),
                open ? "No sign-in needed" : "Needs a session: cookie or bearer token" + orKey(operation),
                fields,
                answers);
    }

    private static String orKey(JsonNode operation) {
        return operation.has("x-api-key-path")
                ? "; or an API key with "
                        + operation.path("x-api-key-permission").asText() + ", at "
                        + operation.path("x-api-key-path").asText()
                : "";
    }
}
