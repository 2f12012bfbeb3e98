package dev.banyan.accounts.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.sso.MemberSignIn.Entered.TooMany;
import dev.banyan.accounts.sso.MemberSignIn.Entered.WrongPassword;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.sso.FakeDirectory;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members of an account sign in with the names and passwords of its directory, on a page of ours.
@QuarkusTest
class MemberDirectoryTest {

    private static final String ROUTE = "/api/admin/sso";
    private static final String PASSWORD = "a boat with two sails";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    MemberRechecks rechecks;

    @Inject
    Database database;

    @Inject
    DirectorySignIn directories;

    @Inject
    MemberAdmission admission;

    @Inject
    MemberSessions sessions;

    @Inject
    MemberDoors doors;

    @Inject
    Logins logins;

    @Inject
    SignInLog log;

    @Inject
    Audit audit;

    private final FakeDirectory directory = new FakeDirectory();
    private final SsoBrowser browser = new SsoBrowser();
    private TestWorld.Person owner;
    private TestClient client;
    private String domain;

    @BeforeEach
    void anAccountWithADirectory() {
        owner = world.agency("pier");
        client = TestClient.of(owner);
        domain = owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1)",
                UUID.randomUUID().toString(),
                owner.account().toString(),
                owner.account().toString(),
                domain,
                domain);
        directory.person("amira", PASSWORD, "amira@" + domain);
        directory.group("sellers", "amira");
        Answer answer = setUp(Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain(FakeDirectory.READER_PASSWORD);
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private Answer setUp(Map<String, Object> more) {
        var wish = new HashMap<>(directory.settings("ldaps"));
        wish.put("label", "the office");
        wish.put("roles", Map.of("bosses", "owner", "sellers", "manager"));
        wish.put("emailDomains", List.of(domain));
        wish.putAll(more);
        return client.put(ROUTE, wish);
    }

    private String path() {
        return "/sso/" + owner.username();
    }

    private Answer signIn(String name, String password) {
        return browser.form(path(), "username", name, "password", password);
    }

    private boolean isIn() {
        return browser.get("/api/me").status() == 200;
    }

    private List<String> role(String email) {
        return world.select(
                "SELECT role FROM memberships JOIN identities ON identities.id = identity_id WHERE tenant_id = ?"
                        + " AND email = ?",
                owner.account().toString(),
                email);
    }

    private void recheck() {
        clock.forward(Duration.ofSeconds(31));
        rechecks.run();
    }

    @Test
    void aPersonOfTheDirectoryBecomesAMemberWhoseGroupsAreFollowed() {
        Answer form = browser.get(path());
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.text()).contains("Enter your username and password for the office.", "name=\"password\"");

        Answer answer = signIn("AMIRA", PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/admin/dashboard");
        assertThat(isIn()).isTrue();
        assertThat(role("amira@" + domain)).containsExactly("manager");

        directory.group("bosses", "amira");
        recheck();
        assertThat(isIn()).isTrue();
        assertThat(role("amira@" + domain)).containsExactly("owner");

        recheck();
        assertThat(isIn()).as("asked again").isTrue();

        directory.remove("amira");
        recheck();
        assertThat(isIn()).as("removed there").isFalse();
    }

    @Test
    void membersStayThemselvesWhenTheirDirectoryGetsAnotherAddress() {
        signIn("amira", PASSWORD);
        directory.move();
        assertThat(setUp(Map.of()).status()).isEqualTo(200);
        assertThat(isIn()).as("with the former settings").isFalse();
        assertThat(signIn("amira", PASSWORD).status()).isEqualTo(303);
        assertThat(isIn()).isTrue();
        assertThat(world.select(
                        "SELECT issuer FROM account_sso_links WHERE tenant_id = ?",
                        owner.account().toString()))
                .hasSize(1)
                .allMatch(issuer ->
                        issuer.contains(":" + directory.settings("ldaps").get("port") + "/"));
    }

    @Test
    void wrongNamesAndPasswordsAreRefusedAlike() {
        for (String[] wrong :
                new String[][] {{"amira", "another"}, {"nobody", PASSWORD}, {"amira", ""}, {"*", PASSWORD}}) {
            Answer answer = signIn(wrong[0], wrong[1]);
            assertThat(answer.status()).as(wrong[0]).isEqualTo(422);
            assertThat(answer.text()).contains("Wrong username or password.").doesNotContain(PASSWORD);
        }
        assertThat(isIn()).isFalse();
        assertThat(client.get("/admin/users/sso").text())
                .contains("amira@" + domain, "The directory refused the person or the password.")
                .doesNotContain("nobody");
    }

    /// The server of these tests has no limits.
    @Test
    void guessersWaitAlsoWithTheRightPassword() {
        var limited =
                new MemberSignIn(database, directories, admission, sessions, logins, log, TestLimits.on(clock), audit);
        MemberDoors.Door door = doors.find(owner.username()).orElseThrow();
        var ldap = (SsoProvider.Ldap) door.provider();
        int tries = 0;
        while (limited.enter(guesser(tries), Device.UNKNOWN, door, ldap, "amira", "guess") instanceof WrongPassword) {
            tries++;
            assertThat(tries).isLessThan(30);
        }
        assertThat(tries).isPositive();
        assertThat(limited.enter(guesser(tries), Device.UNKNOWN, door, ldap, " AMIRA", PASSWORD))
                .as("from another network, in another spelling")
                .isInstanceOf(TooMany.class);
        assertThat(setUp(Map.of("userFilter", "(|(uid={username})(mail={username}))"))
                        .status())
                .isEqualTo(200);
        MemberDoors.Door byMail = doors.find(owner.username()).orElseThrow();
        var filtered = (SsoProvider.Ldap) byMail.provider();
        assertThat(limited.enter(guesser(tries + 1), Device.UNKNOWN, byMail, filtered, "amira@" + domain, PASSWORD))
                .as("under another name of the same entry")
                .isInstanceOf(TooMany.class);
        assertThat(limited.enter(guesser(tries), Device.UNKNOWN, door, ldap, "omar", "guess"))
                .as("others don’t wait")
                .isInstanceOf(WrongPassword.class);
    }

    private static Actor guesser(int number) {
        return new Actor(Optional.empty(), "198.51.100." + number);
    }

    @Test
    void whoHasNoRoleOrAnEmailOfElsewhereStaysOut() {
        directory.person("omar", PASSWORD, "omar@" + domain);
        assertThat(signIn("omar", PASSWORD).text()).contains("You don’t have access to this account");
        directory.person("leila", PASSWORD, "leila@elsewhere.example");
        directory.group("buyers", "leila");
        assertThat(setUp(Map.of("defaultRole", "manager")).status()).isEqualTo(200);
        Answer foreign = signIn("leila", PASSWORD);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.text()).contains("Your email doesn’t belong to this account’s domains");
        assertThat(isIn()).isFalse();
    }

    @Test
    void withoutTheDirectoryThePageSaysSoAndSessionsStayForAnHour() {
        assertThat(signIn("amira", PASSWORD).status()).isEqualTo(303);
        directory.stop();
        Answer away = new SsoBrowser().form(path(), "username", "amira", "password", PASSWORD);
        assertThat(away.status()).isEqualTo(502);
        assertThat(away.text()).contains("Your sign-in provider can’t be reached.");
        recheck();
        assertThat(isIn()).isTrue();
        clock.forward(Duration.ofHours(1));
        rechecks.run();
        assertThat(isIn()).as("an hour without an answer").isFalse();
    }

    @Test
    void theSettingsPageOffersItAndAnOpenIdAccountHasNoSuchForm() {
        String page =
                client.get("/admin/users/sso?kind=ldap&as=" + owner.username()).text();
        assertThat(page).contains(">LDAP</a>", "name=\"bindDn\"", "at the sign-in address above");
        Answer tested = client.post(ROUTE + "/test", Map.of());
        assertThat(tested.status()).as(tested.toString()).isEqualTo(200);
        assertThat(client.delete(ROUTE).json().path("message").asText()).isEqualTo("Single sign-on removed");
        assertThat(client.delete(ROUTE).json().path("message").asText())
                .isEqualTo("There is no single sign-on to remove");
        assertThat(browser.get(path()).status()).isEqualTo(404);
        assertThat(signIn("amira", PASSWORD).status()).isEqualTo(404);
    }
}
