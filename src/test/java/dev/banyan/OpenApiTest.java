package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// The OpenAPI document matches the routes.
@QuarkusTest
class OpenApiTest {

    private static List<Route> jsonRoutes() {
        return Routes.all().stream().filter(Route::isJson).toList();
    }

    private static JsonNode api() {
        var answer = TestClient.anonymous().get("/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        return answer.json();
    }

    private static JsonNode operation(JsonNode api, Route route) {
        return api.path("paths").path(route.path()).path(route.verb().toLowerCase(Locale.ROOT));
    }

    @Test
    void everyJsonRouteIsDescribedAndNothingElse() {
        JsonNode api = api();
        assertThat(TestClient.keys(api.path("paths")))
                .containsExactlyInAnyOrderElementsOf(
                        jsonRoutes().stream().map(Route::path).distinct().toList());
        for (Route route : jsonRoutes()) {
            assertThat(operation(api, route).path("summary").asText())
                    .as(route.name())
                    .isNotBlank();
            assertThat(operation(api, route).at("/tags/0").asText())
                    .as(route.name())
                    .isNotBlank();
        }
    }

    /// Clients are made from these names: one that was published stays. A new route is a new line; `record` in the
    /// message is what the file has to be.
    @Test
    void everyOperationHasItsName() throws IOException {
        JsonNode api = api();
        List<String> names = jsonRoutes().stream()
                .map(route -> route.name() + " "
                        + operation(api, route).path("operationId").asText())
                .distinct()
                .sorted()
                .toList();
        assertThat(names.stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z][A-Za-z]+"));
        assertThat(Files.readAllLines(Path.of("src/test/resources/operation-ids.txt")))
                .as("record:%n%s%n", String.join("\n", names))
                .isEqualTo(names);
    }

    /// What `required` and types promise is what was answered, in all answers that are recorded.
    @Test
    void recordedAnswersAreAsDescribed() throws IOException {
        JsonNode api = api();
        var softly = new SoftAssertions();
        int compared = 0;
        for (RecordedAnswer answer : RecordedAnswer.all()) {
            JsonNode schema = api.path("paths")
                    .path(answer.path())
                    .path(answer.verb().toLowerCase(Locale.ROOT))
                    .path("responses")
                    .path(answer.status())
                    .at("/content/application~1json/schema");
            if (schema.isObject()) {
                compared++;
                softly.assertThat(new SchemaCheck(api).problems(schema, answer.body()))
                        .as(answer.verb() + " " + answer.path())
                        .isEmpty();
            }
        }
        softly.assertAll();
        assertThat(compared).isGreaterThan(200);
        assertThat(api.at("/components/schemas/Profile/required").size())
                .as("fields of a profile that are always there")
                .isGreaterThan(5);
    }

    @Test
    void everyAnswerHasItsShape() {
        JsonNode api = api();
        var softly = new SoftAssertions();
        for (Route route : jsonRoutes()) {
            JsonNode responses = operation(api, route).path("responses");
            List<String> statuses = TestClient.keys(responses);
            softly.assertThat(statuses).as("%s has a success", route).anyMatch(status -> status.startsWith("2"));
            for (String status : statuses) {
                JsonNode response = responses.path(status);
                softly.assertThat(response.path("description").asText())
                        .as("%s %s", route, status)
                        .isNotBlank();
                if (!route.path().equals("/api/logout")) {
                    boolean isFile = response.at("/content/text~1csv/schema").isObject();
                    softly.assertThat(isFile
                                    || response.at("/content/application~1json/schema")
                                            .isObject())
                            .as("%s %s has a shape", route, status)
                            .isTrue();
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void routesOfAccountsSayThatTheyNeedASession() {
        JsonNode api = api();
        jsonRoutes().stream()
                .filter(route ->
                        route.path().startsWith("/api/admin/") || route.path().startsWith("/api/projects"))
                .forEach(route -> {
                    JsonNode operation = operation(api, route);
                    assertThat(TestClient.keys(operation.path("responses")))
                            .as(route.name())
                            .contains("401");
                    assertThat(operation.path("parameters").findValuesAsText("name"))
                            .as(route.name())
                            .contains("subAccountId");
                });
    }

    @Test
    void routesOfProgramsSayWhichKeyOpensThem() {
        JsonNode api = api();
        assertThat(api.at("/components/securitySchemes/apiKey/scheme").asText()).isEqualTo("bearer");
        assertThat(api.at("/components/securitySchemes/apiKeyHeader/name").asText())
                .isEqualTo("X-API-Key");
        JsonNode pages = api.at("/paths/~1api~1admin~1GetPages/get");
        assertThat(pages.path("x-api-key-path").asText()).isEqualTo("/v1/GetPages");
        assertThat(pages.path("x-api-key-permission").asText()).isEqualTo("read:pages");
        assertThat(pages.path("security").toString()).contains("session", "apiKey", "apiKeyHeader");
        assertThat(api.at("/paths/~1api~1admin~1GetActiveContext/get").has("x-api-key-path"))
                .as("a key opens what is of sessions")
                .isFalse();
        assertThat(TestClient.anonymous().get("/docs/api/pages").text())
                .contains("an API key with read:pages, at /v1/GetPages");
    }

    @Test
    void everyFieldOfEveryBodyIsDescribed() {
        JsonNode api = api();
        for (Route route : jsonRoutes()) {
            route.body().ifPresent(body -> {
                JsonNode schema =
                        resolve(api, operation(api, route).at("/requestBody/content/application~1json/schema"));
                List<String> fields =
                        Routes.fields(body).stream().map(Routes::wireName).toList();
                assertThat(TestClient.keys(schema.path("properties")))
                        .as(route.name())
                        .containsAll(fields);
            });
            assertThat(operation(api, route).path("parameters").findValuesAsText("name"))
                    .as(route.name())
                    .containsAll(route.queryParams());
        }
    }

    private static JsonNode resolve(JsonNode api, JsonNode schema) {
        JsonNode found =
                schema.has("$ref") ? api.at(schema.path("$ref").asText().substring(1)) : schema;
        assertThat(found.isObject()).as("%s", schema).isTrue();
        return found;
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode api = api();
        assertThat(api.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
    }

    @Test
    void docsShowEveryRoute() {
        var docs = TestClient.anonymous().get("/docs/api");
        assertThat(docs.status()).isEqualTo(200);
        assertThat(docs.text()).contains(jsonRoutes().stream().map(Route::path).toList());
        assertThat(docs.text()).doesNotContain("<script>").doesNotContainPattern("(src|href)=\"https?://");
        assertThat(TestClient.anonymous().get("/docs/api/unheard-of").status()).isEqualTo(404);
    }

    /// Everything on one page was a megabyte.
    @Test
    void eachGroupHasAPageOfItsOwn() {
        JsonNode api = api();
        var groups = new LinkedHashMap<String, String>();
        jsonRoutes().forEach(route -> {
            String tag = operation(api, route).at("/tags/0").asText();
            String page = groups.computeIfAbsent(tag, this::docsOf);
            assertThat(page).as("%s in %s", route, tag).contains(route.path());
        });
        assertThat(groups).hasSizeGreaterThan(40).doesNotContainKey("Events"); // its address is taken
        assertThat(groups.values()).allSatisfy(page -> assertThat(page).hasSizeLessThan(120_000));
    }

    private String docsOf(String tag) {
        String group =
                tag.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        Answer answer = TestClient.anonymous().get("/docs/api/" + group);
        assertThat(answer.status()).as(tag).isEqualTo(200);
        assertThat(answer.text()).contains("<h1>" + tag + "</h1>", "class=\"answers\"");
        return answer.text();
    }

    /// What the description and `/docs/api` say about sessions is what the guards do.
    @Test
    void routesWithoutASessionAreDescribedAsOpen() {
        JsonNode api = api();
        String docs = TestClient.anonymous().get("/docs/api/sign-in").text();
        var open = new ArrayList<String>();
        for (Route route : jsonRoutes()) {
            JsonNode operation = operation(api, route);
            boolean described = !operation.path("security").isEmpty();
            int status = TestClient.anonymous()
                    .json(route.verb(), route.path().replaceAll("[{}]", ""), Map.of())
                    .status();
            if (status != 400 && status != 415) { // refused before anyone asked who is calling
                assertThat(described).as("%s answered %s", route, status).isEqualTo(status == 401);
            }
            if (!described) {
                open.add(route.name());
            }
        }
        assertThat(open)
                .contains(
                        "POST /api/login",
                        "POST /api/register",
                        "POST /api/public/Login",
                        "POST /api/public/PasswordReset",
                        "POST /api/sub-client/login",
                        "POST /api/sub-client/forgot-password",
                        "GET /api/sub-clients/lookup")
                .noneMatch(route -> route.contains("/api/admin/") || route.contains("/api/projects"));
        String login = docs.substring(docs.indexOf("id=\"post-api-login-h\""));
        assertThat(login.substring(0, login.indexOf("</article>"))).contains("No sign-in needed");
    }

    @Test
    void documentedErrorsAreTheErrorsThatCome() {
        JsonNode api = api();
        for (Route route : jsonRoutes()) {
            if (route.path().startsWith("/api/admin/")) {
                var answer =
                        TestClient.anonymous().json(route.verb(), route.path().replaceAll("[{}]", ""), Map.of());
                assertThat(TestClient.keys(operation(api, route).path("responses")))
                        .as(route.name())
                        .contains(Integer.toString(answer.status()));
            }
        }
    }
}
