package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator who helps an account does what support may not: as a part of a batch, on a route that no one thought of,
/// or by reading what is shown to owners.
@QuarkusTest
class DeletingInABatchAsSupportTest {

    private static final String CODE = "only-for-friends-4711";

    @Inject
    TestWorld world;

    private TestWorld.Person person;
    private TestClient owner;
    private TestClient support;
    private String as = "";

    @BeforeEach
    void anAccountThatIsHelped() {
        person = world.agency("batch");
        owner = TestClient.of(person);
        support = TestClient.withSession(world.operatorToken());
        as = "?subAccountId=" + person.username();
        assertThat(owner.post("/api/admin/CreatePage", Map.of("name", "Start", "slug", "start", "isDefault", true))
                        .status())
                .isEqualTo(200);
        owner.put("/api/admin/support/consent", Map.of("hours", 24));
        assertThat(owner.put("/api/admin/UpdateLinks", Map.of("links", List.of(link("Shop"), locked())))
                        .status())
                .isEqualTo(200);
        assertThat(owner.put(
                                "/api/admin/updateShortLinks",
                                Map.of(
                                        "shortLinks",
                                        List.of(Map.of(
                                                "operation",
                                                "add",
                                                "slug",
                                                "batch-" + person.username(),
                                                "targetUrl",
                                                "https://shop.example"))))
                        .status())
                .isEqualTo(200);
        Answer begun = support.post(
                "/api/siteadmin/support", Map.of("account", person.username(), "reason", "Links don’t open"));
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
    }

    private static Map<String, Object> link(String title) {
        return Map.of("operation", "add", "title", title, "url", "https://shop.example");
    }

    private static Map<String, Object> locked() {
        return Map.of(
                "operation",
                "add",
                "title",
                "Secret",
                "url",
                "https://secret.example",
                "lock",
                Map.of("enabled", true, "type", "code", "code", CODE));
    }

    private JsonNode links(TestClient who) {
        return who.get("/api/admin/GetLinks" + as).json().path("links");
    }

    @Test
    void noLinkGoesInABatch() {
        String id = links(owner).at("/0/id").asText();
        Answer answer = support.put(
                "/api/admin/UpdateLinks" + as,
                Map.of("links", List.of(link("New"), Map.of("operation", "remove", "id", id))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.error()).contains("Not available during support access");
        assertThat(links(owner)).as("nothing of the batch").hasSize(2);
        assertThat(support.put("/api/admin/UpdateLinks" + as, Map.of("links", List.of(link("New"))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noShortLinkGoesInABatch() {
        String slug = owner.get("/api/admin/getShortLinks")
                .json()
                .at("/shortLinks/0/slug")
                .asText();
        Answer answer = support.put(
                "/api/admin/updateShortLinks" + as,
                Map.of("shortLinks", List.of(Map.of("operation", "remove", "slug", slug))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(owner.get("/api/admin/getShortLinks").text()).contains("\"slug\":\"" + slug);
    }

    @Test
    void noPageAndNoAnswerShowsTheCodeOfALock() {
        assertThat(owner.get("/api/admin/GetLinks").text()).contains(CODE);
        JsonNode shown = links(support);
        assertThat(shown.toString()).contains("Secret").doesNotContain(CODE);
        String page =
                support.get("/api/admin/GetPages" + as).json().at("/pages/0/id").asText();
        String secret = shown.valueStream()
                .filter(link -> link.path("title").asText().equals("Secret"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            if (route.verb().equals("GET") && route.path().matches("/(admin|api/admin)/.*")) {
                String path = route.path()
                        .replace("{pageId}", page)
                        .replace("{linkId}", secret)
                        .replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000001");
                softly.assertThat(support.get(path + as + "&as=" + person.username())
                                .text())
                        .as(route.name())
                        .doesNotContain(CODE);
            }
        }
        softly.assertAll();
    }

    @Test
    void everyRouteThatSupportIsNotGivenIsClosed() {
        Project project = world.project(world.context(person), "Shop");
        Workspace workspace = world.workspace(world.context(person), project, "Counter");
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            if (route.verb().equals("GET")
                    || RouteEffects.isOpenToSupport(route.name())
                    || !route.path().matches("/(admin|api/(?!public)|operator|projects|s/|login/confirm).*")
                    || route.path().matches("/api/(login|register|sub-client/.*)|/s/.*/(login|register)")) {
                continue;
            }
            String path = route.path()
                    .replace("{projectId}", project.id().toString())
                    .replace("{subClientId}", workspace.id().value())
                    .replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000001");
            Answer answer = route.isJson()
                    ? support.json(route.verb(), path + as, Map.of())
                    : support.onPagesOf(person).form(path, "as", person.username());
            if (answer.status() == 415) { // it takes a file
                answer = support.upload(path + as, Map.of("as", person.username()), "a.png", new byte[1]);
            }
            softly.assertThat(answer.status()).as(route + ": " + answer).isEqualTo(403);
            softly.assertThat(answer.text()).as(route.name()).contains("Not available");
        }
        softly.assertAll();
    }

    @Test
    void noNumberIsMadeAndNothingIsSentInTheOwnersName() {
        long numbers = world.count("SELECT COUNT(*) FROM senders");
        for (Answer answer : List.of(
                support.post("/api/whatsapp/masters" + as, Map.of("phone", "+49170000001", "displayName", "Mine")),
                support.post("/api/whatsapp/messages" + as, Map.of("to", "+49170000002", "text", "Hello")))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        }
        assertThat(world.count("SELECT COUNT(*) FROM senders")).isEqualTo(numbers);
    }
}
