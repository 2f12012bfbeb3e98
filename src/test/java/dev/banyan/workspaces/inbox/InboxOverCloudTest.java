package dev.banyan.workspaces.inbox;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;
import dev.banyan.whatsapp.templates.CloudShop;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What comes over the Cloud API, in an inbox: the contact’s messages, and the owner’s own on the phone.
@QuarkusTest
class InboxOverCloudTest {

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private final List<String> hooks = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer receiver;

    private TestWorld world;
    private TestClient acme;
    private TestClient admin;
    private CloudShop shop;
    private Contact amal;
    private Workspace sales;

    @BeforeEach
    void aWorkspaceWithACloudNumber() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            hooks.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        world = rooms.world();
        world.removeConnections();
        acme = TestClient.of(world.acme());
        shop = new CloudShop(acme, clock);
        amal = shop.contact("Amal");
        sales = rooms.workspace("Sales Team");
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        String tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/whatsapp";
        Map<String, String> form = Map.of("as", world.acme().username(), "pool", shop.master);
        assertThat(acme.form(tab + "/attach", form).status()).isEqualTo(303);
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
        receiver.stop(0);
        JsonNode all = acme.get("/api/admin/webhooks").json().path("webhooks");
        all.forEach(webhook ->
                acme.delete("/api/admin/webhooks/" + webhook.path("id").asText()));
    }

    private void listens(String... events) {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
        assertThat(acme.post("/api/admin/webhooks", Map.of("url", url, "events", List.of(events)))
                        .status())
                .isEqualTo(201);
    }

    private List<JsonNode> threads(String list) {
        return data(admin.get("/api/sub-client/inbox/threads?list=" + list + "&shortPath=" + sales.shortPath()), 200)
                .path("threads")
                .valueStream()
                .toList();
    }

    private JsonNode thread(String list, String lastText) {
        return Eventually.until(
                        () -> threads(list),
                        all -> all.size() == 1
                                && all.getFirst().path("lastText").asText().endsWith(lastText))
                .getFirst();
    }

    private List<JsonNode> messages(JsonNode thread) {
        return data(
                        admin.get("/api/sub-client/inbox/threads/"
                                + thread.path("id").asText() + "/messages?shortPath=" + sales.shortPath()),
                        200)
                .path("messages")
                .valueStream()
                .toList();
    }

    private String page(String path) {
        return Eventually.until(() -> acme.get(path), answer -> answer.status() == 200)
                .text();
    }

    private List<String> waiting() {
        return world.select("SELECT waiting_count FROM workspace_inboxes WHERE sub_client_id = '" + sales.id() + "'");
    }

    @Test
    void itIsTheAnswer() {
        listens("conversation.message_created", "message.sent");
        shop.meta.contacts().writes(shop.number, amal, "question");
        thread("open", "question");
        assertThat(waiting()).containsExactly("1");

        String provider = shop.meta.contacts().echoes(shop.number, amal, "answered on the phone");
        shop.meta.contacts().echoes(shop.number, amal, provider, "answered on the phone");

        JsonNode thread = thread("open", "answered on the phone");
        assertThat(thread.path("unread").asInt()).isZero();
        assertThat(waiting()).containsExactly("0");
        assertThat(messages(thread))
                .extracting(message -> message.path("role").asText() + " "
                        + message.path("origin").asText() + " "
                        + message.path("delivery").asText())
                .containsExactly("contact  ", "agent phone sent");
        String id = thread.path("id").asText();
        assertThat(admin.get("/s/" + sales.shortPath() + "/inbox/" + id).text())
                .contains("answered on the phone", "<bdi>Sent from the phone</bdi>");
        assertThat(page("/admin/pools/" + shop.master + "/messages?as="
                        + world.acme().username()))
                .contains("answered on the phone", "Sent from the phone.");
        Eventually.until(hooks::size, count -> count == 3);
        assertThat(hooks)
                .anyMatch(hook -> hook.contains("\"type\":\"message.sent\"") && hook.contains("\"origin\":\"phone\""))
                .anyMatch(hook -> hook.contains("\"type\":\"conversation.message_created\"")
                        && hook.contains("\"origin\":\"phone\"")
                        && hook.contains("\"text\":\"answered on the phone\""));
    }

    @Test
    void whatIsChangedOnThePhoneIsChangedHere() {
        shop.meta.contacts().writes(shop.number, new Contact(amal.digits(), "Amal \u202Eknab"), "question");
        assertThat(thread("open", "question").at("/contact/name").asText()).isEqualTo("Amal knab");
        String provider = shop.meta.contacts().echoes(shop.number, amal, "Old");
        String id = thread("open", "Old").path("id").asText();
        String page = "/s/" + sales.shortPath() + "/inbox/" + id;

        shop.meta.contacts().echoesEdit(shop.number, amal, provider);
        JsonNode edited = messages(thread("open", "New")).getLast();
        assertThat(edited.path("text").asText()).isEqualTo("New");
        assertThat(edited.path("editedAt").isTextual()).isTrue();
        assertThat(admin.get(page).text()).contains("New</div>", " · edited").doesNotContain("Old</div>");

        shop.meta.contacts().echoesDeletion(shop.number, amal, provider);
        JsonNode deleted = messages(thread("open", "Message deleted")).getLast();
        assertThat(deleted.path("deletedAt").isTextual()).isTrue();
        assertThat(admin.get(page).text()).contains("This message was deleted.");
        assertThat(page("/admin/pools/" + shop.master + "/messages?as="
                        + world.acme().username()))
                .contains("New")
                .doesNotContain("Old");
    }

    @Test
    void whatIsReactedWithOnThePhoneIsShownAtItsMessage() {
        String question = shop.meta.contacts().writes(shop.number, amal, "question");
        String id = thread("open", "question").path("id").asText();

        shop.meta.contacts().echoesReaction(shop.number, amal, question, "🙏");

        String page = "/s/" + sales.shortPath() + "/inbox/" + id;
        Eventually.holds(() -> admin.get(page).text().contains("<span class=\"badge\">🙏</span>"));
        assertThat(messages(thread("open", "question"))).hasSize(1);
        assertThat(waiting()).as("it is no answer").containsExactly("1");

        shop.meta.contacts().echoesReaction(shop.number, amal, question, "");
        Eventually.holds(() -> !admin.get(page).text().contains("<span class=\"badge\">🙏</span>"));
    }

    @Test
    void aLongMessageShowsThatItIsCut() {
        shop.meta.contacts().writes(shop.number, amal, "long ".repeat(3_000));

        assertThat(Eventually.until(() -> threads("open"), all -> !all.isEmpty()))
                .hasSize(1);
        assertThat(messages(threads("open").getFirst()).getFirst().path("text").asText())
                .hasSize(8_000)
                .endsWith("ng…");
    }

    @Test
    void whoWasWrittenToFirstNeedsNothing() {
        shop.meta.contacts().echoes(shop.number, amal, "Are you coming?");

        JsonNode thread = thread("closed", "Are you coming?");
        assertThat(thread.at("/contact/phone").asText()).isEqualTo("+" + amal.digits());
        assertThat(thread.path("name").asText()).isEqualTo("Amal");
        assertThat(threads("open")).isEmpty();

        shop.meta.contacts().writes(shop.number, amal, "On my way");
        assertThat(messages(thread("open", "On my way"))).hasSize(2);
    }

    /// Turns the assistant on, and returns its address.
    private String assistant() {
        String assistant = "/api/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/assistant";
        assertThat(acme.put(assistant, Map.of("forContacts", true, "fallback", "Automatic."))
                        .status())
                .isEqualTo(200);
        return assistant;
    }

    @Test
    void theAssistantPausesForAsLongAsIsSet() {
        assistant();
        shop.meta.contacts().writes(shop.number, amal, "xyzzy");
        thread("open", "Automatic.");
        shop.meta.contacts().echoes(shop.number, amal, "I am here myself");
        JsonNode thread = thread("open", "I am here myself");
        assertThat(thread.path("assistantResumesAt").isTextual()).isTrue();
        String page = "/s/" + sales.shortPath() + "/inbox/" + thread.path("id").asText();
        assertThat(admin.get(page).text()).contains("because someone answered on the phone");

        shop.meta.contacts().writes(shop.number, amal, "plugh");
        thread("open", "plugh");
        clock.forward(Duration.ofMinutes(31));
        assertThat(admin.get(page).text()).doesNotContain("because someone answered on the phone");
        shop.meta.contacts().writes(shop.number, amal, "xyzzy?");
        thread("open", "Automatic.");
        assertThat(messages(thread("open", "Automatic.")))
                .extracting(message -> message.path("text").asText())
                .containsExactly(
                        "xyzzy",
                        "This is the automated assistant of " + sales.name() + ".\n\nAutomatic.",
                        "I am here myself",
                        "plugh",
                        "xyzzy?",
                        "Automatic.");
    }

    @Test
    void theAssistantNeedNotPause() {
        String assistant = assistant();
        assertThat(acme.put(assistant, Map.of("phonePause", 10_081)).status()).isEqualTo(400);
        JsonNode saved = data(acme.put(assistant, Map.of("phonePause", 0)), 200);
        assertThat(saved.at("/assistant/phonePause").asInt(-1)).isZero();
        shop.meta.contacts().writes(shop.number, amal, "xyzzy");
        thread("open", "Automatic.");
        shop.meta.contacts().echoes(shop.number, amal, "I am here myself");
        thread("open", "I am here myself");

        shop.meta.contacts().writes(shop.number, amal, "xyzzy?");

        thread("open", "Automatic.");
    }

    @Test
    void whatComesInTheWrongOrderIsShownInTheRightOne() {
        shop.meta.hooks().together(() -> {
            shop.meta.contacts().edits(shop.number, amal, "wamid.f10", "edited");
            shop.meta.contacts().next("wamid.f10").writes(shop.number, amal, "original");
        });

        JsonNode thread = thread("open", "edited");
        assertThat(messages(thread)).hasSize(1);
        assertThat(messages(thread).getFirst().path("editedAt").isTextual()).isTrue();
    }

    /// As after an outage: what was answered on the phone waits for nobody, and the conversation begins once.
    @Test
    void whatComesLateAroundAnAnswerFromThePhoneWaitsOnlyIfItIsNewer() {
        listens("conversation.created", "conversation.message_created");
        shop.meta.hooks().inReverse(() -> {
            shop.meta.contacts().writes(shop.number, amal, "question");
            clock.forward(Duration.ofMinutes(1));
            shop.meta.contacts().echoes(shop.number, amal, "answered on the phone");
            clock.forward(Duration.ofMinutes(1));
            shop.meta.contacts().writes(shop.number, amal, "thanks");
        });

        JsonNode thread = Eventually.until(
                () -> thread("open", "thanks"), found -> messages(found).size() == 3);
        assertThat(messages(thread))
                .extracting(message -> message.path("text").asText())
                .containsExactly("question", "answered on the phone", "thanks");
        assertThat(thread.path("unread").asInt()).isEqualTo(1);
        assertThat(waiting()).containsExactly("1");
        Eventually.until(hooks::size, count -> count == 4);
        assertThat(hooks)
                .filteredOn(hook -> hook.contains("\"type\":\"conversation.created\""))
                .hasSize(1);
    }

    @Test
    void whatWasAnsweredOnThePhoneBeforeItCameNeedsNothing() {
        shop.meta.hooks().inReverse(() -> {
            shop.meta.contacts().writes(shop.number, amal, "question");
            clock.forward(Duration.ofMinutes(1));
            shop.meta.contacts().echoes(shop.number, amal, "answered on the phone");
        });

        JsonNode thread = Eventually.until(
                () -> thread("closed", "answered on the phone"),
                found -> messages(found).size() == 2);
        assertThat(thread.path("unread").asInt()).isZero();
        assertThat(waiting()).containsExactly("0");
    }

    /// Meta tells the second in which a message was written.
    @Test
    void theMomentOfArrivalOrdersTheMessagesOfOneSecond() {
        clock.forward(Duration.ofMillis(1_250 - clock.millis() % 1_000));
        shop.meta.contacts().writes(shop.number, amal, "first");

        assertThat(messages(thread("open", "first"))
                        .getFirst()
                        .path("createdAt")
                        .asText())
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void whereAContactCameFromIsTold() {
        listens("message.received", "conversation.message_created");
        comesFromAnAd();

        JsonNode thread = thread("open", "Hello, I saw your ad");
        assertThat(thread.at("/ad/headline").asText()).isEqualTo("Honey cake");
        assertThat(messages(thread).getFirst().at("/content/ad/click").asText()).isEqualTo("CLID");
        String page = "/s/" + sales.shortPath() + "/inbox/" + thread.path("id").asText();
        assertThat(admin.get(page).text()).contains("From ad ", "“Honey cake”", "href=\"https://fb.me/x\"");
        Eventually.until(hooks::size, count -> count == 2);
        assertThat(hooks).allMatch(hook -> hook.contains("\"headline\":\"Honey cake\""));
    }

    @Test
    void whereAContactCameFromIsToldWithoutAWorkspaceToo() {
        assertThat(acme.form(
                                "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/whatsapp/detach",
                                Map.of("as", world.acme().username()))
                        .status())
                .isEqualTo(303);
        comesFromAnAd();

        Eventually.until(
                () -> acme.get("/api/whatsapp/inbound?master=" + shop.master)
                        .json()
                        .findValuesAsText("headline"),
                List.of("Honey cake")::equals);
    }

    private void comesFromAnAd() {
        shop.meta.contacts().sends(shop.number, amal, "text", message -> {
            message.putObject("text").put("body", "Hello, I saw your ad");
            message.putObject("referral")
                    .put("source_url", "https://fb.me/x")
                    .put("source_id", "120210000000000")
                    .put("source_type", "ad")
                    .put("headline", "Honey cake")
                    .put("body", "20 % off")
                    .put("ctwa_clid", "CLID");
        });
    }

    @Test
    void whatIsReadOnThePhoneIsReadAndMissedCallsAreShown() {
        try (var waha = new WahaShop(clock, acme)) {
            String master = waha.master(Map.of("connection", waha.connection()));
            data(acme.post("/api/whatsapp/masters/" + master + "/link", Map.of()), 200);
            waha.waha.phoneScans(waha.session(master), WahaShop.phone());
            waha.becomes(master, "linked");
            Workspace desk = rooms.workspace("Front Desk");
            String tab = "/projects/" + desk.project() + "/sub-clients/" + desk.id() + "/whatsapp";
            Map<String, String> form = Map.of("as", world.acme().username(), "pool", master);
            assertThat(acme.form(tab + "/attach", form).status()).isEqualTo(303);
            TestClient agent = TestClient.anonymous()
                    .with("Cookie", rooms.somebody(desk, WorkspaceRole.AGENT).cookie());
            String list = "/api/sub-client/inbox/threads?shortPath=" + desk.shortPath();
            Supplier<String> unread = () -> agent.get(list)
                            .json()
                            .at("/data/threads/0/unread")
                            .asText() + " "
                    + agent.get(list).json().at("/data/threads/0/lastText").asText();
            var rania = waha.waha.contact(waha.session(master), new Phone("+971500000712"), "Rania");

            rania.writes("One");
            waha.eventually(unread, "1 One"); // webhooks are processed side by side, and the clock stands still
            String second = rania.writes("Two");
            waha.eventually(unread, "2 Two");
            rania.isReadOnThePhone(second);
            waha.eventually(unread, "0 Two");
            assertThat(world.select(
                            "SELECT waiting_count FROM workspace_inboxes WHERE sub_client_id = '" + desk.id() + "'"))
                    .as("read is not answered")
                    .containsExactly("1");

            String third = rania.writes("Three");
            waha.eventually(unread, "1 Three");
            rania.callsInVain("C0FFEE");
            waha.eventually(unread, "2 📞 Missed call");
            rania.isReadOnThePhone(third);
            waha.eventually(unread, "1 📞 Missed call");
        }
    }

    /// The gateway tells what it sends before it answers, and calls it written on the phone.
    @Test
    void whatWeSendIsNoEchoInAnyOrder() {
        try (var waha = new WahaShop(clock, acme)) {
            waha.waha.tellsOursAsThePhones = true;
            String master = waha.master(Map.of("connection", waha.connection()));
            assertThat(acme.post("/api/whatsapp/masters/" + master + "/link", Map.of())
                            .status())
                    .isEqualTo(200);
            Phone own = WahaShop.phone();
            waha.waha.phoneScans(waha.session(master), own);
            waha.becomes(master, "linked");
            for (int i = 0; i < 20; i++) {
                var body = Map.of(
                        "master", master, "to", "+9715000007" + (10 + i), "text", "Our own " + i, "key", "own-" + i);
                assertThat(acme.post("/api/whatsapp/messages", body).status()).isBetween(200, 202);
            }

            waha.eventually(
                    () -> String.valueOf(waha.waha.sent(waha.session(master)).size()), "20");
            waha.waha
                    .contact(waha.session(master), new Phone("+971500000710"), "Amal")
                    .getsFromThePhone("The last one");

            String list = "/api/whatsapp/messages?master=" + master + "&limit=50";
            Supplier<List<JsonNode>> fromPhone = () -> data(acme.get(list), 200)
                    .path("messages")
                    .valueStream()
                    .filter(message -> message.has("origin"))
                    .toList();
            waha.eventually(() -> String.valueOf(!fromPhone.get().isEmpty()), "true");
            assertThat(fromPhone.get())
                    .extracting(message -> message.path("text").asText())
                    .containsExactly("The last one");
            waha.eventually(
                    () -> world.select("SELECT count(*) FROM gateway_webhooks").getFirst(), "0");
        }
    }
}
