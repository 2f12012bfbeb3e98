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

    /// Returns the names of all groups, as in their addresses.
    List<String> groupNames() {
        return contents().groups().stream().map(Group::anchor).toList();
    }

    /// Returns the description of a group for programs: its routes, and the components that they need.
    ///
    /// @param name as in its address
    Optional<JsonNode> alone(String name) {
        return contents().groups().stream()
                .filter(group -> group.anchor().equals(name))
                .findFirst()
                .map(group -> {
                    JsonNode api = read();
                    leaveOut(api.path("tags"), tag -> !tag.path("name").asText().equals(group.name()));
                    api.path("paths")
                            .forEach(path -> leaveOut(
                                    path,
                                    operation ->
                                            !operation.at("/tags/0").asText().equals(group.name())));
                    leaveOut(api.path("paths"), JsonNode::isEmpty);
                    Set<JsonNode> needed = needed(api);
                    for (String kind : List.of("schemas", "parameters", "responses")) {
                        leaveOut(api.path("components").path(kind), part -> !needed.contains(part));
                    }
                    return api;
                });
    }

    /// Returns the description as a collection of requests to this server.
    JsonNode collection(String baseUrl) {
        return new PostmanCollection(read(), json).at(baseUrl);
    }

    private static void leaveOut(JsonNode from, Predicate<JsonNode> what) {
        var parts = from.iterator();
        while (parts.hasNext()) {
            if (what.test(parts.next())) {
                parts.remove();
            }
        }
    }

    private static Set<JsonNode> needed(JsonNode api) {
        Set<JsonNode> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<JsonNode>(List.of(api.path("paths")));
        while (!open.isEmpty()) {
            open.pop().findValuesAsText("$ref").stream()
                    .map(reference -> api.at(reference.substring(1)))
                    .filter(needed::add)
                    .forEach(open::push);
        }
        return needed;
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

        String verb() {
            return method.toUpperCase(Locale.ROOT);
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
                        .add(route(operation, "", List.of(), List.of())));
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
                .valueStream()
                .map(examples::resolve)
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
                        // What is said next to a reference comes first.
                        response.getValue()
                                .path("description")
                                .asText(examples.resolve(response.getValue())
                                        .path("description")
                                        .asText()),
                        Optional.of(examples.resolve(response.getValue()).at("/content/application~1json/schema"))
                                .filter(schema -> !schema.isMissingNode())
                                .map(examples::exampleOf))));
        return route(
                described,
                new CurlExample(examples).of(described.verb(), described.path(), operation),
                fields,
                answers);
    }

    private static Route route(Operation described, String curl, List<Field> fields, List<Answer> answers) {
        JsonNode operation = described.description();
        boolean open = operation.path("security").isEmpty();
        return new Route(
                described.verb(),
                described.path(),
                operation.path("summary").asText(),
                Optional.of(operation.path("description").asText().replace("`", ""))
                        .filter(text -> !ApiDescription.ACCESS.contains(text))
                        .orElse(""),
                open ? "No sign-in needed" : "Needs a session: cookie or bearer token" + orKey(operation),
                curl,
                fields,
                answers);
    }

    private static String orKey(JsonNode operation) {
        String permission = operation.at("/security/1/apiKey/0").asText();
        String path = operation.path("x-api-key-path").asText();
        return permission.isEmpty()
                ? ""
                : "; or an API key with " + permission + (path.isEmpty() ? "" : ", at " + path);
    }
}
