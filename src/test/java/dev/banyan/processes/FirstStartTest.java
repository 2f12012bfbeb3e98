package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestFolders;
import dev.banyan.TestWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;

/// A server after its setup, with default settings: the owner's account without limits, accounts that register later,
/// and no prices anywhere.
class FirstStartTest {

    private static final Pattern LINK = Pattern.compile("http://[^\\s]+(/setup\\?token=[A-Za-z0-9_-]+)");

    private static ServerProcess server;
    private static TestClient owner = TestClient.anonymous();
    private static TestClient visitor = TestClient.anonymous();

    @BeforeAll
    static void setsUp() throws IOException {
        Path data = TestFolders.newFolder("first-start");
        server = ServerProcess.start(
                Map.of(
                        "BANYAN_RATE_LIMITS", "off",
                        "BANYAN_CONTACT", "help@hosting.example",
                        "BANYAN_DEFAULT_PLAN", "pro, agency-pro, pack-3"),
                "serve",
                "--port=0",
                "--data",
                data.toString());
        URI uri = server.awaitReady();
        Matcher found = LINK.matcher(server.out());
        assertThat(found.find()).as(server.out()).isTrue();
        String token = found.group(1).substring(found.group(1).indexOf('=') + 1);
        visitor = TestClient.at(uri);
        nobodyRegistersBeforeTheSetup();
        Answer made = visitor.form(
                "/setup",
                Map.of(
                        "token",
                        token,
                        "displayName",
                        "Creative Agency",
                        "email",
                        "maya@creative.example",
                        "password",
                        TestWorld.PASSWORD));
        assertThat(made.status()).as(made.toString()).isEqualTo(303);
        owner = signedIn(made);
    }

