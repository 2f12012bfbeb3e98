package dev.banyan.workspaces.inbox;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;
import dev.banyan.whatsapp.drivers.cloud.FakeSending;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.templates.CloudShop;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People whose phone number WhatsApp hides write to a workspace, and get answers.
@QuarkusTest
class HiddenContactsTest {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private TestWorld world;
    private TestClient acme;
    private TestClient admin;
    private CloudShop shop;
    private Workspace sales;
    private String user = "";

    @BeforeEach
    void aWorkspaceWithACloudNumber() {
        world = rooms.world();
        world.removeConnections();
        acme = TestClient.of(world.acme());
        shop = new CloudShop(acme, clock);
        sales = rooms.workspace("Sales Team");
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        String tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/whatsapp";
        Map<String, String> form = Map.of("as", world.acme().username(), "pool", shop.master);
        assertThat(acme.form(tab + "/attach", form).status()).isEqualTo(303);
        user = "AE.1349120865530274" + (1_000 + PEOPLE.incrementAndGet());
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    private String threads() {
        return "/api/sub-client/inbox/threads?shortPath=" + sales.shortPath();
    }

    private List<JsonNode> shown() {
        return data(admin.get(threads()), 200).path("threads").valueStream().toList();
    }

    /// Waits for a message, and returns the thread in which it is the last one.
    private JsonNode threadOf(String text) {
        return Eventually.until(
                        this::shown,
                        all -> all.stream()
                                .anyMatch(one -> one.path("lastText").asText().equals(text)))
                .stream()
                .filter(one -> one.path("lastText").asText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private void writes(Contact contact, String text) {
        shop.meta.contacts().writes(shop.number, contact, text);
    }

    /// Waits until all that Meta has told is processed: webhooks are worked on beside each other.
    private void processed() {
        Eventually.until(
                () -> world.select("SELECT id FROM gateway_webhooks WHERE connection_id = ?", shop.connection),
                List::isEmpty);
    }

    private List<String> texts(JsonNode thread) {
        String messages = "/api/sub-client/inbox/threads/" + thread.path("id").asText() + "/messages?shortPath=";
        return data(admin.get(messages + sales.shortPath()), 200)
                .path("messages")
                .valueStream()
                .map(one -> one.path("text").asText())
                .toList();
    }

    private FakeSending.Sent sent(String text) {
        Predicate<FakeSending.Sent> isIt =
                one -> one.body().at("/text/body").asText().equals(text);
        return Eventually.until(shop::sent, all -> all.stream().anyMatch(isIt)).stream()
                .filter(isIt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoHasAUsernameIsShownAndFoundByIt() {
        writes(new Contact("", "Amal", user, "amal.k"), "Is it open on Sunday?");
        JsonNode thread = threadOf("Is it open on Sunday?");
        assertThat(thread.at("/contact/username").asText()).isEqualTo("amal.k");
        assertThat(world.select("SELECT username FROM incoming_messages WHERE body = ?", "Is it open on Sunday?"))
                .containsExactly("amal.k");

        writes(new Contact("", "Amal", user, "amal.baker"), "I have another name now");
        assertThat(threadOf("I have another name now").at("/contact/username").asText())
                .isEqualTo("amal.baker");
        String path = "/s/" + sales.shortPath() + "/inbox/" + thread.path("id").asText();
        assertThat(admin.get(path).text()).contains(" · @amal.baker");
        assertThat(data(admin.get(threads() + "&search=amal.baker"), 200).path("threads"))
                .hasSize(1);
        writes(new Contact("", "Amal", user), "Without one");
        assertThat(threadOf("Without one").at("/contact/username").asText()).isEqualTo("amal.baker");
    }

    @Test
    void whoHidesTheNumberIsShownAndAnswered() {
        writes(new Contact("", "Hidden", user), "Is it open today?");

        JsonNode thread = threadOf("Is it open today?");
        assertThat(thread.path("name").asText()).isEqualTo("Hidden");
        assertThat(thread.at("/contact/phone").isNull()).isTrue();
        assertThat(thread.at("/contact/id").isTextual()).isTrue();
        String page = admin.get("/s/" + sales.shortPath() + "/inbox/"
                        + thread.path("id").asText())
                .text();
        assertThat(page).contains("Is it open today?", "Hidden number …" + user.substring(user.length() - 4));

        Answer replied = admin.post(
                "/api/sub-client/inbox/threads/" + thread.path("id").asText() + "/messages?shortPath="
                        + sales.shortPath(),
                Map.of("message", "Until six."));
        assertThat(replied.status()).as(replied.text()).isBetween(200, 202);

        assertThat(sent("Until six.").body().path("recipient").asText()).isEqualTo(user);
        assertThat(sent("Until six.").body().has("to")).isFalse();
    }

    @Test
    void whoWasKnownWithANumberStaysTheSame() {
        Contact amal = shop.contact("Amal");
        writes(new Contact(amal.digits(), "Amal", user), "With number and user id");
        JsonNode first = threadOf("With number and user id");

        writes(new Contact("", "Amal", user), "The user id alone");

        JsonNode second = threadOf("The user id alone");
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.at("/contact/phone").asText()).isEqualTo("+" + amal.digits());
        assertThat(shown()).hasSize(1);
    }

    @Test
    void theThreadGoesOnWhenTheNumberIsLearned() {
        writes(new Contact("", "Amal", user), "The user id alone");
        JsonNode hidden = threadOf("The user id alone");
        writes(new Contact("", "Amal", user), "STOP");
        threadOf("STOP");
        assertThat(sent(OptOutSettings.DEFAULT.outAnswer()).to()).isEqualTo(user);
        assertThat(texts(hidden))
                .as("the answer stands below the word")
                .endsWith("STOP", OptOutSettings.DEFAULT.outAnswer());
        Contact amal = shop.contact("Amal");

        writes(new Contact(amal.digits(), "Amal", user), "Here is my number");

        JsonNode known = threadOf("Here is my number");
        assertThat(known.path("id")).isEqualTo(hidden.path("id"));
        assertThat(known.at("/contact/phone").asText()).isEqualTo("+" + amal.digits());
        assertThat(shown()).hasSize(1);
        assertThat(acme.get("/api/whatsapp/opt-outs").text())
                .as("an opt-out follows the person")
                .contains("+" + amal.digits())
                .doesNotContain(user);
    }

    @Test
    void twoThreadsOfOnePersonAreBothKept() {
        Contact amal = shop.contact("Amal");
        writes(new Contact("", "Amal", user), "As a stranger");
        JsonNode hidden = threadOf("As a stranger");
        writes(amal, "With the number");
        JsonNode known = threadOf("With the number");
        assertThat(known.path("id")).as("an equal name proves nothing").isNotEqualTo(hidden.path("id"));

        writes(new Contact(amal.digits(), "Amal", user), "With both");

        assertThat(threadOf("With both").path("id")).isEqualTo(known.path("id"));
        String page = admin.get("/s/" + sales.shortPath() + "/inbox/"
                        + hidden.path("id").asText())
                .text();
        assertThat(page).contains("As a stranger", "This is +" + amal.digits());
    }

    /// Otherwise what a person hasn't answered yet would be gone from the list, and the assistant would answer it.
    @Test
    void whatWaitsInOneThreadOfAPersonWaitsInTheOther() {
        Contact amal = shop.contact("Amal");
        writes(amal, "With the number");
        JsonNode known = threadOf("With the number");
        String of = "/api/sub-client/inbox/threads/";
        assertThat(admin.put(of + known.path("id").asText(), Map.of("shortPath", sales.shortPath(), "state", "closed"))
                        .status())
                .isEqualTo(200);
        writes(new Contact("", "Amal", user), "As a stranger");
        JsonNode hidden = threadOf("As a stranger");
        assertThat(admin.post(
                                of + hidden.path("id").asText() + "/messages",
                                Map.of("shortPath", sales.shortPath(), "message", "One moment."))
                        .status())
                .isEqualTo(201);
        writes(new Contact("", "Amal", user), "Are you there?");
        threadOf("Are you there?");

        shop.meta.contacts().named(amal.digits(), user);

        JsonNode open = Eventually.until(
                        this::shown,
                        all -> all.size() == 1 && all.getFirst().path("id").equals(known.path("id")))
                .getFirst();
        assertThat(open.path("unread").asInt()).isEqualTo(1);
        assertThat(open.path("handedOver").asBoolean()).isTrue();
        assertThat(texts(open)).anyMatch(text -> text.endsWith(" goes on here"));
    }

    @Test
    void whoTurnedOutToBeTwoIsTwoAgain() {
        Contact amal = shop.contact("Amal");
        var hidden = new Contact("", "Amal", user);
        writes(hidden, "STOP");
        JsonNode stranger = threadOf("STOP");
        writes(amal, "With the number");
        String known = threadOf("With the number").path("id").asText();
        writes(new Contact(amal.digits(), "Amal", user), "With both");
        assertThat(threadOf("With both").path("id").asText()).isEqualTo(known);
        assertThat(shown()).hasSize(1);
        String api = "/api/sub-client/inbox/threads/" + known;
        String own = "?shortPath=" + sales.shortPath();
        assertThat(data(admin.get(api + own), 200).at("/merge/with").isNull()).isTrue();
        String page = "/s/" + sales.shortPath() + "/inbox/" + known;
        assertThat(admin.get(page).text()).contains("Undo this merge?");

        Workspace other = rooms.workspace("Other Team");
        TestClient outsider = TestClient.anonymous()
                .with("Cookie", rooms.somebody(other, WorkspaceRole.ADMIN).cookie());
        assertThat(outsider.delete(api + "/merge?shortPath=" + other.shortPath())
                        .status())
                .isEqualTo(404);
        assertThat(admin.form(page + "/undo-merge", Map.of()).status()).isEqualTo(303);

        assertThat(shown()).hasSize(2);
        assertThat(acme.get("/api/whatsapp/opt-outs").text()).contains("+" + amal.digits(), user);
        writes(new Contact(amal.digits(), "Amal", user), "With both again");
        assertThat(threadOf("With both again").path("id").asText()).isEqualTo(known);
        writes(hidden, "The user id alone");
        JsonNode parted = threadOf("The user id alone");
        assertThat(parted.path("id")).isEqualTo(stranger.path("id"));
        assertThat(parted.at("/contact/phone").isNull()).isTrue();
        assertThat(admin.delete(api + "/merge" + own).status()).isEqualTo(409);
    }

    @Test
    void whatNamesBothWithoutAMessageIsEnough() {
        Contact amal = shop.contact("Amal");
        writes(new Contact("", "Amal", user), "The user id alone");
        JsonNode hidden = threadOf("The user id alone");

        shop.meta.contacts().named(amal.digits(), user);
        Eventually.until(() -> shown().getFirst().at("/contact/phone").asText(), ("+" + amal.digits())::equals);

        writes(amal, "The number alone");
        assertThat(threadOf("The number alone").path("id")).isEqualTo(hidden.path("id"));
    }

    @Test
    void whoChangesTheNumberStaysTheSame() {
        Contact amal = shop.contact("Amal");
        var next = new Contact(amal.digits().replaceFirst("97150", "97155"), "Amal");
        writes(amal, "STOP");
        JsonNode before = threadOf("STOP");

        shop.meta.contacts().changesNumber(shop.number, amal, next.digits());
        Eventually.until(() -> shown().getFirst().at("/contact/phone").asText(), ("+" + next.digits())::equals);
        writes(next, "From my new number");

        assertThat(threadOf("From my new number").path("id")).isEqualTo(before.path("id"));
        assertThat(shown()).hasSize(1);
        assertThat(acme.get("/api/whatsapp/opt-outs").text())
                .contains("+" + next.digits())
                .doesNotContain("+" + amal.digits());
    }

    @Test
    void aChangeOfTheNumberCanBeUndone() {
        Contact amal = shop.contact("Amal");
        var next = new Contact(amal.digits().replaceFirst("97150", "97155"), "Amal");
        writes(amal, "STOP");
        JsonNode thread = threadOf("STOP");
        shop.meta.contacts().changesNumber(shop.number, amal, next.digits());
        Eventually.until(() -> shown().getFirst().at("/contact/phone").asText(), ("+" + next.digits())::equals);

        String merge = "/api/sub-client/inbox/threads/" + thread.path("id").asText() + "/merge?shortPath=";
        JsonNode parted = data(admin.delete(merge + sales.shortPath()), 200).path("thread");

        assertThat(parted.at("/contact/phone").asText()).isEqualTo("+" + amal.digits());
        assertThat(texts(thread).getLast()).endsWith(" separated this contact from +" + next.digits());
        assertThat(acme.get("/api/whatsapp/opt-outs").text()).contains("+" + amal.digits(), "+" + next.digits());
    }

    /// Webhooks are worked on beside each other.
    @Test
    void theNoticeOfAChangedNumberMayComeAfterAMessageFromIt() {
        Contact amal = shop.contact("Amal");
        var next = new Contact(amal.digits().replaceFirst("97150", "97155"), "Amal");
        writes(amal, "STOP");
        threadOf("STOP");
        writes(next, "From my new number");
        threadOf("From my new number");

        shop.meta.contacts().changesNumber(shop.number, amal, next.digits());

        List<JsonNode> open = Eventually.until(this::shown, threads -> threads.size() == 1);
        assertThat(open.getFirst().path("lastText").asText()).isEqualTo("From my new number");
        Eventually.until(
                () -> acme.get("/api/whatsapp/opt-outs").text(),
                text -> text.contains("+" + next.digits()) && !text.contains("+" + amal.digits()));
    }

    @Test
    void whoGetsAnotherUserIdStaysTheSame() {
        var amal = new Contact("", "Amal", user);
        writes(amal, "STOP");
        String thread = threadOf("STOP").path("id").asText();

        shop.meta.contacts().changesUserId(shop.number, amal, user + "1");
        processed();
        writes(new Contact("", "Amal", user + "1"), "With my second id");
        assertThat(threadOf("With my second id").path("id").asText()).isEqualTo(thread);

        String digits = shop.contact("Amal").digits();
        shop.meta.contacts().updatesUserId(user + "1", user + "2", digits);
        processed();
        writes(new Contact(digits, "Amal"), "With my number");
        assertThat(threadOf("With my number").path("id").asText()).isEqualTo(thread);
        writes(amal, "What came late");
        assertThat(threadOf("What came late").path("id").asText()).isEqualTo(thread);

        // Another number than the one before isn't told: the thread stays under the one that is known.
        shop.meta.contacts().changesUserId(shop.number, new Contact("", "Amal", user + "2"), user + "3");
        processed();
        writes(new Contact("", "Amal", user + "3"), "With my fourth id");
        assertThat(threadOf("With my fourth id").path("id").asText()).isEqualTo(thread);

        assertThat(shown()).hasSize(1);
        assertThat(acme.get("/api/whatsapp/opt-outs").text())
                .contains("+" + digits)
                .doesNotContain(user);
    }

    @Test
    void whoStopsMarketingInWhatsAppIsLeftAlone() {
        Contact amal = shop.contact("Amal");
        shop.meta.contacts().prefers(shop.number, amal, "stop");
        Eventually.until(() -> acme.get("/api/whatsapp/opt-outs").text(), text -> text.contains("+" + amal.digits()));

        shop.meta.contacts().prefers(shop.number, amal, "resume");
        Eventually.until(() -> acme.get("/api/whatsapp/opt-outs").text(), text -> !text.contains("+" + amal.digits()));
    }

    @Test
    void whoHidesTheNumberCanBeAskedForIt() {
        var hidden = new Contact("", "Amal", user);
        writes(hidden, "Hello");
        String path = "/s/" + sales.shortPath() + "/inbox/"
                + threadOf("Hello").path("id").asText();
        assertThat(admin.get(path).text()).contains("Ask for phone number");
        assertThat(asked(path).status()).isEqualTo(303);

        JsonNode body =
                Eventually.until(
                                shop::sent,
                                all -> all.stream().anyMatch(one -> one.body().has("interactive")))
                        .stream()
                        .filter(one -> one.body().has("interactive"))
                        .findFirst()
                        .orElseThrow()
                        .body();
        assertThat(body.at("/interactive/type").asText()).isEqualTo("request_contact_info");
        assertThat(body.at("/interactive/action/name").asText()).isEqualTo("request_contact_info");
        assertThat(body.at("/interactive/body/text").asText()).isEqualTo("May we have your number?");
        assertThat(body.path("recipient").asText()).isEqualTo(user);

        // The card of someone else proves nothing.
        Contact amal = shop.contact("Amal");
        String other = shop.contact("Other").digits();
        shop.meta.contacts().sharesCard(shop.number, hidden, other, "");
        threadOf("Card " + other);
        writes(hidden, "That was a friend");
        assertThat(threadOf("That was a friend").at("/contact/phone").isNull()).isTrue();

        shop.meta.contacts().sharesCard(shop.number, hidden, amal.digits(), "contact_request/other");
        Eventually.until(() -> shown().getFirst().at("/contact/phone").asText(), ("+" + amal.digits())::equals);
        assertThat(admin.get(path).text()).doesNotContain("Ask for phone number");
        assertThat(asked(path).text()).contains("WhatsApp can’t ask this contact.");
    }

    private Answer asked(String path) {
        return admin.form(
                path + "/phone", Map.of("key", UUID.randomUUID().toString(), "message", "May we have your number?"));
    }

    @Test
    void numbersOfOnePortfolioKnowOnePerson() {
        var hidden = new Contact("", "Amal", user);
        writes(hidden, "To the first number");
        String thread = threadOf("To the first number").path("id").asText();
        try (var other = new CloudShop(acme, clock, shop)) {
            other.meta.contacts().writes(other.number, hidden, "STOP");
            assertThat(threadOf("STOP").path("id").asText())
                    .as("Meta hasn’t told yet whose the second number is")
                    .isNotEqualTo(thread);

            other.meta.portfolio(Optional.of(shop.meta.portfolio()));
            data(acme.post("/api/whatsapp/connections/" + other.connection + "/check", Map.of()), 200);

            assertThat(shown()).extracting(one -> one.path("id").asText()).containsExactly(thread);
            String key = user + "@portfolio:" + shop.meta.portfolio();
            assertThat(acme.get("/api/whatsapp/opt-outs").text())
                    .contains(key)
                    .doesNotContain(user + "@" + other.connection);
            other.meta.contacts().writes(other.number, hidden, "To the second number");
            assertThat(threadOf("To the second number").path("id").asText()).isEqualTo(thread);
            data(
                    acme.post(
                            "/api/whatsapp/messages",
                            Map.of(
                                    "master",
                                    shop.master,
                                    "to",
                                    user + "@" + shop.connection,
                                    "text",
                                    "From the number that was written to last")),
                    202);
            Eventually.until(
                    other::sent,
                    all -> all.stream()
                            .anyMatch(one -> one.body()
                                    .at("/text/body")
                                    .asText()
                                    .equals("From the number that was written to last")));

            other.meta
                    .contacts()
                    .writes(other.number, new Contact(shop.contact("Amal").digits(), "Amal", user), "My number");
            threadOf("My number");
            writes(hidden, "To the first number again");
            assertThat(threadOf("To the first number again").path("id").asText())
                    .isEqualTo(thread);
            assertThat(shown()).hasSize(1);
        }
    }

    @Test
    void aPoolThatTheContactDoesNotKnowCantWrite() {
        writes(new Contact("", "Amal", user), "Hello");
        threadOf("Hello");
        String another = data(acme.post("/api/whatsapp/masters", Map.of("displayName", "Another " + user)), 201)
                .path("id")
                .asText();

        Answer refused = acme.post(
                "/api/whatsapp/messages",
                Map.of("master", another, "to", user + "@" + shop.connection, "text", "Hello"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains("WhatsApp hides this contact’s phone number");
    }
}
