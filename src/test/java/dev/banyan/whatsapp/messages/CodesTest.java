package dev.banyan.whatsapp.messages;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A pool of codes: a code of which no receipt comes is sent by the next number, and no campaign stands before it.
@QuarkusTest
class CodesTest {

    private static final String API = "/api/whatsapp";
    private static final AtomicInteger PHONE = new AtomicInteger(100);

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Linking linking;

    @Inject
    Deliveries deliveries;

    @Inject
    Database database;

    private TestClient acme;
    private String master = "";
    private String servant = "";

    @BeforeEach
    void aPoolOfTwo() {
        acme = TestClient.of(world.acme());
        master = linked("masters", Map.of());
        servant = linked("servants", Map.of("master", master));
    }

    private static String phone() {
        return "+97150004" + (1_000 + PHONE.incrementAndGet());
    }

    private String linked(String kind, Map<String, String> more) {
        var body = new HashMap<>(more);
        body.put("displayName", "Desk " + PHONE.get());
        body.put("phone", phone());
        String id = data(acme.post(API + "/" + kind, body), 201).path("id").asText();
        data(acme.post(API + "/" + kind + "/" + id + "/link", Map.of()), 200);
        data(acme.post(API + "/senders/" + id + "/scan", Map.of("phone", body.get("phone"))), 200);
        return id;
    }

    private JsonNode ordered() {
        var body = Map.of("master", master, "to", phone(), "text", "Your code is 4711", "key", "code-" + PHONE.get());
        JsonNode sent = acme.post(API + "/messages", body).json().path("data");
        String id = sent.path("id").asText();
        return until(id, message -> message.path("state").asText().equals("sent"));
    }

    private JsonNode until(String id, Predicate<JsonNode> is) {
        return Eventually.until(
                () -> {
                    clock.forward(Duration.ofMillis(200));
                    return data(acme.get(API + "/messages/" + id), 200);
                },
                is);
    }

    private void isForCodes() {
        JsonNode settings = data(acme.put(API + "/pools/" + master, Map.of("poolClass", "codes")), 200)
                .path("settings");
        assertThat(settings.path("poolClass").asText()).isEqualTo("codes");
        assertThat(settings.path("receiptSeconds").asInt()).isEqualTo(8);
    }

    @Test
    void aCodeWithoutAReceiptIsSentByTheNextNumber() {
        isForCodes();
        linking.fault(world.acme().account(), new SenderId(master), Fault.LATE_RECEIPTS);
        linking.fault(world.acme().account(), new SenderId(servant), Fault.LATE_RECEIPTS);
        JsonNode first = ordered();
        String id = first.path("id").asText();
        String by = first.path("sender").asText();
        deliveries.moveCodes();
        assertThat(data(acme.get(API + "/messages/" + id), 200).path("sender").asText())
                .as("not yet")
                .isEqualTo(by);
        linking.fault(world.acme().account(), new SenderId(by.equals(master) ? servant : master), Fault.HEAL);

        clock.forward(Duration.ofSeconds(8));

        JsonNode moved = until(id, message -> message.path("state").asText().equals("delivered"));
        assertThat(moved.path("sender").asText()).isNotEqualTo(by).isIn(master, servant);
        assertThat(moved.toString()).contains("No receipt within 8 seconds over ");
    }

    @Test
    void whatWasWrittenOnThePhoneIsNeverSentAgain() {
        isForCodes();
        var number = new SenderId(master);
        AccountId tenant = world.acme().account();
        UUID id = new Uuids(clock).next();
        var written = new OutgoingMessage(
                id,
                tenant,
                number,
                Optional.of(number),
                new Phone(phone()),
                "I’ll call you",
                Optional.empty(),
                OutgoingMessage.phoneKey(number, "3EB0"),
                DeliveryState.SENT,
                Optional.empty(),
                clock.instant(),
                clock.instant());
        database.write(tx -> deliveries.sentElsewhere(tx, written, "3EB0" + id));
        clock.forward(Duration.ofSeconds(9));

        assertThat(deliveries.moveCodes()).isEmpty();
        assertThat(data(acme.get(API + "/messages/" + id), 200).path("state").asText())
                .isEqualTo("sent");
    }

    @Test
    void otherPoolsWait() {
        linking.fault(world.acme().account(), new SenderId(master), Fault.LATE_RECEIPTS);
        linking.fault(world.acme().account(), new SenderId(servant), Fault.LATE_RECEIPTS);
        JsonNode first = ordered();
        clock.forward(Duration.ofSeconds(20));

        assertThat(deliveries.moveCodes()).isEmpty();
        assertThat(data(acme.get(API + "/messages/" + first.path("id").asText()), 200)
                        .path("sender")
                        .asText())
                .isEqualTo(first.path("sender").asText());
    }

    @Test
    void noCampaignRunsOverCodes() {
        isForCodes();
        JsonNode campaign =
                data(acme.post(API + "/campaigns", Map.of("name", "Eid", "master", master, "text", "Hello")), 201);
        String path = API + "/campaigns/" + campaign.path("id").asText();
        data(acme.send("POST", path + "/recipients", "text/csv", "phone\n+971500060077\n"), 200);

        assertThat(data(acme.post(path + "/check", Map.of()), 200)
                        .path("warnings")
                        .toString())
                .contains("The pool is for codes.");
        var refused = acme.post(path + "/start", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).contains("The pool is for codes.");
        assertThat(acme.put(API + "/pools/" + master, Map.of("poolClass", "sales"))
                        .error())
                .isEqualTo("poolClass must be any, codes, service or marketing");
    }
}
