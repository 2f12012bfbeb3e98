package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TimeLimit;
import dev.banyan.workspaces.sso.Keycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An agency with forty clients: its workspaces come from a list, their users from another, and their people from a
/// real Keycloak. Clicks are counted, because nobody wants to fill forty forms.
@BrowserTest
@Tag("keycloak")
class FortyWorkspacesTest {

    private static final String PASSWORD = "a quiet harbour at dawn";
    private static final String THERE = "blue parrot 7";
    /// What the issue grants a removed person at most.
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Keycloak keycloak = Keycloak.running();
    private final Stage stage;
    private final Window owner;
    private final String agency;
    private final String project;
    private int clicks;

    FortyWorkspacesTest(Stage stage) {
        this.stage = stage;
        owner = stage.agency("forty", 0);
        agency = owner.username();
        stage.server().confirmEmail(agency + "@forty.example");
        project = owner.createProject(agency, "Clients");
    }

    /// Without it, everything else that failed says nothing.
    @AfterEach
    void keycloakIsThere() {
        keycloak.assertRuns();
    }

    private void click(Locator what) {
        clicks++;
        what.click();
    }

    /// A workspace, as the API and as browsers call it.
    private record Room(String id, String home) {}

    private Room room(String name) {
        JsonNode all = json(owner.page()
                        .request()
                        .get("/api/projects/" + project + "/sub-clients?search=" + TestClient.encode(name)))
                .at("/data/subClients");
        JsonNode found = StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name)) // addresses are searched, too
                .findFirst()
                .orElseThrow();
        return new Room(
                found.path("id").asText(),
                "/s/" + found.path("short_id").asText() + "-"
                        + found.path("pathname").asText());
    }

    private static JsonNode json(APIResponse answer) {
        assertThat(answer.ok()).as(answer.text()).isTrue();
        return TestClient.parse(answer.text());
    }

    private static JsonNode me(Window window, Room room) {
        return TestClient.parse(window.page()
                .request()
                .get("/api/sub-client/me?shortPath=" + room.home().substring("/s/".length()))
                .text());
    }

    private static String role(Window window, Room room) {
        return me(window, room).at("/data/user/role").asText("none");
    }

    private static void assertRole(Window window, Room room, String role, Duration within) {
        long began = System.nanoTime();
        Eventually.until(() -> role(window, room), role::equals);
        TimeLimit.assertKept(within, Duration.ofNanos(System.nanoTime() - began));
    }

    private static String list(int lines, IntFunction<String> line) {
        return IntStream.rangeClosed(1, lines).mapToObj(line).collect(Collectors.joining("\n"));
    }

    @Test
    void fortyWorkspacesFromAListAndAKeyThatOpensOne() {
        owner.createWorkspace(agency, project, "Model");
        Room model = room("Model");
        owner.changeWorkspace(model.home(), Map.of("description", "Ask us anything."));

        owner.go("/projects?as=" + agency);
        clicks = 0;
        click(owner.link("Clients"));
        click(owner.link("Create many workspaces…"));
        owner.field("Workspaces").fill(list(40, number -> "Client " + number + ",lead" + number + "@client.example"));
        owner.find("#many-template").fill(model.home().substring("/s/".length()));
        click(owner.button("Preview changes"));
        assertThat(owner.find("#report")).containsText("40");
        owner.look("forty-preview");
        click(owner.button("Create workspaces"));
        assertThat(owner.find("#report-lines tbody tr")).hasCount(40);
        owner.look("forty-created");
        assertThat(clicks)
                .as("clicks for forty workspaces with a template and an admin each")
                .isEqualTo(4);

        Window admin = stage.window();
        admin.go(owner.find("#link-7").getAttribute("data-full").replaceFirst("^https?://[^/]+", ""));
        admin.field("Username").fill("lead");
        admin.field("Password").fill(PASSWORD);
        admin.press("Enter");
        assertThat(admin.find(".ws-bar")).containsText("Client 7");
        Room seven = room("Client 7");

        clicks = 0;
        click(admin.find(".ws-nav").getByText("Users"));
        click(admin.link("Import users…"));
        admin.field("Users")
                .fill(list(200, number -> "person" + number + ",person" + number + "@client.example,agent"));
        click(admin.find("#mode-invite"));
        click(admin.button("Preview changes"));
        assertThat(admin.find("#report")).containsText("200");
        click(admin.button("Import users"));
        assertThat(admin.find("#report")).containsText("200");
        admin.look("two-hundred-users");
        assertThat(clicks).as("clicks for two hundred users").isEqualTo(5);

        clicks = 0;
        click(admin.find(".ws-nav").getByText("Settings"));
        click(admin.link("API keys"));
        admin.field("Name").fill("Booking system");
        click(admin.find("[name=permissions]").first());
        click(admin.button("Create key"));
        String key = admin.find("#fresh-key").getAttribute("data-full");
        assertThat(clicks).as("clicks for a key").isEqualTo(4);
        assertThat(withKey(seven, key)).isEqualTo(200);
        for (String name : List.of("Client 8", "Model")) {
            assertThat(withKey(room(name), key)).as("the key at " + name).isIn(403, 404);
        }
    }

    private int withKey(Room room, String key) {
        return TestClient.at(URI.create(stage.server().awaitUrl()))
                .with("Authorization", "Bearer " + key)
                .get("/api/projects/" + project + "/sub-clients/" + room.id() + "/users")
                .status();
    }

    private Map<String, Object> provider(String kind) {
        return kind.equals("saml")
                ? Map.of("kind", kind, "metadataUrl", keycloak.samlMetadata(), "roles", Map.of("bosses", "admin"))
                : Map.of(
                        "kind",
                        kind,
                        "issuer",
                        keycloak.issuer(),
                        "clientId",
                        Keycloak.CLIENT,
                        "clientSecret",
                        Keycloak.SECRET,
                        "label",
                        "Office",
                        "roles",
                        Map.of("bosses", "admin", "sellers", "agent"));
    }

    private Room withProvider(String name, String kind) {
        return withProvider(name, provider(kind));
    }

    private Room withProvider(String name, Map<String, Object> provider) {
        owner.createWorkspace(agency, project, name);
        Room room = room(name);
        APIResponse set = owner.page()
                .request()
                .put(
                        "/api/projects/" + project + "/sub-clients/" + room.id() + "/sso",
                        RequestOptions.create().setData(provider));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        return room;
    }

    private Window visitor() {
        Window window = stage.window();
        window.mayVisit(keycloak.address());
        window.expectEndOfSession();
        return window;
    }

    /// Goes to the provider and back.
    private void signIn(Window window, Room room, String name) {
        window.go(room.home() + "/login");
        click(window.find("main a[href$='/sso']"));
        String inside = room.home() + "/(chat|inbox)"; // agents begin in the inbox
        Locator form = window.find("#username");
        // A provider that knows the person already is passed in a moment, and may be seen in it.
        window.page()
                .waitForCondition(() -> form.isVisible() || window.page().url().matches(".*" + inside + "(\\?.*)?"));
        if (form.isVisible()) {
            form.fill(name);
            window.find("#password").fill(THERE);
            click(window.find("#kc-login"));
        }
        window.assertAt(inside);
    }

    @Test
    void peopleComeFromTheProviderAndLeaveWithIt() {
        owner.createWorkspace(agency, project, "Sales");
        Room sales = room("Sales");
        owner.go("/projects/" + project + "/sub-clients/" + sales.id() + "/settings/sso?as=" + agency);
        owner.field("Issuer").fill(keycloak.issuer());
        owner.field("Client ID").fill(Keycloak.CLIENT);
        owner.field("Client secret").fill(Keycloak.SECRET);
        owner.find("#sso-roles").fill("sellers = agent\nbosses = admin");
        owner.find("#sso-label").fill("Office");
        owner.button("Test sign-in").click();
        assertThat(owner.find("#tested")).containsText("The test worked");
        owner.look("sso-tested");
        owner.find("#sso-secret").fill(Keycloak.SECRET);
        owner.button("Save single sign-on").click();
        owner.assertSaid("Single sign-on saved");
        keycloak.tellOfSignOuts(stage.server().awaitUrl() + sales.home() + "/sso/logout");
        Room care = withProvider("Care", "oidc");

        Window amira = visitor();
        clicks = 0;
        signIn(amira, sales, "amira");
        assertThat(clicks).as("clicks to sign in").isEqualTo(2);
        assertThat(role(amira, sales)).isEqualTo("agent");
        assertThat(me(amira, sales).at("/data/user/email").asText()).isEqualTo("amira@office.example");
        Window nour = visitor();
        signIn(nour, sales, "nour");
        keycloak.signOut("nour");
        assertRole(nour, sales, "none", AT_ONCE);

        // The key that signs there changes, and the email.
        keycloak.rotateKey();
        keycloak.changeEmail("nour", "nour.new@office.example");
        signIn(nour, sales, "nour");
        assertThat(me(nour, sales).at("/data/user/email").asText()).isEqualTo("nour.new@office.example");

        // Signing out in one workspace signs out there, and so in the other workspace.
        Window omar = visitor();
        signIn(omar, care, "omar");
        signIn(omar, sales, "omar");
        clicks = 0;
        click(omar.find("[popovertarget=profile]"));
        click(omar.button("Sign out"));
        omar.assertAt(sales.home() + "/login");
        assertThat(clicks).as("clicks to sign out at both").isEqualTo(2);
        omar.find("main a[href$='/sso']").click();
        assertThat(omar.find("#kc-form-login")).isVisible();

        keycloak.employ("lina", "sellers", THERE, true);
        Window lina = visitor();
        signIn(lina, sales, "lina");

        keycloak.leave("lina", "sellers");
        keycloak.leave("amira", "sellers");
        keycloak.join("amira", "bosses");
        keycloak.switchOff("nour");
        assertRole(amira, sales, "admin", A_MINUTE);
        assertRole(nour, sales, "none", A_MINUTE);
        assertRole(omar, care, "none", A_MINUTE);
        assertRole(lina, sales, "none", A_MINUTE);
        lina.assertAt(sales.home() + "/login?next=" + TestClient.encode(sales.home() + "/inbox"));
    }

    @Test
    void samlWorksWithItToo() {
        Room support = withProvider("Support", "saml");
        Window omar = visitor();
        keycloak.addSamlClient(
                omar.page().request().get(support.home() + "/sso/metadata").text());
        keycloak.join("omar", "bosses");
        signIn(omar, support, "omar");
        assertThat(role(omar, support)).isEqualTo("admin");
        assertThat(me(omar, support).at("/data/user/username").asText()).isEqualTo("omar");

        // A provider that takes no redirects is asked with a form, which sends itself.
        Room repairs = withProvider(
                "Repairs",
                Map.of("kind", "saml", "metadata", keycloak.samlMetadataOfForms(), "roles", Map.of("bosses", "admin")));
        keycloak.addSamlClient(
                omar.page().request().get(repairs.home() + "/sso/metadata").text());
        signIn(omar, repairs, "omar");
        assertThat(role(omar, repairs)).isEqualTo("admin");
    }
}
