package dev.banyan.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The collection has each operation of the description once, in the structure that version 2.1 of the format has.
@QuarkusTest
class PostmanCollectionTest {

    private final ObjectMapper json = new ObjectMapper();
    private final TestClient reader = TestClient.anonymous();
    private JsonNode collection;
    private JsonNode api;

    @BeforeEach
    void read() {
        Answer answer = reader.get("/postman.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        collection = answer.json();
        api = reader.get("/openapi.json").json();
    }

    @Test
    void saysWhatItIsAndWhatIsToBeEntered() {
        assertThat(collection.at("/info/name").asText()).isEqualTo("Banyan");
        assertThat(collection.at("/info/schema").asText()).endsWith("/collection/v2.1.0/collection.json");
        assertThat(collection.path("variable").findValuesAsText("key"))
                .containsExactly("apiKey", "baseUrl", "sessionToken");
        assertThat(collection.at("/variable/1/value").asText()).startsWith("http");
        assertThat(collection.at("/auth/bearer/0/value").asText()).isEqualTo("{{apiKey}}");
    }

    @Test
    void hasEachOperationOnceInTheFolderOfItsGroup() {
        var described = new ArrayList<String>();
        api.path("paths")
                .forEach(path -> path.forEach(
                        operation -> described.add(operation.at("/tags/0").asText() + " "
                                + operation.path("operationId").asText())));
        var found = new ArrayList<String>();
        for (JsonNode folder : collection.path("item")) {
            assertThat(folder.path("item")).as(folder.path("name").asText()).isNotEmpty();
            folder.path("item")
                    .forEach(item -> found.add(
                            folder.path("name").asText() + " " + item.path("id").asText()));
        }
        assertThat(found).hasSizeGreaterThan(300).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void requestsHaveTheStructureOfTheFormat() throws IOException {
        for (JsonNode item : items()) {
            String name = item.path("id").asText();
            JsonNode request = item.path("request");
            assertThat(item.path("name").asText()).as(name).isNotBlank();
            assertThat(item.path("response").isArray()).as(name).isTrue();
            assertThat(request.path("method").asText()).as(name).isIn("GET", "POST", "PUT", "DELETE");
            assertThat(request.path("header")).as(name).allSatisfy(PostmanCollectionTest::isAPair);
            JsonNode url = request.path("url");
            assertThat(url.path("query")).as(name).allSatisfy(PostmanCollectionTest::isAPair);
            var segments = url.path("path").valueStream().map(JsonNode::asText).toList();
            assertThat(url.path("raw").asText()).isEqualTo("{{baseUrl}}/" + String.join("/", segments));
            assertThat(url.path("variable").findValuesAsText("key"))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(segments.stream()
                            .filter(segment -> segment.startsWith(":"))
                            .map(segment -> segment.substring(1))
                            .toList());
            switch (request.at("/body/mode").asText()) {
                case "raw" ->
                    assertThat(json.readTree(request.at("/body/raw").asText()).isObject())
                            .as(name)
                            .isTrue();
                case "formdata" ->
                    assertThat(request.at("/body/formdata").findValuesAsText("type"))
                            .as(name)
                            .contains("file");
                default -> assertThat(request.has("body")).as(name).isFalse();
            }
        }
    }

    private static void isAPair(JsonNode pair) {
        assertThat(pair.path("key").asText()).isNotBlank();
        assertThat(pair.path("value").isTextual()).isTrue();
    }

    @Test
    void bodiesHaveTheExamplesOfTheDescription() throws IOException {
        JsonNode request = request("orderMessages");
        JsonNode body = json.readTree(request.at("/body/raw").asText());
        assertThat(body.path("to").asText()).isEqualTo("+971500000201");
        assertThat(body.at("/location/latitude").asDouble()).isEqualTo(25.0805);
    }

    @Test
    void requestsAreMadeAsKeysMakeThem() {
        assertThat(request("getLinks").at("/url/raw").asText()).isEqualTo("{{baseUrl}}/v1/GetLinks");
        assertThat(request("getLinks").has("auth")).isFalse();
        assertThat(request("updatePassword").at("/auth/bearer/0/value").asText())
                .isEqualTo("{{sessionToken}}");
        assertThat(request("login").at("/auth/type").asText()).isEqualTo("noauth");
    }

    private JsonNode request(String operation) {
        return items().stream()
                .filter(item -> item.path("id").asText().equals(operation))
                .findFirst()
                .orElseThrow()
                .path("request");
    }

    private List<JsonNode> items() {
        return collection
                .path("item")
                .valueStream()
                .flatMap(folder -> folder.path("item").valueStream())
                .toList();
    }
}
