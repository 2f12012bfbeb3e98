package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.ApiReferencePage.Answer;
import dev.banyan.platform.web.json.ApiReferencePage.Field;
import dev.banyan.platform.web.json.ApiReferencePage.Group;
import dev.banyan.platform.web.json.ApiReferencePage.Route;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The API reference as pages of our own: readable without scripts, and without loading anything from elsewhere.
@Path("/docs/api")
@RunOnVirtualThread
class ApiReferencePageResource {

    private final ApiDocument document;
    private final ObjectMapper json;
    private final Assets assets;

    ApiReferencePageResource(ApiDocument document, ObjectMapper json, Assets assets) {
        this.document = document;
        this.json = json;
        this.assets = assets;
    }

    @GET
    public Response list(@Context Call call) {
        JsonNode api = read();
        return page(call, "API", api, groups(api), Optional.empty());
    }

    /// @param name of a group, as in its address
    @GET
    @Path("{group}")
    public Response show(@Context Call call, @PathParam("group") String name) {
        JsonNode api = read();
        var examples = new JsonExamples(api, json);
        List<Group> groups = groups(api).stream()
                .map(group -> group.anchor().equals(name) ? described(group, api, examples) : group)
                .toList();
        Group shown = groups.stream().filter(Group::isShown).findFirst().orElseThrow(NotFoundException::new);
        return page(call, shown.name(), api, groups, Optional.of(shown));
    }

    private static Group described(Group group, JsonNode api, JsonExamples examples) {
        List<Route> routes = operations(api)
                .filter(operation -> operation.tag().equals(group.name()))
                .map(operation -> route(operation, examples))
                .toList();
        return new Group(group.name(), group.text(), routes, true);
    }

    private Response page(Call call, String title, JsonNode api, List<Group> groups, Optional<Group> shown) {
        return Html.ok(new ApiReferencePage(
                assets.door(title, call), api.at("/info/version").asText(), groups, shown));
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
