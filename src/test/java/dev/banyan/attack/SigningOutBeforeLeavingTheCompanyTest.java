package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.webhooks.MakerChecks;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.sso.FakeDirectory;
import dev.banyan.workspaces.sso.FakeSaml;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Someone who came from the company’s provider signs out here, is switched off there, and goes on with what needs no
/// session, about which the provider isn’t asked: a password that the settings allowed, a key, an invitation.
@QuarkusTest
class SigningOutBeforeLeavingTheCompanyTest extends SsoVictims {

    private static final String PASSWORD = "a password for later on";
    private static final String AT_WORK = "blue parrot 7";
    private static final Duration DAY = Duration.ofDays(1);

    private static final Map<String, Object> HOOK =
            Map.of("url", "http://127.0.0.1:9/hooks", "events", List.of("page.created"));

    @Inject
    MakerChecks webhooks;

    /// What someone has in the workspace when they leave.
    private record Kept(int user, TestClient program, TestClient session, String invitation) {}

    private String base() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
    }

    /// Takes all that can be had, and signs out.
    private Kept leaves(Supplier<Answer> signIn) {
        assertThat(signIn.get().status()).isEqualTo(303);
        int user = boss.me(sales).json().at("/data/user/id").asInt();
        Answer link = agency.post(base() + "/users/" + user + "/password-link", Map.of());
        assertThat(link.status()).as(link.toString()).isEqualTo(200);
        assertThat(useInvitation(invitationFor(email(BOSS)), Map.of()).status()).isEqualTo(201);
        assertThat(signIn.get().status())
                .as("the new password ended the session")
                .isEqualTo(303);
        Answer made = boss.post(base() + "/api-keys", Map.of("name", "Later", "permissions", List.of("users")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        TestClient program = TestClient.withBearer(made.text().replaceAll("(?s).*(wsk_[A-Za-z0-9_]+).*", "$1"));
        signsOut();
        return kept(user, program);
    }

    private void signsOut() {
        boss.form(SsoBrowser.path(sales) + "/logout");
        assertThat(boss.isIn(sales)).isFalse();
    }

    /// Signs in with the password, and invites a private address.
    private Kept kept(int user, TestClient program) {
        Answer login = loginToWorkspace(BOSS, PASSWORD);
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        TestClient session =
                TestClient.withBearer(login.json().at("/data/session/token").asText());
        String home = world.name("home") + "@private.example";
        Answer invited = session.post(base() + "/invitations", Map.of("email", home, "role", "admin"));
        assertThat(invited.status()).as(invited.toString()).isLessThan(300);
        return new Kept(user, program, session, invitationFor(home));
    }

    private String invitationFor(String recipient) {
        return world.select("SELECT body FROM mails WHERE recipient = ? ORDER BY id DESC", recipient)
                .getFirst()
                .replaceAll("(?s).*/invitation/(\\S+).*", "$1");
    }

    private Answer useInvitation(String token, Map<String, String> more) {
        var body = new HashMap<>(more);
        body.putAll(Map.of("shortPath", sales.shortPath(), "token", token, "password", PASSWORD));
        return TestClient.anonymous().post("/api/sub-client/invitation", body);
    }

    private void pass(Duration time) {
        clock.forward(time);
        recheck();
    }

    private void assertWorks(Kept kept) {
        assertThat(kept.program().get(base() + "/users").status()).as("the key").isEqualTo(200);
        assertThat(loginToWorkspace(BOSS, PASSWORD).status()).as("the password").isEqualTo(200);
    }

    private void assertNothingWorks(Kept kept) {
        Answer byKey = kept.program().get(base() + "/users");
        assertThat(byKey.status()).as("the key").isEqualTo(401);
        assertThat(byKey.error()).isEqualTo("The person who created this key must sign in with Office again");
        assertThat(loginToWorkspace(BOSS, PASSWORD).status()).as("the password").isEqualTo(403);
        assertThat(kept.session()
                        .get("/api/sub-client/me?shortPath=" + sales.shortPath())
                        .status())
                .as("the session of the password")
                .isEqualTo(401);
        assertThat(useInvitation(kept.invitation(), Map.of("username", "homer")).status())
                .as("the invitation")
                .isEqualTo(404);
    }

    private void providerIsSilent(Supplier<Answer> signIn, Runnable switchOff, Runnable switchOn) {
        Kept before = leaves(signIn);
        switchOff.run();
        pass(DAY.multipliedBy(29));
        assertWorks(before);
        Kept kept = kept(before.user(), before.program());
        pass(DAY);
        assertNothingWorks(kept);
        pass(DAY);
        assertNothingWorks(kept);

        switchOn.run();
        assertThat(signIn.get().status()).as("still at the provider").isEqualTo(303);
        assertWorks(kept);
        pass(DAY.multipliedBy(29));
        assertWorks(kept);
    }

    @Test
    void fromAProviderThatSendsNoRefreshToken() {
        provider.sendNoRefreshTokens();
        setUpWorkspace(Map.of("linkedPasswords", true, "label", "Office"));
        Runnable switchOn = () -> atProvider("1", BOSS, "bosses");
        switchOn.run();
        providerIsSilent(() -> enterWorkspace(boss, "1"), () -> provider.switchOff("1"), switchOn);
    }

    @Test
    void fromASamlProvider() {
        try (var saml = new FakeSaml(clock)) {
            put(Map.of("kind", "saml", "metadata", saml.metadata(), "roles", Map.of("bosses", "admin")));
            Supplier<Answer> signIn = () -> {
                var said = saml.person(boss.begin(sales), BOSS, "bosses");
                said.put("email", email(BOSS));
                return boss.answer(SsoBrowser.path(sales) + "/sso/acs", saml.reply(said));
            };
            providerIsSilent(signIn, () -> {}, () -> {}); // who is switched off there doesn't come here
        }
    }

    private void put(Map<String, Object> settings) {
        var wish = new HashMap<>(settings);
        wish.put("label", "Office");
        wish.put("linkedPasswords", true);
        Answer answer = agency.put(base() + "/sso", wish);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void fromADirectoryWhichIsAskedTheNextDay() {
        try (var directory = new FakeDirectory()) {
            directory.person(BOSS, AT_WORK, email(BOSS));
            directory.group("bosses", BOSS);
            var settings = new HashMap<>(directory.settings("ldaps"));
            settings.put(
                    "userFilter",
                    "(&(|(uid={username})(mail={username}@" + domain + "))(!(description=switched off)))");
            put(settings);
            Supplier<Answer> signIn =
                    () -> boss.form(SsoBrowser.path(sales) + "/login", "usernameOrEmail", BOSS, "password", AT_WORK);
            Kept kept = leaves(signIn);
            pass(DAY);
            assertWorks(kept);
            pass(DAY);
            assertWorks(kept);

            directory.leave("bosses", BOSS);
            pass(DAY);
            assertNothingWorks(kept);

            directory.join("bosses", BOSS);
            assertThat(signIn.get().status()).isEqualTo(303);
            signsOut();
            Kept again = kept(kept.user(), kept.program());
            assertWorks(again);
            directory.describe(BOSS, "switched off");
            pass(DAY);
            assertNothingWorks(again);
        }
    }

    @Test
    void fromADirectoryThatDoesNotAnswer() {
        try (var directory = new FakeDirectory()) {
            directory.person(BOSS, AT_WORK, email(BOSS));
            directory.group("bosses", BOSS);
            put(directory.settings("ldaps"));
            Kept kept = leaves(
                    () -> boss.form(SsoBrowser.path(sales) + "/login", "usernameOrEmail", BOSS, "password", AT_WORK));
            pass(DAY.multipliedBy(29));
            directory.stop();
            pass(DAY.multipliedBy(29));
            assertWorks(kept);
            Kept last = kept(kept.user(), kept.program());
            pass(DAY);
            assertNothingWorks(last);
        }
    }

    @Test
    void andTheEmergencyAdminKeepsTheWayIn() {
        provider.sendNoRefreshTokens();
        setUpWorkspace(Map.of("linkedPasswords", true));
        atProvider("1", BOSS, "bosses");
        Kept kept = leaves(() -> enterWorkspace(boss, "1"));
        setUpWorkspace(Map.of("linkedPasswords", true, "emergencyAdmin", BOSS));
        pass(DAY.multipliedBy(31));
        assertWorks(kept);
        TestClient session = kept(kept.user(), kept.program()).session();
        pass(DAY);
        assertThat(session.get("/api/sub-client/me?shortPath=" + sales.shortPath())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ofAnAccount() {
        provider.sendNoRefreshTokens();
        setUpAccount(Map.of("linkedPasswords", true, "label", "Office"));
        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        world.sql(
                "UPDATE identities SET password_hash = (SELECT password_hash FROM identities WHERE email = ?) WHERE"
                        + " email = ?",
                owner.email(),
                email(BOSS));
        Answer made = boss.post(
                "/api/admin/apikeyscreate?UserId=" + owner.account(),
                Map.of("name", "Later", "permissions", List.of("manage:workspaces", "pages:read", "webhooks:manage")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        TestClient program = TestClient.withBearer(made.json().at("/key/key").asText());
        listens(program.post("/v1/webhooks", HOOK));
        assertThat(boss.post("/api/logout", Map.of()).status()).isEqualTo(200);
        provider.switchOff("1");

        pass(DAY.multipliedBy(29));
        assertThat(program.get("/api/projects").status()).isEqualTo(200);
        assertThat(whoListens()).as("the webhook of the key").hasSize(1);
        TestClient session = TestClient.withSession(
                loginToAccount(email(BOSS), TestWorld.PASSWORD).sessionToken());
        TestWorld.Person friend = world.agency("friend");
        world.confirm(friend);
        Answer invited = session.form(
                "/admin/users/people",
                Map.of("as", owner.username(), "email", friend.email(), "role", "owner", "scope", "all"));
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);

        pass(DAY);
        Answer byKey = program.get("/api/projects");
        assertThat(byKey.status()).isEqualTo(401);
        assertThat(byKey.text()).contains("Its maker must sign in with Office again");
        assertThat(whoListens()).isEmpty();
        assertThat(loginToAccount(email(BOSS), TestWorld.PASSWORD).status()).isEqualTo(403);
        assertThat(session.get("/api/me").status()).isEqualTo(401);
        assertThat(accept(friend).status()).as("the invitation").isEqualTo(400);

        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        assertThat(program.get("/api/projects").status()).isEqualTo(200);
        assertThat(loginToAccount(email(BOSS), TestWorld.PASSWORD).status()).isEqualTo(200);
        assertThat(accept(friend).status()).isEqualTo(200);
    }

    private Answer accept(TestWorld.Person friend) {
        return TestClient.of(friend)
                .post(
                        "/api/admin/UserManagerRespond",
                        Map.of("FromUserId", owner.account().toString(), "State", "accepted"));
    }

    @Test
    void ofAnAccountWithADirectory() {
        try (var directory = new FakeDirectory()) {
            directory.person(BOSS, AT_WORK, email(BOSS));
            directory.group("bosses", BOSS);
            var wish = new HashMap<>(directory.settings("ldaps"));
            wish.put("roles", Map.of("bosses", "owner"));
            wish.put("emailDomains", List.of(domain));
            wish.put("label", "Office");
            assertThat(agency.put("/api/admin/sso", wish).status()).isEqualTo(200);
            assertThat(boss.form("/sso/" + owner.username(), "username", BOSS, "password", AT_WORK)
                            .status())
                    .isEqualTo(303);
            Answer made = boss.post(
                    "/api/admin/apikeyscreate?UserId=" + owner.account(),
                    Map.of("name", "Later", "permissions", List.of("manage:workspaces")));
            TestClient program =
                    TestClient.withBearer(made.json().at("/key/key").asText());
            listens(boss.post("/api/admin/webhooks?UserId=" + owner.account(), HOOK));
            listens(agency.post("/api/admin/webhooks", HOOK));
            assertThat(boss.post("/api/logout", Map.of()).status()).isEqualTo(200);
            pass(DAY);
            assertThat(program.get("/api/projects").status()).isEqualTo(200);
            assertThat(whoListens()).hasSize(2);
            directory.remove(BOSS);
            pass(DAY);
            assertThat(program.get("/api/projects").status()).isEqualTo(401);
            assertThat(whoListens()).as("whoever is still there").containsExactly(owner.email());
        }
    }

    private static void listens(Answer made) {
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private List<String> whoListens() {
        webhooks.checkAll();
        return world.select(
                "SELECT email FROM webhook_endpoints JOIN identities ON identities.id = set_up_by_identity_id"
                        + " WHERE is_active = 1 AND tenant_id = '" + owner.account() + "'");
    }

    @Test
    void ofAnAccountThatNoLongerSpeaksForThem() {
        provider.sendNoRefreshTokens();
        setUpAccount(Map.of("linkedPasswords", true));
        atProvider("1", BOSS, "bosses");
        assertThat(enterAccount(boss, "1").status()).isEqualTo(303);
        Answer made = boss.post(
                "/api/admin/apikeyscreate?UserId=" + owner.account(),
                Map.of("name", "Later", "permissions", List.of("manage:workspaces")));
        TestClient program = TestClient.withBearer(made.json().at("/key/key").asText());
        world.sql(
                "UPDATE identities SET email = ? WHERE email = ?", world.name("moved") + "@home.example", email(BOSS));
        pass(DAY.multipliedBy(31));
        assertThat(program.get("/api/projects").status())
                .as("they could not sign in there any more")
                .isEqualTo(200);
    }
}
