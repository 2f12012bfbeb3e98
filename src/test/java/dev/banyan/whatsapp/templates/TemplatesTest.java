package dev.banyan.whatsapp.templates;

import static dev.banyan.whatsapp.templates.CloudShop.API;
import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.PoolsVisitor;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.cloud.FakeSending;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates of a connection, in the API and on their page, over the fake of the Cloud API.
@QuarkusTest
class TemplatesTest {

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

    private static void example(ObjectNode template) {
        template.path("components").forEach(component -> {
            if (component.path("type").asText().equals("BODY")) {
                ((ObjectNode) component)
                        .putObject("example")
                        .putArray("body_text")
                        .addArray()
                        .add("20 %")
                        .add("May 1");
            }
        });
    }

    @Test
    void aNumberIsAdoptedUnderItsVerifiedName() {
        String masters = "/api/whatsapp/masters/";
        assertThat(data(acme.get(masters + shop.master), 200)
                        .path("displayName")
                        .asText())
                .isEqualTo("Marina Sweets");
    }

    @Test
    void templatesAreListedAndReadAgain() {
        JsonNode first = data(acme.get(shop.templates()), 200).path("templates");
        assertThat(first).hasSize(1);
        assertThat(first.path(0).path("name").asText()).isEqualTo("order_ready");
        assertThat(first.path(0).path("category").asText()).isEqualTo("utility");
        assertThat(first.path(0).path("status").asText()).isEqualTo("approved");
        assertThat(first.path(0).path("quality").asText()).isEqualTo("green");
        assertThat(first.path(0).path("sendable").asBoolean()).isTrue();
        assertThat(first.path(0).path("fields").toString()).isEqualTo("[\"Value of customer\",\"Value of order\"]");

        ObjectNode sale = shop.meta
                .templates()
                .add("sale", "en", "MARKETING", "Sale", "{{1}} off until {{2}}", GatewayHttp.JSON.createArrayNode());
        sale.put("status", "REJECTED").put("rejected_reason", "TAG_CONTENT_MISMATCH");
        example(sale);
        assertThat(data(acme.get(shop.templates()), 200).path("templates"))
                .as("kept for a while")
                .hasSize(1);

        JsonNode synced =
                data(acme.post(shop.templates() + "/sync", Map.of()), 200).path("templates");
        assertThat(synced).hasSize(2);
        JsonNode rejected = synced.path(1);
        assertThat(rejected.path("rejectedReason").asText()).isEqualTo("TAG_CONTENT_MISMATCH");
        assertThat(rejected.path("sendable").asBoolean()).isFalse();
        assertThat(rejected.at("/preview/header").asText()).isEqualTo("Sale");
        assertThat(rejected.at("/preview/body").asText()).isEqualTo("20 % off until May 1");
        assertThat(rejected.at("/preview/footer").asText()).isEqualTo("Marina Sweets");

        shop.meta.kill();
        JsonNode dead = data(acme.post(shop.templates() + "/sync", Map.of()), 200);
        assertThat(dead.path("templates")).isEmpty();
        assertThat(dead.path("problem").asText()).isNotEmpty();
        shop.meta.restart();
    }

    @Test
    void aTestReachesThePhone() {
        var amal = shop.contact("Amal");
        String test = shop.templates() + "/" + shop.template("order_ready") + "/test";

        String id = data(
                        acme.post(
                                test,
                                Map.of(
                                        "from",
                                        shop.master,
                                        "to",
                                        "+" + amal.digits(),
                                        "templateValues",
                                        List.of("Amal", "A-1044"))),
                        200)
                .path("id")
                .asText();

        Eventually.until(shop::sent, sent -> sent.size() == 1);
        FakeSending.Sent sent = shop.sent().getFirst();
        assertThat(sent.to()).isEqualTo(amal.digits());
        assertThat(sent.body().at("/template/name").asText()).isEqualTo("order_ready");
        assertThat(sent.body().toString()).contains("\"parameter_name\":\"order\",\"text\":\"A-1044\"");
        assertThat(data(acme.get(API + "/messages/" + id), 200).path("text").asText())
                .isEqualTo("Hi Amal, order A-1044 is ready.");
    }

