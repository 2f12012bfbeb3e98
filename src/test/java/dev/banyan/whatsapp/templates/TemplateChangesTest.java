package dev.banyan.whatsapp.templates;

import static dev.banyan.whatsapp.templates.CloudShop.API;
import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.drivers.cloud.FakeRequest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Templates are submitted, changed, translated and deleted over the API, at the fake of the Cloud API.
@QuarkusTest
class TemplateChangesTest {

    private static final String BODY = "Hi {{customer}}, your order {{order}} is ready. See you soon.";
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private CloudShop shop;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
        shop = new CloudShop(acme, clock);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, Object> with(Object... more) {
        var body = new LinkedHashMap<String, Object>(Map.of(
                "name",
                "order_soon",
                "language",
                "en",
                "category",
                "utility",
                "body",
                BODY,
                "examples",
                Map.of("customer", "Amal", "order", "A-1044")));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private String create(Object... more) {
        return data(acme.post(shop.templates(), with(more)), 201).path("id").asText();
    }

    private JsonNode listed(String id) {
        for (JsonNode one : data(acme.get(shop.templates()), 200).path("templates")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("No template " + id);
    }

    private List<FakeRequest> submitted() {
        return shop.meta.requests().stream()
                .filter(request -> !request.method().equals("GET")
                        && request.uri().getPath().contains("message_templates"))
                .toList();
    }

    @Test
    void aTemplateIsSubmittedReviewedAndListed() {
        String id = create(
                "headerKind",
                "text",
                "header",
                "Order {{order}}",
                "headerExample",
                "A-1044",
                "footer",
                "Marina Sweets",
                "buttons",
                List.of(
                        Map.of("kind", "quick_reply", "text", "Thanks"),
                        Map.of(
                                "kind",
                                "url",
                                "text",
                                "Track",
                                "value",
                                "https://shop.example/{{1}}",
                                "example",
                                "A-1044"),
                        Map.of("kind", "phone_number", "text", "Call us", "value", "+971500000901"),
                        Map.of("kind", "copy_code", "example", "SAVE20")));

        JsonNode sent = submitted().getFirst().json();
        assertThat(sent.path("parameter_format").asText()).isEqualTo("NAMED");
        assertThat(sent.path("category").asText()).isEqualTo("UTILITY");
        assertThat(sent.at("/components/0/example").toString())
                .isEqualTo("{\"header_text_named_params\":[{\"param_name\":\"order\",\"example\":\"A-1044\"}]}");
        assertThat(sent.at("/components/1/example/body_text_named_params/0").toString())
                .isEqualTo("{\"param_name\":\"customer\",\"example\":\"Amal\"}");
        assertThat(sent.at("/components/2/text").asText()).isEqualTo("Marina Sweets");
        assertThat(sent.at("/components/3/buttons/1/example/0").asText()).isEqualTo("A-1044");
        assertThat(sent.at("/components/3/buttons/2/phone_number").asText()).isEqualTo("+971500000901");
        assertThat(sent.at("/components/3/buttons/3").toString())
                .isEqualTo("{\"type\":\"COPY_CODE\",\"example\":\"SAVE20\"}");
        JsonNode listed = listed(id);
        assertThat(listed.path("status").asText()).isEqualTo("pending");
        assertThat(listed.at("/preview/header").asText()).isEqualTo("Order A-1044");

        shop.meta.templateBecame("order_soon", "en", "REJECTED", "TAG_CONTENT_MISMATCH");
        Eventually.until(() -> listed(id).path("status").asText(), "rejected"::equals);
        assertThat(listed(id).path("rejectedReason").asText()).isEqualTo("TAG_CONTENT_MISMATCH");
        assertThat(world.select(
                                "SELECT details FROM audit_events WHERE action = 'TemplateCreated' AND target = ?",
                                shop.connection)
                        .getFirst())
                .contains("order_soon");
    }

    @Test
    void numberedFieldsAndTranslationsAreSubmitted() {
        String english = create(
                "body", "Sale: {{2}} off until {{1}}, for you only.", "examples", Map.of("1", "May 1", "2", "20 %"));
        String arabic = create("language", "ar", "body", "خصم {{1}} لك اليوم فقط.", "examples", Map.of("1", "20 %"));

        assertThat(submitted().getFirst().json().at("/components/0/example").toString())
                .as("by number, not by place")
                .isEqualTo("{\"body_text\":[[\"May 1\",\"20 %\"]]}");
        assertThat(listed(english).at("/preview/body").asText()).isEqualTo("Sale: 20 % off until May 1, for you only.");
        assertThat(listed(arabic).path("language").asText()).isEqualTo("ar");
        assertThat(acme.post(shop.templates(), with("language", "ar")).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | Order Ready | lowercase letters",
                "language | English | a code of WhatsApp’s",
                "category | promo | marketing, utility or authentication",
                "body | {{1}} is ready for you. | begins or ends with a field",
                "body | Your code is {{1}}. | begins or ends with a field",
                "body | Hi {{1}} {{2}} there. | between two fields",
                "body | Hi {{2}} there. | without gaps",
                "body | Hi {{1}} and {{name}} there. | either numbers or names",
                "body | Hi {{First Name}} there. | either numbers or names",
                "body | Hi {{customer} there. | Write a field as",
                "footer | See {{1}} | can’t have fields",
                "footer | A footer that is by far longer than the sixty characters that it may have | 60 characters or fewer (now 73)",
            })
    void rulesAreToldBeforeWhatsAppRefuses(String field, String value, String sentence) {
        Answer refused = acme.post(
                shop.templates(),
                with("examples", Map.of("1", "a", "2", "b", "name", "c", "customer", "d", "order", "e"), field, value));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains(sentence);
        assertThat(submitted()).isEmpty();
    }

    @Test
    void examplesAndButtonsHaveRules() {
        assertThat(acme.post(shop.templates(), with("examples", Map.of("customer", "Amal")))
                        .text())
                .contains("Enter an example for {{order}}");
        assertThat(acme.post(shop.templates(), with("headerKind", "image")).text())
                .contains("Choose an example file");
        assertThat(acme.post(shop.templates(), with("body", "x".repeat(1_025))).text())
                .contains("(now 1,025)");
        var reply = Map.of("kind", "quick_reply", "text", "Yes");
        var other = Map.of("kind", "quick_reply", "text", "No");
        var link = Map.of("kind", "url", "text", "Open", "value", "https://shop.example/{{1}}");
        assertThat(acme.post(shop.templates(), with("buttons", List.of(reply, reply)))
                        .text())
                .contains("another text");
        assertThat(acme.post(shop.templates(), with("buttons", List.of(link))).text())
                .contains("field in the address");
        assertThat(acme.post(
                                shop.templates(),
                                with(
                                        "buttons",
                                        List.of(
                                                reply,
                                                Map.of("kind", "url", "text", "Open", "value", "https://shop.example/"),
                                                other)))
                        .text())
                .contains("next to each other");
        assertThat(acme.post(
                                shop.templates(),
                                with(
                                        "buttons",
                                        List.of(Map.of("kind", "url", "text", "Open", "value", "ftp://shop.example"))))
                        .text())
                .contains("https://");
        assertThat(submitted()).isEmpty();
    }

    @Test
    void whatWhatsAppRefusesIsSaid() {
        Answer dense = acme.post(shop.templates(), with("body", "To {{customer}} and {{order}} x"));

        assertThat(dense.status()).isEqualTo(409);
        assertThat(dense.error()).contains("too many fields for its length", "Error 2388293");
        shop.meta.rights("whatsapp_business_messaging");
        assertThat(acme.post(shop.templates(), with()).error()).contains("whatsapp_business_management");
    }

    @Test
    void aTemplateIsChangedWhereWhatsAppAllows() {
        String id = create();
        String path = shop.templates() + "/" + id;
        assertThat(acme.put(path, Map.of("footer", "Bye")).error()).contains("approved, rejected or paused");

        shop.meta.templateBecame("order_soon", "en", "APPROVED");
        Eventually.until(() -> listed(id).path("status").asText(), "approved"::equals);
        assertThat(acme.put(path, Map.of("category", "marketing")).text()).contains("category of an approved template");
        assertThat(acme.put(path, Map.of("name", "other")).text()).contains("can’t be changed");
        assertThat(acme.put(path, Map.of("footer", "Bye")).status()).isEqualTo(200);

        JsonNode changed = listed(id);
        assertThat(changed.path("status").asText()).as("reviewed again").isEqualTo("pending");
        assertThat(changed.at("/preview/footer").asText()).isEqualTo("Bye");
        assertThat(changed.at("/preview/body").asText()).as("stays").contains("Hi Amal, your order A-1044");

        shop.meta.templateBecame("order_soon", "en", "REJECTED", "INCORRECT_CATEGORY");
        Eventually.until(() -> listed(id).path("status").asText(), "rejected"::equals);
        assertThat(acme.put(path, Map.of("category", "marketing")).status()).isEqualTo(200);
        assertThat(listed(id).path("category").asText()).isEqualTo("marketing");
    }

    @Test
    void oneLanguageOrAllAreDeletedAndTheirNameIsHeld() {
        String english = create();
        String arabic = create("language", "ar");
        String german = create("language", "de");

        assertThat(acme.delete(shop.templates() + "/" + arabic).status()).isEqualTo(200);
        assertThat(data(acme.get(shop.templates()), 200).toString())
                .contains(english, german)
                .doesNotContain(arabic);
        Answer again = acme.post(shop.templates(), with("language", "ar"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.error()).contains("30 days");

        assertThat(acme.delete(shop.templates() + "/" + english + "?allLanguages=true")
                        .status())
                .isEqualTo(200);
        assertThat(data(acme.get(shop.templates()), 200).toString()).doesNotContain(english, german);
        assertThat(acme.delete(shop.templates() + "/" + english).status()).isEqualTo(409);
    }

    @Test
    void campaignsThatUseATemplateAreNamedBeforeItIsDeleted() {
        String english = create();
        create("language", "ar");
        assertThat(acme.post(
                                API + "/campaigns",
                                Map.of(
                                        "name",
                                        "Ready for Eid",
                                        "master",
                                        shop.master,
                                        "template",
                                        Map.of("name", "order_soon", "language", "ar", "body", List.of("a", "b"))))
                        .status())
                .isEqualTo(201);

        Answer refused = acme.delete(shop.templates() + "/" + english + "?allLanguages=true");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).contains("Ready for Eid");
        assertThat(acme.delete(shop.templates() + "/" + english).status())
                .as("the campaign uses another language")
                .isEqualTo(200);
        String arabic = shop.template("order_soon");
        assertThat(acme.delete(shop.templates() + "/" + arabic).status()).isEqualTo(409);
        assertThat(acme.delete(shop.templates() + "/" + arabic + "?evenIfUsed=true")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aHeaderMayBeAFile() {
        String handle = data(acme.upload(shop.templates() + "/files", Map.of(), "cake.png", PNG), 200)
                .path("handle")
                .asText();
        String id = create("headerKind", "image", "headerExample", handle);

        assertThat(submitted().getFirst().json().at("/components/0").toString())
                .isEqualTo("{\"type\":\"HEADER\",\"format\":\"IMAGE\",\"example\":{\"header_handle\":[\"" + handle
                        + "\"]}}");
        assertThat(listed(id).at("/preview/header").asText()).isEqualTo("Image");
        assertThat(acme.upload(
                                shop.templates() + "/files",
                                Map.of(),
                                "cake.txt",
                                "Cake".getBytes(StandardCharsets.UTF_8))
                        .text())
                .contains("JPEG or PNG");
    }

    @Test
    void whatsAppWritesTheTextOfCodes() {
        var code =
                Map.of("name", "login_code", "category", "authentication", "securityAdvice", true, "expiryMinutes", 10);
        assertThat(acme.post(shop.templates(), code).status()).isEqualTo(201);

        assertThat(submitted().getFirst().json().path("components").toString())
                .isEqualTo("[{\"type\":\"BODY\",\"add_security_recommendation\":true},"
                        + "{\"type\":\"FOOTER\",\"code_expiration_minutes\":10},"
                        + "{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"OTP\",\"otp_type\":\"COPY_CODE\"}]}]");
        assertThat(acme.post(shop.templates(), with("category", "authentication"))
                        .text())
                .contains("WhatsApp writes the text");
    }

    @Test
    void otherDriversSayThatTheyHaveNone() {
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

        assertThat(acme.post(API + "/connections/" + waha + "/templates", with())
                        .error())
                .isEqualTo("WAHA has no templates.");
        assertThat(acme.delete(API + "/connections/" + waha).status()).isEqualTo(200);
    }

    @Test
    void strangersGetNotFound() {
        String id = shop.template("order_ready");
        var rival = TestClient.of(world.rival());

        assertThat(rival.post(shop.templates(), with()).status()).isEqualTo(404);
        assertThat(rival.put(shop.templates() + "/" + id, Map.of("footer", "Bye"))
                        .status())
                .isEqualTo(404);
        assertThat(rival.delete(shop.templates() + "/" + id).status()).isEqualTo(404);
        assertThat(submitted()).isEmpty();
    }
}
