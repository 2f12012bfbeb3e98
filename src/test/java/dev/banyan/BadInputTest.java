package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Any bad input gets one clear answer, never a stack trace, never a 500.
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one world for all: refused requests change nothing
class BadInputTest {

    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;";
    private static final String SQL = "'); DROP TABLE accounts; --";

    private static final List<String> SESSION_ENDS = List.of("/logout", "/Logout", "/RefreshToken");

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeAll
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        Answer page = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
    }

    // JSON bodies

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "}",
                "[]",
                "[{}]",
                "\"text\"",
                "42",
                "true",
                "nonsense",
                "{'username':'single'}",
                "{\"username\":}",
                "{\"username\":\"a\"",
                "{\"username\":\"a\"} {}",
                "{\"username\":\"a\"}garbage",
                "{\"username\":\"a\",\"username\":\"b\"}",
                "{\"username\":\"broken \\u00\"}",
                "{\"username\":\"raw\ncontrol\"}",
                "{\"order\":NaN}",
                "<xml/>",
            })
    void malformedJsonIsRefused(String body) {
        everyJsonRouteWithBody(route -> acme.json(route.verb(), pathOf(route), body));
    }

    @Test
    void deepNestingIsRefused() {
        everyJsonRouteWithBody(route ->
                acme.json(route.verb(), pathOf(route), "{\"links\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"));
        everyJsonRouteWithBody(route -> acme.json(route.verb(), pathOf(route), "[".repeat(50_000)));
    }

    @Test
    void jsonThatIsNotUtf8IsRefused() {
        byte[] broken = "{\"username\":\"abc\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        everyJsonRouteWithBody(route -> acme.with("Content-Type", "application/json")
                .send(route.verb(), pathOf(route), BodyPublishers.ofByteArray(broken)));
    }

    /// PostgreSQL can't store or query it, so it is refused before any query, with or without a session.
    @Test
    void noJsonHoldsNul() {
        everyJsonRouteWithBody(route -> acme.json(route.verb(), pathOf(route), "{\"any\":\"a\\u0000b\"}"));
        var anybody = TestClient.anonymous();
        Map.of(
                        "{\"emailOrUsername\":\"a\\u0000b\",\"password\":\"x\"}", "The field emailOrUsername",
                        "{\"usernames\":[\"a\",\"\\u0000\"]}", "The field usernames",
                        "{\"a\":{\"\\u0000\":1}}", "The field a",
                        "{\"\\u0000\":1}", "The body")
                .forEach((body, where) -> assertRefused(
                        anybody.json("POST", "/api/login", body), where + " must not contain the character U+0000"));
        Answer wide = anybody.with("Content-Type", "application/json")
                .send(
                        "POST",
                        "/api/login",
                        BodyPublishers.ofByteArray("{\"emailOrUsername\":\"\\u0000\",\"password\":\"x\"}"
                                .getBytes(StandardCharsets.UTF_16BE)));
        assertRefused(wide, "The field emailOrUsername must not contain the character U+0000");
        assertThat(anybody.json("POST", "/api/login", "{\"emailOrUsername\":\"a\\\\u0000b\",\"password\":\"x\"}")
                        .status())
                .as("a backslash and letters")
                .isEqualTo(401);
    }

    @Test
    void noFormHoldsNul() {
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            if (route.formParams().isEmpty()) {
                continue;
            }
            var form = new LinkedHashMap<String, String>();
            route.formParams().forEach(name -> form.put(name, "a\0b"));
            Answer answer = acme.form(pathOf(route), form);
            if (answer.status() == 415) { // accepts files, possibly nothing else
                softly.assertThat(acme.multipart(pathOf(route), form).status())
                        .as("%s", route)
                        .isBetween(400, 499);
                continue;
            }
            softly.assertThat(answer.status()).as("%s: %s", route, answer).isEqualTo(400);
            softly.assertThat(answer.text()).as("%s", route).contains("The form must not contain the character U+0000");
        }
        softly.assertAll();
        assertThat(TestClient.anonymous()
                        .form("/login", "email", "a\0b", "password", "x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void jsonOfAnotherTypeIsRefused() {
        for (Route route : jsonRoutesWithBody()) {
            for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
                Answer answer = acme.send(route.verb(), pathOf(route), type, "{}");
                assertThat(answer.status())
                        .as("%s as %s: %s", route, type, answer)
                        .isEqualTo(415);
                assertThat(answer.error()).as("%s as %s", route, type).isNotBlank();
            }
        }
    }

    @Test
    void aFieldThatIsGivenTwiceNeverMakesTheServerFail() {
        var softly = new SoftAssertions();
        for (Route route : jsonRoutesWithBody()) {
            for (String field : wrongBodies(route.body().orElseThrow(), "%s").keySet()) {
                Answer answer =
                        acme.json(route.verb(), pathOf(route), "{\"%s\":\"x\",\"%s\":\"x\"}".formatted(field, field));
                softly.assertThat(answer.status())
                        .as("%s %s twice: %s", route, field, answer)
                        .isLessThan(500);
            }
        }
        Answer twice = acme.json("POST", "/api/admin/SwitchToSubAccount", "{\"subAccountId\":\"x\",\"userId\":\"x\"}");
        softly.assertThat(twice.status()).isEqualTo(400);
        softly.assertThat(twice.error()).isEqualTo("userId is given twice");
        softly.assertAll();
    }

    @Test
    void wrongTypesAreRefusedByName() {
        var softly = new SoftAssertions();
        for (Route route : jsonRoutesWithBody()) {
            wrongBodies(route.body().orElseThrow(), "%s")
                    .forEach((field, bodies) -> bodies.forEach(body -> {
                        Answer answer = acme.json(route.verb(), pathOf(route), body);
                        softly.assertThat(answer.status())
                                .as("%s %s: %s", route, body, answer)
                                .isEqualTo(400);
                        softly.assertThat(answer.error())
                                .as("%s %s", route, body)
                                .contains(field);
                        softly.assertThat(answer.text())
                                .as("%s %s", route, body)
                                .doesNotContain("java", "Exception");
                    }));
        }
        softly.assertAll();
    }

    /// Returns bodies in which a field has a wrong type, by field.
    ///
    /// @param around the body around the object: `%s`, or `{"links":[%s]}`
    private static Map<String, List<String>> wrongBodies(Type type, String around) {
        var bodies = new LinkedHashMap<String, List<String>>();
        for (RecordComponent field : Routes.fields(type)) {
            Type inner = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            String name = Routes.wireName(field);
            bodies.put(
                    name,
                    wrongValues(inner)
                            .map(value -> around.formatted("{\"" + name + "\":" + value + "}"))
                            .toList());
            if (inner instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()) {
                bodies.putAll(wrongBodies(element, around.formatted("{\"" + name + "\":[%s]}")));
            }
        }
        return bodies;
    }

    private static Stream<String> wrongValues(Type type) {
        return switch (type.getTypeName()) {
            case "java.lang.String" -> Stream.of("1", "1.5", "true", "[]", "{}", "[\"a\"]");
            // Object: the flags of projects, which have their own messages in the contract
            case "java.lang.Boolean", "java.lang.Object" -> Stream.of("\"true\"", "\"x\"", "1", "[]", "{}");
            case "java.lang.Integer", "java.lang.Long" -> Stream.of("\"1\"", "\"x\"", "1.5", "true", "[]", "{}");
            case "java.math.BigDecimal" -> Stream.of("\"1\"", "\"x\"", "true", "[]", "{}");
            // A tree, whose resource has a validation test of its own.
            case "com.fasterxml.jackson.databind.JsonNode" -> Stream.empty();
            case "java.util.List<java.lang.String>" -> Stream.of("\"x\"", "1", "true", "{}", "[1]", "[[]]");
            default ->
                // an object takes an object, so does a map; a list takes a list
                type instanceof Class<?> record && record.isRecord()
                                || type.getTypeName().startsWith("java.util.Map<")
                        ? Stream.of("\"x\"", "1", "true", "[1]", "[\"a\"]", "[[]]")
                        : Stream.of("\"x\"", "1", "true", "{}", "[1]", "[\"a\"]", "[[]]");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999, is too large",
        "-99999999999, is too large",
        "1e400, must be a whole number",
        "1.5, must be a whole number"
    })
    void numbersThatDoNotFitAreRefused(String number, String rule) {
        Answer answer = acme.put("/api/admin/UpdateLinks", "{\"links\":[{\"order\":" + number + "}]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("The field links[0].order " + rule);
    }

    @Test
    void endlessNumbersAreRefused() {
        Answer answer = acme.put("/api/admin/UpdateLinks", "{\"links\":[{\"order\":" + "9".repeat(2_000) + "}]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith("The field links[0]").endsWith("is too large");
    }

    /// What is wrong is said, and not that it is no JSON.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"links\":[null]} | The field links[0] must not be null",
                "{\"links\":[{\"utm\":{\"source\":\"a\",\"source\":\"b\"}}]} | The body has the field source twice",
                "{\"links\":[],\"links\":[]} | The body has the field links twice",
                "{\"links\":[{} | The body is not valid JSON"
            })
    void whatIsWrongWithABodyIsSaid(String body, String error) {
        Answer answer = acme.put("/api/admin/UpdateLinks", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void unknownFieldsAreIgnored() {
        Answer answer = acme.post(
                "/api/admin/CreatePage",
                "{\"slug\":\"unknown-fields\",\"name\":\"Page\",\"isDefault\":null,\"unheardOf\":{\"a\":[1]},\"__proto__\":{}}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    // Fields

    @Test
    void missingFieldsAreNamed() {
        assertRefused(acme.post("/api/admin/CreateSubAccount", "{}"), "Invalid username format");
        assertRefused(
                acme.post("/api/admin/CreateSubAccount", Map.of("username", world.name("north"))),
                "Display name is required");
        assertRefused(acme.post("/api/admin/SwitchToSubAccount", "{}"), "subAccountId is required");
        assertRefused(acme.post("/api/admin/CreatePage", "{}"), "Page name is required");
        assertRefused(acme.post("/api/admin/CreatePage", Map.of("name", "Page")), "Slug must be 3 to 30 characters");
        assertRefused(acme.put("/api/admin/UpdatePage", "{}"), "id is required");
        assertRefused(acme.delete("/api/admin/DeletePage"), "id is required");
        assertRefused(TestClient.anonymous().post("/api/login", "{}"), "Email and password are required");
        assertRefused(TestClient.anonymous().post("/api/register", "{}"), "Email must look like name@example.com");
    }

    @Test
    void missingFieldsOfLinksAreNamed() {
        assertLinksRefused("links[0]: operation must be add, update or remove", Map.of());
        assertLinksRefused("links[0]: operation must be add, update or remove", Map.of("operation", "steal"));
        assertLinksRefused("links[0]: Title is required", Map.of("operation", "add", "url", "https://a.example/"));
        assertLinksRefused("links[0]: URL is required", Map.of("operation", "add", "title", "A"));
        assertLinksRefused("links[0]: id is required", Map.of("operation", "update", "title", "A"));
        assertLinksRefused("links[0]: id is required", Map.of("operation", "remove"));
        assertLinksRefused(
                "links[0]: order must be a number from 0 to 1000000",
                Map.of("operation", "add", "title", "A", "url", "https://a.example/", "order", -1));
    }

    @Test
    void overlongFieldsAreRefusedWithTheirLength() {
        String name = world.name("north");
        String long101 = "x".repeat(101);
        assertRefused(acme.post("/api/admin/CreateSubAccount", Map.of("username", "x".repeat(31))), "Invalid username");
        assertRefused(
                acme.post("/api/admin/CreateSubAccount", Map.of("username", name, "displayName", long101)),
                "Display name must be 100 characters or less (current: 101)");
        assertRefused(
                acme.post(
                        "/api/admin/CreateSubAccount",
                        Map.of("username", name, "displayName", "N", "bio", "x".repeat(501))),
                "Bio must be 500 characters or less (current: 501)");
        assertRefused(
                acme.post(
                        "/api/admin/CreateSubAccount",
                        Map.of("username", name, "displayName", "N", "email", "x".repeat(250) + "@people.example")),
                "Email must be 254 characters or less (current: 265)");
        assertRefused(
                acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", long101)),
                "Page name must be 100 characters or less (current: 101)");
        assertRefused(
                acme.post("/api/admin/CreatePage", Map.of("slug", "x".repeat(31), "name", "N")),
                "Slug must be 3 to 30 characters");
        assertRefused(
                TestClient.anonymous()
                        .post(
                                "/api/register",
                                Map.of(
                                        "email",
                                        name + "@people.example",
                                        "username",
                                        name,
                                        "password",
                                        "x".repeat(129))),
                "Password must be 128 characters or less (current: 129)");
        assertLinksRefused(
                "links[0]: Title must be 100 characters or less (current: 101)",
                Map.of("operation", "add", "title", long101, "url", "https://a.example/"));
        assertLinksRefused(
                "links[0]: URL must be 2048 characters or less (current: 2049)",
                Map.of("operation", "add", "title", "A", "url", "https://a.example/" + "x".repeat(2_031)));
    }

    @Test
    void lengthsCountWhatPeopleCount() {
        String emoji = "\uD83C\uDF33".repeat(100);
        Answer answer =
                acme.post("/api/admin/CreateSubAccount", Map.of("username", world.name("trees"), "displayName", emoji));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/subAccount/displayName").asText()).isEqualTo(emoji);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u200e \u200f", "\u3164", "\u2800"})
    void aNameHasSomethingToSee(String name) {
        assertRefused(
                acme.post("/api/admin/CreateSubAccount", Map.of("username", world.name("north"), "displayName", name)),
                "Display name is required");
        assertRefused(
                acme.post("/api/admin/CreatePage", Map.of("name", name, "slug", "unseen")), "Page name is required");
        assertThat(acme.json("POST", "/api/projects", Map.of("name", name)).status())
                .isEqualTo(400);
    }

    /// Keyboards of Hebrew and Arabic leave them there.
    @Test
    void marksAtTheEndsOfANameAreCut() {
        Answer made = acme.post(
                "/api/admin/CreateSubAccount",
                Map.of("username", world.name("north"), "displayName", "\u200fנועה \u200e"));
        assertThat(made.json().at("/subAccount/displayName").asText())
                .as(made.toString())
                .isEqualTo("נועה");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bell \u0007",
                "escape \u001b[31m",
                "delete \u007f",
                "C1 \u0085",
                "line \n break",
                "return \r x",
                "tab \t x",
                "right-to-left override \u202e x",
                "left-to-right mark \u200e x",
                "Arabic letter mark \u061c x",
                "isolate \u2066 x",
                "line separator \u2028 x",
                "byte order mark \ufeff x",
                "replacement \ufffd",
                "noncharacter \uffff",
            })
    void deceivingCharactersAreRefusedInNames(String name) {
        String rule = "must not contain control characters or characters that change the reading direction";
        assertRefused(
                acme.post("/api/admin/CreateSubAccount", Map.of("username", world.name("north"), "displayName", name)),
                "Display name " + rule);
        assertRefused(
                acme.post("/api/admin/CreateSubAccount", Map.of("username", name, "displayName", "North")),
                "Invalid username format");
        assertRefused(acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", name)), "Page name " + rule);
        assertLinksRefused(
                "links[0]: Title " + rule, Map.of("operation", "add", "title", name, "url", "https://a.example/"));
        Answer form = acme.form(
                "/admin/users/sub-accounts",
                "as",
                world.acme().username(),
                "username",
                world.name("south"),
                "displayName",
                name);
        assertThat(form.status()).as(form.toString()).isEqualTo(422);
        assertThat(form.text()).contains("Display name " + rule);
    }

    @Test
    void aLoneSurrogateIsRefused() {
        assertRefused(
                acme.post(
                        "/api/admin/CreateSubAccount",
                        "{\"username\":\"" + world.name("north") + "\",\"displayName\":\"half \\ud83c tree\"}"),
                "Display name must not contain");
    }

    @Test
    void bioMayHaveLines() {
        Answer answer = acme.post(
                "/api/admin/CreateSubAccount",
                Map.of("username", world.name("poet"), "displayName", "Poet", "bio", "One\nTwo"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
                "javascript://example.com/%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox(1)",
                "file:///etc/passwd",
                "blob:https://example.com/1",
                "about:blank",
                "ftp://example.com/",
                "mailto:nobody",
                "mailto:a@example.com?cc=b@example.com",
                "tel:abc",
                "tel:",
                "sms:+15550100?body=a\nb",
                "sms://evil.example",
                "ws://example.com/",
                "//example.com/",
                "/relative",
                "example.com",
                "https:example.com",
                "https:/example.com",
                "https:///example.com",
                "https://",
                "http://localhost/",
                "http://127.0.0.1/",
                "http://[::1]/",
                "http://0x7f000001/",
                "http://2130706433/",
                "https://user@example.com/",
                "https://user:pass@example.com/",
                "https://example.com@evil.example/",
                "https://example.com:99999999/",
                "https://example.com:port/",
                "https://exa mple.com/",
                "https://example.com\\@evil.example/",
                "https:\\\\example.com/",
                "https://example..com/",
                "https://.example.com/",
                "https://-example.com/",
                "https://example.c/",
                "https://example.123/",
                "https://example.com/\u202egnp.exe",
                "https://example.com/\r\nSet-Cookie: a=b",
                "https://%65xample.com/",
            })
    void linksLeadOnlyToWebHosts(String url) {
        Answer added = acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", url))));
        assertThat(added.status()).as(url + " " + added).isEqualTo(400);
        assertThat(added.error()).startsWith("links[0]: URL");

        Answer changed = acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "update", "id", link(), "url", url))));
        assertThat(changed.status()).as(url + " " + changed).isEqualTo(400);
        assertThat(acme.get("/api/admin/GetLinks").text())
                .doesNotContain("a.example/x")
                .contains("https://a.example/");
    }

    /// Returns the first link of Acme's page, created on first use.
    private String link() {
        if (acme.get("/api/admin/GetLinks").json().path("links").isEmpty()) {
            acme.put(
                    "/api/admin/UpdateLinks",
                    Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/"))));
        }
        return acme.get("/api/admin/GetLinks").json().at("/links/0/id").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://example.com/",
                "HTTPS://EXAMPLE.COM/Path?q=1#part",
                "https://example.com:8443/",
                "https://sub.domain.example.museum/",
                "https://b\u00fccher.example/stra\u00dfe?q=\u00e4",
                "https://example.com/'); DROP TABLE links;--",
                "https://example.com/?q=%3Cscript%3E&x=<script>",
            })
    void usualAddressesAreFine(String url) {
        String sent = url.replace(" ", "%20");
        Answer added = acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", sent))));
        assertThat(added.status()).as(url + " " + added).isEqualTo(200);
        JsonNode links = acme.get("/api/admin/GetLinks").json().path("links");
        String link = links.get(links.size() - 1).path("id").asText();
        Answer go = TestClient.anonymous().get("/go/" + link);
        assertThat(go.status()).isEqualTo(302);
        assertThat(go.location()).matches("(?i)https?://[!-~]+");
    }

    // User input is stored unchanged, and escaped wherever it is shown

    @Test
    void markupAndSqlAreKeptAndShownAsText() {
        for (String text : List.of(MARKUP, SQL, "{{7*7}} ${7*7} {name}", "%s %n \\ \\u0041")) {
            String username = world.name("brand") + Math.abs(text.hashCode() % 1_000);
            Answer created = acme.post(
                    "/api/admin/CreateSubAccount", Map.of("username", username, "displayName", text, "bio", text));
            assertThat(created.json().at("/subAccount/displayName").asText())
                    .as(created.toString())
                    .isEqualTo(text);

            String as = "?UserId=" + username;
            acme.post("/api/admin/CreatePage" + as, Map.of("slug", "first", "name", text));
            Answer linked = acme.put(
                    "/api/admin/UpdateLinks" + as,
                    Map.of(
                            "links",
                            List.of(Map.of(
                                    "operation", "add", "title", text, "url", "https://a.example/?<script>'\"&"))));
            assertThat(linked.status()).as(linked.toString()).isEqualTo(200);
            assertThat(acme.get("/api/admin/GetLinks" + as)
                            .json()
                            .at("/links/0/title")
                            .asText())
                    .isEqualTo(text);

            String page = acme.get("/api/admin/GetPages" + as)
                    .json()
                    .at("/pages/0/id")
                    .asText();
            String link = acme.get("/api/admin/GetLinks" + as)
                    .json()
                    .at("/links/0/id")
                    .asText();
            for (String path : List.of(
                    "/" + username,
                    "/admin/dashboard?as=" + username,
                    "/admin/pages?as=" + username,
                    "/admin/pages/new?as=" + username,
                    "/admin/pages/" + page + "?as=" + username,
                    "/admin/pages/" + page + "?edit=" + link + "&as=" + username,
                    "/admin/pages/" + page + "/delete?as=" + username,
                    "/admin/brands?as=" + world.acme().username(),
                    "/admin/brands?q=" + TestClient.encode(text),
                    "/admin/context/options?q=" + TestClient.encode(text.substring(0, 5)))) {
                Answer shown = acme.get(path);
                assertThat(shown.status()).as(path).isEqualTo(200);
                assertIsHarmless(path, shown.text());
            }
        }
        assertThat(world.select("SELECT COUNT(*) FROM accounts")).isNotEmpty();
    }

    @Test
    void whatARefusedFormRepeatsIsEscaped() {
        String as = world.acme().username();
        Answer subAccount = acme.form(
                "/admin/users/sub-accounts",
                "as",
                as,
                "username",
                MARKUP,
                "displayName",
                MARKUP,
                "email",
                MARKUP,
                "bio",
                MARKUP,
                "idempotencyKey",
                MARKUP);
        assertThat(subAccount.status()).isEqualTo(422);
        assertIsHarmless("sub-account", subAccount.text());
        Answer page = acme.form("/admin/pages", "as", as, "name", MARKUP, "slug", MARKUP, "idempotencyKey", MARKUP);
        assertThat(page.status()).isEqualTo(422);
        assertIsHarmless("page", page.text());
        Answer login = TestClient.anonymous().form("/login", "email", MARKUP, "password", MARKUP, "next", MARKUP);
        assertThat(login.status()).isEqualTo(422);
        assertIsHarmless("login", login.text());
        Answer register =
                TestClient.anonymous().form("/register", "email", MARKUP, "username", MARKUP, "password", MARKUP);
        assertThat(register.status()).isEqualTo(422);
        assertIsHarmless("register", register.text());
        // A path with a semicolon gets no page: HidingBehindASemicolonTest.
        Answer missing = acme.get(
                "/admin/x/y/" + TestClient.encode(MARKUP.replace(";", "")).replace("+", "%20"));
        assertThat(missing.status()).isEqualTo(404);
        assertIsHarmless("error page", missing.text());
    }

    private static void assertIsHarmless(String where, String html) {
        assertThat(html)
                .as(where)
                .doesNotContain("<script>alert", "<img src=x", "onerror=alert(2)>", "=\"'", "7*7}}49")
                .doesNotContainPattern("value=\"[^\"]*<");
    }

    // The request itself

    @Test
    void aBodyOverTheLimitIsRefused() {
        String large = "{\"name\":\"" + "x".repeat(1_048_577) + "\"}";
        for (Route route : jsonRoutesWithBody()) {
            Answer answer = acme.json(route.verb(), pathOf(route), large);
            assertThat(answer.status()).as(route.name()).isEqualTo(413);
            assertThat(answer.error()).isEqualTo("The body must not be larger than 1048576 bytes");
        }
        Answer form = acme.form("/admin/pages", "as", world.acme().username(), "name", "x".repeat(1_048_577));
        assertThat(form.status()).isEqualTo(413);
    }

    @Test
    void aFormOfTooManyFieldsIsRefused() {
        String fields = "as=" + world.acme().username() + "&brand=x".repeat(1_000);
        Answer answer = acme.send("POST", "/admin/brands/bulk", "application/x-www-form-urlencoded", fields);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
        assertThat(answer.text()).contains("A form can have up to 1,000 fields");
    }

    @Test
    void aBodyOfUnknownLengthOverTheLimitIsRefused() {
        byte[] large = ("{\"name\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII);
        String answer = RawConnection.send("POST /api/login HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\nConnection: close\n\n" + Integer.toHexString(large.length) + "\n"
                + new String(large, StandardCharsets.US_ASCII) + "\n0\n\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(413);
        assertThat(answer).doesNotContain("Exception");
    }

    @Test
    void aBodyAtTheLimitIsRead() {
        byte[] body = ("{\"slug\":\"long-body\",\"name\":\"Page\"" + " ".repeat(1_000_000) + "}")
                .getBytes(StandardCharsets.US_ASCII);
        Answer answer = acme.with("Content-Type", "application/json")
                .send(
                        "POST",
                        "/api/admin/CreatePage",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api/", "/api/admin/", "/api/admin/Nothing", "/api/a/b/c/d/e", "/api/ME"})
    void unknownPathsBelowApiAnswerJson(String path) {
        for (String verb : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            Answer answer = acme.json(verb, path, "{}");
            assertThat(answer.status()).as("%s %s: %s", verb, path, answer).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("application/json");
            assertThat(answer.error()).as("%s %s", verb, path).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nobody-has-this-name",
                "/ab",
                "/a/b/c/d",
                "/admin/nothing",
                "/admin/pages/x/y/z",
                "/operator/nothing",
                "/ui/x.css",
                "/.env",
                "/favicon.ico",
                "/security.txt",
                "/q/dev",
                "/q/health",
                "/q/openapi"
            })
    void unknownPathsElsewhereAnswerAPage(String path) {
        for (TestClient client : List.of(acme, TestClient.anonymous(), acme.with("Accept", "image/png"))) {
            Answer answer = client.get(path);
            assertThat(answer.status()).as("%s: %s", path, answer).isEqualTo(404);
            assertThat(answer.contentType()).as(path).startsWith("text/html");
            assertThat(answer.text()).as(path).contains("</html>");
        }
    }

    @Test
    void wrongMethodsAreRefused() {
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            String path = route.path().replaceAll("\\{[^}]+}", "018f0000-0000-7000-8000-000000000000");
            boolean wildcard = route.path().contains("{username}");
            if (!wildcard && !path.equals("/")) {
                Answer answer = acme.json("PATCH", path, "{}");
                softly.assertThat(answer.status())
                        .as("PATCH %s: %s", path, answer)
                        .isEqualTo(405);
                softly.assertThat(answer.header("Allow").orElse(""))
                        .as("Allow of %s", path)
                        .contains(route.verb());
                softly.assertThat(acme.json("OPTIONS", path, "").header("Allow"))
                        .as("OPTIONS %s", path)
                        .isEqualTo(answer.header("Allow").map(allowed -> allowed + ", OPTIONS"));
                if (route.isJson()) {
                    softly.assertThat(answer.error()).as(path).isEqualTo("Method not allowed");
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void hugeHeadersAreRefused() {
        String header = RawConnection.send(
                "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\nX-Large: " + "x".repeat(40_000) + "\n\n");
        assertThat(RawConnection.status(header)).as(header).isIn(400, 431);
        String cookies = RawConnection.send(
                "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n" + "Cookie: a=b\n".repeat(3_000) + "\n");
        assertThat(RawConnection.status(cookies)).as(cookies).isIn(400, 431);
        String line =
                RawConnection.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertThat(RawConnection.status(line)).as(line).isIn(400, 414);
    }

    @Test
    void longAddressesAreRefusedWithTheirLimitAndTheConnectionEndsAsSaid() {
        String path = "/api/me?q=" + "x".repeat(8_192 - 10);
        assertThat(acme.get(path).status()).isEqualTo(200);
        Answer refused = acme.json("POST", path + "x", "{}");
        assertThat(refused.status()).isEqualTo(414);
        assertThat(refused.error()).isEqualTo("The address must not be longer than 8192 characters");
        assertThat(refused.header("Connection")).contains("close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%FF",
                "/%C3%28",
                "/%E0%A4",
                "/%zz",
                "/%",
                "/%4",
                "/%00",
                "/acme%00",
                "/\u00ff",
                "/\u00e4",
                "/admin/brands?q=%FF",
                "/admin/brands?q=%C0%AF",
                "/admin/brands?q=%00",
                "/api/admin/GetPages?UserId=%ED%A0%80",
                "/login?next=%FE",
                "/public/%80",
                "/go/%c3",
            })
    void addressesThatAreNotUtf8AreRefused(String path) {
        String answer = RawConnection.send(
                "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\nCookie: banyan_session="
                        + world.acme().token() + "\n\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(400);
        assertThat(answer).doesNotContain("Exception", "\tat ");
    }

    @Test
    void formsThatAreNotUtf8AreRefused() {
        String as = world.acme().username();
        for (String name : List.of("%FF%FE", "%C3%28", "\u00ff\u00fe", "%00", "%ED%A0%80")) {
            String body = "as=" + as + "&slug=broken&name=A" + name;
            String answer = RawConnection.send("POST /admin/pages HTTP/1.1\nHost: localhost\nConnection: close\n"
                    + "Content-Type: application/x-www-form-urlencoded\nContent-Length: " + body.length()
                    + "\nCookie: banyan_session=" + world.acme().token() + "\n\n" + body);
            assertThat(RawConnection.status(answer)).as(name + ": " + answer).isIn(400, 422);
        }
        for (String body : List.of("%", "%zz=1", "=", "&&&", "a=%")) {
            Answer answer = acme.send("POST", "/admin/pages", "application/x-www-form-urlencoded", body);
            assertThat(answer.status()).as(body + ": " + answer).isIn(400, 422);
        }
        assertThat(world.select(
                        "SELECT name FROM pages WHERE name LIKE 'A%' AND account_id = ?",
                        world.acme().account().toString()))
                .isEmpty();
    }

    @Test
    void formsOfAnotherTypeAreRefused() {
        for (String type :
                List.of("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x")) {
            Answer answer = acme.send("POST", "/admin/pages", type, "{\"name\":\"First\",\"slug\":\"first\"}");
            assertThat(answer.status()).as(type + ": " + answer).isBetween(400, 499);
            assertThat(answer.text()).as(type).doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\n\n",
                "GET\n\n",
                "GET /healthz\n\n",
                "G\u00ebT /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "FROB /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /health\u0001z HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /healthz HTTP/1.1\nHost: localhost\nno colon\nConnection: close\n\n",
                "GET /healthz HTTP/1.1\nHost: localhost\nX: a\u0000b\nConnection: close\n\n",
                "GET / HTTP/1.1\nHost: localhost:99999\nConnection: close\n\n",
                "GET / HTTP/1.1\nHost: localhost:80.\nConnection: close\n\n",
                "GET / HTTP/1.1\nHost: [::1\nConnection: close\n\n",
                "OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "CONNECT localhost:80 HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Length: -1\nConnection: close\n\n",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Length: abc\nConnection: close\n\n",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Length: 99999999999999999999\nConnection: close\n\n",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Length: 2\nContent-Length: 3\nConnection: close\n\n",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Type: nonsense\nContent-Length: 2\nConnection: close\n\n{}",
                "POST /api/login HTTP/1.1\nHost: localhost\nContent-Type: application/json;charset=nonsense\nContent-Length: 2\nConnection: close\n\n{}",
            })
    void brokenRequestsGetAClearNo(String request) {
        String answer = RawConnection.send(request);
        assertThat(RawConnection.status(answer)).as(answer).isBetween(400, 499);
        assertThat(answer).doesNotContain("Exception", "\tat ", "Error id");
    }

    @Test
    void brokenChunksEndTheConnection() {
        String answer = RawConnection.send("POST /api/login HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\nConnection: close\n\nzz\n{}\n0\n\n");
        assertThat(RawConnection.status(answer)).as(answer).isIn(0, 400);
    }

    @Test
    void strangeHeadersDoNoHarm() {
        var client = TestClient.anonymous();
        Map<String, String> strange = Map.of(
                "Cookie", "banyan_session=; ;;=;banyan_session=%00; banyan_theme=<script>; a=\"b",
                "Authorization", "Bearer",
                "If-None-Match", "\"\", W/, *x",
                "Accept", "application/json",
                "Accept-Encoding", "gzip;q=nonsense",
                "X-Forwarded-For", "<script>, , 999.999.999.999",
                "Accept-Language", "\"><script>");
        for (String path :
                List.of("/", "/login", "/register", "/healthz", "/docs", "/nobody-here", "/api/me", "/theme")) {
            strange.forEach((name, value) -> {
                Answer answer = client.with(name, value).get(path);
                assertThat(answer.status())
                        .as("%s with %s: %s", path, value, answer)
                        .isLessThan(500);
                assertThat(answer.text()).as(path).doesNotContain("<script>,", "<script>;", "Exception");
            });
        }
        for (String authorization :
                List.of("Bearer ", "Bearer x", "Basic YTpi", "bearer", "Bearer " + "x".repeat(5_000))) {
            assertThat(client.with("Authorization", authorization)
                            .get("/api/me")
                            .status())
                    .isEqualTo(401);
        }
    }

    /// Sends bad values in every field of every route.
    @Test
    void nothingMakesTheServerFail() {
        var softly = new SoftAssertions();
        List<String> nasty = List.of(
                "",
                " ",
                "0",
                "-1",
                "null",
                "undefined",
                "true",
                "1-1-1-1-1",
                "018f0000-0000-7000-8000-000000000000",
                "../../etc/passwd",
                "..",
                "%",
                "'",
                "\"",
                MARKUP,
                SQL,
                "\uD83C\uDF33",
                "\u202e",
                "\n",
                "\u0007",
                "x".repeat(700),
                "9".repeat(40),
                "1e309",
                "${jndi:ldap://x}",
                "{}",
                "[]",
                "*",
                "%25%00");
        for (Route route : Routes.all()) {
            for (String value : nasty) {
                nastyRequests(acme, route, value).forEach(answer -> {
                    softly.assertThat(answer.status())
                            .as("%s with “%s”: %s", route, value, answer)
                            .isLessThan(500);
                    softly.assertThat(answer.text())
                            .as("%s with “%s”", route, value)
                            .doesNotContain("Exception", "\tat ");
                    if (answer.contentType().startsWith("text/html")) {
                        softly.assertThat(answer.text()).as("%s", route).doesNotContain("<script>alert");
                    }
                });
            }
        }
        softly.assertAll();
    }

    private static List<Answer> nastyRequests(TestClient client, Route route, String value) {
        String encoded = TestClient.encode(value).replace("+", "%20");
        String path = route.path().replaceAll("\\{[^}]+}", encoded.isEmpty() ? "%20" : encoded);
        var query = new ArrayList<String>();
        route.queryParams().forEach(name -> query.add(name + "=" + encoded));
        Stream.of("as", "UserId", "subAccountId", "done", "token", "next")
                .forEach(name -> query.add(name + "=" + encoded));
        String withQuery = path + "?" + String.join("&", query);
        if (!route.formParams().isEmpty()) {
            var form = new LinkedHashMap<String, String>();
            route.formParams().forEach(name -> form.put(name, value));
            // `/sso/../logout` is `/logout`.
            var sender = SESSION_ENDS.stream().anyMatch(route.path()::endsWith)
                    ? TestClient.withSession("invented")
                    : client;
            return List.of(sender.form(path, form));
        }
        Optional<Class<?>> body = route.body();
        if (body.isPresent()) {
            var json = new LinkedHashMap<String, Object>();
            for (RecordComponent field : Routes.fields(body.get())) {
                json.put(Routes.wireName(field), value);
            }
            return List.of(
                    client.json(route.verb(), withQuery, json),
                    client.with("Idempotency-Key", "k" + value.hashCode()).json(route.verb(), path, json));
        }
        return switch (route.verb()) {
            case "GET" -> List.of(client.get(withQuery), client.head(path));
            case "DELETE" -> List.of(client.delete(withQuery));
            default -> {
                // Requests that end a session or change its token use a session that isn't needed afterwards.
                var sender = SESSION_ENDS.stream().anyMatch(route.path()::endsWith)
                        ? TestClient.withSession("invented")
                        : client;
                yield List.of(sender.json(route.verb(), withQuery, "{}"));
            }
        };
    }

    // Helpers

    private interface Request {
        Answer on(Route route);
    }

    /// Returns the path with Acme's ids as parameters, so that only the body is invalid.
    private String pathOf(Route route) {
        return route.path()
                .replace("{projectId}", world.project().id().toString())
                .replace("{subClientId}", world.sales().id().toString())
                .replace("{userId}", "1")
                .replaceAll("\\{[a-zA-Z]+}", "01900000-0000-7000-8000-000000000000");
    }

    private static List<Route> jsonRoutesWithBody() {
        List<Route> routes = Routes.all().stream()
                .filter(route -> route.isJson() && route.body().isPresent())
                .toList();
        assertThat(routes).hasSizeGreaterThan(5);
        return routes;
    }

    private static void everyJsonRouteWithBody(Request request) {
        var softly = new SoftAssertions();
        for (Route route : jsonRoutesWithBody()) {
            Answer answer = request.on(route);
            softly.assertThat(answer.status()).as("%s: %s", route, answer).isEqualTo(400);
            softly.assertThat(answer.contentType()).as(route.name()).startsWith("application/json");
            softly.assertThat(answer.error())
                    .as(route.name())
                    .isNotBlank()
                    .doesNotContain("java", "Exception", "dev.banyan");
        }
        softly.assertAll();
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith(error);
    }

    private void assertLinksRefused(String error, Map<String, ?> step) {
        assertRefused(acme.put("/api/admin/UpdateLinks", Map.of("links", List.of(step))), error);
    }
}