    @Test
    void whatIsWrongWithATestIsSaid() {
        String test = shop.templates() + "/" + shop.template("order_ready") + "/test";
        String to = "+" + shop.contact("Amal").digits();

        assertThat(acme.post(shop.templates() + "/404/test", Map.of("to", to)).error())
                .contains("isn’t in the list");
        assertThat(acme.post(test, Map.of("to", "abc", "templateValues", List.of("a", "b")))
                        .status())
                .isEqualTo(400);
        assertThat(acme.post(test, Map.of("to", to, "templateValues", List.of("a")))
                        .text())
                .contains("Give each placeholder a value");
        assertThat(acme.post(test, Map.of("to", to, "from", "bot-000", "templateValues", List.of("a", "b")))
                        .text())
                .contains("Choose a number of this connection");
        assertThat(acme.post(API + "/opt-outs", Map.of("phone", to)).status()).isLessThan(300);
        assertThat(acme.post(test, Map.of("to", to, "templateValues", List.of("a", "b")))
                        .text())
                .contains("This number has opted out");
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void templatesOfAnotherAccountAreNotThere() {
        var stranger = TestClient.of(world.rival());

        assertThat(stranger.get(shop.templates()).status()).isEqualTo(404);
        assertThat(stranger.post(shop.templates() + "/sync", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void thePageShowsPreviewsAndSendsTests() {
        ObjectNode sale = shop.meta
                .templates()
                .add("sale", "en", "MARKETING", "", "{{1}} off until {{2}}", GatewayHttp.JSON.createArrayNode());
        example(sale);
        var visitor = PoolsVisitor.of(world.acme());
        String path = "/admin/pools/connections/" + shop.connection + "/templates";

        assertThat(visitor.get("/admin/pools/connections/" + shop.connection)).contains("Show templates");
        assertThat(visitor.post(path + "/sync").location()).contains("done=templates-synced");
        assertThat(visitor.get(path)).contains("order_ready", "sale", "Marketing", "Utility", "Approved", "High");
        String id = shop.template("sale");
        String page = visitor.get(path + "/" + id);
        assertThat(page).contains("20 % off until May 1", "Marina Sweets", "value=\"20 %\"", "Send test message");

        Answer refused = visitor.post(path + "/" + id + "/test", "from", shop.master, "to", "abc");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("aria-invalid");
        Answer queued = visitor.client()
                .send(
                        "POST",
                        path + "/" + id + "/test",
                        "application/x-www-form-urlencoded",
                        "as=" + visitor.as() + "&from=" + shop.master + "&to=%2B"
                                + shop.contact("Rania").digits() + "&value=10&value=June");
        assertThat(queued.status()).as(queued.text()).isEqualTo(303);
        Eventually.until(shop::sent, sent -> sent.size() == 1);
        assertThat(shop.sent().getFirst().body().toString()).contains("\"text\":\"June\"");
        assertThat(visitor.get("/admin/pools/campaigns/new?template=sale&language=en"))
                .contains("value=\"sale\"", "Show your templates");
    }

    @Test
    void aDryRunSaysTheCategoryOfTheTemplate() {
        String campaign = data(
                        acme.post(
                                API + "/campaigns",
                                Map.of(
                                        "name",
                                        "Ready " + shop.connection,
                                        "master",
                                        shop.master,
                                        "template",
                                        Map.of(
                                                "name",
                                                "order_ready",
                                                "language",
                                                "en",
                                                "names",
                                                List.of("customer", "order"),
                                                "body",
                                                List.of("{{name|there}}", "1")))),
                        201)
                .path("id")
                .asText();
        assertThat(acme.post(
                                API + "/campaigns/" + campaign + "/recipients",
                                Map.of(
                                        "recipients",
                                        List.of(Map.of(
                                                "phone",
                                                "+" + shop.contact("Amal").digits()))))
                        .status())
                .isLessThan(300);

        assertThat(data(acme.post(API + "/campaigns/" + campaign + "/check", Map.of()), 200)
                        .path("costs")
                        .toString())
                .isEqualTo("{\"utility\":1}");
    }
}
