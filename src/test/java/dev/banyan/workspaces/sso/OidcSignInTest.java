package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Ended;
import dev.banyan.platform.sso.ProviderSignIn.Returned;
import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.sso.FakeOidc.Signing;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Signing in to a workspace at an OpenID provider over real HTTP, and every way in which it must not work.
@QuarkusTest
class OidcSignInTest extends OidcRoom {

    @Inject
    Database database;

    @Inject
    ProviderSignIn providers;

    @Inject
    PasswordSignIn signIn;

    @Inject
    WorkspaceSsoSecrets secrets;

    @Inject
    SsoSessions sessions;

    @Inject
    Audit audit;

    @Test
    void thePageOffersTheProviderAndAPersonBecomesAUserWithTheHighestRoleOfTheirGroups() {
        assertThat(browser.get(SsoBrowser.path(sales) + "/login").text())
                .contains("Sign in with Office", SsoBrowser.path(sales) + "/sso");
        provider.person("1", "amira", "everyone", "sellers", "unknown");

        assertIn(browser.signIn(provider, sales, "1"));

        assertThat(browser.role(sales)).isEqualTo("agent");
        assertThat(browser.me(sales).json().at("/data/user/username").asText()).isEqualTo("amira");
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");
        assertThat(rooms.world()
                        .select(
                                "SELECT action FROM audit_events WHERE target = ? ORDER BY occurred_at, id",
                                sales.id().value()))
                .contains("WorkspaceSsoChanged", "WorkspaceUserCreatedBySso", "WorkspaceUserSignedIn");
    }

    @Test
    void aPageThatWasAskedForIsShownAfterTheSignIn() {
        provider.person("1", "amira", "sellers");
        String home = SsoBrowser.path(sales);
        String asked = home + "/inbox?list=mine";
        String login = browser.get(asked).location();
        String sso = home + "/sso" + login.substring(login.indexOf('?'));
        assertThat(browser.get(login).text()).contains("href=\"" + sso + "\"");

        assertThat(browser.end(provider.signIn(URI.create(browser.get(sso).location()), "1"))
                        .location())
                .isEqualTo(asked);

        for (String next : List.of("https://evil.example", "//evil.example", "/admin/dashboard")) {
            URI evil = URI.create(
                    browser.get(home + "/sso?next=" + TestClient.encode(next)).location());
            assertThat(browser.end(provider.signIn(evil, "1")).location())
                    .as(next)
                    .isEqualTo(home + "/inbox");
        }
    }

    @Test
    void onlyTheSameStateInTheSameBrowserOfTheSameWorkspaceComesBackAndOnlyOnce() {
        provider.person("1", "amira", "sellers");
        URI callback = provider.signIn(browser.begin(sales), "1");

        assertThat(new SsoBrowser().end(callback).status())
                .as("another browser")
                .isEqualTo(400);
        assertRefused(browser.end(callback), 400, "This sign-in has expired or was already used");

        URI used = provider.signIn(browser.begin(sales), "1");
        assertIn(browser.end(used));
        var again = new SsoBrowser();
        again.begin(sales);
        assertThat(again.end(used).status()).as("replayed").isEqualTo(400);
        assertThat(browser.end(used).location()).as("the back button").isEqualTo(SsoBrowser.path(sales) + "/inbox");

        Workspace support = rooms.workspace("Support");
        setUp(support, Map.of());
        var other = new SsoBrowser();
        URI ofSales = provider.signIn(other.begin(sales), "1");
        other.begin(support);
        Answer crossed = other.get(SsoBrowser.path(support) + "/sso/callback?" + ofSales.getRawQuery());
        assertThat(crossed.status()).as("state of another workspace").isEqualTo(400);
        assertThat(other.isIn(support)).isFalse();
        assertThat(other.end(ofSales).status())
                .as("which is still good in its own")
                .isEqualTo(303);

        var late = new SsoBrowser();
        URI expired = provider.signIn(late.begin(sales), "1");
        clock.forward(Duration.ofMinutes(10));
        assertThat(late.end(expired).status()).as("too late").isEqualTo(400);
        assertThat(late.get(SsoBrowser.path(sales) + "/sso/callback").status()).isEqualTo(400);
        assertThat(late.get(SsoBrowser.path(sales) + "/sso/callback?state=x&code=y")
                        .status())
                .isEqualTo(400);
    }

