package dev.banyan.accounts.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.brands.FormerNames;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.sso.FakeOidc;
import dev.banyan.workspaces.sso.FakeSaml;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members of an account sign in at its provider, which speaks for emails of its own domains alone.
@QuarkusTest
class MemberSsoTest {

    private static final String ROUTE = "/api/admin/sso";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    MemberRechecks rechecks;

    @Inject
    FormerNames freeing;

    @Inject
    MemberSsoSetup setup;

    @Inject
    Database database;

    @All
    @Inject
    List<Recurring> jobs;

    private final FakeOidc provider = new FakeOidc();
    private final SsoBrowser browser = new SsoBrowser();
    private TestWorld.Person owner;
    private TestClient client;
    private String domain;

    @BeforeEach
    void anAccountWithADomainAndAProvider() {
        owner = world.agency("harbour");
        client = TestClient.of(owner);
        domain = owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
        prove(owner, domain);
        setUp(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private void prove(TestWorld.Person whose, String host) {
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1)",
                UUID.randomUUID().toString(),
                whose.account().toString(),
                whose.account().toString(),
                host,
                host);
    }

    private Map<String, Object> wish(Map<String, Object> more) {
        var wish = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                FakeOidc.SECRET,
                "roles",
                Map.of("bosses", "owner", "sellers", "manager"),
                "linkByEmail",
                true,
                "emailDomains",
                List.of(domain)));
        wish.putAll(more);
        return wish;
    }

    private void setUp(Map<String, Object> more) {
        Answer answer = client.put(ROUTE, wish(more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain(FakeOidc.SECRET);
    }

    private void person(String subject, String name, String... groups) {
        provider.put(provider.person(subject, name, groups).with("email", name + "@" + domain));
    }

    private String path() {
        return "/sso/" + owner.username();
    }

    private URI begin(SsoBrowser by) {
        Answer answer = by.get(path());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        return URI.create(answer.location());
    }

    private Answer signIn(String subject) {
        return browser.end(provider.signIn(begin(browser), subject));
    }

    private boolean isIn() {
        return browser.get("/api/me").status() == 200;
    }

    private void assertIn(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/admin/dashboard");
        assertThat(isIn()).isTrue();
    }

    private void assertRefused(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text()).contains(text);
        assertThat(isIn()).isFalse();
    }

    private List<String> role(String email) {
        return world.select(
                "SELECT role FROM memberships JOIN identities ON identities.id = identity_id WHERE tenant_id = ?"
                        + " AND email = ?",
                owner.account().toString(),
                email);
    }

    @Test
    void aPersonBecomesAMemberWithTheRoleOfTheirGroupsWhichFollowsThem() {
        person("1", "amira", "sellers");
        assertIn(signIn("1"));
        assertThat(role("amira@" + domain)).containsExactly("manager");

        person("1", "amira", "bosses");
        recheck();
        assertThat(isIn()).isTrue();
        assertThat(role("amira@" + domain)).containsExactly("owner");

        provider.switchOff("1");
        recheck();
        assertThat(isIn()).as("switched off there").isFalse();
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE tenant_id = ?",
                        owner.account().toString()))
                .contains("MemberSsoChanged", "MemberCreatedBySso", "PersonChanged", "MemberSignInEnded");
    }

    @Test
    void ownersReadSignInsAndPresetsInTheApiAndFillTheFormFromOne() {
        person("1", "amira", "others");
        signIn("1");
        assertThat(client.get(ROUTE + "/sign-ins").text())
                .contains("\"outcome\":\"refused\"", "\"groups\":[\"others\"]");
        assertThat(client.get(ROUTE + "/presets").text())
                .contains(path() + "/callback", "Valid redirect URIs")
                .doesNotContain("Valid post logout redirect URIs");
        assertThat(client.get("/admin/users/sso?as=" + owner.username() + "&kind=saml&preset=okta")
                        .text())
                .contains("At Okta", path() + "/acs", "your-app-id");
    }

    @Test
    void whatArrivedInPlaceOfAnEmailIsSaid() {
        provider.put(new FakeOidc.Someone("1", Map.of("groups", List.of("sellers"), "name", "Amira"), true));
        assertRefused(signIn("1"), 403, "Your provider sent no email, only “");
        person("2", "omar", "sellers");
        provider.put(provider.person("2", "omar", "sellers")
                .with("email", "omar@" + domain)
                .with("email_verified", false));
        assertRefused(signIn("2"), 403, "Your sign-in provider didn’t confirm an email address");
        person("3", "jörg", "sellers");
        assertRefused(signIn("3"), 403, "Your email address can’t be used here");
        provider.put(new FakeOidc.Someone("4", Map.of("hasgroups", true, "email", "lina@" + domain), true));
        assertRefused(signIn("4"), 403, "more than 200");
        assertThat(client.get(ROUTE + "/sign-ins").text())
                .contains("more than 200")
                .doesNotContain("email domains");
    }

    private void recheck() {
        clock.forward(Duration.ofSeconds(31));
        rechecks.run();
    }

    @Test
    void whoHasNoRoleOrIsNotToBeCreatedStaysOut() {
        person("1", "amira", "others");
        assertRefused(signIn("1"), 403, "You don’t have access to this account");
        setUp(Map.of("createUsers", false));
        person("1", "amira", "sellers");
        assertRefused(signIn("1"), 403, "You aren’t a member of this account");
    }

    @Test
    void theProviderSpeaksForItsOwnDomainsAlone() {
        TestWorld.Person victim = world.agency("victim");
        provider.put(provider.person("1", "amira", "bosses").with("email", victim.email()));
        assertRefused(signIn("1"), 403, "Your email doesn’t belong to this account’s domains");

        assertThat(client.put(ROUTE, wish(Map.of("emailDomains", List.of("people.example"))))
                        .error())
                .contains("emailDomains must name domains that this account has proved: " + domain);
        TestWorld.Person rival = world.agency("rival");
        prove(rival, "rival-" + domain);
        assertThat(client.put(ROUTE, wish(Map.of("emailDomains", List.of("rival-" + domain))))
                        .status())
                .isEqualTo(400);

        person("2", "omar", "sellers");
        world.sql("UPDATE domains SET serving_host = NULL, state = 'off' WHERE host = ?", domain);
        assertRefused(signIn("2"), 403, "Your email doesn’t belong");
        world.sql("UPDATE domains SET serving_host = host, state = 'active' WHERE host = ?", domain);
        assertIn(signIn("2"));

        world.sql("UPDATE identities SET email = ? WHERE email = ?", "omar@elsewhere.example", "omar@" + domain);
        provider.put(provider.person("2", "omar", "sellers").with("email", "omar@elsewhere.example"));
        assertThat(signIn("2").text()).contains("Your email doesn’t belong");
    }

    @Test
    void aMemberWhoExistsIsRecognizedOnlyByAVerifiedEmailAndNeverOneWhoRunsTheServer() {
        String email = "layla@" + domain;
        world.sql("UPDATE identities SET email = ? WHERE email = ?", email, owner.email());
        provider.put(
                provider.person("1", "layla", "sellers").with("email", email).with("email_verified", false));
        assertThat(signIn("1").status()).isEqualTo(403);
        person("1", "layla", "bosses");
        setUp(Map.of("linkByEmail", false));
        assertRefused(signIn("1"), 403, "Someone already signs in with your email");
        setUp(Map.of());
        assertIn(signIn("1"));
        assertThat(role(email)).containsExactly("owner");
        person("1", "layla", "sellers");
        assertIn(signIn("1"));
        assertThat(role(email)).as("the last owner stays one").containsExactly("owner");
        person("2", "layla", "bosses");
        assertThat(signIn("2").text()).as("another person there").contains("Someone already signs in");

        world.sql(
                "INSERT INTO operators (identity_id, created_at) SELECT id, 1 FROM identities WHERE email = ?", email);
        var fresh = new SsoBrowser();
        assertThat(fresh.end(provider.signIn(begin(fresh), "1")).status()).isEqualTo(403);
        world.sql("DELETE FROM operators WHERE identity_id = (SELECT id FROM identities WHERE email = ?)", email);
    }

    @Test
    void theirOwnSecondFactorIsStillAskedForAndTheSessionIsTheProvidersAllTheSame() {
        person("1", "amira", "sellers");
        assertIn(signIn("1"));
        world.sql(
                "INSERT INTO second_factors (identity_id, totp_enabled, email_enabled, totp_step, updated_at)"
                        + " SELECT id, 0, 1, 0, 1 FROM identities WHERE email = ?",
                "amira@" + domain);
        var other = new SsoBrowser();
        String deep = "/admin/dashboard?as=" + owner.username();
        Answer led = other.form("/login", "email", "amira@" + domain, "password", "", "next", deep);
        String begin = path() + "?next=" + TestClient.encode(deep);
        assertThat(led.header("Refresh")).contains("0; url=" + begin);
        Answer asked = other.end(provider.signIn(URI.create(other.get(begin).location()), "1"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).contains("name=\"next\" value=\"" + deep + "\"");
        assertThat(asked.text()).contains("Two-step verification");
        assertThat(other.get("/api/me").status()).isEqualTo(401);
        assertThat(world.count(
                        "SELECT count(*) FROM account_sso_attempts WHERE tenant_id = ?",
                        owner.account().toString()))
                .as("what the provider proved waits for the code")
                .isEqualTo(1);
        String session = Pattern.compile("tfa-[0-9a-f-]{36}")
                .matcher(asked.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        String mail = world.select(
                        "SELECT body FROM mails WHERE recipient = ? AND body LIKE '%code%' ORDER BY id DESC",
                        "amira@" + domain)
                .getFirst();
        String code = Pattern.compile("\\b[0-9]{6}\\b")
                .matcher(mail)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        assertThat(other.form("/login/code", "session", session, "code", code, "next", deep)
                        .location())
                .isEqualTo(deep);
        assertThat(other.get("/api/me").status()).isEqualTo(200);
        provider.switchOff("1");
        recheck();
        assertThat(other.get("/api/me").status())
                .as("the provider still decides about it")
                .isEqualTo(401);
    }

    @Test
    void theSignInPageLeadsToTheProviderOfAnEmail() {
        assertThat(browser.get("/login").text()).contains("Sign in with single sign-on");
        for (String name : List.of("amira@" + domain, owner.username())) {
            Answer led = browser.form("/sso", "email", name);
            assertThat(led.header("Refresh")).contains("0; url=" + path());
            assertThat(led.text()).contains(path());
        }
        assertThat(browser.form("/login", "email", "amira@" + domain, "password", "")
                        .header("Refresh"))
                .contains("0; url=" + path());
        for (String name : List.of("amira@elsewhere.example", "nobody", "")) {
            Answer unknown = browser.form("/sso", "email", name);
            assertThat(unknown.status()).isEqualTo(422);
            assertThat(unknown.text()).contains("No single sign-on was found.");
        }
        assertThat(browser.get("/sso/nobody-here").status()).isEqualTo(404);
    }

    @Test
    void withoutPasswordsOnlyTheEmergencyOwnerSignsInWithOne() {
        TestWorld.Person manager = world.person("nour");
        world.sql("UPDATE identities SET email = ? WHERE email = ?", "nour@" + domain, manager.email());
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, workspaces_enabled, created_at)"
                        + " SELECT ?, id, 'manager', 'all', 0, 1 FROM identities WHERE email = ?",
                owner.account().toString(),
                "nour@" + domain);
        assertThat(client.put(ROUTE, wish(Map.of("passwordSignIn", false))).error())
                .contains("Name an admin");
        assertThat(client.put(ROUTE, wish(Map.of("passwordSignIn", false, "emergencyAdmin", "nour@" + domain)))
                        .error())
                .contains("emergencyAdmin must be the email of an owner");
        setUp(Map.of("passwordSignIn", false, "emergencyAdmin", owner.email()));
        assertThat(login("nour@" + domain).status()).isEqualTo(403);
        assertThat(login("nour@" + domain).error()).contains("Passwords are off in this account");
        assertThat(browser.form("/login", "email", "nour@" + domain, "password", TestWorld.PASSWORD)
                        .header("Refresh"))
                .contains("0; url=" + path());
        assertThat(login(owner.email()).status()).isEqualTo(200);
        assertThat(login(world.solo().email()).status()).as("others").isEqualTo(200);
    }

    private Answer login(String email) {
        return TestClient.anonymous().post("/api/login", Map.of("email", email, "password", TestWorld.PASSWORD));
    }

    @Test
    void whoSignsOutAtTheProviderIsSignedOutHere() {
        person("1", "amira", "sellers");
        person("2", "karim", "sellers");
        assertIn(signIn("1"));

        assertThat(signedOut("x.y.z")).isEqualTo(400);
        assertThat(signedOut(provider.logoutToken(""))).as("no one").isEqualTo(400);
        assertThat(signedOut(provider.logoutToken("2"))).as("another member").isEqualTo(200);
        assertThat(isIn()).isTrue();

        String token = provider.logoutToken("1");
        assertThat(signedOut(token)).isEqualTo(200);
        assertThat(isIn()).isFalse();
        assertThat(signedOut(token)).as("again").isEqualTo(200);
    }

    private int signedOut(String token) {
        return TestClient.anonymous()
                .form(path() + "/logout", "logout_token", token)
                .status();
    }

    @Test
    void samlWorksAsWell() {
        try (var saml = new FakeSaml(clock)) {
            setUpSaml(saml.metadata());
            URI asked = begin(browser);
            var said = saml.person(asked, "amira", "sellers");
            said.put("email", "amira@" + domain);
            assertThat(said.get("recipient")).endsWith(path() + "/acs");
            assertIn(browser.answer(path() + "/acs", saml.reply(said)));
            assertThat(role("amira@" + domain)).containsExactly("manager");
            assertThat(browser.answer(path() + "/acs", saml.reply(said).unasked())
                            .location())
                    .as("a tile of the provider’s portal")
                    .startsWith("https://login.example.com/saml/in?SAMLRequest=");
            assertThat(browser.get(path() + "/metadata").text()).contains(path() + "/acs");
        }
    }

    private String renamed() {
        String now = world.name("wharf");
        Answer answer = client.put("/api/admin/UpdateUsername", Map.of("username", now));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return now;
    }

    private void assertTells(String at, String username) {
        assertThat(browser.get("/sso/" + at).location())
                .startsWith(provider.issuer())
                .contains(TestClient.encode("/sso/" + username + "/callback"));
    }

    @Test
    void aRenamedAccountIsStillKnownByItsFormerAddressUntilTheNewOneIsUsedOnPurpose() {
        person("1", "amira", "sellers");
        String old = owner.username();
        String now = renamed();
        assertTells(now, old);
        assertIn(signIn("1"));
        world.sql("UPDATE usernames SET released_at = 1 WHERE name = ?", old);
        freeing.run();
        assertTells(old, old);
        assertThat(browser.end(provider.signIn(
                                URI.create(browser.get("/sso/" + now).location()), "1"))
                        .location())
                .isEqualTo("/admin/dashboard");
        assertThat(browser.form("/sso", "email", old).header("Refresh")).contains("0; url=/sso/" + now);
        assertThat(client.put(ROUTE, wish(Map.of("label", "Office")))
                        .json()
                        .findValue("redirectUri")
                        .asText())
                .as("saved again")
                .endsWith("/sso/" + old + "/callback");

        Answer read = client.get(ROUTE);
        assertThat(read.json().path("newRedirectUri").asText()).endsWith("/sso/" + now + "/callback");
        String page = "/admin/users/sso";
        assertThat(client.get(page + "?as=" + now).text())
                .contains("/sso/" + old + "/callback", "This account has a new address", "Use the new address…");
        assertThat(client.form(page + "/address", "as", now).location()).contains("done=sso-address-changed");
        assertTells(now, now);
        assertThat(client.get(page + "?as=" + now).text()).doesNotContain("Use the new address…");
        assertThat(client.get(ROUTE).text()).doesNotContain("newRedirectUri");
        freeing.run();
        assertThat(browser.get("/sso/" + old).status()).isEqualTo(404);
    }

    @Test
    void aSamlProviderKnowsTheFormerEntityIdAndAddress() {
        try (var saml = new FakeSaml(clock)) {
            setUpSaml(saml.metadata());
            String now = renamed();
            String metadata = browser.get("/sso/" + now + "/metadata").text();
            assertThat(metadata).contains(path() + "/metadata", path() + "/acs").doesNotContain(now);
            var asked = URI.create(browser.get("/sso/" + now).location());
            var said = saml.person(asked, "amira", "sellers");
            said.put("email", "amira@" + domain);
            assertThat(said.get("recipient")).endsWith(path() + "/acs");
            assertIn(browser.answer(path() + "/acs", saml.reply(said)));

            Answer used = client.put(ROUTE + "/address", Map.of());
            assertThat(used.json().path("metadataUri").asText()).endsWith("/sso/" + now + "/metadata");
            assertThat(browser.get(path() + "/metadata").text()).contains("/sso/" + now + "/acs");
        }
    }

    @Test
    void aProviderThatTakesNoRedirectsIsAskedWithASignedForm() {
        try (var saml = new FakeSaml(clock)) {
            setUpSaml(FakeSaml.signed(saml.metadataOfForms()));
            Answer page = browser.get(path());
            assertThat(page.header("Content-Security-Policy").orElse(""))
                    .contains("; form-action https://login.example.com; ");
            assertThat(page.text()).contains(">Continue to login.example.com</button></form>");
            FakeSaml.Form form = browser.leaving(path());
            String ours = browser.get(path() + "/metadata").text();
            assertThat(ours).contains("AuthnRequestsSigned=\"true\"");
            assertThat(FakeSaml.isSigned(form, ours)).isTrue();
            var said = saml.person(form, "amira", "sellers");
            said.put("email", "amira@" + domain);
            assertThat(said.get("recipient")).endsWith(path() + "/acs");
            assertIn(browser.answer(path() + "/acs", saml.reply(said)));

            setUpSaml(FakeSaml.signed(saml.metadata()));
            assertThat(FakeSaml.isSigned(begin(new SsoBrowser()), ours)).isTrue();
        }
    }

    private void setUpSaml(String metadata) {
        Answer answer = client.put(
                ROUTE,
                Map.of(
                        "kind",
                        "saml",
                        "metadata",
                        metadata,
                        "roles",
                        Map.of("sellers", "manager"),
                        "emailDomains",
                        List.of(domain)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void membersAndUsersAreAskedAboutInJobsOfTheirOwn() {
        assertThat(jobs)
                .map(recurring -> recurring.job().id())
                .contains(
                        "recheck-members",
                        "recheck-members-of-providers",
                        "recheck-single-sign-on",
                        "recheck-people-of-providers",
                        "tell-cut-member-links",
                        "tell-cut-links");
    }

    @Test
    void whoIsNoOwnerAnyMoreChangesNothingThatWasBegunBefore() {
        AccountContext begun = StoredAccounts.agency(database);
        database.write(tx -> new MembershipStore(tx).change(begun.root().id(), begun.identity(), MemberRights.MANAGER));
        assertThat(setup.delete(begun)).isEqualTo(Outcome.forbidden());
        assertThat(setup.useNewAddress(begun)).isEqualTo(Outcome.forbidden());
    }

    @Test
    void onlyOwnersSetItUpWithARecentProof() {
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.get(ROUTE).text()).doesNotContain(domain);
        assertThat(client.put(ROUTE, wish(Map.of("kind", "kerberos"))).error())
                .isEqualTo("kind must be oidc, saml or ldap");
        assertThat(client.put(ROUTE, wish(Map.of("roles", Map.of("x", "admin"))))
                        .error())
                .isEqualTo("Role must be 'owner' or 'manager'");
        assertThat(client.post(ROUTE + "/test", Map.of()).json().path("ok").asBoolean())
                .isTrue();
        String page = "/admin/users/sso";
        assertThat(client.get(page).text()).contains("Email domains", domain, path(), "Test sign-in");
        assertThat(client.get("/admin/users").text()).contains(page);
        Answer tested = client.form(
                page + "/test",
                "as",
                owner.username(),
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "groupClaim",
                "groups",
                "roles",
                "sellers = manager",
                "passwordSignIn",
                "on",
                "emailDomains",
                domain);
        assertThat(tested.text()).contains("The test worked");
        assertThat(client.form(page, "as", owner.username(), "kind", "oidc", "issuer", "x")
                        .text())
                .contains("Issuer must be an https address");
        assertThat(client.get(page + "/remove").text()).contains("Remove single sign-on?");
        person("1", "amira", "sellers");
        assertIn(signIn("1"));
        assertThat(client.form(page + "/remove", "as", owner.username()).location())
                .contains("done=sso-removed");
        assertThat(isIn()).isFalse();
        assertThat(browser.get(path()).status()).isEqualTo(404);
        clock.forward(Duration.ofHours(2));
        assertThat(client.delete(ROUTE).json().path("reauthenticate").asBoolean())
                .isTrue();
    }
}
