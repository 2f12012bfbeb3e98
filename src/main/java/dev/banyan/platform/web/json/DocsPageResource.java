package dev.banyan.platform.web.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.DocsPage.Answer;
import dev.banyan.platform.web.json.DocsPage.Field;
import dev.banyan.platform.web.json.DocsPage.Group;
import dev.banyan.platform.web.json.DocsPage.Route;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The API reference as a page of our own: readable without scripts, and without loading anything from elsewhere.
@Path("/docs")
@RunOnVirtualThread
class DocsPageResource {

    private final OpenApiDocumentService documents;
    private final ObjectMapper json;
    private final Assets assets;

    DocsPageResource(OpenApiDocumentService documents, ObjectMapper json, Assets assets) {
        this.documents = documents;
        this.json = json;
        this.assets = assets;
    }

    @GET
    public Response show(@Context Call call) {
        JsonNode api = read();
        return Html.ok(new DocsPage(
                assets.door("API", call), api.at("/info/version").asText(), groups(api, new JsonExamples(api, json))));
    }

    private JsonNode read() {
        try {
            return json.readTree(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Group> groups(JsonNode api, JsonExamples examples) {
        Map<String, List<Route>> byTag = new LinkedHashMap<>();
        api.path("tags").forEach(tag -> byTag.put(tag.path("name").asText(), new ArrayList<>()));
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> byTag.computeIfAbsent(
                                        operation.getValue().at("/tags/0").asText("Other"), _ -> new ArrayList<>())
                                .add(route(path.getKey(), operation.getKey(), operation.getValue(), examples))));
        return byTag.entrySet().stream()
                .map(tag -> new Group(tag.getKey(), description(api, tag.getKey()), tag.getValue()))
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

    private static Route route(String path, String method, JsonNode operation, JsonExamples examples) {
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
        boolean open = operation.path("security").isEmpty();
        return new Route(
                method.toUpperCase(Locale.ROOT),
                path,
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