    private void assertTokenRefused(UnaryOperator<JWTClaimsSet> change) {
        provider.tamper(change);
        assertRefused(browser.signIn(provider, sales, "1"), 403, "wasn’t accepted");
    }

    private static JWTClaimsSet with(JWTClaimsSet claims, String name, @Nullable Object value) {
        return new JWTClaimsSet.Builder(claims).claim(name, value).build();
    }

    @Test
    void anIdTokenThatIsNotExactlyRightIsRefused() {
        provider.person("1", "amira", "sellers");
        assertTokenRefused(claims -> with(claims, "nonce", "of-another-sign-in"));
        assertTokenRefused(claims -> with(claims, "nonce", null));
        assertTokenRefused(claims -> with(claims, "aud", "another-client"));
        assertTokenRefused(claims -> with(claims, "iss", "https://elsewhere.example"));
        assertTokenRefused(claims -> new JWTClaimsSet.Builder(claims)
                .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                .build());
        assertTokenRefused(claims -> new JWTClaimsSet.Builder(claims)
                .issueTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
        provider.tamper(UnaryOperator.identity());
        provider.sign(Signing.NONE);
        assertRefused(browser.signIn(provider, sales, "1"), 403, "wasn’t accepted");
        provider.sign(Signing.FOREIGN_KEY);
        assertRefused(browser.signIn(provider, sales, "1"), 403, "wasn’t accepted");
        assertThat(users()).isZero();
        provider.sign(Signing.RIGHT);
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void aKeyThatIsUnknownIsLookedForButNotAgainAndAgain() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(provider.keySetsRead()).isEqualTo(1);
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(provider.keySetsRead()).isEqualTo(1);

        provider.rotateKey();
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(provider.keySetsRead()).isEqualTo(2);

        provider.rotateKey();
        var other = new SsoBrowser();
        assertThat(other.signIn(provider, sales, "1").status())
                .as("read a moment ago")
                .isEqualTo(403);
        assertThat(provider.keySetsRead()).isEqualTo(2);
        clock.forward(Duration.ofSeconds(31));
        assertThat(other.signIn(provider, sales, "1").status()).isEqualTo(303);
        assertThat(provider.keySetsRead()).isEqualTo(3);
    }

    @Test
    void aPersonIsKnownByTheSubjectWhateverHappensToTheEmail() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        int id = browser.me(sales).json().at("/data/user/id").asInt();

        provider.person("1", "amira", "sellers");
        provider.put(provider.person("1", "amira", "sellers").with("email", "amira.new@office.example"));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.me(sales).json().at("/data/user/id").asInt()).isEqualTo(id);
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira.new@office.example");

