package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.sso.RecheckedMembers;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.sso.FakeOidc;
import dev.banyan.workspaces.sso.RecheckedPeople;
import dev.banyan.workspaces.sso.SsoBrowser;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A workspace and an account, each with a sign-in provider that recognizes people by their verified email.
abstract class SsoVictims {

    static final String BOSS = "boss";

    @Inject
    NumberRooms rooms;

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    RecheckedPeople people;

    @Inject
    RecheckedMembers members;

    final FakeOidc provider = new FakeOidc();
    final SsoBrowser boss = new SsoBrowser();
    TestWorld.Person owner;
    TestClient agency = TestClient.anonymous();
    Workspace sales;
    String domain = "";

    @BeforeEach
    void aWorkspaceAndAnAccount() {
        owner = world.agency("harbour");
        agency = TestClient.of(owner);
        world.confirm(owner);
        sales = rooms.workspace(world.context(owner), "Sales Team");
        domain = owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1)",
                UUID.randomUUID().toString(),
                owner.account().toString(),
                owner.account().toString(),
                domain,
                domain);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    String email(String name) {
        return name + "@" + domain;
    }

    void setUpWorkspace(Map<String, Object> more) {
        put("/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/sso", "admin", more);
    }

    void setUpAccount(Map<String, Object> more) {
        var wish = new HashMap<>(more);
        wish.put("emailDomains", List.of(domain));
        put("/api/admin/sso", "owner", wish);
    }

    private void put(String route, String highest, Map<String, Object> more) {
        var wish = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                FakeOidc.SECRET,
                "linkByEmail",
                true,
                "roles",
                Map.of("bosses", highest)));
        wish.putAll(more);
        Answer answer = agency.put(route, wish);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    void atProvider(String subject, String name, String... groups) {
        provider.put(provider.person(subject, name, groups).with("email", email(name)));
    }

    Answer enterWorkspace(SsoBrowser browser, String subject) {
        return browser.end(provider.signIn(
                URI.create(browser.get("/s/" + sales.shortPath() + "/sso").location()), subject));
    }

    Answer enterAccount(SsoBrowser browser, String subject) {
        Answer begun = browser.get("/sso/" + owner.username());
        return browser.end(provider.signIn(URI.create(begun.location()), subject));
    }

    static boolean isInAccount(SsoBrowser browser) {
        return browser.get("/api/me").status() == 200;
    }

    Answer loginToWorkspace(String name, String password) {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/login",
                        Map.of("shortPath", sales.shortPath(), "usernameOrEmail", name, "password", password));
    }

    Answer loginToAccount(String email, String password) {
        return TestClient.anonymous().post("/api/login", Map.of("email", email, "password", password));
    }

    List<String> mailsTo(String recipient) {
        return world.select("SELECT subject FROM mails WHERE recipient = ? ORDER BY id", recipient);
    }

    void recheck() {
        clock.forward(Duration.ofSeconds(31));
        people.now();
        members.now();
    }
}