    private static void nobodyRegistersBeforeTheSetup() {
        var early = Map.of("email", "early@creative.example", "username", "early", "password", TestWorld.PASSWORD);
        for (Answer told : List.of(
                visitor.get("/"), visitor.get("/login"), visitor.get("/register"), visitor.form("/register", early))) {
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.text())
                    .contains("This server isn&#39;t set up yet", "Open the link in its log.")
                    .doesNotContain("<form", "/setup?");
        }
        assertThat(visitor.post("/api/register", early).status()).isEqualTo(403);
        assertThat(visitor.post("/api/public/Signup", early).status()).isEqualTo(403);
    }

    private static TestClient signedIn(Answer answer) {
        String cookie = answer.header("Set-Cookie").orElse("");
        return visitor.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    @Test
    void theOwnersAccountHasRoomForMoreBrandsThanItsPack() {
        for (int i = 1; i <= 26; i++) {
            Answer created = owner.post(
                    "/api/admin/CreateSubAccount", Map.of("username", "brand" + i, "displayName", "Brand " + i));
            assertThat(created.status()).as(created.toString()).isEqualTo(200);
        }
        assertThat(owner.get("/api/admin/GetSubAccounts")
                        .json()
                        .at("/limits/maxSubAccounts")
                        .asInt())
                .isEqualTo(-1);
        assertThat(owner.get("/admin/users").text()).contains("26 brands").doesNotContain("of 2147483647");
        assertThat(owner.get("/admin/users/sub-accounts/new").text()).contains("Brand 27, unlimited");
        assertThat(owner.get("/admin/dashboard").text()).doesNotContain("2147483647", "2,147,483,647");
        String brand = owner.get("/admin/pages?as=brand1").text();
        assertThat(brand).doesNotContain("Enterprise", "You’ve used");
    }

    @Test
    void theOwnersPlanIsUnlimitedAndWithoutPrices() {
        for (String path : new String[] {"/admin/subscription", "/admin/subscription?tier=pro"}) {
            Answer plan = owner.get(path);
            assertThat(plan.status()).isEqualTo(200);
            assertThat(plan.text())
                    .contains("Unlimited plan", "href=\"/operator/accounts/")
                    .doesNotContain("$", "Ask us", "help@hosting.example");
        }
        String account = owner.get("/operator/accounts").text();
        assertThat(account).contains("Unlimited", "Creative Agency");
        // the operator's pages keep the way back to the account
        assertThat(account).contains("/admin/dashboard?as=creative-agency");
        assertThat(owner.get("/admin/subscription/downgrade?tier=free").status())
                .isEqualTo(303);
        Answer changed = owner.form("/admin/subscription", Map.of("as", "creative-agency", "tier", "free"));
        assertThat(owner.get("/admin/subscription").text())
                .as(changed.toString())
                .contains("Unlimited plan");
    }

    @Test
    void whoRegistersLaterHasTheDefaultPlanAndIsToldWhomToAsk() {
        Answer registered = visitor.form(
                "/register",
                Map.of("email", "omar@later.example", "username", "later", "password", TestWorld.PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(303);
        TestClient later = signedIn(registered);
        String plan = later.get("/admin/subscription").text();
        assertThat(plan)
                .contains("Pro tier with Agency-Pro, 3-pack.", "mailto:help@hosting.example", "of 50")
                .doesNotContain("$", "Ask us", "/operator/");
        for (String path : List.of(
                "/admin/dashboard",
                "/admin/brands",
                "/admin/users/sub-accounts/new",
                "/admin/pages",
                "/admin/pages/new",
                "/admin/short-links",
                "/admin/api-keys",
                "/admin/domains",
                "/admin/analytics")) {
            Answer page = later.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.text())
                    .as(path)
                    .doesNotContain("Upgrade", "Compare plans", "See plans", "brand pack", "Priority support");
        }
        String dashboard = later.get("/admin/dashboard").text();
        assertThat(dashboard).contains("First steps", "Publish your first page").doesNotContain("mail server");
    }

    @Test
    void theOperatorTakesTheLimitsOffAndPutsThemOn() {
        Answer registered = visitor.form(
                "/register",
                Map.of("email", "lina@second.example", "username", "second", "password", TestWorld.PASSWORD));
        TestClient second = signedIn(registered);
        Matcher found = Pattern.compile("/operator/accounts/([0-9a-f-]{36})")
                .matcher(owner.get("/operator/accounts?q=second").text());
        assertThat(found.find()).isTrue();
        String page = "/operator/accounts/" + found.group(1);
        assertThat(owner.get(page).text()).contains("Set by tier and packs").doesNotContain("$");

        Answer saved = owner.form(page, plan("none"));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        assertThat(owner.get(page).text()).contains("value=\"none\" selected");
        assertThat(second.get("/admin/subscription").text()).contains("Unlimited plan");

        Answer asked = owner.form(page, plan("plan"));
        assertThat(asked.text()).contains("Change the plan of", "name=\"limits\" value=\"plan\"");
        var confirmed = new HashMap<>(plan("plan"));
        confirmed.put("confirmed", "yes");
        assertThat(owner.form(page, confirmed).status()).isEqualTo(303);
        assertThat(second.get("/admin/subscription").text())
                .contains("Pro tier")
                .doesNotContain("Unlimited plan");
        assertThat(owner.form(page, plan("some")).status()).isEqualTo(422);
    }

    @Test
    void whoRegisteredBeforeTheSetupKeepsTheirAccount() throws Exception {
        Path data = TestFolders.newFolder("early");
        Map<String, String> early =
                Map.of("email", "early@creative.example", "username", "early", "password", TestWorld.PASSWORD);
        try (ServerProcess owned = ServerProcess.serve(data)) {
            TestClient there = TestClient.at(owned.awaitReady());
            assertThat(there.form("/register", early).status()).isEqualTo(303);
            owned.stop();
            owned.awaitExit();
        }
        try (var database = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var delete = database.createStatement()) {
            delete.execute("DELETE FROM operators"); // an older version let people register before the setup
        }
        try (ServerProcess other = ServerProcess.serve(data)) {
            TestClient there = TestClient.at(other.awaitReady());
            assertThat(there.get("/login").text()).contains("<form").doesNotContain("/register");
            Matcher found = LINK.matcher(other.out());
            assertThat(found.find()).isTrue();
            var setup = new HashMap<>(early);
            setup.put("token", found.group(1).substring(found.group(1).indexOf('=') + 1));
            setup.put("displayName", "Early");
            setup.put("username", "earlybird");
            setup.put("password", "not the password of Early");
            Answer refused = there.form("/setup", setup);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("This email is already registered. Enter its password");
            setup.put("username", "");
            setup.put("password", TestWorld.PASSWORD);

            Answer made = there.form("/setup", setup);

            assertThat(made.location()).as(made.toString()).isEqualTo("/admin/dashboard");
            String cookie = made.header("Set-Cookie").orElse("");
            TestClient operator = there.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
            assertThat(operator.get("/admin/subscription?as=early").text()).contains("Unlimited plan");
            assertThat(operator.get("/operator").text()).doesNotContain("You have no account yet");
        }
    }

    private static Map<String, String> plan(String limits) {
        return Map.of("tier", "pro", "agencyPermission", "none", "limits", limits);
    }
}
