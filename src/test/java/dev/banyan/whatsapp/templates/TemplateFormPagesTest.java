package dev.banyan.whatsapp.templates;

import static dev.banyan.whatsapp.templates.CloudShop.API;
import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.PoolsVisitor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates are written, translated, changed and deleted in the browser.
@QuarkusTest
class TemplateFormPagesTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private CloudShop shop;
    private PoolsVisitor visitor;
    private String path;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
        shop = new CloudShop(acme, clock);
        visitor = PoolsVisitor.of(world.acme());
        path = "/admin/pools/connections/" + shop.connection + "/templates";
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, String> form(String... more) {
        var form = new LinkedHashMap<String, String>(Map.of(
                "name", "order_soon",
                "language", "en",
                "category", "utility",
                "headerKind", "none",
                "body", "Hi {{1}}, your order is ready.",
                "exampleOf", "1",
                "example", "Amal",
                "footer", "Marina <Sweets>",
                "buttonKind", "quick_reply",
                "buttonText", "Thanks"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private Answer send(String below, Map<String, String> form) {
        var fields = new LinkedHashMap<>(form);
        fields.put("as", visitor.as());
        return visitor.client().multipart(path + below, fields);
    }

    @Test
    void aTemplateIsWrittenWithItsPreview() {
        assertThat(visitor.get(path)).contains("Create template");
        assertThat(visitor.get(path + "/new")).contains("Submit template", "No button", "Preview");

        Answer preview = send("/preview", form("example", ""));
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.text())
                .contains("Example for <code>{{1}}</code>", "Hi {{1}}, your order is ready.", "Marina &lt;Sweets&gt;")
                .doesNotContain("aria-invalid");
        assertThat(send("/preview", form()).text()).contains("<p dir=\"auto\">Hi Amal, your order is ready.</p>");
        assertThat(shop.meta.templates().find("order_soon", "en"))
                .as("nothing is kept")
                .isEmpty();

        Answer refused = send("", form("example", "", "body", "{{1}} is ready"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("begins or ends with a field", "Enter an example for {{1}}", "Thanks");

        Answer submitted = send("", form());
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(303);
        assertThat(submitted.location()).contains("done=template-submitted");
        assertThat(visitor.get(path)).contains("order_soon", "Pending");
        assertThat(send("", form()).text())
                .as("WhatsApp’s answer")
                .contains("Nothing was submitted", "exists in this language");
    }

    @Test
    void theKindOfTemplateDecidesItsFields() {
        assertThat(send("/preview", form("category", "authentication")).text())
                .contains("123456 is your verification code.", "Expires after")
                .doesNotContain("id=\"t-body\"");
        assertThat(send("/preview", form("headerKind", "text", "header", "Order {{1}}"))
                        .text())
                .contains("Header text", "Example for the field of the header");
        assertThat(send("/preview", form("headerKind", "image")).text()).contains("Example file");
        assertThat(send("/preview", form("buttonKind", "url", "buttonValue", "https://shop.example/{{1}}"))
                        .text())
                .contains("id=\"t-sample-1\"", "id=\"t-kind-2\"");
    }

    @Test
    void aTemplateIsTranslatedAndChanged() {
        assertThat(send("", form()).status()).isEqualTo(303);
        String id = shop.template("order_soon");
        assertThat(visitor.get(path + "/" + id))
                .contains("Add language", "Create campaign")
                .doesNotContain("Edit template");
        assertThat(visitor.get(path + "/new?like=" + id))
                .contains("value=\"order_soon\"", "readonly", "Hi {{1}}, your order is ready.");
        assertThat(send("", form("language", "ar", "body", "مرحبا {{1}} طلبك جاهز الآن"))
                        .status())
                .isEqualTo(303);

        shop.meta.templateBecame("order_soon", "en", "REJECTED", "INVALID_FORMAT");
        String rejected = Eventually.until(
                () -> visitor.get(path + "/" + id), page -> page.contains("Edit it and submit it again"));
        assertThat(rejected).doesNotContain("Create campaign");
        assertThat(visitor.get(path)).contains("Rejected", "Invalid format");
        assertThat(visitor.get(path + "/" + id + "/edit")).contains("Submit changes", "value=\"Amal\"");
        assertThat(send("/" + id + "/edit", form("footer", "x".repeat(61))).status())
                .isEqualTo(422);
        Answer changed = send("/" + id + "/edit", form("footer", "Bye"));
        assertThat(changed.location()).as(changed.text()).contains("done=template-changed");
        assertThat(shop.meta.templates().find("order_soon", "en").orElseThrow().toString())
                .contains("Bye", "PENDING");
    }

    @Test
    void theQuestionNamesCampaignsAndLanguages() {
        send("", form());
        send("", form("language", "ar"));
        String id = data(acme.get(shop.templates()), 200)
                .path("templates")
                .path(1)
                .path("id")
                .asText();
        acme.post(
                API + "/campaigns",
                Map.of(
                        "name",
                        "Ready for Eid",
                        "master",
                        shop.master,
                        "template",
                        Map.of("name", "order_soon", "language", "en", "body", List.of("a"))));

        assertThat(visitor.get(path + "/" + id + "/delete"))
                .contains("Ready for Eid", "30 days", "Only this one", "All of them: ar, en");
        Answer deleted = visitor.post(path + "/" + id + "/delete", "languages", "all");
        assertThat(deleted.location()).contains("done=template-deleted");
        assertThat(shop.meta.templates().find("order_soon", "en")).isEmpty();
        assertThat(shop.meta.templates().find("order_soon", "ar")).isEmpty();
    }

    @Test
    void driversWithoutTemplatesHaveNoForm() {
        String waha = data(
                        acme.post(
                                API + "/connections",
                                Map.of(
                                        "name",
                                        "Own gateway",
                                        "driver",
                                        "waha",
                                        "url",
                                        "http://127.0.0.1:9",
                                        "credentials",
                                        Map.of("apiKey", "key"))),
                        201)
                .path("id")
                .asText();
        String other = "/admin/pools/connections/" + waha + "/templates";

        assertThat(visitor.get(other)).contains("WAHA has no templates.").doesNotContain("Create template");
        assertThat(visitor.client().get(other + "/new?as=" + visitor.as()).location())
                .contains("/templates?as=");
        assertThat(acme.delete(API + "/connections/" + waha).status()).isEqualTo(200);
    }
}
