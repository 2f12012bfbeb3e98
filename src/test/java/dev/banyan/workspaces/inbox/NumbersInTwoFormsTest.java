package dev.banyan.workspaces.inbox;

import static dev.banyan.whatsapp.templates.CloudShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
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

/// People in Brazil, Mexico, Argentina, Ivory Coast and Benin, whose numbers are written in two forms, are one person
/// in both.
@QuarkusTest
class NumbersInTwoFormsTest {

    private static final String API = "/api/whatsapp";

    /// Each with the form of WhatsApp first, which people don’t dial, and then the one that people dial.
    private static final Map<String, String> FORMS = Map.of(
            "551187650", "5511987650",
            "5215512340", "525512340",
            "541155550", "5491155550",
            "22507123", "2250707123",
            "22997123", "2290197123");

    private static final AtomicInteger PEOPLE = new AtomicInteger(100);

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private TestWorld world;
    private TestClient acme;
    private TestClient admin;
    private CloudShop shop;
    private Workspace sales;

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
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    /// Someone whom no other test knows, by WhatsApp’s form and the dialled one.
    private record Forms(String whatsApp, String dialled) {}

    private static List<Forms> people() {
        String number = String.valueOf(PEOPLE.incrementAndGet());
        return FORMS.entrySet().stream()
                .map(one -> new Forms(one.getKey() + number, one.getValue() + number))
                .toList();
    }

    private List<JsonNode> threads() {
        return data(admin.get("/api/sub-client/inbox/threads?shortPath=" + sales.shortPath()), 200)
                .path("threads")
                .valueStream()
                .toList();
    }

    private JsonNode threadOf(String text) {
        return Eventually.until(
                        this::threads,
                        all -> all.stream()
                                .anyMatch(one -> one.path("lastText").asText().equals(text)))
                .stream()
                .filter(one -> one.path("lastText").asText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private void writes(String digits, String text) {
        shop.meta.contacts().writes(shop.number, new Contact(digits, "Luz"), text);
    }

    private void sends(String to, String text) {
        assertThat(acme.post(API + "/messages", Map.of("master", shop.master, "to", to, "text", text))
                        .status())
                .as(to)
                .isBetween(200, 202);
    }

    private void optsOut(String digits) {
        writes(digits, "STOP");
        threadOf("STOP");
        Eventually.until(
                () -> shop.sent(),
                all -> all.stream().anyMatch(sent -> sent.to().equals(digits)));
    }

    @Test
    void bothFormsAreOneThread() {
        for (Forms person : people()) {
            int before = threads().size();
            writes(person.whatsApp(), "From " + person.whatsApp());
            JsonNode first = threadOf("From " + person.whatsApp());
            assertThat(first.at("/contact/phone").asText()).isEqualTo("+" + person.dialled());

            writes(person.dialled(), "From " + person.dialled());

            assertThat(threadOf("From " + person.dialled()).path("id")).isEqualTo(first.path("id"));
            assertThat(threads()).hasSize(before + 1);
        }
    }

    @Test
    void aMessageToEitherFormGoesToTheOneThatWhatsAppKnows() {
        for (Forms person : people()) {
            writes(person.whatsApp(), "Hola");
            threadOf("Hola");

            sends("+" + person.whatsApp(), "One");
            sends("+" + person.dialled(), "Other");

            Eventually.until(
                    () -> shop.sent().stream()
                            .filter(sent -> sent.to().equals(person.whatsApp()))
                            .count(),
                    count -> count == 2);
        }
    }

    @Test
    void anOptOutCountsForBothForms() {
        for (Forms person : people()) {
            optsOut(person.whatsApp());

            String campaign = data(
                            acme.post(
                                    API + "/campaigns",
                                    Map.of("name", "Sale", "master", shop.master, "text", "Half price")),
                            201)
                    .path("id")
                    .asText();
            JsonNode added = data(
                    acme.send(
                            "POST",
                            API + "/campaigns/" + campaign + "/recipients",
                            "text/csv",
                            "phone,name\n+" + person.dialled() + ",Luz\n+" + person.whatsApp() + ",Luz\n"),
                    200);
            assertThat(added.path("added").asInt()).isZero();
            assertThat(added.path("optedOut").asInt() + added.path("duplicates").asInt())
                    .isEqualTo(2);
            assertThat(acme.get(API + "/opt-outs").text()).contains("+" + person.dialled());

            assertThat(acme.delete(API + "/opt-outs/" + person.whatsApp()).status())
                    .isEqualTo(200);
            assertThat(acme.get(API + "/opt-outs").text()).doesNotContain("+" + person.dialled());
        }
    }

    @Test
    void aCampaignSendsToBothFormsOnce() {
        List<Forms> people = people();
        String rows = people.stream()
                .map(person -> "+" + person.dialled() + ",Luz\n+" + person.whatsApp() + ",Luz\n")
                .collect(Collectors.joining());
        String campaign = data(
                        acme.post(
                                API + "/campaigns",
                                Map.of("name", "Sale", "master", shop.master, "text", "Half price")),
                        201)
                .path("id")
                .asText();

        JsonNode added = data(
                acme.send("POST", API + "/campaigns/" + campaign + "/recipients", "text/csv", "phone,name\n" + rows),
                200);

        assertThat(added.path("added").asInt()).isEqualTo(people.size());
        assertThat(added.path("duplicates").asInt()).isEqualTo(people.size());
        assertThat(added.path("invalid").asInt()).isZero();
    }
}
