package dev.banyan.whatsapp.templates;

import static dev.banyan.whatsapp.templates.CloudShop.API;
import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.PoolsVisitor;
import dev.banyan.whatsapp.campaigns.CampaignRunner;
import dev.banyan.whatsapp.drivers.cloud.FakeCloud;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What WhatsApp says besides the fate of messages: prices, ratings of numbers, and contacts who want no marketing.
@QuarkusTest
class WhatsAppSaysTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    CampaignRunner runner;

    private long nextTime = 1_795_606_000;
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

    private String send(Contact to) {
        return data(
                        acme.post(
                                shop.templates() + "/" + shop.template("order_ready") + "/test",
                                Map.of("to", "+" + to.digits(), "templateValues", List.of("Amal", "A-1044"))),
                        200)
                .path("id")
                .asText();
    }

    @Test
    void aMessageShowsWhatItIsChargedAs() {
        shop.meta.sending().reportsByItself("sent", "delivered");
        String id = send(shop.contact("Amal"));

        Eventually.until(
                () -> data(acme.get(API + "/messages/" + id), 200).path("price"),
                price -> price.toString().equals("{\"category\":\"utility\",\"billable\":true}"));
        assertThat(PoolsVisitor.of(world.acme()).get("/admin/pools/" + shop.master + "/messages"))
                .contains("Charged as utility.");
    }

    @Test
    void aNumberShowsItsRatingAndItsLimit() {
        Eventually.until(() -> rating(shop), "green"::equals);
        try (var weak = new CloudShop(acme, clock, number -> {
            number.set("quality_rating", "YELLOW");
            number.set("whatsapp_business_manager_messaging_limit", "TIER_2K");
        })) {
            Eventually.until(() -> rating(weak), "yellow"::equals);
            assertThat(data(acme.get(API + "/masters/" + weak.master), 200)
                            .path("messagingLimit")
                            .asText())
                    .isEqualTo("2,000");
            JsonNode member = data(acme.get(API + "/pools/" + weak.master), 200).at("/members/0/sender");
            assertThat(member.path("qualityRating").asText()).isEqualTo("yellow");
            assertThat(member.path("messagingLimit").asText()).isEqualTo("2,000");
            assertThat(PoolsVisitor.of(world.acme()).get("/admin/pools/senders/" + weak.master))
                    .contains("Quality rating", "Medium", "2,000 for all numbers of this business");
        }
    }

    private String rating(CloudShop of) {
        return data(acme.get(API + "/masters/" + of.master), 200)
                .path("qualityRating")
                .asText();
    }

    @Test
    void aPortfolioOf250WritesTo250PeopleAndTheOthersWait() {
        try (var small = new CloudShop(
                acme, clock, number -> number.set("whatsapp_business_manager_messaging_limit", "TIER_250"))) {
            small.meta.rates(false);
            Eventually.until(() -> acme.get(API + "/masters/" + small.master).text(), text -> text.contains("\"250\""));
            assertThat(data(acme.get(API + "/connections/" + small.connection), 200)
                            .path("portfolio")
                            .asText())
                    .isEqualTo(small.meta.portfolio());
            String campaign = API + "/campaigns/"
                    + data(
                                    acme.post(
                                            API + "/campaigns",
                                            Map.of(
                                                    "name",
                                                    "Thousand",
                                                    "master",
                                                    small.master,
                                                    "template",
                                                    Map.of(
                                                            "name",
                                                            "order_ready",
                                                            "language",
                                                            "en",
                                                            "body",
                                                            List.of("Amal", "A-1"),
                                                            "names",
                                                            List.of("customer", "order")))),
                                    201)
                            .path("id")
                            .asText();
            data(
                    acme.post(
                            campaign + "/recipients",
                            Map.of(
                                    "recipients",
                                    IntStream.range(0, 1_000)
                                            .mapToObj(i -> Map.of("phone", "+971500%06d".formatted(900_000 + i)))
                                            .toList())),
                    200);
            assertThat(data(acme.post(campaign + "/check", Map.of()), 200)
                            .path("warnings")
                            .toString())
                    .contains("write to 250 people in 24 hours, and 0 are reached");
            data(acme.post(campaign + "/start", Map.of()), 200);

            Eventually.until(
                    () -> {
                        clock.forward(Duration.ofSeconds(5)); // it looks again when some have left
                        runner.run();
                        JsonNode now = data(acme.get(campaign), 200);
                        if (now.path("note").asText().contains("goes on from")) {
                            assertThat(now.at("/counts/pending").asInt())
                                    .as("the limit is reached: " + now)
                                    .isEqualTo(750);
                        }
                        return now;
                    },
                    now -> now.at("/counts/sent").asInt() == 250
                            && now.path("note").asText().contains("goes on from"));
            assertThat(data(acme.get(campaign), 200).path("note").asText())
                    .as("a time as pages write it")
                    .matches(".* goes on from [A-Z][a-z]+ \\d+, \\d{4}, \\d\\d:\\d\\d UTC\\.");
            JsonNode counts = data(acme.get(campaign), 200).path("counts");
            assertThat(counts.path("pending").asInt()).as(counts.toString()).isEqualTo(750);
            assertThat(counts.path("failed").asInt()).isZero();
            assertThat(small.sent()).hasSize(250);
            assertThat(PoolsVisitor.of(world.acme()).get("/admin/pools/senders/" + small.master))
                    .contains("250 for all numbers of this business, 250 used");
            String connection = "/connections/" + small.connection;
            assertThat(PoolsVisitor.of(world.acme()).get("/admin/pools" + connection))
                    .contains("New chats in 24 hours", "250 of 250 <meter class=\"thin\" value=\"250\" max=\"250\"");
            assertThat(data(acme.get(API + connection), 200).path("newChats").toString())
                    .isEqualTo("{\"limit\":250,\"reached\":250}");

            // a day later
            world.sql(
                    "UPDATE portfolio_counts SET began_at = began_at - 90000000 WHERE portfolio_id = ?",
                    small.meta.portfolio());
            world.sql(
                    "UPDATE campaigns SET next_at = 0 WHERE id = ?", campaign.substring(campaign.lastIndexOf('/') + 1));
            Eventually.until(
                    () -> {
                        runner.run();
                        return small.sent().size();
                    },
                    sent -> sent > 250);
            data(acme.post(campaign + "/cancel", Map.of()), 200);
        }
    }

    @Test
    void aContactWhoStoppedMarketingOptsOut() {
        Contact refused = shop.contact("Amal");
        Contact failed = shop.contact("Rania");
        shop.meta.refuses(refused.digits(), 131050);
        shop.meta.fails(failed.digits(), 131050);
        send(refused);
        send(failed);

        Eventually.until(
                () -> acme.get(API + "/opt-outs").text(),
                all -> all.contains(refused.digits()) && all.contains(failed.digits()));
        assertThat(acme.get(API + "/opt-outs").text()).contains("stopped marketing messages");
    }

    /// Meta sends what it tells of all business accounts of an app to the address that the app names.
    @Test
    void aBanOfOneBusinessAccountIsToldAtItsOwnNumbers() {
        try (var other = new CloudShop(acme, clock)) {
            var credentials = new HashMap<String, Object>(FakeCloud.CREDENTIALS);
            credentials.put("wabaId", "100000000000002");
            data(acme.put(API + "/connections/" + other.connection, Map.of("credentials", credentials)), 200);

            // An app has one address, whichever business account a webhook is about.
            assertThat(banOf("100000000000002", shop.connection)).isEqualTo(200);
            Eventually.until(() -> events(other.master), all -> all.contains("Business account banned"));
            assertThat(banOf(FakeCloud.WABA, other.connection)).isEqualTo(200);
            Eventually.until(() -> events(shop.master), all -> all.contains("Business account banned"));

            Eventually.until(() -> waiting(shop.connection) + waiting(other.connection), "00"::equals);
            assertThat(events(other.master).split("Business account banned", -1))
                    .hasSize(2);
            assertThat(events(shop.master).split("Business account banned", -1)).hasSize(2);
        }
    }

    @Test
    void aMessageThatCameToTheOtherAddressArrives() {
        try (var other = new CloudShop(acme, clock)) {
            var credentials = new HashMap<String, Object>(FakeCloud.CREDENTIALS);
            credentials.put("wabaId", "100000000000003");
            data(acme.put(API + "/connections/" + other.connection, Map.of("credentials", credentials)), 200);
            ObjectNode root = TestClient.JSON.createObjectNode().put("object", "whatsapp_business_account");
            ObjectNode entry = root.putArray("entry").addObject().put("id", "100000000000003");
            ObjectNode value = entry.putArray("changes")
                    .addObject()
                    .put("field", "messages")
                    .putObject("value")
                    .put("messaging_product", "whatsapp");
            value.putObject("metadata")
                    .put("display_phone_number", other.number.digits())
                    .put("phone_number_id", other.number.id());
            ObjectNode message = value.putArray("messages")
                    .addObject()
                    .put("from", other.contact("Amal").digits())
                    .put("id", "wamid.elsewhere" + nextTime++)
                    .put("timestamp", String.valueOf(clock.instant().getEpochSecond()))
                    .put("type", "text");
            message.putObject("text").put("body", "Is anyone there?");

            assertThat(shop.meta
                            .hooks()
                            .post(URI.create(TestServer.uri() + "/hooks/whatsapp/" + shop.connection), root))
                    .isEqualTo(200);

            Eventually.until(
                    () -> acme.get(API + "/inbound?master=" + other.master).text(),
                    text -> text.contains("Is anyone there?"));
        }
    }

    /// Returns how many webhooks of a connection are not processed yet.
    private String waiting(String connection) {
        return world.select("SELECT count(*) FROM gateway_webhooks WHERE connection_id = ?", connection)
                .getFirst();
    }

    private String events(String master) {
        return acme.get(API + "/pools/" + master + "/events").text();
    }

    /// @return the status of the answer
    private int banOf(String account, String connection) {
        ObjectNode root = TestClient.JSON.createObjectNode().put("object", "whatsapp_business_account");
        ObjectNode entry = root.putArray("entry").addObject().put("id", account).put("time", nextTime++);
        ObjectNode change = entry.putArray("changes").addObject().put("field", "account_update");
        change.putObject("value")
                .put("event", "DISABLED_UPDATE")
                .putObject("ban_info")
                .put("waba_ban_state", "DISABLE")
                .put("waba_ban_date", "November 25, 2026");
        return shop.meta.hooks().post(URI.create(TestServer.uri() + "/hooks/whatsapp/" + connection), root);
    }
}
