package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.whatsapp.Fault;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages sent and received by the project's side, on the running server.
@QuarkusTest
class NumberMessagesResourceTest {

    private static final String PATH = "/api/whatsapp/messages";
    private static final String IN = "/api/whatsapp/simulator/messages";

    private static final AtomicInteger PHONE = new AtomicInteger(6_000);

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private Workspace sales;
    private TestClient acme;
    private String client = "";

    @BeforeEach
    void acmeHasANumber() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        client = create(acme, sales);
        rooms.scan(sales, client, "+97150000" + PHONE.incrementAndGet());
    }

    private static String create(TestClient caller, Workspace workspace) {
        Answer answer = caller.post(
                "/api/whatsapp/client", Map.of("subClientId", workspace.id().value()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/client/id").asText();
    }

    private Map<String, Object> message(String... more) {
        var body = new HashMap<String, Object>(
                Map.of("subClientId", sales.id().value(), "to", "+971500000201", "text", "Good morning"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return body;
    }

    private Map<String, Object> incoming(String... more) {
        var body = new HashMap<>(message(more));
        body.remove("to");
        return body;
    }

    @Test
    void aMessageIsTakenAndItsStateIsTold() {
        Answer answer = acme.post(PATH, message());

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        JsonNode data = answer.json().path("data");
        assertThat(TestClient.keys(answer.json())).containsExactly("success", "data");
        assertThat(TestClient.keys(data)).startsWith("id", "master").endsWith("createdAt", "changedAt");
        assertThat(data.path("master").asText()).isEqualTo(client);
        assertThat(data.path("to").asText()).isEqualTo("+971500000201");
        String id = data.path("id").asText();
        awaitState(acme, id, "sent");
        clock.forward(Duration.ofSeconds(1));
        awaitState(acme, id, "delivered");
        clock.forward(Duration.ofSeconds(3));
        JsonNode sent = awaitState(acme, id, "read");
        assertThat(sent.path("sender").asText()).isEqualTo(client);
        assertThat(sent.path("text").asText()).isEqualTo("Good morning");
    }

    private static JsonNode awaitState(TestClient caller, String id, String wanted) {
        return Eventually.until(
                () -> {
                    Answer answer = caller.get(PATH + "/" + id);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    return answer.json().path("data");
                },
                data -> data.path("state").asText().equals(wanted));
    }

    @Test
    void aMasterOfThePoolsSendsToo() {
        Answer answer = acme.post(PATH, Map.of("master", client, "to", "00971500000202", "text", "Hi"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().at("/data/to").asText()).isEqualTo("+971500000202");
    }

    @Test
    void aKeyIsOneMessage() {
        TestClient keyed = acme.with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post(PATH, message());
        Answer second = keyed.post(PATH, message());

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(rooms.world().count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", client))
                .isEqualTo(1);
        assertThat(keyed.post(PATH, message("text", "Another")).status()).isEqualTo(422);
    }

    @Test
    void whatIsWrongIsSaid() {
        refused(400, "Missing subClientId or master", Map.of("to", "+971500000201", "text", "Hi"));
        refused(400, "Invalid phone number", message("to", "12"));
        refused(400, "Message is required", message("text", " "));
        refused(400, "Message must be 4096 characters or less (current: 4097)", message("text", "x".repeat(4_097)));
        refused(404, "Sub-client not found", message("subClientId", "scl_1_aaaaaaaaa"));
        refused(404, "Master account not found", Map.of("master", "nobody", "to", "+971500000201", "text", "Hi"));
        assertThat(acme.get(PATH + "/" + UUID.randomUUID()).text())
                .isEqualTo("{\"success\":false,\"error\":\"Message not found\",\"code\":\"not-found\"}");
        assertThat(acme.get(PATH + "/nonsense").status()).isEqualTo(404);
        Workspace silent = rooms.workspace("Silent");
        refused(
                409,
                "WhatsApp client not found",
                message("subClientId", silent.id().value()));
        rooms.suspend(sales);
        refused(409, "Sub-client is suspended", message());
    }

    @Test
    void whatWaitsWhenAWorkspaceIsSuspendedFailsAndSaysSo() {
        rooms.fault(sales, client, Fault.DROP);
        String id = acme.post(PATH, message()).json().at("/data/id").asText();
        awaitState(acme, id, "queued");

        rooms.suspend(sales);

        JsonNode failed = awaitState(acme, id, "failed");
        assertThat(failed.path("error").asText()).isEqualTo("The workspace was suspended before this was sent.");
    }

    @Test
    void whatWaitsWhenTheNumberIsRemovedKeepsWaitingAndIsFoundByItsId() {
        rooms.fault(sales, client, Fault.DROP);
        String id = acme.post(PATH, message()).json().at("/data/id").asText();

        assertThat(acme.delete("/api/whatsapp/client?clientId=" + client).status())
                .isEqualTo(200);

        assertThat(acme.get(PATH + "/" + id).json().at("/data/state").asText()).isEqualTo("queued");
        assertThat(acme.get(PATH + "?master=" + client)
                        .json()
                        .at("/data/messages/0/id")
                        .asText())
                .isEqualTo(id);
        var filter = Map.of("filter", Map.of("master", client));
        assertThat(acme.post(PATH + "/cancel", filter).json().at("/data/done").asInt())
                .isEqualTo(1);
        assertThat(awaitState(acme, id, "canceled").path("id").asText()).isEqualTo(id);
    }

    @Test
    void manyAreDecidedAboutByIdsOrAFilterAfterADryRun() {
        rooms.fault(sales, client, Fault.DROP);
        String first = acme.post(PATH, message()).json().at("/data/id").asText();
        acme.post(PATH, message());
        var byFilter = Map.of("filter", Map.of("master", client, "state", "queued,scheduled"), "dryRun", true);

        Answer planned = acme.post(PATH + "/cancel", byFilter);
        assertThat(planned.json().at("/data").toString())
                .isEqualTo("{\"dryRun\":true,\"matched\":2,\"done\":0,\"more\":false}");
        assertThat(acme.post(PATH + "/requeue", Map.of("ids", List.of(first)))
                        .json()
                        .at("/data/matched")
                        .asInt())
                .as("it waits already")
                .isZero();
        assertThat(TestClient.of(rooms.world().rival())
                        .post(PATH + "/cancel", Map.of("ids", List.of(first)))
                        .status())
                .isEqualTo(404);
        assertThat(acme.post(PATH + "/cancel", Map.of("ids", List.of(first)))
                        .json()
                        .at("/data/done")
                        .asInt())
                .isEqualTo(1);
        assertThat(acme.post(PATH + "/cancel", Map.of("filter", Map.of("master", client)))
                        .json()
                        .at("/data/done")
                        .asInt())
                .isEqualTo(1);

        for (var wrong : Map.<Map<String, ?>, String>of(
                        Map.of(),
                        "Missing ids or filter",
                        Map.of("filter", Map.of()),
                        "filter says nothing, so it would mean every message; say which",
                        Map.of("filter", Map.of("master", client, "state", "sent")),
                        "state must be scheduled or queued",
                        Map.of("filter", Map.of("master", client, "from", "yesterday")),
                        "from must be a time with its offset, such as 2026-11-21T09:30:00+04:00",
                        Map.of("ids", List.of("x")),
                        "ids must be a list of 1 to 1000 message ids")
                .entrySet()) {
            Answer refused = acme.post(PATH + "/cancel", wrong.getKey());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo(wrong.getValue());
        }
    }

    @Test
    void aFieldThatIsNotKnownIsNamedAndNothingIsSent() {
        Answer refused =
                acme.post(PATH, Map.of("master", client, "to", "+971500000201", "text", "Hi", "sendTime", "9"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("sendTime");
        Answer inside = acme.post(
                PATH, Map.of("master", client, "messages", List.of(Map.of("to", "+971500000201", "txt", "Hi"))));
        assertThat(inside.status()).isEqualTo(400);
        assertThat(inside.error()).contains("txt");
    }

    @Test
    void aScheduledMessageWaitsForItsTimeAndSaysSo() {
        Map<String, Object> later = new LinkedHashMap<>(message());
        later.put("sendAt", "2099-01-01T09:00:00+04:00");
        assertThat(acme.post(PATH, later).error()).isEqualTo("sendAt must be within a year");
        later.put(
                "sendAt",
                clock.instant()
                        .plusSeconds(3_600)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());

        JsonNode scheduled = acme.post(PATH, later).json().path("data");
        assertThat(scheduled.path("state").asText()).isEqualTo("scheduled");
        assertThat(scheduled.path("reason").asText()).isEqualTo("scheduled");
        assertThat(scheduled.path("retryAt").asText())
                .isEqualTo(scheduled.path("sendAt").asText());
        assertThat(acme.get(PATH + "/" + scheduled.path("id").asText())
                        .json()
                        .at("/data/history/0/state")
                        .asText())
                .isEqualTo("scheduled");
    }

    @Test
    void somebodyDecidesAboutAnUncertainMessage() {
        String id = acme.post(PATH, message()).json().at("/data/id").asText();
        awaitState(acme, id, "sent");
        assertThat(acme.post(PATH + "/" + id + "/resend", "{}").error()).isEqualTo("This message is sent");
        uncertain(id);
        assertThat(TestClient.of(rooms.world().rival())
                        .post(PATH + "/" + id + "/resend", "{}")
                        .status())
                .isEqualTo(404);

        Answer again = acme.post(PATH + "/" + id + "/resend", "{}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        awaitState(acme, id, "sent");

        uncertain(id);
        Answer given = acme.post(PATH + "/" + id + "/give-up", "{}");
        assertThat(given.json().at("/data/state").asText()).isEqualTo("failed");
        assertThat(given.json().at("/data/error").asText())
                .isEqualTo("Marked as failed. It may have reached the contact.");
        assertThat(rooms.world().select("SELECT action FROM audit_events WHERE target = ? ORDER BY id", id))
                .containsExactly("MessageResent", "MessageGivenUp");
    }

    private void uncertain(String id) {
        rooms.world().sql("UPDATE outgoing_messages SET state = 'uncertain' WHERE id = ?", id);
    }

    private void refused(int status, String error, Map<String, Object> body) {
        Answer answer = acme.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("success").asBoolean()).isFalse();
    }

    @Test
    void membersAndStrangersSendNothing() {
        var admin = rooms.somebody(sales, WorkspaceRole.ADMIN);
        TestClient member = TestClient.anonymous().with("Authorization", "Bearer " + admin.token());
        assertThat(member.post(PATH, message()).status()).isEqualTo(403);
        assertThat(member.post(IN, incoming("from", "+971500000201")).status()).isEqualTo(403);
        assertThat(TestClient.anonymous().post(PATH, message()).status()).isEqualTo(401);

        String id = acme.post(PATH, message()).json().at("/data/id").asText();
        TestClient rival = TestClient.of(rooms.world().rival());
        assertThat(rival.post(PATH, message()).status()).isEqualTo(404);
        assertThat(rival.post(PATH, Map.of("master", client, "to", "+971500000201", "text", "Hi"))
                        .status())
                .isEqualTo(404);
        assertThat(rival.get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(rival.post(IN, incoming("from", "+971500000201")).status()).isEqualTo(404);
    }

    @Test
    void aBrandHasTheNumbersOfItsWorkspacesAlone() {
        AccountContext north = rooms.world()
                .context(rooms.world().acme(), rooms.world().north().username());
        Workspace theirs = rooms.workspace(north, "Branches");
        String as = "?as=" + rooms.world().north().username();
        String number = acme.post(
                        "/api/whatsapp/client" + as,
                        Map.of("subClientId", theirs.id().value()))
                .json()
                .at("/client/id")
                .asText();
        Answer own = acme.post(PATH + as, message("subClientId", theirs.id().value()));
        assertThat(own.status()).as(own.text()).isEqualTo(202);
        String id = own.json().at("/data/id").asText();
        assertThat(acme.get(PATH + "/" + id + as).status()).isEqualTo(200);
        assertThat(acme.get(PATH + "/" + id).status()).as("the agency above").isEqualTo(200);

        String agencys = acme.post(PATH, message()).json().at("/data/id").asText();
        assertThat(acme.get(PATH + "/" + agencys + as).status()).isEqualTo(404);
        assertThat(acme.post(PATH + as, Map.of("master", number, "to", "+971500000201", "text", "Hi"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCustomerOfTheSimulationWrites() {
        Answer answer = acme.post(
                IN, incoming("from", "+971500000201", "name", "Amira Nasser", "text", "Is the clinic open today?"));

        assertThat(answer.text()).isEqualTo("{\"success\":true,\"message\":\"Message received\"}");
        assertThat(rooms.world()
                        .select("SELECT name || ': ' || body FROM incoming_messages WHERE sender_id = ?", client))
                .containsExactly("Amira Nasser: Is the clinic open today?");
        assertThat(acme.post(IN, Map.of("sender", client, "from", "12", "text", "Hi"))
                        .error())
                .isEqualTo("Invalid phone number");
        assertThat(acme.post(IN, Map.of("from", "+971500000201", "text", "Hi")).error())
                .isEqualTo("Missing subClientId or sender");
        assertThat(acme.post(IN, Map.of("sender", client, "from", "+971500000201"))
                        .error())
                .isEqualTo("Message is required");
        Workspace fresh = rooms.workspace("Fresh");
        create(acme, fresh);
        assertThat(acme.post(IN, incoming("subClientId", fresh.id().value(), "from", "+971500000201"))
                        .error())
                .isEqualTo("This number is not linked to a phone");
    }

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0};

    private JsonNode sent(Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("subClientId", sales.id().value(), "to", "+971500000201"));
        body.putAll(more);
        Answer answer = acme.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return awaitState(acme, answer.json().at("/data/id").asText(), "sent");
    }

    private String upload(String name, byte[] content) {
        Answer answer = acme.upload("/api/whatsapp/media", Map.of(), name, content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/data/id").asText();
    }

    @Test
    void everyKindIsSentAndToldAsItWasAskedFor() {
        JsonNode place = sent(Map.of(
                "type", "location", "location", Map.of("latitude", 25.08, "longitude", 55.14, "name", "Marina shop")));
        assertThat(place.path("type").asText()).isEqualTo("location");
        assertThat(place.path("text").asText()).isEqualTo("📍 Marina shop");
        assertThat(place.at("/location/latitude").asDouble()).isEqualTo(25.08);

        JsonNode card = sent(Map.of("type", "contact", "contact", Map.of("name", "Amal K", "phone", "+971500000301")));
        assertThat(card.at("/contacts/0/phone").asText()).isEqualTo("+971500000301");

        JsonNode picture = sent(Map.of("type", "image", "media", upload("shop.png", PNG), "caption", "Our shop"));
        assertThat(picture.path("type").asText()).isEqualTo("image");
        assertThat(picture.path("text").asText()).isEqualTo("Our shop");
        assertThat(picture.at("/media/name").asText()).isEqualTo("shop.png");

        JsonNode buttons = sent(Map.of(
                "type",
                "buttons",
                "text",
                "Tea?",
                "buttons",
                Map.of("buttons", List.of(Map.of("id", "y", "title", "Yes"), Map.of("id", "n", "title", "No")))));
        assertThat(buttons.at("/buttons/buttons/1/title").asText()).isEqualTo("No");

        JsonNode list = sent(Map.of(
                "type",
                "list",
                "text",
                "Which cake?",
                "list",
                Map.of(
                        "button",
                        "Choose",
                        "sections",
                        List.of(Map.of("rows", List.of(Map.of("id", "h", "title", "Honey")))))));
        assertThat(list.at("/list/sections/0/rows/0/title").asText()).isEqualTo("Honey");

        JsonNode answer =
                sent(Map.of("text", "As promised", "replyTo", place.path("id").asText()));
        assertThat(answer.path("type").asText()).isEqualTo("text");
        assertThat(answer.path("replyTo").asText()).isEqualTo(place.path("id").asText());

        JsonNode reaction = sent(Map.of(
                "type",
                "reaction",
                "reaction",
                Map.of("emoji", "👍"),
                "replyTo",
                place.path("id").asText()));
        assertThat(reaction.at("/reaction/emoji").asText()).isEqualTo("👍");
        JsonNode listed =
                acme.get(PATH + "?subClientId=" + sales.id().value()).json().at("/data/messages");
        assertThat(listed.findValues("type")).hasSizeGreaterThanOrEqualTo(7);
        assertThat(acme.get(PATH + "/" + place.path("id").asText())
                        .json()
                        .at("/data/reactions/0/emoji")
                        .asText())
                .isEqualTo("👍");
    }

    @Test
    void whatTheDriverCannotSendIsRefusedAndNothingIsStored() {
        refused(
                400,
                "Simulator can’t send templates.",
                messageOf("type", "template", "template", Map.of("name", "hi", "language", "en")));
        assertThat(acme.get(PATH + "?subClientId=" + sales.id().value())
                        .json()
                        .at("/data/messages")
                        .size())
                .isZero();
    }

    private Map<String, Object> messageOf(Object... more) {
        var body = new HashMap<String, Object>(Map.of("subClientId", sales.id().value(), "to", "+971500000201"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        return body;
    }

    @Test
    void badContentIsNamedOneByOneAndManyMayMixKinds() {
        refused(400, "location is required", messageOf("type", "location"));
        refused(
                400,
                "There is no upload with this id. It may have expired",
                messageOf("type", "image", "media", UUID.randomUUID().toString()));
        refused(400, "media must be an MP4 or 3GP video", messageOf("type", "video", "media", upload("a.png", PNG)));
        refused(
                400,
                "media: This server doesn’t call private addresses such as 10.0.0.1. Its operator can allow this one with"
                        + " BANYAN_OUTBOUND_ALLOW.",
                messageOf("type", "image", "media", "http://10.0.0.1:9/a.png"));
        refused(
                400,
                "replyTo must be the id of a message to or from this contact",
                messageOf("text", "x", "replyTo", UUID.randomUUID().toString()));
        Answer unknown = acme.post(PATH, messageOf("type", "location", "location", Map.of("lat", 1)));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error()).contains("lat");

        Answer many = acme.post(
                PATH,
                Map.of(
                        "subClientId",
                        sales.id().value(),
                        "messages",
                        List.of(
                                Map.of("to", "+971500000202", "text", "Hi"),
                                Map.of("to", "+971500000202", "type", "location"),
                                Map.of(
                                        "to",
                                        "+971500000202",
                                        "type",
                                        "location",
                                        "location",
                                        Map.of("latitude", 1, "longitude", 2)))));
        assertThat(many.status()).as(many.text()).isEqualTo(202);
        assertThat(many.json().at("/data/accepted").asInt()).isEqualTo(2);
        assertThat(many.json().at("/data/messages/1/field").asText()).isEqualTo("location");
    }

    @Test
    void theSameKeyWithOtherContentIsAnotherMessage() {
        Map<String, Object> place =
                messageOf("key", "k-1", "type", "location", "location", Map.of("latitude", 1, "longitude", 2));
        assertThat(acme.post(PATH, place).status()).isEqualTo(202);
        assertThat(acme.post(PATH, place).status()).isEqualTo(202);
        refused(
                400,
                "This key was used for another message",
                messageOf("key", "k-1", "type", "location", "location", Map.of("latitude", 1, "longitude", 3)));
    }

    @Test
    void aCustomerOfTheSimulationDoesEverythingPeopleDo() {
        JsonNode ours = sent(Map.of("text", "Blue or red?"));
        clock.forward(Duration.ofSeconds(2));
        String id = ours.path("id").asText();
        plays(Map.of("text", "Blue", "replyTo", id));
        plays(Map.of("type", "location", "location", Map.of("latitude", 25, "longitude", 55)));
        plays(Map.of("type", "contact", "contact", Map.of("name", "Amal", "phone", "+971500000301")));
        plays(Map.of("type", "document", "media", upload("menu.pdf", "%PDF-1.7 menu".getBytes())));
        plays(Map.of("type", "reaction", "replyTo", id, "reaction", Map.of("emoji", "❤️")));
        plays(Map.of("type", "typing"));
        assertThat(acme.get(PATH + "/" + id).json().at("/data/reactions/0/from").asText())
                .isEqualTo("contact");

        notPlayed("Contacts can’t send messages of type buttons", Map.of("type", "buttons"));
        notPlayed("We can’t find this message in this chat", Map.of("type", "edit", "message", id, "text", "x"));
        notPlayed("We can’t find this message in this chat", Map.of("type", "delete", "message", "nonsense"));
        notPlayed("location is required", Map.of("type", "location"));
    }

    private Answer play(Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("subClientId", sales.id().value(), "from", "+971500000201"));
        body.putAll(more);
        return acme.post(IN, body);
    }

    private void plays(Map<String, Object> more) {
        Answer answer = play(more);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void notPlayed(String error, Map<String, Object> more) {
        Answer answer = play(more);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
    }
}
