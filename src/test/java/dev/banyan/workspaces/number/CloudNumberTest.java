package dev.banyan.workspaces.number;

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
import dev.banyan.whatsapp.templates.CloudShop;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A number of the Cloud API in a workspace: its pool is attached, and no phone scans anything.
@QuarkusTest
class CloudNumberTest {

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private TestWorld world;
    private TestClient acme;
    private TestClient admin;
    private CloudShop shop;
    private Workspace sales;
    private String tab = "";
    private String inside = "";

    @BeforeEach
    void aWorkspaceWithACloudNumber() {
        world = rooms.world();
        world.removeConnections();
        acme = TestClient.of(world.acme());
        shop = new CloudShop(acme, clock);
        sales = rooms.workspace("Sales Team");
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/whatsapp";
        inside = "/s/" + sales.shortPath() + "/whatsapp";
        assertThat(post("/attach", "pool", shop.master).status()).isEqualTo(303);
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    private String page() {
        return acme.get(tab + "?as=" + world.acme().username()).text();
    }

    private Answer post(String what, String... fields) {
        var form = new LinkedHashMap<String, String>();
        form.put("as", world.acme().username());
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return acme.form(tab + what, form);
    }

    private String state() {
        return data(acme.get(CloudShop.API + "/masters/" + shop.master), 200)
                .path("state")
                .asText();
    }

    @Test
    void bothSidesSeeThatItIsConnected() {
        for (String shown : new String[] {page(), admin.get(inside).text()}) {
            assertThat(shown)
                    .contains("Linked: <bdi>+971", "It stays registered with WhatsApp.")
                    .doesNotContain("This number is a simulation.", "The phone is signed out", "Code 1 of");
        }
        JsonNode client = acme.get("/api/whatsapp/client?subClientId=" + sales.id())
                .json()
                .path("client");
        assertThat(client.path("id").asText()).isEqualTo(shop.master);
    }

    @Test
    void itsMessagesReachTheWorkspaceAndTheAnswersTheContact() {
        Contact amal = shop.contact("Amal");
        shop.meta.contacts().writes(shop.number, amal, "Is the clinic open?");
        Eventually.until(
                () -> admin.get("/s/" + sales.shortPath() + "/inbox").text(),
                inbox -> inbox.contains("Is the clinic open?"));

        Answer ordered = acme.post(
                "/api/whatsapp/messages",
                Map.of("subClientId", sales.id().value(), "to", "+" + amal.digits(), "text", "Until six."));

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        Eventually.until(
                shop::sent,
                sent -> sent.stream()
                        .anyMatch(one -> one.to().equals(amal.digits())
                                && one.body().at("/text/body").asText().equals("Until six.")));
    }

    @Test
    void itIsConnectedAgainWithoutACode() {
        assertThat(admin.form(inside + "/unlink").status()).isEqualTo(303);
        assertThat(admin.get(inside).text())
                .contains("is not connected.", "It needs no code", "Connect number")
                .doesNotContain("Scan a new code", "Show a new code");

        assertThat(admin.form(inside + "/link").status()).isEqualTo(303);
        Eventually.until(this::state, "linked"::equals);
        assertThat(admin.get(inside).text()).contains("Linked: <bdi>+971");
        assertThat(admin.form(inside + "/pair").status()).isIn(303, 422);
    }

    @Test
    void whatWhatsAppSaysAgainstItIsShown() {
        assertThat(post("/unlink").status()).isEqualTo(303);
        shop.number.set("status", "PENDING");

        assertThat(post("/link").status()).isEqualTo(303);

        String shown =
                Eventually.until(this::page, page -> page.contains("Finish its registration in WhatsApp Manager."));
        assertThat(shown).contains("Connect number").doesNotContain("Manager..", "Waiting for scan");
        shop.number.set("status", "CONNECTED");
    }

    @Test
    void aTokenThatIsRefusedIsSaid() {
        assertThat(post("/unlink").status()).isEqualTo(303);
        shop.meta.token("another");

        assertThat(post("/link").status()).isEqualTo(303);

        Eventually.until(this::page, page -> page.contains("token") && page.contains("Connect number"));
    }
}
