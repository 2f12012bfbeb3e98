package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.answer.ErrorCode;
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
        return operation(api, route.verb(), route.path());
    }

    /// Returns an operation with its parameters and responses in it, which are components where several share them.
    private static JsonNode operation(JsonNode api, String verb, String path) {
        JsonNode operation =
                api.path("paths").path(path).path(verb.toLowerCase(Locale.ROOT)).deepCopy();
        if (operation.path("parameters") instanceof ArrayNode parameters) {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.set(i, found(api, parameters.get(i)));
            }
        }
        operation
                .path("responses")
                .properties()
                .forEach(response -> response.setValue(found(api, response.getValue())));
        return operation;
    }

    /// Returns what a reference leads to; its own description wins.
    private static JsonNode found(JsonNode api, JsonNode part) {
        return part.has("$ref")
                ? ((ObjectNode) api.at(part.path("$ref").asText().substring(1)).deepCopy())
                        .setAll((ObjectNode) part.deepCopy())
                : part;
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
            JsonNode schema = operation(api, answer.verb(), answer.path())
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

    /// Words of which no enum with keys has exactly these.
    private static final Set<Set<String>> OTHER_WORDS = Stream.of(
                    "activate delete invite suspend template",
                    "add connect move pause remove resume tag",
                    "ad post",
                    "audio contact delete document edit image location reaction sticker text typing video",
                    "authentication marketing utility",
                    "changed refused unchanged",
                    "copy_code quick_reply url",
                    "copy_code phone_number quick_reply url",
                    "disable enable setup",
                    "document image none text video",
                    "failed handed_over said",
                    "green red unknown yellow",
                    "healthy unhealthy",
                    "ldap oidc saml",
                    "ldaps starttls",
                    "master servant",
                    "off on",
                    "off on pool",
                    "resend verify",
                    "accepted rejected",
                    "active all deleted suspended",
                    "active suspended",
                    "add remove update",
                    "all listed",
                    "brand client other",
                    "enterprise premium pro",
                    "owner user_manager")
            .map(words -> Set.of(words.split(" ")))
            .collect(Collectors.toSet());

    /// A description that lists words lists those that the program knows.
    @Test
    void wordsAreThoseOfTheProgram() {
        Set<Set<String>> listed = api().findValues("enum").stream()
                .filter(JsonNode::isArray)
                .map(words -> words.valueStream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        assertThat(listed).hasSizeGreaterThan(50);
        Set<Set<String>> others = new HashSet<>(listed);
        others.removeAll(keys());
        assertThat(others).isEqualTo(OTHER_WORDS);
    }

    /// Returns the keys of each enum that has some.
    private static Set<Set<String>> keys() {
        return Routes.implementing(Keyed.class)
                .filter(Class::isEnum)
                .map(type -> Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Keyed) constant).key())
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
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
        assertThat(pages.at("/security/1/apiKey/0").asText()).isEqualTo("pages:read");
        assertThat(pages.path("security").toString()).contains("session", "apiKey", "apiKeyHeader");
        assertThat(api.at("/paths/~1api~1admin~1GetActiveContext/get").has("x-api-key-path"))
                .as("a key opens what is of sessions")
                .isFalse();
        assertThat(TestClient.anonymous().get("/docs/api/pages").text())
                .contains("an API key with pages:read, at /v1/GetPages");
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

    /// What programs of before send is taken: `openapi-before.json.gz` is the description of 2026-11-28, before
    /// operations had names. Nothing in it is gone, and nothing that it left optional is required.
    @Test
    void requestsOfBeforeAreTaken() throws IOException {
        JsonNode api = api();
        JsonNode before;
        try (var kept =
                new GZIPInputStream(Files.newInputStream(Path.of("src/test/resources/openapi-before.json.gz")))) {
            before = TestClient.parse(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
        var softly = new SoftAssertions();
        before.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String name = method.getKey() + " " + path.getKey();
                    JsonNode was = method.getValue();
                    JsonNode is = operation(api, method.getKey(), path.getKey());
                    softly.assertThat(is.isObject()).as(name).isTrue();
                    softly.assertThat(missing(parameters(was, false), parameters(is, false)))
                            .as("parameters of %s that are gone", name)
                            .isEmpty();
                    softly.assertThat(missing(parameters(is, true), parameters(was, true)))
                            .as("parameters that %s requires now", name)
                            .isEmpty();
                    softly.assertThat(is.path("requestBody").path("required").asBoolean())
                            .as("body of %s", name)
                            .isEqualTo(was.path("requestBody").path("required").asBoolean());
                    was.at("/requestBody/content").properties().forEach(type -> {
                        JsonNode schema = is.at("/requestBody/content")
                                .path(type.getKey())
                                .path("schema");
                        Set<String> fields = new TreeSet<>();
                        Set<String> required = new TreeSet<>();
                        fields(before, type.getValue().path("schema"), "", fields, required);
                        Set<String> fieldsNow = new TreeSet<>();
                        Set<String> requiredNow = new TreeSet<>();
                        fields(api, schema, "", fieldsNow, requiredNow);
                        softly.assertThat(missing(fields, fieldsNow))
                                .as("fields of %s that are gone", name)
                                .isEmpty();
                        // Those of the body itself were refused without before, too: RequiredFieldsTest.
                        requiredNow.removeIf(field -> field.lastIndexOf('.') == 0);
                        softly.assertThat(missing(requiredNow, required))
                                .as("fields that %s requires now", name)
                                .isEmpty();
                    });
                    if (was.has("x-api-key-path")
                            && !NEVER_AT_V1.contains(was.path("x-api-key-path").asText())) {
                        softly.assertThat(is.path("x-api-key-path")).as(name).isEqualTo(was.path("x-api-key-path"));
                    }
                }));
        softly.assertAll();
        assertThat(before.path("paths").size()).isGreaterThan(230);
    }

    /// What the description once promised to keys, and `/v1` answered with 404.
    private static final Set<String> NEVER_AT_V1 =
            Set.of("/v1/exports/{exportId}", "/v1/sso/presets", "/v1/sso/sign-ins", "/v1/support/end");

    private static Set<String> missing(Set<String> wanted, Set<String> found) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        return missing;
    }

    private static Set<String> parameters(JsonNode operation, boolean onlyRequired) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> !onlyRequired || parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("in").asText() + " "
                        + parameter.path("name").asText())
                .collect(Collectors.toSet());
    }

    /// Collects the fields of a body and of what is in it, such as `links[].title`.
    private static void fields(JsonNode api, JsonNode schema, String at, Set<String> all, Set<String> required) {
        if (schema.isMissingNode()) {
            return;
        }
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            // How a program that reads JSON sees it, which no client ever sent.
            if (!reference.endsWith("/JsonNode")) {
                fields(api, api.at(reference.substring(1)), at, all, required);
            }
        }
        schema.path("anyOf").forEach(one -> fields(api, one, at, all, required));
        schema.path("oneOf").forEach(one -> fields(api, one, at, all, required));
        fields(api, schema.path("items"), at + "[]", all, required);
        schema.path("required").forEach(field -> required.add(at + "." + field.asText()));
        schema.path("properties").properties().forEach(field -> {
            String name = at + "." + field.getKey();
            all.add(name);
            fields(api, field.getValue(), name, all, required);
        });
    }

    /// It was a megabyte. What many operations share is said once.
    @Test
    void isShort() throws IOException {
        byte[] body = TestClient.anonymous().get("/openapi.json").bytes();
        Files.write(Path.of("target/openapi.json"), body);
        assertThat(body).hasSizeLessThan(500_000);
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

    /// The same for programs, with what its routes refer to and nothing else.
    @Test
    void eachGroupCanBeReadAlone() {
        JsonNode api = api();
        int routes = 0;
        for (JsonNode tag : api.path("tags")) {
            String name = tag.path("name").asText();
            Answer answer = TestClient.anonymous().get("/openapi.json?group=" + group(name));
            JsonNode alone = answer.json();
            assertThat(answer.bytes()).as(name).hasSizeLessThan(100_000);
            assertThat(alone.path("tags").findValuesAsText("name")).containsExactly(name);
            assertThat(alone.path("paths").findValuesAsText("operationId")).isNotEmpty();
            assertThat(alone.findValuesAsText("$ref"))
                    .allSatisfy(reference ->
                            assertThat(alone.at(reference.substring(1))).isEqualTo(api.at(reference.substring(1))));
            routes += alone.path("paths").findValuesAsText("operationId").size();
        }
        assertThat(routes)
                .isEqualTo(api.path("paths").findValuesAsText("operationId").size());
        Answer unknown = TestClient.anonymous().get("/openapi.json?group=unheard-of");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("error").asText()).contains("pages", "whatsapp-messages");
        assertThat(unknown.json().path("code").asText()).isEqualTo("not-found");
    }

    private static String group(String tag) {
        return tag.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }

    private String docsOf(String tag) {
        String group = group(tag);
        Answer answer = TestClient.anonymous().get("/docs/api/" + group);
        assertThat(answer.status()).as(tag).isEqualTo(200);
        assertThat(answer.text()).contains("<h1>" + tag + "</h1>", "class=\"answers\"");
        return answer.text();
    }

    /// The guide’s table has all codes; the description, too.
    @Test
    void everyCodeOfAFailureIsInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("docs/guides/integrator.md"));
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(guide).contains("| `%s` | %d | %s |".formatted(code.key(), code.status, code.meaning));
        }
        assertThat(guide.lines().filter(line -> line.matches("\\| `[a-z-]+` \\| \\d{3} \\|.*")))
                .hasSameSizeAs(ErrorCode.values());
        assertThat(api().at("/components/schemas/Error/properties/code/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .isEqualTo(Stream.of(ErrorCode.values()).map(ErrorCode::key).toList());
    }

    /// Where a contract prescribes the body of a failure, its code is in the header only.
    @Test
    void failuresHaveACode() {
        var anonymous = TestClient.anonymous();
        var ours = anonymous.get("/api/whatsapp/pools/layla");
        assertThat(ours.status()).isEqualTo(401);
        assertThat(ours.json().path("code").asText()).isEqualTo("not-authenticated");
        assertThat(ours.header("Error-Code")).contains("not-authenticated");
        var prescribed = anonymous.get("/api/admin/GetPages");
        assertThat(prescribed.text()).isEqualTo("{\"error\":\"Unauthorized\"}");
        assertThat(prescribed.header("Error-Code")).contains("not-authenticated");
        assertThat(anonymous.get("/api/sub-client/me").json().has("code")).isFalse();
        assertThat(anonymous.get("/api/admin/domains").json().path("code").asText())
                .isEqualTo("not-authenticated");
        assertThat(anonymous
                        .json("POST", "/api/inboxes", Map.of())
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("method-not-allowed");
        assertThat(anonymous.get("/api/unheard-of").json().path("code").asText())
                .isEqualTo("not-found");
        assertThat(anonymous.get("/docs/unheard-of").header("Error-Code")).isEmpty();
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
