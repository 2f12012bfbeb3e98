package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stranger registers with another person's address, or an unverified one, in a project that requires verification.
@QuarkusTest
class SigningInWithARegistrationThatDoesNotCountTest {

    private static final Pattern LINK = Pattern.compile("/s/[^/]+/confirm/[A-Za-z0-9_-]+");

    @Inject
    TestWorld world;

    private Workspace sales;
    private TestClient owner;
    private TestClient admin;
    private TestClient stranger;
    private String project;
    private String email;
    private String username;

    @BeforeEach
    void aStrangerHasTheAddressOfAWorkspace() {
        sales = world.sales();
        owner = TestClient.of(world.acme());
        admin = TestClient.of(world.salesAdmin());
        stranger = TestClient.anonymous();
        project = "/api/projects/" + sales.project();
        username = world.name("mallory");
        email = username + "@strangers.example";
    }

    private void ask(String proof) {
        Answer set = owner.put(project, Map.of("registration_proof", proof));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().at("/data/project/registration_proof").asText()).isEqualTo(proof);
    }

    private Answer register(String name, String address, String password) {
        return stranger.post(
                "/api/sub-client/register",
                Map.of("shortPath", sales.shortPath(), "email", address, "username", name, "password", password));
    }

    private Answer login(String password) {
        return stranger.post(
                "/api/sub-client/login",
                Map.of("shortPath", sales.shortPath(), "usernameOrEmail", username, "password", password));
    }

    private String registrations() {
        return project + "/sub-clients/" + sales.id() + "/registrations";
    }

    private long users() {
        return world.count(
                "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ? AND email = ?",
                sales.id().value(),
                email);
    }

    /// Returns the path in the last mail to the stranger's address. Once it was sent, only the outbox has its text.
    private String link() {
        String id = world.select("SELECT id FROM mails WHERE recipient = ? ORDER BY created_at DESC, id DESC", email)
                .getFirst();
        String body = world.select("SELECT body FROM mails WHERE id = ?", id).getFirst();
        Matcher link = LINK.matcher(body.isEmpty() ? inOutbox(id) : body);
        assertThat(link.find()).as(body).isTrue();
        return Objects.requireNonNull(link.group());
    }

    private static String inOutbox(String id) {
        try {
            return Files.readString(TestServer.data().resolve("outbox").resolve(id + ".eml"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void nothingIsAskedForByDefault() {
        assertThat(owner.get(project)
                        .json()
                        .at("/data/project/registration_proof")
                        .asText())
                .isEqualTo("none");
        Answer registered = register(username, email, TestWorld.PASSWORD);
        assertThat(registered.json().at("/data/session/token").asText()).isNotEmpty();
        assertThat(owner.put(project, Map.of("registration_proof", "blood")).error())
                .isEqualTo("registration_proof must be none, email or approval");
    }

    @Test
    void anAddressCountsOnceItsLinkIsOpened() {
        ask("email");

        Answer registered = register(username, email, TestWorld.PASSWORD);

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().at("/data/waits_for").asText()).isEqualTo("email");
        assertThat(registered.json().path("message").asText()).startsWith("Confirm your email address first");
        assertThat(registered.text()).doesNotContain("token");
        assertThat(registered.header("Set-Cookie")).isEmpty();
        assertThat(users()).isZero();
        Answer tooEarly = login(TestWorld.PASSWORD);
        assertThat(tooEarly.status()).isEqualTo(403);
        assertThat(tooEarly.error()).startsWith("Confirm your email address first");
        assertThat(login("not the password").status()).isEqualTo(401);
        assertThat(stranger.get("/s/" + sales.shortPath() + "/confirm/made-up").status())
                .isEqualTo(404);

        Answer opened = stranger.get(link());

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).endsWith("/login?done=email-confirmed");
        assertThat(stranger.get(link()).status()).isEqualTo(404);
        Answer in = login(TestWorld.PASSWORD);
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().at("/data/user/role").asText()).isEqualTo("user");
    }

    @Test
    void aStrangerWhoTookAnAddressFirstIsReplacedByItsOwner() {
        ask("email");
        assertThat(register(username, email, "the stranger's own").status()).isEqualTo(201);
        String strangers = link();

        assertThat(register(world.name("layla"), email, TestWorld.PASSWORD).status())
                .isEqualTo(201);

        assertThat(stranger.get(strangers).status()).isEqualTo(404);
        assertThat(login("the stranger's own").status()).isEqualTo(401);
        assertThat(stranger.get(link()).status()).isEqualTo(303);
    }

    @Test
    void theLinkIsSentAgainAndOnlyTheNewOneWorks() {
        ask("email");
        register(username, email, TestWorld.PASSWORD);
        String first = link();
        String again = "/api/sub-client/confirm/again";

        Answer asked = stranger.post(again, Map.of("shortPath", sales.shortPath(), "usernameOrEmail", username));
        Answer unknown = stranger.post(again, Map.of("shortPath", sales.shortPath(), "usernameOrEmail", "nobody"));

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).isEqualTo(unknown.text());
        Eventually.until(this::link, link -> !link.equals(first));
        assertThat(stranger.get(first).status()).isEqualTo(404);
        String token = link().replaceAll(".*/", "");
        var body = Map.of("shortPath", sales.shortPath(), "token", token);
        assertThat(stranger.post("/api/sub-client/confirm", body).status()).isEqualTo(200);
        assertThat(users()).isEqualTo(1);
    }

    @Test
    void anAdminDecidesWhoComesIn() {
        ask("approval");
        Answer registered = register(username, email, TestWorld.PASSWORD);
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().at("/data/waits_for").asText()).isEqualTo("approval");
        assertThat(login(TestWorld.PASSWORD).error()).isEqualTo("Your registration is waiting for an admin's approval");
        // A waiting registration can't be replaced: an admin decides about the person they know.
        assertThat(register(world.name("other"), email, "another password").error())
                .isEqualTo("Email already exists");
        String id =
                owner.get(registrations()).json().at("/data/registrations/0/id").asText();
        String page = "/s/" + sales.shortPath() + "/users";
        assertThat(admin.get(page).text()).contains(email, "Approve", "Reject");
        TestClient user = TestClient.of(world.salesUser());
        String approve = registrations() + "/" + id + "/approve";
        assertThat(user.get(registrations()).status()).isEqualTo(403);
        assertThat(user.post(approve, "").status()).isEqualTo(403);
        assertThat(user.delete(registrations() + "/" + id).status()).isEqualTo(403);
        assertThat(TestClient.of(world.supportAdmin()).post(approve, "").status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.rival()).post(approve, "").status()).isEqualTo(404);
        assertThat(users()).isZero();

        Answer approved =
                admin.form("/s/" + sales.shortPath() + "/registrations", "registrationId", id, "action", "approve");

        assertThat(approved.location()).endsWith("/users?done=registration-approved");
        assertThat(login(TestWorld.PASSWORD).status()).isEqualTo(200);
        assertThat(owner.post(approve, "").status()).isEqualTo(404);
    }

    @Test
    void whoIsRejectedIsForgotten() {
        ask("approval");
        register(username, email, TestWorld.PASSWORD);
        String side = "/projects/" + sales.project() + "/sub-clients/" + sales.id();
        String as = world.acme().username();
        assertThat(owner.get(side + "/users?as=" + as).text()).contains(email, "Pending registrations");
        String id =
                owner.get(registrations()).json().at("/data/registrations/0/id").asText();

        Answer rejected = owner.form(side + "/registrations", "as", as, "registrationId", id, "action", "reject");

        assertThat(rejected.location()).contains("done=registration-rejected");
        assertThat(login(TestWorld.PASSWORD).status()).isEqualTo(401);
        assertThat(owner.get(registrations()).text()).doesNotContain(email);
    }

    @Test
    void aConfirmedAddressIsNotExchangedForAnother() {
        ask("email");

        Answer changed = admin.put(
                "/api/sub-client/me",
                Map.of("email", email, "currentPassword", TestWorld.PASSWORD, "username", "amira"));

        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.error()).startsWith("This project confirms email addresses");
        assertThat(users()).isZero();
    }

    @Test
    void thePagesSayWhatIsMissing() {
        String settings = "/projects/" + sales.project() + "/sub-client/settings";
        String as = world.acme().username();
        assertThat(owner.form(settings + "/proof", "as", as, "value", "email").status())
                .isEqualTo(303);
        assertThat(owner.get(settings + "?as=" + as).text())
                .containsPattern("value=\"email\" selected")
                .contains("Email confirmation");
        String home = "/s/" + sales.shortPath();

        Answer registered =
                stranger.form(home + "/register", "username", username, "email", email, "password", TestWorld.PASSWORD);

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.text()).contains("Confirm your email address", "This server can’t send email.");
        Answer login = stranger.form(home + "/login", "usernameOrEmail", username, "password", TestWorld.PASSWORD);
        assertThat(login.status()).isEqualTo(403);
        assertThat(login.text()).contains("Confirm your email address");
        assertThat(login.header("Set-Cookie").orElse("")).doesNotContain("banyan_ws_");
        assertThat(stranger.form(home + "/confirm", "usernameOrEmail", username).status())
                .isEqualTo(200);
    }
}
