package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.brands.FormerNames;
import dev.banyan.platform.config.Settings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An account gets another username, and the former one leads on to it: for visitors, for programs and at the sign-in.
@QuarkusTest
class UsernamesTest {

    private static final String PAGE = "/admin/settings/username";

    @Inject
    TestWorld world;

    @Inject
    FormerNames freeing;

    @Inject
    Settings settings;

    private final TestClient visitor = TestClient.anonymous();
    private TestWorld.Person owner;
    private TestClient client;
    private String old;
    private String now;

    @BeforeEach
    void anAccountWithAPage() {
        owner = world.agency("bakery");
        client = TestClient.of(owner);
        old = owner.username();
        now = world.name("mill");
        Answer page = client.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(visitor.get("/" + old + "/main").status()).isEqualTo(200);
    }

    private Answer rename(TestClient by, String name) {
        return by.put("/api/admin/UpdateUsername", Map.of("username", name));
    }

    private static int login(String name) {
        return TestClient.anonymous()
                .post("/api/login", Map.of("emailOrUsername", name, "password", TestWorld.PASSWORD))
                .status();
    }

    private List<String> audited() {
        return world.select(
                "SELECT action FROM audit_events WHERE tenant_id = ?",
                owner.account().toString());
    }

    @Test
    void theFormerNameLeadsOnForVisitorsProgramsAndTheSignIn() {
        Answer renamed = rename(client, " " + now.toUpperCase(Locale.ROOT));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(renamed.json().path("username").asText()).isEqualTo(now);

        assertThat(visitor.get("/" + now + "/main").status()).isEqualTo(200);
        Answer led = visitor.get("/" + old + "/main?utm_source=qr%20code");
        assertThat(led.status()).isEqualTo(302);
        assertThat(led.location()).endsWith("/" + now + "/main?utm_source=qr%20code");
        assertThat(visitor.get("/api/public/GetUserProfile?username=" + old).status())
                .isEqualTo(200);

        for (String name : List.of(now, old, owner.email())) {
            assertThat(login(name)).as(name).isEqualTo(200);
        }
        for (String name : List.of(now, old, old.toUpperCase(Locale.ROOT))) {
            assertThat(client.get("/api/admin/GetProfile?as=" + name)
                            .json()
                            .path("username")
                            .asText())
                    .as(name)
                    .isEqualTo(now);
            assertThat(client.get("/admin/settings?as=" + name).text())
                    .as(name)
                    .contains("name=\"as\" value=\"" + now + "\"");
        }
        assertThat(client.form("/admin/settings/profile", "as", old, "displayName", "Mill")
                        .location())
                .contains("as=" + now + "&done=profile-saved");
        assertThat(audited()).contains("AccountRenamed").doesNotContain("SubAccountRenamed");
        assertThat(client.get("/admin/audit?as=" + now).text())
                .contains("Changed the username of the account from “" + old + "” to “" + now + "”");
    }

    @Test
    void aBrandNamesItsAgencyByTheNewNameAtOnce() {
        String brand = world.name("north");
        String id = client.post("/api/admin/CreateSubAccount", Map.of("username", brand, "displayName", "North"))
                .json()
                .path("userId")
                .asText();
        client.put("/api/admin/UpdateSubAccount", Map.of("subAccountId", id, "showManagedBy", true));
        client.post("/api/admin/CreatePage?subAccountId=" + id, Map.of("slug", "main", "name", "Main"));
        assertThat(visitor.get("/" + brand).text()).contains("@" + old);
        rename(client, now);
        assertThat(visitor.get("/" + brand).text()).contains("@" + now).doesNotContain("@" + old);
        assertThat(client.get("/api/admin/GetProfile?as=" + brand)
                        .json()
                        .path("username")
                        .asText())
                .isEqualTo(brand);
    }

    @Test
    void theFormerNameLeadsToTheFileOfNumbersToo() throws IOException {
        Answer master = client.post("/api/whatsapp/masters", Map.of("displayName", "Harbour Desk"));
        assertThat(master.status()).as(master.toString()).isEqualTo(201);
        Path accounts = settings.data().resolve("accounts");
        assertThat(accounts.resolve(old).resolve("bots-config.json")).isRegularFile();
        rename(client, now);
        assertThat(accounts.resolve(old)).isSymbolicLink();
        assertThat(Files.readString(accounts.resolve(now).resolve("bots-config.json")))
                .contains("Harbour Desk")
                .isEqualTo(Files.readString(accounts.resolve(old).resolve("bots-config.json")));
    }

