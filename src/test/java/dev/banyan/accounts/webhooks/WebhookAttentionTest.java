package dev.banyan.accounts.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What owners read on their start page about webhooks that were stored before addresses were checked, or are off.
@QuarkusTest
class WebhookAttentionTest {

    @Inject
    TestWorld world;

    private TestWorld.Person owner;
    private TestClient client;

    @BeforeEach
    void anAgency() {
        owner = world.agency("attention");
        client = TestClient.of(owner);
    }

    @AfterEach
    void forget() {
        world.sql(
                "DELETE FROM webhook_endpoints WHERE tenant_id = ?",
                owner.account().toString());
    }

    private String webhook(String url) {
        Answer made =
                client.post("/api/admin/webhooks", Map.of("url", "http://127.0.0.1:9/x", "events", List.of("page.*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().findValue("id").asText();
        world.sql("UPDATE webhook_endpoints SET url = ? WHERE id = ?", url, id); // as it was stored then
        return id;
    }

    private String start(TestClient of) {
        return of.get("/admin/dashboard?as=" + owner.username()).text();
    }

    @Test
    void theOwnerReadsWhereNothingArrives() {
        assertThat(start(client)).doesNotContain("Nothing arrives at");
        webhook("https://hooks.example.com/x");
        assertThat(start(client)).doesNotContain("Nothing arrives at");
        webhook("http://10.0.0.1/x");
        assertThat(start(client))
                .contains("Nothing arrives at 1 webhook.", "10.0.0.1", "BANYAN_OUTBOUND_ALLOW", "Open webhooks");
        webhook("http://192.168.0.9/x");
        assertThat(start(client)).contains("Nothing arrives at 2 webhooks.");
    }

    @Test
    void theOwnerReadsWhatIsOffAndWhy() {
        String id = webhook("https://hooks.example.com/x");
        world.sql(
                "UPDATE webhook_endpoints SET is_active = 0, off_reason = 'Set up by someone who left.' WHERE id = ?",
                id);
        assertThat(start(client))
                .contains(
                        "The webhook for hooks.example.com is off.", "Set up by someone who left.", "/" + id + "?as=");
    }

    @Test
    void managersCanDoNothingAboutIt() {
        webhook("http://10.0.0.1/x");
        TestWorld.Person manager = world.person("looker");
        List.of(owner, manager).forEach(world::confirm);
        assertThat(client.form(
                                "/admin/users/people",
                                Map.of(
                                        "as",
                                        owner.username(),
                                        "email",
                                        manager.email(),
                                        "role",
                                        "manager",
                                        "scope",
                                        "all"))
                        .status())
                .isEqualTo(303);
        TestClient ofManager = TestClient.of(manager);
        assertThat(ofManager
                        .post(
                                "/api/admin/UserManagerRespond",
                                Map.of("FromUserId", owner.account().toString(), "State", "accepted"))
                        .status())
                .isEqualTo(200);
        Answer page = ofManager.get("/admin/dashboard?as=" + owner.username());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("Nothing arrives at");
    }
}