        // The old email now belongs to another person there.
        provider.put(provider.person("2", "amira", "sellers"));
        var other = new SsoBrowser();
        assertThat(other.signIn(provider, sales, "2").status()).isEqualTo(303);
        assertThat(other.me(sales).json().at("/data/user/id").asInt()).isNotEqualTo(id);
        assertThat(other.me(sales).json().at("/data/user/username").asText()).isEqualTo("amira2");
    }

    @Test
    void anExistingUserIsOnlyRecognizedByAVerifiedEmailAndIfTheAdminWantsThat() {
        var world = rooms.world();
        var nour = world.guest(world.context(world.acme()), sales, "nour", WorkspaceRole.USER);
        provider.put(provider.person("7", "n", "sellers").with("email", "NOUR@guests.example"));
        assertRefused(browser.signIn(provider, sales, "7"), 403, "Another user of this workspace has your email");

        setUp(Map.of("linkByEmail", true));
        provider.put(provider.person("7", "n", "sellers")
                .with("email", "nour@guests.example")
                .with("email_verified", false));
        assertRefused(browser.signIn(provider, sales, "7"), 403, "Another user of this workspace has your email");

        provider.put(provider.person("7", "n", "sellers").with("email", "nour@guests.example"));
        assertIn(browser.signIn(provider, sales, "7"));
        assertThat(browser.me(sales).json().at("/data/user/id").asInt()).isEqualTo(nour.id());
        assertThat(browser.role(sales)).isEqualTo("agent");

        provider.put(provider.person("8", "x", "sellers").with("email", "nour@guests.example"));
        assertThat(new SsoBrowser().signIn(provider, sales, "8").status())
                .as("a second person with the same email")
                .isEqualTo(403);
    }

    @Test
    void peopleWithoutAGroupOrWithoutAUserStayOut() {
        provider.person("1", "amira", "strangers");
        assertRefused(browser.signIn(provider, sales, "1"), 403, "You don’t have access to this workspace");
        setUp(Map.of("defaultRole", "user"));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("user");

        setUp(Map.of("createUsers", false));
        provider.person("2", "omar", "sellers");
        assertThat(new SsoBrowser().signIn(provider, sales, "2").text())
                .contains("You don’t have a user in this workspace");
        assertThat(users()).isEqualTo(1);
    }

    @Test
    void groupsMayBeInTheUserInfoAndWithinObjects() {
        anotherAdmin();
        provider.groupsInUserInfoOnly();
        provider.person("1", "amira", "bosses");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("admin");

        setUp(Map.of("groupClaim", "realm_access.roles"));
        provider.put(provider.person("1", "amira").with("realm_access", Map.of("roles", List.of("sellers"))));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("agent");
    }

    @Test
    void aPersonWhoIsSwitchedOffThereIsOutWithinAMinute() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        recheck();
        recheck();
        assertThat(browser.isIn(sales))
                .as("asked twice, with a new refresh token each")
                .isTrue();
        provider.switchOff("1");
        recheck();
        assertThat(browser.isIn(sales)).isFalse();
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM audit_events WHERE target = ? AND action ="
                                        + " 'WorkspaceSignInEnded'",
                                sales.id().value()))
                .isEqualTo(1);
    }

    /// Groups don't take the role of the only one.
    private void anotherAdmin() {
        provider.person("2", "nora", "bosses");
        assertThat(new SsoBrowser().signIn(provider, sales, "2").status()).isEqualTo(303);
    }

    @Test
    void anotherGroupThereIsAnotherRoleHereWithinAMinuteAndNoGroupIsOut() {
        anotherAdmin();
        provider.person("1", "amira", "bosses");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("admin");
        provider.person("1", "amira", "everyone");
        recheck();
        assertThat(browser.role(sales)).isEqualTo("user");
        assertThat(refused()).isEmpty();
        provider.person("1", "amira");
        recheck();
        assertThat(browser.isIn(sales)).isFalse();
        assertThat(refused()).as("is given no conversations").hasSize(1);
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(refused()).isEmpty();
    }

    private Set<Integer> refused() {
        return database.read(tx -> signIn.refused(tx, sales, KeyMakers.MISSING));
    }

    @Test
    void aProviderThatIsDownSignsNobodyOutForAnHour() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        provider.goDown(true);
        recheck();
        assertThat(browser.isIn(sales)).isTrue();
        assertThat(new SsoBrowser().get(SsoBrowser.path(sales) + "/sso").status())
                .as("its addresses are kept")
                .isEqualTo(303);
        clock.forward(Duration.ofMinutes(60));
        recheck();
        assertThat(browser.isIn(sales)).isFalse();
        assertRefused(browser.get(SsoBrowser.path(sales) + "/sso"), 502, "can’t be reached");
    }

    @Test
    void aProviderIsAskedOnlyAboutSessionsThatAreUsed() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        recheck();
        int asked = provider.renewals();
        assertThat(asked).isPositive();
        for (int minute = 0; minute < 5; minute++) {
            recheck();
            recheck();
        }
        assertThat(provider.renewals()).as("nobody is there").isEqualTo(asked);

        assertThat(browser.isIn(sales)).isTrue();
        recheck();
        assertThat(provider.renewals()).isEqualTo(asked + 1);

        clock.forward(Duration.ofHours(9));
        provider.switchOff("1");
        assertThat(browser.isIn(sales)).isTrue();
        rechecks.run();
        assertThat(browser.isIn(sales)).as("back the next morning").isFalse();
    }

    @Test
    void aProviderThatIsAwayAfterARestHasTenMinutes() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        recheck();
        clock.forward(Duration.ofHours(9));
        provider.goDown(true);
        assertThat(browser.isIn(sales)).isTrue();
        rechecks.run();
        assertThat(browser.isIn(sales)).isTrue();
        clock.forward(Duration.ofMinutes(11));
        assertThat(browser.isIn(sales)).isTrue();
        rechecks.run();
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void withoutARefreshTokenASessionLastsLikeAnyOther() {
        provider.sendNoRefreshTokens();
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        for (int day = 0; day < 30; day += 6) {
            rechecks.run();
            assertThat(browser.isIn(sales)).as("day " + day).isTrue();
            clock.forward(Duration.ofDays(6));
        }
        rechecks.run();
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void theManyPeopleOfAnOfficeComeInAndFailuresAreLimited() {
        var office = new Actor(Optional.empty(), "203.0.113.9");
        var limited = new SsoSignIn(
                database, providers, secrets, sessions, TestLimits.on(clock), TestLimits.settings(), audit, clock);
        for (int person = 0; person < 45; person++) {
            provider.person("p" + person, "person" + person, "sellers");
            assertThat(limited.wait(office)).as("person " + person).isEmpty();
            assertThat(entered(limited, office, "p" + person)).isInstanceOf(Entered.Welcome.class);
        }
        assertThat(users()).isEqualTo(45);
        for (int i = 0; i < 30; i++) {
            assertThat(limited.wait(office)).as("failure " + i).isEmpty();
            limited.failed(office);
        }
        assertThat(limited.wait(office)).isPresent();
        clock.forward(Duration.ofMinutes(1));
        assertThat(limited.wait(office)).isEmpty();
    }

    /// A whole sign-in of a person in a browser of their own.
    private Entered entered(SsoSignIn signIn, Actor actor, String subject) {
        SsoSignIn.Door door = signIn.door(sales).orElseThrow();
        if (!(signIn.begin(door, Optional.empty(), Optional.empty())
                instanceof Begun.Done(Leaving to, String cookie))) {
            throw new AssertionError("No sign-in began");
        }
        Map<String, List<String>> back =
                URLUtils.parseParameters(provider.signIn(to.provider(), subject).getRawQuery());
        var returned = new Returned(
                Optional.ofNullable(back.get("state")).map(List::getFirst),
                Optional.ofNullable(back.get("code")).map(List::getFirst),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cookie));
        if (!(signIn.end(actor, Optional.of(door), returned) instanceof Ended.Proved(SsoProof proof, var _))) {
            throw new AssertionError("The provider proved nothing");
        }
        return signIn.enter(actor, door, proof);
    }

    @Test
    void signingOutEndsBothSides() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        Answer out = browser.form(SsoBrowser.path(sales) + "/logout");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Refresh").orElseThrow())
                .startsWith("0; url=" + provider.issuer() + "/logout?")
                .contains(
                        "id_token_hint=",
                        "post_logout_redirect_uri=",
                        TestClient.encode(SsoBrowser.path(sales) + "/login"));
        assertThat(browser.isIn(sales)).isFalse();

        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", "x.y.z")
                        .status())
                .isEqualTo(400);
        provider.person("2", "omar", "sellers");
        assertThat(browser.form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", provider.logoutToken("2"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.isIn(sales)).as("somebody else signed out").isTrue();
        assertThat(TestClient.anonymous()
                        .form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", provider.logoutToken("1"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void aProviderMayNameTheSessionAlone() {
        provider.person("1", "amira", "sellers");
        provider.tamper(claims ->
                new JWTClaimsSet.Builder(claims).claim("sid", "session-1").build());
        assertIn(browser.signIn(provider, sales, "1"));
        var phone = new SsoBrowser();
        provider.tamper(claims ->
                new JWTClaimsSet.Builder(claims).claim("sid", "session-2").build());
        assertIn(phone.signIn(provider, sales, "1"));

        assertThat(signedOut(provider.logoutTokenOf("session-3"))).isEqualTo(200);
        assertThat(browser.isIn(sales)).isTrue();
        assertThat(signedOut(provider.logoutTokenOf("session-1"))).isEqualTo(200);
        assertThat(browser.isIn(sales)).isFalse();
        assertThat(phone.isIn(sales)).as("another session").isTrue();
        assertThat(signedOut(provider.logoutTokenOf(""))).isEqualTo(400);
        assertThat(signedOut(provider.logoutToken(""))).isEqualTo(400);
    }

    private int signedOut(String token) {
        return TestClient.anonymous()
                .form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", token)
                .status();
    }

    @Test
    void anIdTokenIsNoLogoutTokenAndTheOtherWayRound() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        provider.sign(Signing.FOREIGN_KEY);
        assertThat(TestClient.anonymous()
                        .form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", provider.logoutToken("1"))
                        .status())
                .isEqualTo(400);
        assertThat(browser.isIn(sales)).isTrue();
    }

    @Test
    void nothingInTheAddressChangesWhereABrowserIsSent() {
        provider.person("1", "amira", "sellers");
        for (String more : List.of(
                "?redirect_uri=https://evil.example",
                "?next=https://evil.example",
                "?return=//evil.example",
                "?issuer=https://evil.example")) {
            Answer answer = browser.get(SsoBrowser.path(sales) + "/sso" + more);
            assertThat(answer.location())
                    .startsWith(provider.issuer() + "/auth?")
                    .doesNotContain("evil");
        }
        URI callback = provider.signIn(browser.begin(sales), "1");
        Answer in = browser.get(callback.getRawPath() + "?" + callback.getRawQuery() + "&next=https://evil.example"
                + "&redirect_uri=https://evil.example");
        assertThat(in.location()).isEqualTo(SsoBrowser.path(sales) + "/inbox");
        Answer error = new SsoBrowser()
                .get(provider.signIn(browser.begin(sales), "1").getRawPath()
                        + "?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.text()).doesNotContain("alert(1)");
    }

    @Test
    void anAnswerOfAnotherProviderIsRefused() {
        provider.person("1", "amira", "sellers");
        URI callback = provider.signIn(browser.begin(sales), "1");
        assertRefused(
                browser.get(callback.getRawPath() + "?" + callback.getRawQuery() + "&iss=https://evil.example"),
                403,
                "wasn’t accepted");
    }

    @Test
    void aProviderThatSaysNoIsSaidInPlainWords() {
        provider.person("1", "amira", "sellers");
        String state = browser.begin(sales).getRawQuery().replaceFirst(".*[?&]?state=([^&]+).*", "$1");
        assertRefused(
                browser.get(SsoBrowser.path(sales) + "/sso/callback?error=access_denied&state=" + state),
                400,
                "You weren’t signed in at your provider");
        acme.put(
                route(sales),
                Map.of(
                        "kind",
                        "oidc",
                        "issuer",
                        provider.issuer(),
                        "clientId",
                        FakeOidc.CLIENT,
                        "clientSecret",
                        "wrong",
                        "defaultRole",
                        "user"));
        assertRefused(browser.signIn(provider, sales, "1"), 502, "isn’t set up correctly");
    }
}
