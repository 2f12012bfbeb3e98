package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Headings, texts, phone numbers and the share button of a page, through the API, the editor and the public page.
@QuarkusTest
class EntriesTest {

    @Inject
    TestWorld world;

    @Inject
    Recorder recorder;

    private TestClient acme = TestClient.anonymous();
    private String page = "";

    @BeforeEach
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        assertThat(acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"))
                        .status())
                .isEqualTo(200);
        page = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
    }

    private Answer update(Map<String, Object> step) {
        return acme.put("/api/admin/UpdateLinks", Map.of("links", List.of(step)));
    }

    private JsonNode links() {
        return acme.get("/api/admin/GetLinks").json().path("links");
    }

    private String publicPage() {
        return TestClient.anonymous().get("/" + world.name("acme")).text();
    }

    @Test
    void headingsAndTextsStandBetweenLinks() {
        assertThat(update(Map.of("operation", "add", "type", "heading", "title", "Visit <us>"))
                        .status())
                .isEqualTo(200);
        assertThat(update(Map.of("operation", "add", "type", "text", "text", "Open daily\n9 to 5"))
                        .status())
                .isEqualTo(200);
        assertThat(update(Map.of("operation", "add", "title", "Shop", "url", "https://shop.example/"))
                        .status())
                .isEqualTo(200);

        assertThat(links().findValuesAsText("type")).containsExactly("heading", "text", "link");
        assertThat(links().at("/1/text").asText()).isEqualTo("Open daily\n9 to 5");
        assertThat(links().at("/2").has("text")).isFalse();
        assertThat(publicPage())
                .contains("<h2 dir=\"auto\">Visit &lt;us&gt;</h2>", "<p dir=\"auto\">Open daily\n9 to 5</p>", "Shop");
        String heading = links().at("/0/id").asText();
        assertThat(TestClient.anonymous().get("/go/" + heading).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .get("/api/public/GetUserProfile?username=" + world.name("acme"))
                        .json()
                        .path("links"))
                .as("older programs would draw them as links")
                .hasSize(1);
        assertThat(update(Map.of("operation", "update", "id", heading, "title", "Find us"))
                        .status())
                .isEqualTo(200);
        assertThat(publicPage()).contains("Find us");
        assertThat(update(Map.of("operation", "update", "id", heading, "type", "link", "url", "https://a.example"))
                        .error())
                .contains("type can't be changed");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(update(Map.of("operation", "add", "type", "heading")).error())
                .contains("Title is required");
        assertThat(update(Map.of("operation", "add", "type", "text")).error()).contains("Text is required");
        assertThat(update(Map.of("operation", "add", "type", "text", "text", "x".repeat(501)))
                        .error())
                .contains("500 characters");
        assertThat(update(Map.of("operation", "add", "type", "banner", "title", "x"))
                        .error())
                .contains("type must be one of link, heading, text");
        assertThat(update(Map.of("operation", "add", "title", "Call", "url", "tel:me"))
                        .error())
                .contains("URL must be a phone number, such as tel:+14155550100");
        assertThat(links()).isEmpty();
    }

    @Test
    void aPhoneNumberIsCalledAndCounted() {
        assertThat(update(Map.of("operation", "add", "title", "Call us", "url", "tel:+14155550100"))
                        .status())
                .isEqualTo(200);
        String id = links().at("/0/id").asText();
        assertThat(publicPage()).contains("href=\"/go/" + id + "\"", "<small>+14155550100</small>");

        Answer way = TestClient.anonymous().get("/go/" + id);

        assertThat(way.status()).isEqualTo(200);
        assertThat(way.text())
                .contains("content=\"0;url=tel:+14155550100\"", "href=\"tel:+14155550100\"", "<b>Call</b>");
        assertThat(way.header("Cache-Control")).contains("no-store");
        recorder.write();
        assertThat(links().at("/0/clicks").asLong()).isEqualTo(1);
    }

    @Test
    void theEditorAddsThem() {
        String path = "/admin/pages/" + page + "/links";
        String as = world.name("acme");
        assertThat(acme.form(path, "as", as, "title", "Write", "url", "us@acme.example")
                        .status())
                .isEqualTo(303);
        assertThat(acme.form(path, "as", as, "kind", "heading", "title", "Visit us")
                        .status())
                .isEqualTo(303);
        assertThat(acme.form(path, "as", as, "kind", "text", "text", "Open daily")
                        .status())
                .isEqualTo(303);
        Answer refused = acme.form(path, "as", as, "kind", "text", "text", " ");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("new-text-e", "Text is required");
        assertThat(links().findValuesAsText("url")).containsExactly("mailto:us@acme.example", "", "");

        String text = links().at("/2/id").asText();
        String form =
                acme.get("/admin/pages/" + page + "?edit=" + text + "&as=" + as).text();
        assertThat(form).contains("id=\"edit-text\"", "Save text").doesNotContain("id=\"edit-url\"", "edit-lock");
        assertThat(acme.form(path + "/" + text, "as", as, "text", "Open on Sundays")
                        .status())
                .isEqualTo(303);
        assertThat(links().at("/2/text").asText()).isEqualTo("Open on Sundays");
        assertThat(acme.form(path + "/" + text + "/delete", "as", as).status()).isEqualTo(303);
        assertThat(links()).hasSize(2);
    }

    @Test
    void aShareButtonIsShownWhereItIsWanted() {
        String before = publicPage();
        assertThat(before).doesNotContain("class=\"share\"");
        assertThat(acme.put("/api/admin/UpdateAppearance", Map.of("shareButton", true))
                        .status())
                .isEqualTo(200);

        String shared = publicPage();

        assertThat(shared)
                .contains("<details class=\"share\"><summary>Share</summary><svg class=\"code\"")
                .contains("mailto:?subject=", "https://wa.me/?text=");
        assertThat(shared.length()).isLessThan(30_000);
        assertThat(acme.put("/api/admin/UpdateAppearance", Map.of("shareButton", false))
                        .status())
                .isEqualTo(200);
        assertThat(publicPage()).isEqualTo(before);
    }
}
