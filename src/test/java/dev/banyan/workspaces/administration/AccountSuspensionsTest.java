package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.Erasures;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.workspaces.ChatClient;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The workspaces of a sub-account when it is suspended, deleted, restored and erased.
@QuarkusTest
class AccountSuspensionsTest {

    @Inject
    ChatRooms rooms;

    @Inject
    SubAccountLife life;

    @Inject
    Erasures erasures;

    @Inject
    Pages pages;

    @Inject
    Links links;

    @Inject
    TestClock clock;

    private AccountContext agency;
    private String north = "";
    private Workspace sales;
    private Chatter amira;

    @BeforeEach
    void northHasAWorkspace() {
        var world = rooms.world();
        agency = world.context(world.acme());
        north = world.north().username();
        sales = rooms.workspace(world.context(world.acme(), north), "Sales Team");
        amira = rooms.somebody(sales);
    }

    private Answer lookup() {
        return TestClient.anonymous().get("/api/sub-clients/lookup?shortPath=" + sales.shortPath());
    }

    private Answer login() {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/login",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "usernameOrEmail",
                                amira.user().username(),
                                "password",
                                ChatRooms.PASSWORD));
    }

    private Answer me() {
        return TestClient.anonymous().with("Cookie", amira.cookie()).get("/api/sub-client/me");
    }

    private void assertOpen() {
        assertThat(lookup().json().at("/data/subClient/suspended").asBoolean(true))
                .isFalse();
        assertThat(login().status()).isEqualTo(200);
    }

    private void assertClosed() {
        Answer found = lookup();
        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.json().at("/data/subClient/suspended").asBoolean()).isTrue();
        assertThat(login().status()).isEqualTo(403);
        assertThat(me().status()).isEqualTo(401);
        assertThat(ChatClient.knock(sales.shortPath(), ChatClient.headers(amira)))
                .isEqualTo(401);
    }

    @Test
    void theyCloseAndComeBackWithTheAccount() {
        assertOpen();
        assertThat(me().status()).isEqualTo(200);
        for (boolean deleted : List.of(false, true)) {
            amira = rooms.again(amira);
            try (var window = ChatClient.of(amira)) {
                if (deleted) {
                    life.delete(agency, north);
                } else {
                    life.suspend(agency, north);
                }
                assertThat(window.closeCode()).as("deleted %s", deleted).isEqualTo(4401);
            }
            assertClosed();
            if (deleted) {
                life.restore(agency, north);
            } else {
                life.reactivate(agency, north);
            }
            assertOpen();
            assertThat(me().status()).as("sessions ended for good").isEqualTo(401);
        }
    }

    @Test
    void whatItsOwnProjectSideSuspendedStaysSuspended() {
        var world = rooms.world();
        world.suspend(world.context(world.acme(), north), sales, true);
        life.suspend(agency, north);
        life.reactivate(agency, north);
        assertThat(lookup().json().at("/data/subClient/suspended").asBoolean()).isTrue();
    }

    @Test
    void othersStayOpen() {
        Workspace own = rooms.workspace("Own");
        Chatter leila = rooms.somebody(own);
        life.suspend(agency, north);
        assertThat(TestClient.anonymous()
                        .with("Cookie", leila.cookie())
                        .get("/api/sub-client/me")
                        .status())
                .isEqualTo(200);
        assertThat(TestClient.anonymous()
                        .get("/api/sub-clients/lookup?shortPath=" + own.shortPath())
                        .json()
                        .at("/data/subClient/suspended")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void afterThirtyDaysEverythingIsErased() {
        var world = rooms.world();
        var context = world.context(world.acme(), north);
        pages.createSample(context, "main", "Main");
        links.addSample(context, "Shop", "https://shop.example/");
        String id = world.north().id().toString();
        world.sql("UPDATE links SET clicks = 7 WHERE account_id = ?", id);
        try (var window = ChatClient.of(amira)) {
            window.say("message", "key", "k1", "text", "hello");
            window.message("assistant");
        }
        String link =
                world.select("SELECT id FROM links WHERE account_id = ?", id).getFirst();
        long workspaces = world.count(
                "SELECT used FROM workspace_limits WHERE tenant_id = ?",
                world.acme().account().toString());
        life.delete(agency, north);
        assertThat(TestClient.anonymous().get("/go/" + link).status()).isEqualTo(404);
        world.sql(
                "UPDATE accounts SET deleted_at = ? WHERE id = ?",
                clock.instant().minus(Duration.ofDays(30)).toEpochMilli(),
                id);

        erasures.run();

        assertThat(world.select("SELECT clicks FROM erased_accounts WHERE account_id = ?", id))
                .containsExactly("7");
        for (String table : List.of(
                "accounts WHERE id",
                "pages WHERE account_id",
                "links WHERE account_id",
                "projects WHERE account_id",
                "usernames WHERE account_id",
                "account_words WHERE account_id")) {
            assertThat(world.count("SELECT COUNT(*) FROM " + table + " = ?", id))
                    .as(table)
                    .isZero();
        }
        String workspace = sales.id().value();
        for (String table : List.of("sub_client_users", "workspace_sessions", "conversations", "messages")) {
            assertThat(world.count("SELECT COUNT(*) FROM " + table + " WHERE sub_client_id = ?", workspace))
                    .as(table)
                    .isZero();
        }
        assertThat(world.count(
                        "SELECT used FROM workspace_limits WHERE tenant_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(workspaces - 1);
        assertThat(lookup().status()).isEqualTo(404);
        Answer again = TestClient.of(world.solo()).get("/" + north);
        assertThat(again.status()).isEqualTo(404);
    }

    @Test
    void noticesGoWhereTheAgencyChose() {
        var world = rooms.world();
        var acme = TestClient.of(world.acme());
        String brand = world.name("hello") + "@brand.example";
        String owner = world.acme().email();
        life.suspend(agency, north);
        life.reactivate(agency, north);
        assertThat(recipients("%was suspended%")).containsExactly(owner);
        for (Map.Entry<String, List<String>> expected : Map.of(
                        "parent", List.of(owner), "subaccount", List.of(brand), "both", List.of(brand, owner))
                .entrySet()) {
            world.sql("DELETE FROM mails WHERE subject LIKE ?", "%@" + north + "%");
            Answer updated = acme.put(
                    "/admin/UpdateSubAccount",
                    Map.of("subAccountId", world.north().id(), "email", brand, "notify", expected.getKey()));
            assertThat(updated.status()).as(updated.toString()).isEqualTo(200);
            life.suspend(agency, north);
            life.suspend(agency, north);
            assertThat(recipients("%was suspended%"))
                    .as(expected.getKey())
                    .containsExactlyInAnyOrderElementsOf(expected.getValue());
            life.reactivate(agency, north);
            assertThat(recipients("%is active again%"))
                    .hasSize(expected.getValue().size());
        }
        life.delete(agency, north);
        life.restore(agency, north);
        assertThat(recipients("%was deleted%")).isNotEmpty();
        assertThat(recipients("%was restored%")).isNotEmpty();
    }

    private List<String> recipients(String subject) {
        return rooms.world()
                .select(
                        "SELECT recipient FROM mails WHERE subject LIKE ? AND subject LIKE ?",
                        subject,
                        "%@" + north + "%");
    }
}
