package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TimeLimit;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signing in to a workspace with a name and a password of a directory, which is asked over real TLS.
@QuarkusTest
class LdapSignInTest {

    private static final String PASSWORD = "blue parrot 7";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    WorkspaceRechecks rechecks;

    @Inject
    DirectorySignIn directories;

    @Inject
    WorkspaceSsoSecrets secrets;

    @Inject
    SsoSessions sessions;

    @Inject
    SignInLog log;

    private final FakeDirectory directory = new FakeDirectory();
    private final SsoBrowser browser = new SsoBrowser();
    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void aWorkspaceWithADirectory() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        directory.person("amira", PASSWORD);
        directory.group("sellers", "amira");
        setUp(directory.settings("ldaps"));
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private String route() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/sso";
    }

    private void setUp(Map<String, Object> settings) {
        Answer answer = acme.put(route(), settings);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain(FakeDirectory.READER_PASSWORD);
    }

    private Map<String, Object> with(String field, Object value) {
        var settings = new HashMap<>(directory.settings("ldaps"));
        settings.put(field, value);
        return settings;
    }

    private Answer signIn(SsoBrowser by, String name, String password) {
        return by.form(SsoBrowser.path(sales) + "/login", "usernameOrEmail", name, "password", password);
    }

    private void assertWrong(String name, String password) {
        Answer answer = signIn(new SsoBrowser(), name, password);
        assertThat(answer.status()).as(name + ": " + answer).isEqualTo(422);
    }

    @Test
    void aPersonOfTheDirectoryBecomesAUserWithTheRoleOfTheirGroups() {
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        assertThat(browser.role(sales)).isEqualTo("agent");
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");
        directory.group("bosses", "amira");
        assertThat(signIn(browser, "AMIRA", PASSWORD).status())
                .as("in any case")
                .isEqualTo(303);
        assertThat(browser.role(sales)).as("as directories write names").isEqualTo("admin");
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                                sales.id().value()))
                .isEqualTo(1);
    }

    @Test
    void aPasswordTypedOnAMacIsTheOneThatWasSetOnWindows() {
        String composed = "gr\u00fcner Papagei 7";
        directory.person("jorg", composed);
        directory.group("team", "jorg");
        setUp(with("roles", Map.of("team", "user")));
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertThat(signIn(browser, "jorg", decomposed).status()).isEqualTo(303);
        assertThat(signIn(new SsoBrowser(), "jorg", composed).status()).isEqualTo(303);
        assertWrong("jorg", "gruner Papagei 7");
    }

    @Test
    void startTlsWorksAndAServerWhoseCertificateIsNotTrustedGetsNoPassword() {
        setUp(directory.settings("starttls"));
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        for (String tls : List.of("ldaps", "starttls")) {
            try (var other = new FakeDirectory()) {
                var settings = new HashMap<>(directory.settings(tls));
                settings.put("certificate", other.certificate());
                assertThat(acme.put(route(), settings).status()).isEqualTo(200);
                Answer answer = signIn(new SsoBrowser(), "amira", PASSWORD);
                assertThat(answer.status()).as(tls + " " + answer).isEqualTo(503);
                assertThat(answer.text()).contains("can’t be reached");
            }
        }
    }

    @Test
    void theNameInTheCertificateIsChecked() {
        for (String tls : List.of("ldaps", "starttls")) {
            var settings = new HashMap<>(directory.settings(tls));
            settings.put("host", "localhost"); // the same machine by a name that the certificate doesn’t have
            Answer answer = acme.post(route() + "/test", settings);
            assertThat(answer.json().at("/data/ok").asBoolean(true)).as(tls).isFalse();
        }
    }

    @Test
    void emptyPasswordsAndNamesThatAreFiltersOpenNothing() {
        assertWrong("amira", "");
        assertWrong("amira", "wrong");
        assertWrong("", PASSWORD);
        assertWrong("*", PASSWORD);
        assertWrong("am*", PASSWORD);
        assertWrong("amira)(uid=*", PASSWORD);
        assertWrong("*)(|(uid=amira", PASSWORD);
        assertWrong("\\2a", PASSWORD);
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                                sales.id().value()))
                .isZero();
    }

    @Test
    void adminsSeeWhosePasswordTheDirectoryRefusedAndNeverWhatWasTyped() {
        assertWrong("amira", "wrong password");
        assertWrong("a password typed as a name", "x");
        String facts = String.join(
                "\n",
                rooms.world()
                        .select(
                                "SELECT facts FROM sso_sign_ins WHERE sub_client_id = ?",
                                sales.id().value()));
        assertThat(facts)
                .contains(
                        "amira@office.example",
                        "The directory refused the person or the password.",
                        "FAILED",
                        "the provided password was incorrect") // the directory’s own words
                .doesNotContain("wrong password", "a password typed")
                .hasLineCount(1);
        directory.stop();
        signIn(new SsoBrowser(), "amira", PASSWORD);
        assertThat(rooms.world()
                        .select(
                                "SELECT facts FROM sso_sign_ins WHERE sub_client_id = ? ORDER BY id DESC",
                                sales.id().value())
                        .getFirst())
                .contains("The directory can’t be asked");
    }

    /// The server of these tests has no limits.
    @Test
    void guessesCountUnderTheEntryThatANameFindsAndNotWhereThePersonIsAtHome() {
        setUp(with("userFilter", "(|(uid={username})(mail={username}))"));
        var limited = new LdapSignIn(directories, secrets, sessions, TestLimits.on(clock), log);
        var home = new Actor(Optional.empty(), "203.0.113.7");
        assertThat(limited.signIn(home, sales, "amira", PASSWORD)).isInstanceOf(LdapSignIn.Answer.Welcome.class);
        int tries = 0;
        while (limited.signIn(guesser(tries), sales, tries % 2 == 0 ? "amira" : "AMIRA@office.example", "guess")
                instanceof LdapSignIn.Answer.Unknown) {
            tries++;
            assertThat(tries).isLessThan(30);
        }
        assertThat(limited.signIn(guesser(tries + 1), sales, "Amira", PASSWORD))
                .isInstanceOf(LdapSignIn.Answer.TooMany.class);
        assertThat(limited.signIn(home, sales, "amira", PASSWORD)).isInstanceOf(LdapSignIn.Answer.Welcome.class);
    }

    private static Actor guesser(int number) {
        return new Actor(Optional.empty(), "198.51.100." + number);
    }

    @Test
    void whoIsRemovedThereOrLeavesTheGroupIsOutWithinAMinute() {
        directory.person("omar", PASSWORD);
        directory.group("bosses", "omar");
        var omar = new SsoBrowser();
        signIn(browser, "amira", PASSWORD);
        signIn(omar, "omar", PASSWORD);
        recheck();
        assertThat(browser.isIn(sales)).isTrue();
        directory.leave("sellers", "amira");
        recheck();
        assertThat(browser.isIn(sales)).isFalse();
        assertThat(omar.isIn(sales)).isTrue();
        directory.remove("omar");
        recheck();
        assertThat(omar.isIn(sales)).isFalse();
        Answer answer = signIn(browser, "amira", PASSWORD);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("You don’t have access to this workspace");
    }

    private void recheck() {
        clock.forward(Duration.ofSeconds(31));
        rechecks.run();
    }

    @Test
    void peopleStayThemselvesWhenTheirDirectoryGetsAnotherAddress() {
        directory.person("omar", PASSWORD);
        directory.group("team", "amira", "omar");
        var roles = Map.of("team", "agent");
        setUp(with("roles", roles));
        signIn(browser, "amira", PASSWORD);
        signIn(new SsoBrowser(), "omar", PASSWORD);
        int id = browser.me(sales).json().at("/data/user/id").asInt();

        directory.move();
        setUp(with("roles", roles));
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        assertThat(browser.me(sales).json().at("/data/user/id").asInt()).isEqualTo(id);
        clock.forward(Duration.ofDays(1).plusMinutes(1));
        rechecks.runLinks();
        assertThat(issuers())
                .as("omar is found there, too, without a sign-in")
                .hasSize(2)
                .allMatch(issuer ->
                        issuer.contains(":" + directory.settings("ldaps").get("port") + "/dc=office"));

        acme = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        var below = with("baseDn", "ou=people,dc=office,dc=example");
        below.put("groupBaseDn", "dc=office,dc=example");
        below.put("roles", roles);
        setUp(below);
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        assertThat(browser.me(sales).json().at("/data/user/id").asInt()).isEqualTo(id);
        assertThat(issuers()).hasSize(2);

        // Another directory, in which nobody is whom the first one named.
        try (var other = new FakeDirectory()) {
            other.person("amira", PASSWORD);
            other.group("sellers", "amira");
            setUp(other.settings("ldaps"));
            assertThat(signIn(new SsoBrowser(), "amira", PASSWORD).text())
                    .contains("Another user of this workspace has your email");
            clock.forward(Duration.ofDays(2));
            rechecks.runLinks();
            assertThat(rooms.world()
                            .count(
                                    "SELECT count(*) FROM workspace_sso_links WHERE sub_client_id = ? AND refused_at IS"
                                            + " NOT NULL",
                                    sales.id().value()))
                    .as("it can’t say who has left the first one")
                    .isZero();
        }
    }

    private List<String> issuers() {
        return rooms.world()
                .select(
                        "SELECT issuer FROM workspace_sso_links WHERE sub_client_id = ?",
                        sales.id().value());
    }

    @Test
    void groupsInGroupsCountWhereTheEntryNamesOnlyTheFirst() {
        directory.group("team", "someone");
        directory.group("division", "someone");
        directory.group("company", "someone");
        directory.nest("team", "division");
        directory.nest("division", "company");
        directory.nest("company", "team"); // some run in circles
        directory.name("amira", "team");
        var settings = with("roles", Map.of("company", "admin"));
        settings.remove("groupFilter");
        settings.put("baseDn", "ou=people,dc=office,dc=example");
        setUp(settings);
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        assertThat(browser.role(sales)).isEqualTo("admin");
        directory.name("amira");
        recheck();
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void anotherPersonWhoGetsTheNameOfOneWhoLeftIsNotThatPerson() {
        signIn(browser, "amira", PASSWORD);
        int id = browser.me(sales).json().at("/data/user/id").asInt();
        directory.remove("amira");
        directory.person("amira", "another password");
        recheck();
        assertThat(browser.isIn(sales)).as("the id of the entry is another one").isFalse();
        Answer answer = signIn(browser, "amira", "another password");
        assertThat(answer.status()).as("the email belongs to a user already").isEqualTo(403);
        assertThat(id).isPositive();
    }

    @Test
    void usersWithAPasswordOfOursComeInWhetherTheDirectoryAnswersOrNot() {
        var world = rooms.world();
        world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN);
        assertThat(signIn(new SsoBrowser(), "leila", "correct horse battery").status())
                .isEqualTo(303);
        directory.stop();
        assertThat(signIn(new SsoBrowser(), "leila", "correct horse battery").status())
                .isEqualTo(303);
        assertThat(signIn(new SsoBrowser(), "amira", PASSWORD).status()).isEqualTo(503);
    }

    /// Something else has the port, such as a web server that waits for more, or someone who wants to hold up the job.
    @Test
    void aDirectoryThatTakesAConnectionAndNeverEndsTheHandshakeHoldsNobodyUp() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var moved = new HashMap<>(directory.settings("ldaps"));
            moved.put("port", silent.getLocalPort());
            Thread.ofVirtual().start(() -> dripToEach(silent));
            assertThat(step(moved)).contains("answer");
        }
    }

    /// Begins a record of TLS, and sends a byte of it now and then.
    private static void dripToEach(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
                while (!Thread.currentThread().isInterrupted()) {
                    client.getOutputStream().write(0);
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            } catch (IOException _) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @Test
    void theTestSaysWhatIsWrong() {
        assertThat(tested(Map.of()).at("/data/ok").asBoolean()).isTrue();
        assertThat(step(with("bindPassword", "wrong"))).contains("doesn’t accept the account that searches");
        assertThat(step(with("baseDn", "dc=elsewhere"))).contains("has nothing at “dc=elsewhere”");
        assertThat(step(with("host", "10.0.0.1"))).contains("doesn’t call private addresses");
        var moved = with("port", 1);
        moved.remove("bindPassword");
        assertThat(acme.post(route() + "/test", moved).error())
                .as("the stored password isn’t sent to another server")
                .startsWith("Enter it again: it was entered for ldaps://127.0.0.1");
        assertThat(acme.put(route(), moved).error()).startsWith("Enter it again");
        assertThat(acme.put(route(), with("userFilter", "(uid=amira)")).error())
                .isEqualTo("userFilter must contain {username}");
        assertThat(acme.put(route(), with("userFilter", "(uid={username}")).error())
                .startsWith("userFilter must be an LDAP filter");
        assertThat(acme.put(route(), with("tls", "none")).error()).isEqualTo("tls must be ldaps or starttls");
        assertThat(acme.put(route(), with("certificate", "nothing")).error()).isEqualTo("certificate must be PEM");
        assertThat(acme.put(route(), with("issuer", "https://x.example")).error())
                .startsWith("issuer, clientId");
    }

    private com.fasterxml.jackson.databind.JsonNode tested(Map<String, Object> body) {
        Answer answer = acme.post(route() + "/test", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private String step(Map<String, Object> body) {
        var steps = tested(body).at("/data/steps");
        var last = steps.get(steps.size() - 1);
        assertThat(last.path("ok").asBoolean(true)).as(steps.toString()).isFalse();
        return last.path("text").asText();
    }

    @Test
    void amongTenThousandPeopleASignInIsQuick() {
        for (int number = 0; number < 10_000; number++) {
            directory.person("person" + number, "p" + number);
        }
        assertThat(signIn(browser, "amira", PASSWORD).status()).isEqualTo(303);
        long begin = System.nanoTime();
        for (int number = 0; number < 5; number++) {
            assertThat(signIn(new SsoBrowser(), "amira", PASSWORD).status()).isEqualTo(303);
        }
        TimeLimit.assertKept(Duration.ofSeconds(5), Duration.ofNanos(System.nanoTime() - begin));
    }
}