    @Test
    void theFormerNameIsNobodyElsesUntilItIsFreed() {
        rename(client, now);
        String stranger = world.name("stranger");
        Map<String, String> account =
                Map.of("username", old, "email", stranger + "@people.example", "password", TestWorld.PASSWORD);
        assertThat(visitor.post("/api/register", account).status()).isEqualTo(409);
        assertThat(rename(TestClient.of(world.rival()), old).error()).isEqualTo("Username already taken");
        assertThat(client.post("/api/admin/CreateSubAccount", Map.of("username", old, "displayName", "Brand"))
                        .error())
                .isEqualTo("Username already taken");

        assertThat(rename(client, old).status()).as("back again").isEqualTo(200);
        assertThat(visitor.get("/" + old + "/main").status()).isEqualTo(200);
        assertThat(visitor.get("/" + now).location()).endsWith("/" + old);

        world.sql("UPDATE usernames SET released_at = 1 WHERE name = ?", now);
        freeing.run();
        assertThat(visitor.get("/" + now).status()).isEqualTo(404);
        assertThat(login(now)).isEqualTo(401);
        assertThat(rename(TestClient.of(world.rival()), now).status()).isEqualTo(200);
        assertThat(client.get("/api/admin/GetProfile?as=" + now).status()).isEqualTo(404);
    }

    @Test
    void namesFollowTheRulesOfAllUsernames() {
        assertThat(rename(client, "ab").error()).isEqualTo("Invalid username format");
        assertThat(rename(client, "login").error()).isEqualTo("Username already taken");
        Answer taken = rename(client, world.rival().username());
        assertThat(taken.status()).isEqualTo(400);
        assertThat(taken.json().path("field").asText()).isEqualTo("username");
        for (int i = 0; i < 5; i++) {
            assertThat(rename(client, world.name("again" + i)).status()).isEqualTo(200);
        }
        assertThat(rename(client, now).error()).isEqualTo("Username was changed 5 times in 90 days");
        assertThat(rename(client, old).status()).as("a former one").isEqualTo(200);
    }

    @Test
    void thePageAsksFirst() {
        assertThat(client.get("/admin/settings?as=" + old).text()).contains(PAGE + "?as=" + old, "Change username");
        assertThat(client.get(PAGE + "?as=" + old).text()).contains("value=\"" + old + "\"");
        Answer asked = client.form(PAGE, "as", old, "username", now);
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.text())
                .contains("/" + now + "?</strong>", "/" + old + " leads to the new address until")
                .contains("name=\"confirmedUsername\" value=\"" + now + "\"");
        assertThat(visitor.get("/" + now).status()).isEqualTo(404);
        assertThat(client.form(PAGE, "as", old, "username", "login", "confirmedUsername", "login")
                        .text())
                .contains("This username is taken.");

        Answer changed = client.form(PAGE, "as", old, "username", now, "confirmedUsername", now);
        assertThat(changed.location()).endsWith("/admin/settings?as=" + now + "&done=username-saved");
        assertThat(client.get("/admin/settings?as=" + now).text()).contains("/" + now + "</bdi>");
    }

    @Test
    void onlyOwnersOfTheAccountChangeIt() {
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.form(PAGE, "as", old, "username", now, "confirmedUsername", now)
                        .status())
                .isEqualTo(404);
        String brand = world.name("south");
        client.post("/api/admin/CreateSubAccount", Map.of("username", brand, "displayName", "South"));
        assertThat(client.put("/api/admin/UpdateUsername?as=" + brand, Map.of("username", now))
                        .status())
                .isEqualTo(403);
        assertThat(client.form(PAGE, "as", brand, "username", now, "confirmedUsername", now)
                        .status())
                .isEqualTo(403);
        assertThat(client.get(PAGE + "?as=" + brand).location()).endsWith("/admin/settings?as=" + brand);
        assertThat(client.get("/admin/settings?as=" + brand).text()).doesNotContain(PAGE);
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, workspaces_enabled, created_at)"
                        + " VALUES (?, ?, 'manager', 'all', 0, 1)",
                owner.account().toString(),
                world.solo().identity().toString());
        TestClient manager = TestClient.of(world.solo());
        assertThat(manager.get("/admin/pages?as=" + old).status()).isEqualTo(200);
        assertThat(manager.get(PAGE + "?as=" + old).status()).isEqualTo(403);
        assertThat(manager.put("/api/admin/UpdateUsername?as=" + old, Map.of("username", now))
                        .status())
                .isEqualTo(403);
        assertThat(manager.form(PAGE, "as", old, "username", now, "confirmedUsername", now)
                        .status())
                .isEqualTo(403);
        assertThat(visitor.get("/" + old + "/main").status()).isEqualTo(200);
    }
}
