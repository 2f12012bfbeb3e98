package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Guessing through HTTP, on a server with default limits that trusts the proxy in front of it, so that the test can
/// choose the address of each guess. For the operations see `accounts/BruteForceTest`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BruteForceAtTheDoorTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String REFUSED = "Too many requests";

    private final ServerProcess server;
    private final TestClient proxy;

    BruteForceAtTheDoorTest(@TempDir Path data) {
        this.server =
                ServerProcess.serve(data, Map.of("BANYAN_BILLING", "open", "BANYAN_TRUSTED_PROXIES", "127.0.0.1"));
        this.proxy = TestClient.at(server.awaitReady());
    }

    @BeforeAll
    void theOwnersRegister() {
        for (String name : List.of("keeper", "honest", "locker", "hostess")) {
            assertThat(register(name).status()).isEqualTo(201);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestClient from(String address) {
        return proxy.with("X-Forwarded-For", address);
    }

    /// A different address for each guess.
    private TestClient from(int guess) {
        return from("203.0.%d.%d".formatted(guess / 250, guess % 250 + 1));
    }

    private Answer register(String name) {
        return from("198.51.100.1")
                .post(
                        "/api/register",
                        Map.of("email", name + "@people.example", "username", name, "password", PASSWORD));
    }

    private static Answer login(TestClient client, String name, String password) {
        return client.post("/api/public/Login", Map.of("email", name + "@people.example", "password", password));
    }

    private TestClient signedIn(String name) {
        String session = login(from("198.51.100.2"), name, PASSWORD).sessionToken();
        return from("198.51.100.2").with("Cookie", "banyan_session=" + session);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.error()).isEqualTo(REFUSED);
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 3_600);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    private static long heard(int status, int times, IntFunction<Answer> guess) {
        return IntStream.range(0, times)
                .mapToObj(guess)
                .filter(answer -> answer.status() == status)
                .count();
    }

    @Test
    void passwordsFromManyAddressesThroughAllDoors() {
        Answer first = login(from("198.51.100.3"), "keeper", PASSWORD);
        String device = first.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("banyan_device="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
        long heard = heard(401, 10, guess -> login(from(guess), "keeper", "guess " + guess));
        assertThat(heard).isEqualTo(10);
        assertRefused(login(from(11), "keeper", "guess"));
        assertRefused(from(12).post("/api/login", Map.of("email", "keeper@people.example", "password", PASSWORD)));
        Answer form = from(13).form("/login", "email", "keeper@people.example", "password", PASSWORD);
        assertThat(form.status()).isEqualTo(429);
        assertThat(form.header("Set-Cookie")).isEmpty();
        assertThat(login(from("198.51.100.4").with("Cookie", device), "keeper", PASSWORD)
                        .status())
                .as("the owner, with the browser they know, from elsewhere")
                .isEqualTo(200);
        assertThat(login(from(14), "honest", PASSWORD).status())
                .as("somebody else, from an address that guessed")
                .isEqualTo(200);
    }

    @Test
    void passwordsOfManyPeopleFromOneAddress() {
        assertThat(heard(401, 40, guess -> login(from("203.0.113.50"), "nobody" + guess, "guess")))
                .isEqualTo(30);
        assertRefused(login(from("203.0.113.50"), "honest", PASSWORD));
        assertRefused(login(proxy.with("X-Forwarded-For", "198.51.100.77, 203.0.113.50"), "honest", PASSWORD));
        assertThat(login(from("203.0.113.51"), "honest", PASSWORD).status()).isEqualTo(200);

        assertThat(heard(
                        401, 40, guess -> login(from("2001:db8:0:7::" + Integer.toHexString(guess)), "no" + guess, "")))
                .as("an empty password is no try")
                .isZero();
        assertThat(heard(
                        401,
                        40,
                        guess -> login(from("2001:db8:0:7::" + Integer.toHexString(guess)), "none" + guess, "x")))
                .as("one network")
                .isEqualTo(30);
        assertThat(login(from("2001:db8:0:8::1"), "honest", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void codesForANewPassword() {
        String path = "/api/public/PasswordReset";
        for (String email : List.of("honest@people.example", "nobody@people.example")) {
            assertThat(heard(200, 6, guess -> from(100 + guess).post(path, Map.of("email", email))))
                    .as(email)
                    .isEqualTo(3);
            assertRefused(from(120).post(path, Map.of("email", email)));
        }
        assertThat(heard(
                        400,
                        40,
                        guess -> from("203.0.113.60")
                                .post(
                                        path,
                                        Map.of(
                                                "email",
                                                "nobody" + guess + "@people.example",
                                                "code",
                                                "123456",
                                                "newPassword",
                                                "the tide turns at noon"))))
                .isEqualTo(30);
        assertThat(login(from(121), "honest", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void tokensOfSessionsAndKeys() {
        assertThat(heard(
                        401,
                        20,
                        guess -> from("203.0.113.70")
                                .with("Cookie", "banyan_session=invented" + guess)
                                .post("/api/public/RefreshToken", Map.of())))
                .isEqualTo(12);
        assertThat(signedIn("honest").post("/api/public/RefreshToken", Map.of()).status())
                .isEqualTo(200);

        TestClient owner = signedIn("locker");
        upgrade(owner);
        String key = owner.post("/api/admin/apikeyscreate", Map.of("name", "One", "permissions", List.of("read:pages")))
                .json()
                .at("/key/key")
                .asText();
        String guessed = key.substring(0, key.length() - 4);
        assertThat(heard(
                        401,
                        80,
                        guess -> from("203.0.113.71")
                                .with("X-API-Key", guessed + (1000 + guess))
                                .get("/v1/GetPages")))
                .isEqualTo(60);
        assertRefused(from("203.0.113.71").with("X-API-Key", key).get("/v1/GetPages"));
        assertThat(from("203.0.113.72")
                        .with("X-API-Key", key)
                        .get("/v1/GetPages")
                        .status())
                .isEqualTo(200);
    }

    private static void upgrade(TestClient owner) {
        Answer upgraded = owner.post("/api/admin/upgradeSubscription", Map.of("tier", "pro", "billingCycle", "annual"));
        assertThat(upgraded.status()).as(upgraded.text()).isEqualTo(200);
    }

    @Test
    void codesOfALockedLink() {
        TestClient owner = signedIn("locker");
        upgrade(owner);
        owner.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main", "isDefault", true));
        Answer added = owner.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "links",
                        List.of(Map.of(
                                "operation",
                                "add",
                                "title",
                                "Vault",
                                "url",
                                "https://hidden.example/",
                                "lock",
                                Map.of("enabled", true, "type", "code", "code", "Sesame")))));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        String link = owner.get("/api/admin/GetLinks").json().at("/links/0/id").asText();
        assertThat(heard(403, 20, guess -> unlock(from("203.0.113.80"), link, "guess" + guess)))
                .isEqualTo(10);
        assertRefused(unlock(from("203.0.113.80"), link, "Sesame"));
        assertThat(unlock(from("203.0.113.81"), link, "Sesame").status()).isEqualTo(200);
    }

    private static Answer unlock(TestClient visitor, String link, String code) {
        return visitor.post("/api/public/VerifyLinkCode", Map.of("linkId", link, "code", code));
    }

    @Test
    void passwordsOfAWorkspace() {
        TestClient owner = signedIn("hostess");
        JsonNode project = owner.post("/api/projects", Map.of("name", "Harbour", "sub_clients_enabled", true))
                .json()
                .at("/data/project");
        JsonNode room = owner.post(
                        "/api/projects/" + project.path("id").asText() + "/sub-clients", Map.of("name", "Room"))
                .json()
                .at("/data/subClient");
        String path =
                room.path("short_id").asText() + "-" + room.path("pathname").asText();
        for (String name : List.of("amira", "omar")) {
            Answer registered = from("198.51.100.5")
                    .post(
                            "/api/sub-client/register",
                            Map.of(
                                    "shortPath",
                                    path,
                                    "email",
                                    name + "@guests.example",
                                    "username",
                                    name,
                                    "password",
                                    PASSWORD));
            assertThat(registered.status()).as(registered.text()).isIn(200, 201);
        }
        assertThat(heard(401, 30, guess -> enter(from(200 + guess), path, "amira", "guess")))
                .isEqualTo(10);
        assertRefused(enter(from(240), path, "amira", PASSWORD));
        assertThat(enter(from(200), path, "omar", PASSWORD).status()).isEqualTo(200);
        assertThat(heard(401, 40, guess -> enter(from("203.0.113.90"), path, "nobody" + guess, "guess")))
                .isEqualTo(30);
        assertRefused(enter(from("203.0.113.90"), path, "omar", PASSWORD));
        assertThat(enter(from("203.0.113.91"), path, "omar", PASSWORD).status()).isEqualTo(200);
    }

    private static Answer enter(TestClient guest, String path, String name, String password) {
        return guest.post(
                "/api/sub-client/login", Map.of("shortPath", path, "usernameOrEmail", name, "password", password));
    }
}
