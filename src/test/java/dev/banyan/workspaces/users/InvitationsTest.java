package dev.banyan.workspaces.users;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.WorkspaceSessions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mailed links: invitations and password resets.
@QuarkusTest
class InvitationsTest {

    private static final String NEW_PASSWORD = "a password that is new";
    private static final Pattern LINK = Pattern.compile("/s/([^/]+)/invitation/([A-Za-z0-9_-]{43})");

    @Inject
    ChatRooms rooms;

    @Inject
    Invitations invitations;

    @Inject
    PasswordLinkRequests passwordLinks;

    @Inject
    WorkspaceSessions sessions;

    @Inject
    TestClock clock;

    private Workspace sales;
    private String home;
    private TestClient owner;
    private String api;
    private String tab;

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        rooms.world().confirm(rooms.world().acme());
        home = "/s/" + sales.shortPath();
        owner = TestClient.of(rooms.world().acme());
        api = "/api/projects/" + sales.project() + "/sub-clients/" + sales.id();
        tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id();
    }

    @Test
    void whoIsInvitedChoosesANameAndAPasswordAndIsInOnce() {
        Answer invited =
                owner.json("POST", api + "/invitations", Map.of("email", "Omar@People.example", "role", "admin"));
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.json().at("/data/invitation/email").asText()).isEqualTo("omar@people.example");
        String link = linkTo("omar@people.example");

        Answer form = TestClient.anonymous().get(link);
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.text()).contains("Sales Team", "omar@people.example", "name=\"username\"");
        Answer bad = TestClient.anonymous().form(link, "username", "x", "password", "short");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text()).contains("Use 2 to 64 letters", "Use at least 8 characters");

        Answer in = TestClient.anonymous().form(link, "username", "omar_h", "password", NEW_PASSWORD);
        assertThat(in.status()).as(in.text()).isEqualTo(303);
        assertThat(in.location()).isEqualTo(home + "/chat");
        assertThat(in.header("Set-Cookie").orElse("")).startsWith("banyan_ws_" + sales.id());
        assertThat(owner.get(api + "/users").json().at("/data/users/0/role").asText())
                .isEqualTo("admin");
        assertThat(owner.get(api + "/invitations").json().at("/data/invitations"))
                .isEmpty();

        assertThat(TestClient.anonymous().get(link).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .form(link, "username", "again", "password", NEW_PASSWORD)
                        .status())
                .isEqualTo(404);
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                                sales.id().value()))
                .isEqualTo(1);
    }

    @Test
    void aLinkOpensItsWorkspaceAloneAndNotForever() {
        owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        Matcher link = LINK.matcher(linkTo("omar@people.example"));
        assertThat(link.matches()).isTrue();
        String other = "/s/" + rooms.workspace("Support").shortPath() + "/invitation/" + link.group(2);

        assertThat(TestClient.anonymous().get(other).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(link.group()).status()).isEqualTo(200);
        assertThat(rooms.world().select("SELECT token_hash FROM workspace_invitations"))
                .doesNotContain(link.group(2));
        clock.forward(Duration.ofDays(7));
        assertThat(TestClient.anonymous().get(link.group()).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .form(link.group(), "username", "omar_h", "password", NEW_PASSWORD)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void sendingAgainAndTakingBackEndTheLinkOfBefore() {
        owner.form(
                tab + "/invitations",
                "as",
                rooms.world().acme().username(),
                "email",
                "omar@people.example",
                "role",
                "user");
        String first = linkTo("omar@people.example");
        assertThat(owner.get(tab + "/invitations").text()).contains("omar@people.example", "Copy link");

        Answer again = owner.form(
                tab + "/invitations",
                "as",
                rooms.world().acme().username(),
                "email",
                "omar@people.example",
                "role",
                "user");
        assertThat(again.location()).contains("done=invitation-created");
        String second = linkTo("omar@people.example");
        assertThat(TestClient.anonymous().get(first).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(200);

        owner.form(tab + "/invitations/revoke", "as", rooms.world().acme().username(), "email", "omar@people.example");
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(404);
        assertThat(owner.get(tab + "/invitations").text()).contains("No pending invitations");
        assertThat(owner.delete(api + "/invitations?email=omar@people.example").status())
                .isEqualTo(400);
    }

    @Test
    void adminsInviteUsersDoNotAndAUserIsNotInvited() {
        Chatter amira = rooms.somebody(sales);
        TestClient user = TestClient.anonymous().with("Cookie", amira.cookie());
        assertThat(user.json("POST", api + "/invitations", Map.of("email", "x@people.example"))
                        .status())
                .isEqualTo(403);
        assertThat(user.get(api + "/invitations").status()).isEqualTo(403);
        assertThat(user.json("POST", api + "/users/" + amira.user().id() + "/password-link", "{}")
                        .status())
                .isEqualTo(403);
        Answer already = owner.json(
                "POST", api + "/invitations", Map.of("email", amira.user().email()));
        assertThat(already.status()).isEqualTo(400);
        assertThat(already.error()).isEqualTo("Email already exists");
        assertThat(owner.json("POST", api + "/invitations", Map.of("email", "nonsense"))
                        .error())
                .isEqualTo("Invalid email format");
        assertThat(owner.json("POST", api + "/invitations", Map.of("email", "x@people.example", "role", "boss"))
                        .error())
                .isEqualTo("Role must be 'admin', 'agent' or 'user'");
    }

    @Test
    void aNewPasswordEndsAllSessionsAndTheOldOneWorksNoMore() {
        Chatter amira = rooms.somebody(sales);
        assertThat(owner.json("POST", api + "/users/" + amira.user().id() + "/password-link", "{}")
                        .status())
                .isEqualTo(200);
        String link = linkTo(amira.user().email());
        assertThat(TestClient.anonymous().get(link).text())
                .contains("Choose a new password", amira.user().username());

        Answer in = TestClient.anonymous().form(link, "password", NEW_PASSWORD);
        assertThat(in.status()).as(in.text()).isEqualTo(303);
        assertThat(sessions.resolve(List.of(amira.token()))).isEmpty();
        assertThat(login(amira.user().username(), ChatRooms.PASSWORD).status()).isEqualTo(422);
        assertThat(login(amira.user().username(), NEW_PASSWORD).status()).isEqualTo(303);
        assertThat(TestClient.anonymous().form(link, "password", NEW_PASSWORD).status())
                .isEqualTo(404);
    }

    @Test
    void aLinkToANewPasswordMakesNoUserOfSomebodyWhoWasRemoved() {
        Chatter amira = rooms.somebody(sales);
        passwordLinks.sendTo(Actor.SERVER, sales.shortPath(), amira.user().username(), Optional.empty());
        String link = linkTo(amira.user().email());
        owner.delete(api + "/users/" + amira.user().id());

        assertThat(TestClient.anonymous()
                        .form(link, "username", "amira_back", "password", NEW_PASSWORD)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLinkDiesWithThePasswordAndWithTheAddressThatItWasSentTo() {
        Chatter amira = rooms.somebody(sales);
        passwordLinks.sendTo(Actor.SERVER, sales.shortPath(), amira.user().email(), Optional.empty());
        String first = linkTo(amira.user().email());
        TestClient.anonymous()
                .with("Cookie", amira.cookie())
                .put(
                        "/api/sub-client/me",
                        Map.of("email", "moved_" + amira.user().email(), "currentPassword", ChatRooms.PASSWORD));
        assertThat(TestClient.anonymous().get(first).status()).isEqualTo(404);

        passwordLinks.sendTo(Actor.SERVER, sales.shortPath(), amira.user().username(), Optional.empty());
        String second = linkTo("moved_" + amira.user().email());
        TestClient.anonymous()
                .with("Cookie", amira.cookie())
                .put(
                        "/api/sub-client/password",
                        Map.of("currentPassword", ChatRooms.PASSWORD, "newPassword", NEW_PASSWORD));
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(404);
    }

    /// The work for an existing user happens after the response.
    @Test
    void whoForgotLearnsNothingAboutOthers() {
        Chatter amira = rooms.somebody(sales);
        Answer known = TestClient.anonymous()
                .form(home + "/forgot-password", "usernameOrEmail", amira.user().username());
        Answer unknown = TestClient.anonymous().form(home + "/forgot-password", "usernameOrEmail", "nobody");

        assertThat(known.status()).isEqualTo(200);
        assertThat(known.text()).contains("Ask an admin of this workspace").isEqualTo(unknown.text());
        assertThat(passwordLinks.sendTo(Actor.SERVER, sales.shortPath(), "nobody", Optional.empty()))
                .isFalse();
        assertThat(TestClient.anonymous().get(home + "/login").text()).contains(home + "/forgot-password");
        Answer program = TestClient.anonymous()
                .json(
                        "POST",
                        "/api/sub-client/forgot-password",
                        Map.of("shortPath", "none-at-all", "usernameOrEmail", "nobody"));
        assertThat(program.status()).isEqualTo(200);
    }

    /// The page that they came for is found again after the mail.
    @Test
    void aDeepLinkSurvivesAForgottenPassword() {
        Chatter amira = rooms.somebody(sales);
        String email = amira.user().email();
        String deep = home + "/inbox?list=mine&x=%2F%2Fevil.example";
        String query = OwnPath.asNext(deep);
        var visitor = TestClient.anonymous();
        assertThat(visitor.get(deep).location()).endsWith(home + "/login" + query);
        assertThat(visitor.get(home + "/login" + query).text()).contains(home + "/forgot-password" + query);
        String forgot = home + "/forgot-password" + query;
        assertThat(visitor.get(forgot).text()).contains("action=\"" + forgot, home + "/login" + query);
        Answer asked = visitor.form(forgot, "usernameOrEmail", amira.user().username());
        assertThat(asked.text()).contains(home + "/login" + query);

        String link = Eventually.until(() -> bodies(email), bodies -> !bodies.isEmpty())
                .getFirst();
        assertThat(link).contains(linkTo(email) + query + "\n");
        link = linkTo(email) + query;
        assertThat(visitor.get(link).text()).contains("action=\"" + link);
        assertThat(visitor.form(link, "password", "short").text()).contains("action=\"" + link);
        assertThat(visitor.form(link, "password", NEW_PASSWORD).location()).isEqualTo(deep);
        assertThat(visitor.get(link).text()).as("used").contains(home + "/login" + query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/s/",
                "https://evil.example/",
                "https:evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/%5Cevil.example",
                "/%2F/evil.example",
                "%2F%2Fevil.example",
                "javascript:alert(1)",
                "/admin",
                "/s/none-at-all/inbox",
                "{home}x/inbox",
                "{home}@evil.example",
                "{home}/../../../admin",
                "{home}/%2e%2e/%2E%2E/admin",
                "{home}/\\evil.example",
                "{home}/\t//evil.example",
                "{home}/%"
            })
    void onlyAPageOfTheSameWorkspaceIsLedTo(String typed) {
        String query = OwnPath.asNext(typed.replace("{home}", home));
        assertThat(TestClient.anonymous().get(home + "/forgot-password" + query).text())
                .contains(home + "/forgot-password\"")
                .doesNotContain("?next=");
    }

    @Test
    void aMailedLinkLeadsNowhereElse() {
        Chatter amira = rooms.somebody(sales);
        passwordLinks.sendTo(Actor.SERVER, sales.shortPath(), amira.user().username(), Optional.empty());
        String link = linkTo(amira.user().email()) + OwnPath.asNext("//evil.example" + home + "/inbox");
        var visitor = TestClient.anonymous();
        assertThat(visitor.get(link).text()).doesNotContain("?next=");
        assertThat(visitor.form(link, "password", NEW_PASSWORD).location()).isEqualTo(home + "/chat");
    }

    private List<String> bodies(String email) {
        return rooms.world()
                .select("SELECT body FROM mails WHERE recipient = ? ORDER BY created_at DESC, id DESC", email);
    }

    @Test
    void aProgramUsesALinkToo() {
        owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        Matcher link = LINK.matcher(linkTo("omar@people.example"));
        assertThat(link.matches()).isTrue();
        var body = Map.of(
                "shortPath", sales.shortPath(), "token", link.group(2), "username", "omar_h", "password", NEW_PASSWORD);

        Answer in = TestClient.anonymous().json("POST", "/api/sub-client/invitation", body);
        assertThat(in.status()).as(in.text()).isEqualTo(201);
        assertThat(in.json().at("/data/user/username").asText()).isEqualTo("omar_h");
        assertThat(TestClient.anonymous()
                        .json("POST", "/api/sub-client/invitation", body)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anAgentIsMadeByAnInvitationThatNamesItOrByAnAdmin() {
        String inbox = "/api/sub-client/inbox/threads?shortPath=" + sales.shortPath();
        assertThat(owner.get(tab + "/invitations").text()).contains("<option value=\"agent\"");
        owner.form(
                tab + "/invitations",
                "as",
                rooms.world().acme().username(),
                "email",
                "omar@people.example",
                "role",
                "agent");
        Matcher link = LINK.matcher(linkTo("omar@people.example"));
        assertThat(link.matches()).isTrue();
        Answer in = TestClient.anonymous()
                .json(
                        "POST",
                        "/api/sub-client/invitation",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "token",
                                link.group(2),
                                "username",
                                "omar_h",
                                "password",
                                NEW_PASSWORD));
        assertThat(in.json().at("/data/user/role").asText()).isEqualTo("agent");
        TestClient omar =
                TestClient.withBearer(in.json().at("/data/session/token").asText());
        assertThat(omar.get(inbox).status()).isEqualTo(200);
        String users = tab + "/users/" + in.json().at("/data/user/id").asInt();

        owner.form(users + "/role", "as", rooms.world().acme().username(), "role", "user");
        assertThat(omar.get(inbox).status()).isEqualTo(403);
        owner.form(users + "/role", "as", rooms.world().acme().username(), "role", "agent");
        assertThat(omar.get(inbox).status()).isEqualTo(200);
        assertThat(owner.get(tab + "/users").text()).contains("<option value=\"agent\" selected>");

        Answer added = owner.json(
                "POST",
                api + "/users",
                Map.of("username", "dana", "email", "dana@people.example", "password", NEW_PASSWORD, "role", "agent"));
        assertThat(added.json().at("/data/user/role").asText()).isEqualTo("agent");
    }

    @Test
    void aSuspendedWorkspaceLetsNobodyInByMail() {
        owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        String link = linkTo("omar@people.example");
        rooms.change(sales, WorkspaceChange.suspended(true));
        assertThat(TestClient.anonymous()
                        .form(link, "username", "omar_h", "password", NEW_PASSWORD)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void expiredInvitationsAreForgottenAfterAMonth() {
        owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        clock.forward(Duration.ofDays(20));
        invitations.forgetExpired();
        assertThat(open()).isEqualTo(1);
        clock.forward(Duration.ofDays(20));
        invitations.forgetExpired();
        assertThat(open()).isZero();
    }

    @Test
    void withoutAMailServerTheyGetTheLinkInstead() {
        rooms.world()
                .sql(
                        "UPDATE identities SET email_confirmed_at = NULL WHERE email = ?",
                        rooms.world().acme().email());
        assertThat(owner.get(tab + "/invitations").text())
                .contains("This server can’t send email. You’ll get a link to send yourself");
        Answer invited = owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(201);
        assertThat(open()).isEqualTo(1);
    }

    /// Anyone can register: users who have not confirmed their own e-mail can't send mails to others.
    @Test
    void whoHasNotConfirmedTheirOwnEmailSendsNone() {
        rooms.mailServer(sales);
        Chatter amira = rooms.somebody(sales);
        String user = "/users/" + amira.user().id() + "/password-link";
        rooms.world()
                .sql(
                        "UPDATE identities SET email_confirmed_at = NULL WHERE email = ?",
                        rooms.world().acme().email());
        List<String> people = List.of("omar@people.example", amira.user().email());
        List<List<String>> before = people.stream().map(this::bodies).toList();

        Answer invited = owner.json("POST", api + "/invitations", Map.of("email", "omar@people.example"));
        assertThat(invited.status()).isEqualTo(400);
        assertThat(invited.error()).startsWith("Confirm your email address first");
        assertThat(owner.json("POST", api + user, "{}").status()).isEqualTo(400);
        Answer form = owner.form(
                tab + "/invitations",
                "as",
                rooms.world().acme().username(),
                "email",
                "omar@people.example",
                "role",
                "user");
        assertThat(form.status()).isEqualTo(422);
        assertThat(form.text()).contains("Confirm your own email address first");
        assertThat(owner.form(tab + user, "as", rooms.world().acme().username()).location())
                .endsWith("&done=confirm-first");
        assertThat(people).extracting(this::bodies).isEqualTo(before);
        assertThat(open()).isZero();
    }

    /// Returns the link that the next page shows.
    private String shown(Answer redirect, String page) {
        String cookie = redirect.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        Answer answer = TestClient.anonymous()
                .with("Cookie", "banyan_session=" + rooms.world().acme().token() + "; " + cookie)
                .get(page);
        assertThat(answer.text()).contains("This server can’t send email", "We won’t show it again.");
        return answer.text().replaceFirst("(?s).*value=\"[^\"]*(/s/[^\"]+/invitation/[^\"]+)\".*", "$1");
    }

    @Test
    void linksAreShownToAdminsWhereNoMailIsSent() {
        String as = rooms.world().acme().username();
        String page = tab + "/invitations?as=" + as;
        String first =
                shown(owner.form(tab + "/invitations", "as", as, "email", "omar@people.example", "role", "user"), page);
        assertThat(first).isEqualTo(linkTo("omar@people.example"));
        String second = shown(owner.form(tab + "/invitations/link", "as", as, "email", "omar@people.example"), page);
        assertThat(TestClient.anonymous().get(first).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(200);
        assertThat(owner.get(page).text()).doesNotContain(second);
        assertThat(owner.form(tab + "/invitations/link", "as", as, "email", "nobody@people.example")
                        .status())
                .isEqualTo(422);

        Chatter amira = rooms.somebody(sales);
        String reset = shown(
                owner.form(tab + "/users/" + amira.user().id() + "/password-link", "as", as), tab + "/users?as=" + as);
        assertThat(TestClient.anonymous().get(reset).text()).contains("password");
        TestClient user = TestClient.anonymous().with("Cookie", amira.cookie());
        assertThat(user.form(home + "/invitations/link", "email", "omar@people.example")
                        .status())
                .as("users see no links")
                .isEqualTo(403);
    }

    @Test
    void aForgottenPasswordShowsNoLink() {
        Chatter amira = rooms.somebody(sales);
        Answer asked = TestClient.anonymous()
                .form(home + "/forgot-password", "usernameOrEmail", amira.user().username());
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).doesNotContain("/invitation/");
        assertThat(asked.header("Set-Cookie").orElse("")).doesNotContain("banyan_link");
    }

    /// A former admin must not return as the admin they invited.
    @Test
    void anInvitationEndsWithTheRightOfWhoeverSentIt() {
        Chatter amira = rooms.admin(sales);
        Chatter omar = rooms.admin(sales);
        invite(TestClient.anonymous().with("Cookie", amira.cookie()), "one@people.example");
        invite(TestClient.anonymous().with("Cookie", omar.cookie()), "two@people.example");
        invite(owner, "three@people.example");
        String one = linkTo("one@people.example");
        String two = linkTo("two@people.example");

        assertThat(owner.put(api + "/users/" + amira.user().id() + "/role", Map.of("role", "admin"))
                        .status())
                .isEqualTo(200);
        assertThat(open()).isEqualTo(3);
        assertThat(owner.put(api + "/users/" + amira.user().id() + "/role", Map.of("role", "user"))
                        .status())
                .isEqualTo(200);
        assertThat(TestClient.anonymous().get(one).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(two).status()).isEqualTo(200);

        rooms.admin(sales);
        assertThat(owner.delete(api + "/users/" + omar.user().id()).status()).isEqualTo(200);
        assertThat(TestClient.anonymous().get(two).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(linkTo("three@people.example")).status())
                .isEqualTo(200);
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM audit_events WHERE action = 'WorkspaceInvitationRevoked'"
                                        + " AND target = ?",
                                sales.id().value()))
                .isEqualTo(2);
    }

    private void invite(TestClient by, String email) {
        assertThat(by.json("POST", api + "/invitations", Map.of("email", email, "role", "admin"))
                        .status())
                .isEqualTo(201);
    }

    private long open() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM workspace_invitations WHERE sub_client_id = ?",
                        sales.id().value());
    }

    private Answer login(String name, String password) {
        return TestClient.anonymous().form(home + "/login", "usernameOrEmail", name, "password", password);
    }

    /// Returns the path of the link in the last mail to this address.
    private String linkTo(String email) {
        String body = bodies(email).getFirst();
        Matcher link = LINK.matcher(body);
        assertThat(link.find()).as(body).isTrue();
        return Optional.ofNullable(link.group()).orElseThrow();
    }
}
