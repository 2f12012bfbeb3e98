package dev.banyan.accounts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The audit log as JSON: what the page shows, and no more.
@QuarkusTest
class AuditResourceTest {

    private static final String ROUTE = "/api/admin/audit";

    @Inject
    TestWorld world;

    @Inject
    Audit audit;

    @Inject
    AuditChain chain;

    @Inject
    Database database;

    private static JsonNode list(TestClient client, String query) {
        Answer answer = client.get(ROUTE + "?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> actions(TestClient client, String query) {
        return list(client, query).findValuesAsText("action");
    }

    private TestClient acme() {
        return TestClient.of(world.acme());
    }

    @Test
    void anEntrySaysWhatThePageSays() {
        String brand = world.name("harbour");
        assertThat(acme().post("/api/admin/CreateSubAccount", Map.of("username", brand, "displayName", "Harbour"))
                        .status())
                .isEqualTo(200);
        chain.seal();

        JsonNode entries = list(acme(), "action=SubAccountCreated").path("entries");

        assertThat(entries).hasSize(1);
        JsonNode entry = entries.path(0);
        assertThat(entry.path("who").asText()).isEqualTo(world.acme().email());
        assertThat(entry.path("what").asText()).isEqualTo("Created the brand “" + brand + "”");
        assertThat(entry.path("account").asText()).isEqualTo(brand);
        assertThat(entry.at("/details/username").asText()).isEqualTo(brand);
        assertThat(entry.path("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("at").asText()).matches("20..-..-..T..:..:..(\\.\\d+)?Z");
        assertThat(entry.path("sequence").asLong()).isPositive();
        assertThat(entry.path("chainHash").asText()).hasSize(64);
    }

    @Test
    void filtersNarrowAndGoTogether() {
        String north = world.north().username();
        world.south();

        assertThat(actions(acme(), "action=SubAccountCreated")).hasSize(2);
        assertThat(actions(acme(), "account=" + north)).containsExactly("SubAccountCreated");
        assertThat(actions(acme(), "person=" + world.acme().email())).containsExactly("AccountRegistered");
        assertThat(actions(acme(), "q=brand")).hasSize(2);
        assertThat(actions(acme(), "q=brand&person=" + world.acme().email())).isEmpty();
        assertThat(actions(acme(), "to=2001-01-01")).isEmpty();
        assertThat(actions(acme(), "from=2001-01-01&action=PlanChanged")).hasSize(1);
    }

    @Test
    void aLongListGoesOnWhereItEnded() {
        Person acme = world.acme();
        var owner = new Owner(acme.account(), acme.account());
        database.write(tx -> {
            for (int i = 0; i < 5; i++) {
                audit.note(tx, Actor.SERVER, owner, "PageCreated", "target-" + i, Map.of("slug", "p" + i));
            }
            return owner;
        });

        JsonNode first = list(acme(), "action=PageCreated&limit=2");
        JsonNode second = list(
                acme(),
                "action=PageCreated&limit=2&after=" + first.path("nextCursor").asText());
        JsonNode third = list(
                acme(),
                "action=PageCreated&limit=2&after=" + second.path("nextCursor").asText());

        assertThat(first.findValuesAsText("target")).containsExactly("target-4", "target-3");
        assertThat(second.findValuesAsText("target")).containsExactly("target-2", "target-1");
        assertThat(third.findValuesAsText("target")).containsExactly("target-0");
        assertThat(third.has("nextCursor")).isFalse();
    }

    @Test
    void whatCannotBeAFilterIsSaid() {
        assertThat(refused("from=yesterday")).isEqualTo("Enter dates like 2026-11-20.");
        assertThat(refused("action=Nothing")).isEqualTo("Choose an action from the list.");
        assertThat(refused("limit=0")).isEqualTo("limit must be a number from 1 to 1000");
        assertThat(refused("after=nothing")).isEqualTo("after must be the nextCursor of an answer");
    }

    private String refused(String query) {
        Answer answer = acme().get(ROUTE + "?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        return answer.error();
    }

    @Test
    void othersSeeNothingOfIt() {
        String north = world.north().username();

        assertThat(list(TestClient.of(world.rival()), "account=" + north).path("entries"))
                .isEmpty();
        assertThat(TestClient.of(world.rival()).get(ROUTE + "?as=" + north).status())
                .isEqualTo(404);
        Answer managed = acme().get(ROUTE + "?as=" + north);
        assertThat(managed.status()).isEqualTo(403);
        assertThat(managed.error())
                .contains("This is a sub-account managed by " + world.acme().username());
        assertThat(TestClient.anonymous().get(ROUTE).status()).isEqualTo(401);
    }

    @Test
    void theOperatorsNameAndAddressStayTheirsAndErasedDetailsAreLeftOut() {
        Person acme = world.acme();
        world.operatorToken();
        String operator = world.select("SELECT identity_id FROM operators").getFirst();
        world.changeAudit(
                acme.account(),
                "UPDATE audit_events SET identity_id = ?, ip = '192.0.2.77', details = NULL, details_salt = NULL"
                        + " WHERE tenant_id = ? AND action = 'PlanChanged'",
                operator,
                acme.account().toString());

        JsonNode entry = list(acme(), "action=PlanChanged").at("/entries/0");

        assertThat(entry.path("who").asText()).isEqualTo("Server operator");
        assertThat(entry.path("ip").asText()).isEmpty();
        assertThat(entry.has("details")).isFalse();
    }

    @Test
    void aKeyNeedsThePermissionOfThePage() {
        world.confirm(world.acme());

        assertThat(withKey("read:users").get("/v1/audit").json().path("entries"))
                .isNotEmpty();
        assertThat(withKey("read:pages").get("/v1/audit").status()).isEqualTo(403);
    }

    private TestClient withKey(String permission) {
        Answer made = acme().post("/api/admin/apikeyscreate", Map.of("name", "P", "permissions", List.of(permission)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return TestClient.withBearer(made.json().at("/key/key").asText());
    }
}
