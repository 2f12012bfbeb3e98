package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ContextResourceTest {

    private static final String NOT_MANAGED = "{\"error\":\"Unauthorized: You do not manage this sub-account\"}";
    private static final String SUSPENDED = "{\"error\":\"Invalid sub-account\"}";

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    private static Answer switchTo(TestClient client, Object id) {
        return client.post("/api/admin/SwitchToSubAccount", Map.of("subAccountId", id));
    }

    private static JsonNode active(TestClient client) {
        Answer answer = client.get("/api/admin/GetActiveContext");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("activeContext");
    }

    private static String activeName(TestClient client) {
        return active(client).path("username").asText();
    }

    private void setStatus(TestWorld.Brand brand, String status) {
        world.sql(
                "UPDATE accounts SET status = ? WHERE id = ?",
                status,
                brand.id().toString());
    }

    // Shapes

    @Test
    void theOwnAccountIsTheContextAtFirst() {
        Answer answer = acme.get("/admin/GetActiveContext");
        assertThat(answer.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .set(
                                "activeContext",
                                TestClient.JSON
                                        .createObjectNode()
                                        .put("userId", world.acme().account().toString())
                                        .put("username", world.acme().username())
                                        .put("isSubAccountContext", false)));
    }

    @Test
    void switchingAnswersAsTheSeedSays() {
        JsonNode context = TestClient.JSON
                .createObjectNode()
                .put("userId", world.north().id().toString())
                .put("username", world.north().username())
                .put("parentUserId", world.acme().account().toString())
                .put("isSubAccountContext", true);
        Answer switched = switchTo(acme, world.north().id());
        assertThat(switched.status()).as(switched.toString()).isEqualTo(200);
        assertThat(switched.json().path("message").asText()).isEqualTo("Switched to sub-account context");
        assertThat(switched.json().path("activeContext")).isEqualTo(context);
        assertThat(active(acme)).isEqualTo(context);
    }

    @Test
    void switchingBackAnswersAsTheSeedSays() {
        switchTo(acme, world.north().id());
        for (int i = 0; i < 2; i++) {
            Answer back = acme.post("/admin/SwitchToParentAccount", "");
            assertThat(back.status()).as(back.toString()).isEqualTo(200);
            assertThat(back.json().path("message").asText()).isEqualTo("Switched back to parent account context");
            assertThat(back.json().at("/activeContext/username").asText())
                    .isEqualTo(world.acme().username());
            assertThat(back.json().path("activeContext").has("parentUserId")).isFalse();
        }
        assertThat(activeName(acme)).isEqualTo(world.acme().username());
    }

    @Test
    void theBodyMayUseTheClientsNames() {
        for (String name : List.of("subAccountId", "userId", "UserId")) {
            Answer answer = acme.post(
                    "/api/admin/SwitchToSubAccount", Map.of(name, world.north().id()));
            assertThat(answer.status()).as(name + answer).isEqualTo(200);
        }
    }

    @Test
    void switchingIsAudited() {
        switchTo(acme, world.north().id());
        assertThat(world.select(
                        "SELECT identity_id || ' ' || account_id || ' ' || details FROM audit_events"
                                + " WHERE action = 'ContextSwitched' AND tenant_id = ?",
                        world.acme().account().toString()))
                .containsExactly(world.acme().identity() + " " + world.north().id() + " {\"username\":\""
                        + world.north().username() + "\"}");
    }

    // Explicit > session > own

    @Test
    void theSessionsContextBeatsTheOwnAccount() {
        switchTo(acme, world.north().id());
        Answer page = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        assertThat(page.json().at("/page/userId").asText())
                .isEqualTo(world.north().id().toString());
    }

    @Test
    void aNamedAccountBeatsTheSessionsContext() {
        switchTo(acme, world.north().id());
        for (String naming : List.of(
                "subAccountId=" + world.south().id(),
                "UserId=" + world.south().id(),
                "UserId=" + world.south().username(),
                "as=" + world.south().username().toUpperCase(Locale.ROOT))) {
            assertThat(acme.get("/api/admin/GetActiveContext?" + naming)
                            .json()
                            .at("/activeContext/username")
                            .asText())
                    .as(naming)
                    .isEqualTo(world.south().username());
        }
        assertThat(acme.get("/api/admin/GetActiveContext?UserId=" + world.acme().account())
                        .json()
                        .at("/activeContext/isSubAccountContext")
                        .asBoolean(true))
                .isFalse();
        assertThat(activeName(acme)).isEqualTo(world.north().username());
    }

    @Test
    void twoSessionsHaveTwoContexts() {
        var second = TestClient.withSession(world.newSession(world.acme().email()));
        switchTo(acme, world.north().id());
        switchTo(second, world.south().id());
        assertThat(activeName(acme)).isEqualTo(world.north().username());
        assertThat(activeName(second)).isEqualTo(world.south().username());
        assertThat(activeName(
                        TestClient.withSession(world.newSession(world.acme().email()))))
                .isEqualTo(world.acme().username());
    }

    @Test
    void twoTabsCannotConfuseEachOther() {
        switchTo(acme, world.south().id()); // in the other tab
        Answer created = acme.form("/admin/pages", "as", world.north().username(), "name", "First", "slug", "first");
        assertThat(created.status()).as(created.toString()).isEqualTo(303);
        assertThat(created.location()).contains("as=" + world.north().username());
        assertThat(world.select(
                        "SELECT account_id FROM pages WHERE tenant_id = ?",
                        world.acme().account().toString()))
                .containsExactly(world.north().id().toString());
        assertThat(acme.get("/admin/dashboard?as=" + world.north().username()).text())
                .contains("as=" + world.north().username())
                .doesNotContain("?as=" + world.south().username());
    }

    // Errors

    @Test
    void foreignUnknownDeletedAndMalformedOnesLookAlike() {
        setStatus(world.south(), "deleted");
        for (Object id : List.of(
                world.east().id(),
                world.east().username(),
                world.rival().account(),
                world.solo().account(),
                "018f0000-0000-7000-8000-000000000000",
                world.south().id(),
                world.south().username(),
                "nonsense",
                "")) {
            Answer answer = switchTo(acme, id);
            assertThat(answer.status()).as("%s", id).isEqualTo(404);
            assertThat(answer.text()).as("%s", id).isEqualTo(NOT_MANAGED);
            if (!id.toString().isEmpty()) {
                for (String name : List.of("subAccountId", "UserId")) {
                    Answer named = acme.get("/api/admin/GetPages?" + name + "=" + id);
                    assertThat(named.status()).as("%s=%s", name, id).isEqualTo(404);
                    assertThat(named.text()).as("%s=%s", name, id).isEqualTo(NOT_MANAGED);
                }
            }
        }
        assertThat(activeName(acme)).isEqualTo(world.acme().username());
    }

    @Test
    void theOwnAccountIsNoSubAccount() {
        Answer answer = switchTo(acme, world.acme().account());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo(NOT_MANAGED);
    }

    @Test
    void aSuspendedOneIsInvalid() {
        setStatus(world.north(), "suspended");
        assertThat(switchTo(acme, world.north().id()).status()).isEqualTo(404);
        assertThat(switchTo(acme, world.north().id()).text()).isEqualTo(SUSPENDED);
        for (String verb : List.of("GetPages", "GetLinks", "GetActiveContext")) {
            Answer answer = acme.get(
                    "/api/admin/" + verb + "?subAccountId=" + world.north().id());
            assertThat(answer.status()).as(verb).isEqualTo(404);
            assertThat(answer.text()).as(verb).isEqualTo(SUSPENDED);
        }
        assertThat(acme.get("/admin/dashboard?as=" + world.north().username()).status())
                .isEqualTo(404);
        // Still unknown to a stranger.
        assertThat(switchTo(TestClient.of(world.rival()), world.north().id()).text())
                .isEqualTo(NOT_MANAGED);
    }

    @Test
    void theContextEndsWhenTheRelationEnds() {
        for (String status : List.of("suspended", "deleted")) {
            setStatus(world.north(), "active");
            switchTo(acme, world.north().id());
            assertThat(activeName(acme)).isEqualTo(world.north().username());
            setStatus(world.north(), status);
            for (Answer answer : List.of(
                    acme.get("/api/admin/GetActiveContext"),
                    acme.post("/api/admin/CreatePage", Map.of("slug", "page-" + status, "name", status)))) {
                assertThat(answer.status()).as(status).isEqualTo(404);
                assertThat(answer.text()).as(status).isEqualTo(SUSPENDED);
            }
            assertThat(world.select(
                            "SELECT id FROM pages WHERE tenant_id = ?",
                            world.acme().account().toString()))
                    .as("pages written after the end")
                    .isEmpty();
        }
    }

    @Test
    void whoIsNobodyHasNoContext() {
        for (Answer answer : List.of(
                TestClient.anonymous().get("/api/admin/GetActiveContext"),
                TestClient.anonymous().post("/api/admin/SwitchToParentAccount", ""),
                switchTo(TestClient.anonymous(), world.north().id()))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"error\":\"Unauthorized\"}");
        }
    }

    @Test
    void anOperatorWithoutAccountHasNoContext() {
        var operator = TestClient.withSession(world.operatorToken());
        assertThat(operator.get("/api/admin/GetActiveContext").status()).isEqualTo(403);
        assertThat(operator.get("/admin/dashboard").location()).isEqualTo("/operator");
    }

    // The switcher of the pages

    @Test
    void theSwitcherSwitchesThePagesAlone() {
        Answer there = acme.form("/admin/context", "target", world.north().username());
        assertThat(there.status()).as(there.toString()).isEqualTo(303);
        assertThat(there.location())
                .isEqualTo("/admin/dashboard?as=" + world.north().username());
        assertThat(acme.get("/admin/dashboard").text())
                .contains("?as=" + world.north().username());
        assertThat(activeName(acme)).isEqualTo(world.acme().username());
        Answer back = acme.form("/admin/context", "target", world.acme().username());
        assertThat(back.location())
                .isEqualTo("/admin/dashboard?as=" + world.acme().username());
        assertThat(acme.get("/admin/dashboard").text())
                .doesNotContain("?as=" + world.north().username() + "\"");
    }

    @Test
    void theSwitcherFindsBrandsByName() {
        world.north();
        world.south();
        Answer found = acme.get("/admin/context/options?q=nor");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text()).contains("North").doesNotContain("South");
    }

    @Test
    void aFieldForABrandOffersWhatIsTyped() {
        world.north();
        world.south();
        String path = "/admin/context/brands?as=" + world.acme().username() + "&field=into";
        assertThat(acme.get(path + "&into=nor").text())
                .contains("<option value=\"" + world.north().username() + "\">North")
                .doesNotContain("South");
        assertThat(acme.get(path).text()).contains("North", "South");
        assertThat(TestClient.of(world.rival()).get(path).status()).isEqualTo(404);
    }

    @Test
    void deniedAccessIsCountedForTheAudit() {
        String route = "POST /api/admin/SwitchToSubAccount";
        switchTo(acme, world.east().id());
        switchTo(acme, world.east().id());
        writeDenials();
        assertThat(world.select(
                        "SELECT details FROM audit_events WHERE action = 'AccessDenied' AND identity_id = ? AND target = ?",
                        world.acme().identity().toString(),
                        route))
                .containsExactly("{\"times\":2}");
    }

    @Inject
    dev.banyan.platform.audit.Audit audit;

    @Inject
    dev.banyan.TestClock clock;

    private void writeDenials() {
        clock.forward(java.time.Duration.ofMinutes(1));
        audit.writeDenials();
    }
}
