package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.AtHost;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestFolders;
import dev.banyan.TestWorld;
import dev.banyan.platform.AtOnce;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The setup of a new server by its owner: strict settings, no accounts, and a link in its output. The methods share
/// one server and depend on their order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SetupTest {

    private static final Pattern LINK = Pattern.compile("https://links\\.example\\.com(/setup\\?token=[A-Za-z0-9_-]+)");
    private static final Map<String, String> OWNER =
            Map.of("displayName", "Café Noor", "email", "owner@people.example", "password", TestWorld.PASSWORD);

    private static ServerProcess server;
    private static TestClient client;
    private static URI here;
    private static TestClient operator = TestClient.anonymous();
    private static String link;

    @BeforeAll
    static void startsAlone() throws IOException {
        int port = FreePort.next();
        Path data = TestFolders.newFolder("setup");
        server = ServerProcess.start(
                Map.of(
                        "BANYAN_BASE_URL", "https://links.example.com",
                        "BANYAN_OTHER_HOSTS", "Banyan.internal",
                        "BANYAN_REGISTRATION", "invite",
                        "BANYAN_TRUSTED_PROXIES", "127.0.0.1",
                        "BANYAN_METRICS_TOKEN", "metrics-token",
                        "BANYAN_MAX_BODY", "2048",
                        "BANYAN_LIMIT_LOGIN_BY_IP", "3/1h",
                        "BANYAN_LIMIT_ADMIN_BY_CALLER", "5/1h"),
                "serve",
                "--port=" + port,
                "--data",
                data.toString());
        server.await("ready", () -> server.out().contains("Banyan is ready"));
        here = URI.create("http://127.0.0.1:" + port);
        client = TestClient.at(here);
        Matcher found = LINK.matcher(server.out());
        assertThat(found.find()).as(server.out()).isTrue();
        link = found.group(1);
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    @Test
    @Order(1)
    void nobodyGetsInWithoutTheLink() {
        assertThat(client.get(link).status()).isEqualTo(200);
        for (String wrong : new String[] {"/setup", "/setup?token=", "/setup?token=wrong", link + "x"}) {
            assertThat(client.get(wrong).status()).as(wrong).isEqualTo(404);
        }
        assertThat(client.form("/setup", with("token", "wrong")).status()).isEqualTo(404);
        assertThat(client.form("/setup", OWNER).status()).isEqualTo(404);
    }

    /// The proxy is on this machine too: what counts is the name that was asked for.
    @Test
    @Order(1)
    void anUnknownHostFindsNothingAndLearnsNothing() {
        for (String path : List.of("/", "/login", "/setup", "/api/me", "/ui/app.css", "/readyz", "/robots.txt")) {
            AtHost.Answer answer = new AtHost(here, "stranger.example").get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.headers() + answer.text())
                    .as(path)
                    .contains("no-store")
                    .doesNotContainIgnoringCase("banyan")
                    .doesNotContain("links.example.com");
        }
        assertThat(new AtHost(here, "stranger.example")
                        .send("POST", "/api/login", "{}", "Content-Type: application/json")
                        .status())
                .isEqualTo(404);
        for (String own : List.of(
                "links.example.com",
                "LINKS.example.com:443",
                "127.0.0.1",
                "[::1]:80",
                "localhost",
                "banyan.internal")) {
            assertThat(new AtHost(here, own).get("/login").status()).as(own).isEqualTo(200);
        }
    }

    private static Map<String, String> with(String name, String value) {
        var form = new LinkedHashMap<>(OWNER);
        form.put(name, value);
        return form;
    }

    @Test
    @Order(2)
    void theFormSaysWhatIsWrong() {
        String token = link.substring(link.indexOf('=') + 1);
        var form = with("token", token);
        form.put("displayName", "");
        form.put("username", "a b");
        form.put("email", "nonsense");
        form.put("password", "short");
        Answer refused = client.form("/setup", form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Email must look like", "at least 8 characters", "Display name", "Use 3 to 30 letters")
                .doesNotContain("\"short\"");
    }

    @Test
    @Order(3)
    void theLinkMakesTheOperatorAndTheirAccountOnce() {
        String token = link.substring(link.indexOf('=') + 1);
        var answers = AtOnce.run(4, number -> {
            var form = with("token", token);
            form.put("email", "owner" + number + "@people.example");
            return client.form("/setup", form);
        });
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(303).containsOnly(303, 404);
        Answer made = answers.stream()
                .filter(answer -> answer.status() == 303)
                .findFirst()
                .orElseThrow();
        assertThat(made.location()).isEqualTo("/admin/dashboard");
        String cookie = made.header("Set-Cookie").orElse("");
        // With TLS the cookie is sent over encrypted connections only, and no other host of the domain can set it.
        assertThat(cookie)
                .startsWith("__Host-banyan_session=")
                .contains("; Secure")
                .doesNotContain("Domain");
        operator = client.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
        assertThat(operator.get("/operator/accounts").status()).isEqualTo(200);
        // Without a mail server no link could confirm the email, so the setup link does.
        assertThat(operator.get("/operator/mail").text())
                .contains("No emails yet", "No mail server is set up.", "/operator/mail/server")
                .doesNotContain("Confirm your email");
        assertThat(client.get(link).status()).as("the link afterwards").isEqualTo(404);
        assertThat(client.form("/setup", with("token", token)).status()).isEqualTo(404);
    }

    @Test
    @Order(4)
    void theAccountHasTheNameAndNoLimits() {
        assertThat(operator.get("/").location()).isEqualTo("/admin/dashboard");
        assertThat(operator.get("/admin/dashboard").text()).contains("Café Noor", "First steps");
        JsonNode me = operator.get("/api/me").json();
        assertThat(me.toString())
                .contains("\"cafe-noor\"", "agency_admin_user", "site_super_admin", "manage:subaccounts");
        String plan = operator.get("/admin/subscription").text();
        assertThat(plan)
                .contains("Unlimited plan", "No limits on pages, links, short links or brands.", "/operator/accounts/")
                .doesNotContain("$", "Ask your server operator", "Ask us");
    }

    @Test
    @Order(4)
    void byInvitationMeansNotByRegistration() {
        Answer json = client.post(
                "/api/register",
                Map.of("email", "a@people.example", "username", "newcomer", "password", TestWorld.PASSWORD));
        assertThat(json.status()).isEqualTo(403);
        assertThat(json.text()).isEqualTo("{\"success\":false,\"error\":\"Registration is currently disabled\"}");
        assertThat(client.get("/register").status()).isEqualTo(403);
        assertThat(client.form("/register", Map.of("username", "newcomer")).status())
                .isEqualTo(403);
        assertThat(client.get("/login").text()).doesNotContain("/register");
    }

    @Test
    @Order(5)
    void loginsAreLimitedByTheAddressThatTheProxyReports() {
        var first = client.with("X-Forwarded-For", "203.0.113.7");
        for (int i = 0; i < 3; i++) {
            assertThat(login(first).status()).isEqualTo(401);
        }
        Answer limited = login(first);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.error()).isEqualTo("Too many requests");
        assertThat(Integer.parseInt(limited.header("Retry-After").orElse("0"))).isBetween(1, 3_600);
        assertThat(login(client.with("X-Forwarded-For", "198.51.100.1, 203.0.113.7"))
                        .status())
                .as("what stands before the proxy's word is hearsay")
                .isEqualTo(429);
        assertThat(login(client.with("X-Forwarded-For", "203.0.113.8")).status())
                .isEqualTo(401);
        Answer form = first.form("/login", Map.of("email", "a@people.example", "password", "wrong"));
        assertThat(form.status()).isEqualTo(429);
        assertThat(form.text()).contains("Too many attempts.");
        assertThat(Integer.parseInt(form.header("Retry-After").orElse("0"))).isBetween(1, 3_600);
    }

    private static Answer login(TestClient from) {
        return from.post("/api/login", Map.of("email", "a@people.example", "password", "wrong"));
    }

    @Test
    @Order(6)
    void apiRoutesAreLimitedPerCallerAndRoute() {
        var somebody = client.with("X-Forwarded-For", "203.0.113.9");
        for (int i = 0; i < 5; i++) {
            assertThat(somebody.get("/admin/getpages").status()).isEqualTo(401);
        }
        Answer limited = somebody.get("/api/admin/GetPages");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.text()).isEqualTo("{\"error\":\"Too many requests\"}");
        assertThat(limited.header("Retry-After")).isPresent();
        assertThat(somebody.get("/api/admin/GetLinks").status()).isEqualTo(401);
    }

    @Test
    @Order(7)
    void metricsNeedTheTokenWhereTheServerHasAPublicAddress() {
        var elsewhere = client.with("X-Forwarded-For", "203.0.113.7");
        assertThat(elsewhere.get("/metrics").status()).isEqualTo(401);
        assertThat(elsewhere
                        .with("Authorization", "Bearer wrong")
                        .get("/metrics")
                        .status())
                .isEqualTo(401);
        assertThat(elsewhere
                        .with("Authorization", "Bearer metrics-token")
                        .get("/metrics")
                        .text())
                .contains("jvm_");
        // A proxy on this machine looks like the machine itself.
        assertThat(client.get("/metrics").status()).as("on the machine itself").isEqualTo(401);
    }

    @Test
    @Order(8)
    void theBodyLimitIsTheConfiguredOne() {
        String body = "{\"email\":\"" + "x".repeat(2_048) + "\"}";
        assertThat(client.post("/api/login", body).status()).isEqualTo(413);
        assertThat(client.with("X-Forwarded-For", "203.0.113.10")
                        .post("/api/login", "{\"email\":\"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(9)
    void ourOwnOriginIsTheConfiguredOne() {
        var own = client.with("Origin", "https://links.example.com").with("X-Forwarded-For", "203.0.113.11");
        assertThat(login(own).status()).isEqualTo(401);
        assertThat(login(client.with("Origin", "https://evil.example")).status())
                .isEqualTo(403);
    }

    @Test
    @Order(10)
    void theLimitCountsThePersonWhateverAccountTheyNameAndWhereverTheyAre() {
        for (int i = 0; i < 5; i++) {
            assertThat(operator.with("X-Forwarded-For", "203.0.113." + (20 + i))
                            .get("/api/admin/GetPages?subAccountId=brand" + i)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(operator.with("X-Forwarded-For", "203.0.113.30")
                        .get("/api/admin/GetPages?UserId=another")
                        .status())
                .isEqualTo(429);
    }
}
