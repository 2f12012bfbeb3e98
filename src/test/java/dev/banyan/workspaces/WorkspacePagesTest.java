package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.chat.Conversations;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages of a workspace: sign-in, chat, states, and isolation between users.
@QuarkusTest
class WorkspacePagesTest {

    private static final String SECRET = "Saltmarsh";

    /// Public pages; the rest of `/s/…` is for members.
    private static final Set<String> DOORS = Set.of(
            "GET /s/{shortPath}/login",
            "POST /s/{shortPath}/login",
            "GET /s/{shortPath}/register",
            "POST /s/{shortPath}/register",
            "POST /s/{shortPath}/logout",
            "GET /s/{shortPath}/sso",
            "GET /s/{shortPath}/sso/callback",
            "GET /s/{shortPath}/sso/metadata",
            "POST /s/{shortPath}/sso/acs",
            "POST /s/{shortPath}/sso/logout",
            "GET /s/{shortPath}/invitation/{token}",
            "POST /s/{shortPath}/invitation/{token}",
            "GET /s/{shortPath}/confirm/{token}",
            "POST /s/{shortPath}/confirm",
            "GET /s/{shortPath}/forgot-password",
            "POST /s/{shortPath}/forgot-password",
            "GET /s/{shortPath}/theme.css",
            "GET /s/{shortPath}/icon.svg",
            "GET /s/{shortPath}/mark");

    /// Pages of admins; users are told so.
    private static final Pattern OF_ADMINS = Pattern.compile(
            "/s/\\{shortPath}/(users|settings|invitations|registrations|whatsapp|assistant|api-keys|usage(\\.csv)?|audit(\\.csv)?)(/.*)?");

    @Inject
    ChatRooms rooms;

    @Inject
    Conversations conversations;

    @Inject
    Attachments attachments;

    @Inject
    Projects projects;

    private Workspace sales;
    private String home;

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        home = "/s/" + sales.shortPath();
    }

    /* Sign-in pages. */

    @Test
    void theAddressLeadsToTheLoginOrToTheChat() {
        Chatter amira = rooms.somebody(sales);

        assertThat(TestClient.anonymous().get(home).location()).isEqualTo(home + "/login");
        assertThat(by(amira).get(home).location()).isEqualTo(home + "/chat");
        assertThat(by(amira).get(home + "/login").location()).isEqualTo(home + "/chat");
    }

    @Test
    void whoRegistersIsInAndStaysIn() {
        Answer answer = TestClient.anonymous()
                .form(
                        home + "/register",
                        "username",
                        "Amira_1",
                        "email",
                        "Amira@People.example",
                        "password",
                        ChatRooms.PASSWORD);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo(home + "/chat");
        Answer chat = TestClient.anonymous().with("Cookie", cookie(answer)).get(home + "/chat");
        assertThat(chat.status()).isEqualTo(200);
        assertThat(chat.text()).contains("Amira_1", "Sales Team", "New conversation");
    }

    @Test
    void whoSignsInIsInByNameAndByEmail() {
        Chatter amira = rooms.somebody(sales);
        for (String name : List.of(
                amira.user().username(),
                amira.user().username().toUpperCase(Locale.ROOT),
                amira.user().email())) {
            Answer answer = TestClient.anonymous()
                    .form(home + "/login", "usernameOrEmail", name, "password", ChatRooms.PASSWORD);
            assertThat(answer.status()).as(name).isEqualTo(303);
            assertThat(answer.location()).isEqualTo(home + "/chat");
        }
    }

    @Test
    void aPageThatWasAskedForIsShownAfterTheSignInAndAgentsBeginInTheInbox() {
        Chatter agent = rooms.agent(sales);
        String asked = home + "/inbox/" + UUID.randomUUID() + "?list=mine&q=blue%20set";

        String login = TestClient.anonymous().get(asked).location();
        assertThat(login).isEqualTo(home + "/login?next=" + TestClient.encode(asked));
        assertThat(TestClient.anonymous().get(login).text())
                .contains("name=\"next\" value=\"" + asked.replace("&", "&amp;") + "\"");
        assertThat(signIn(agent, "wrong password", asked).text()).contains("name=\"next\"");
        assertThat(signIn(agent, ChatRooms.PASSWORD, asked).location()).isEqualTo(asked);
        assertThat(by(agent).get(login).location()).isEqualTo(asked);

        assertThat(signIn(agent, ChatRooms.PASSWORD, "").location()).isEqualTo(home + "/inbox");
        assertThat(by(agent).get(home).location()).isEqualTo(home + "/inbox");
        assertThat(by(agent).get(home + "/login").location()).isEqualTo(home + "/inbox");
        assertThat(signIn(rooms.admin(sales), ChatRooms.PASSWORD, "").location())
                .isEqualTo(home + "/chat");
    }

    @Test
    void whoRegistersGetsToThePageThatTheyAskedFor() {
        String asked = home + "/profile";
        String login = TestClient.anonymous().get(asked).location();
        String query = "?next=" + TestClient.encode(asked);
        assertThat(TestClient.anonymous().get(login).text()).contains("href=\"" + home + "/register" + query + "\"");
        assertThat(TestClient.anonymous().get(home + "/register" + query).text())
                .contains("action=\"" + home + "/register" + query + "\"", "href=\"" + login + "\"");

        assertThat(registered(query, "asked_1")).isEqualTo(asked);
        assertThat(registered("?next=%2F%2Fevil.example%2F", "asked_2")).isEqualTo(home + "/chat");
    }

    private String registered(String query, String username) {
        return TestClient.anonymous()
                .form(
                        home + "/register" + query,
                        "username",
                        username,
                        "email",
                        username + "@people.example",
                        "password",
                        ChatRooms.PASSWORD)
                .location();
    }

    @Test
    void noLinkMakesTheSignInLeadAnywhereElse() {
        Chatter agent = rooms.agent(sales);
        String other = "/s/" + rooms.workspace("Support").shortPath();
        for (String next : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                home + "@evil.example",
                home + "/../../login",
                home + "/%2e%2e/%2E%2E/admin/dashboard",
                home + "/\n//evil.example",
                "/admin/dashboard",
                "javascript:alert(1)",
                other + "/inbox")) {
            assertThat(signIn(agent, ChatRooms.PASSWORD, next).location())
                    .as(next)
                    .isEqualTo(home + "/inbox");
            String page = home + "/login?next=" + TestClient.encode(next);
            assertThat(TestClient.anonymous().get(page).text()).as(next).doesNotContain("name=\"next\"");
            assertThat(by(agent).get(page).location()).as(next).isEqualTo(home + "/inbox");
        }
    }

    private Answer signIn(Chatter who, String password, String next) {
        return TestClient.anonymous()
                .form(home + "/login", "usernameOrEmail", who.user().username(), "password", password, "next", next);
    }

    @Test
    void aRefusedLoginKeepsTheNameAndTellsNobodyApart() {
        Chatter amira = rooms.somebody(sales);
        String other = "/s/" + rooms.workspace("Support").shortPath();

        Answer wrong = TestClient.anonymous()
                .form(home + "/login", "usernameOrEmail", amira.user().username(), "password", "wrong password");
        Answer unknown = TestClient.anonymous()
                .form(home + "/login", "usernameOrEmail", "nobody", "password", ChatRooms.PASSWORD);
        Answer elsewhere = TestClient.anonymous()
                .form(other + "/login", "usernameOrEmail", amira.user().username(), "password", ChatRooms.PASSWORD);

        for (Answer answer : List.of(wrong, unknown, elsewhere)) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("Invalid credentials");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
        assertThat(wrong.text()).contains("value=\"" + amira.user().username() + "\"");
        assertThat(wrong.text().replace(amira.user().username(), "nobody")).isEqualTo(unknown.text());
    }

    @Test
    void aRefusedRegistrationSaysWhatIsWrongBesideTheField() {
        Chatter amira = rooms.somebody(sales);

        assertThat(register("x", "amira@people.example", ChatRooms.PASSWORD).text())
                .contains(
                        "id=\"username-e\"",
                        "Use 2 to 64 letters, digits, dots, hyphens or underscores.",
                        "aria-invalid=\"true\"");
        assertThat(register("good_name", "nonsense", ChatRooms.PASSWORD).text())
                .contains("id=\"email-e\"", "value=\"good_name\"");
        assertThat(register("good_name", "a@people.example", "short").text()).contains("Use at least 8 characters.");
        assertThat(register(amira.user().username(), "b@people.example", ChatRooms.PASSWORD)
                        .text())
                .contains("is taken");
        assertThat(register("other_name", amira.user().email(), ChatRooms.PASSWORD)
                        .text())
                .contains("already registered");
        assertThat(register("<b>x</b>", "\"><script>@x", "short").text()).doesNotContain("<script>@", "<b>x");
    }

    private Answer register(String username, String email, String password) {
        Answer answer = TestClient.anonymous()
                .form(home + "/register", "username", username, "email", email, "password", password);
        assertThat(answer.status()).isEqualTo(422);
        return answer;
    }

    @Test
    void whoSignsOutIsOutHereAndNotElsewhere() {
        Chatter amira = rooms.somebody(sales);
        Chatter elsewhere = rooms.somebody(rooms.workspace("Support"));
        var browser = TestClient.anonymous().with("Cookie", amira.cookie() + "; " + elsewhere.cookie());

        Answer answer = browser.form(home + "/logout");

        assertThat(answer.location()).isEqualTo(home + "/login");
        assertThat(cookie(answer)).isEqualTo("banyan_ws_" + sales.id() + "=");
        assertThat(browser.get(home + "/chat").location()).isEqualTo(home + "/login");
        assertThat(browser.get("/s/" + elsewhere.workspace().shortPath() + "/chat")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAgencyLoginIsNobodyHereAndBothLiveSideBySide() {
        Chatter amira = rooms.somebody(sales);
        String agency = "banyan_session=" + rooms.world().acme().token();

        assertThat(TestClient.anonymous()
                        .with("Cookie", agency)
                        .get(home + "/chat")
                        .location())
                .isEqualTo(home + "/login");
        var both = TestClient.anonymous().with("Cookie", agency + "; " + amira.cookie());
        assertThat(both.get(home + "/chat").text()).contains(amira.user().username());
        assertThat(both.get("/admin/dashboard").status()).isEqualTo(200);
    }

    /* States. */

    @Test
    void anUnknownAddressHasNoWorkspace() {
        for (String path : List.of(
                "/s/zzzz-nowhere",
                "/s/" + sales.shortId(),
                "/s/" + sales.shortId() + "-other",
                "/s/" + sales.shortId() + "-",
                "/s/nohyphen",
                home.toUpperCase(Locale.ROOT).replaceFirst("/S/", "/s/") + "X")) {
            for (String page : List.of("", "/login", "/register", "/chat")) {
                Answer answer = TestClient.anonymous().get(path + page);
                assertThat(answer.status()).as(path + page).isEqualTo(404);
                assertThat(answer.text()).contains("Workspace Not Found");
            }
        }
        assertThat(TestClient.anonymous()
                        .form("/s/zzzz-nowhere/login", "usernameOrEmail", "a", "password", "b")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whereWorkspacesAreSwitchedOffThereIsNone() {
        Chatter amira = rooms.somebody(sales);
        projects.update(
                rooms.owner(),
                sales.project(),
                new Projects.Change(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty()));

        assertThat(TestClient.anonymous().get(home + "/login").status()).isEqualTo(404);
        assertThat(by(amira).get(home + "/chat").text()).contains("Workspace Not Found");
    }

    @Test
    void aSuspendedWorkspaceSaysSoAndLetsNobodyIn() {
        Chatter amira = rooms.somebody(sales);
        rooms.change(sales, WorkspaceChange.suspended(true));

        for (String page : List.of("", "/login", "/register", "/chat")) {
            Answer answer = by(amira).get(home + page);
            assertThat(answer.status()).as(page).isEqualTo(403);
            assertThat(answer.text())
                    .contains("Workspace Suspended", "Sales Team")
                    .doesNotContain("<form");
        }
        assertThat(TestClient.anonymous()
                        .form(
                                home + "/login",
                                "usernameOrEmail",
                                amira.user().username(),
                                "password",
                                ChatRooms.PASSWORD)
                        .status())
                .isEqualTo(403);
        rooms.change(sales, WorkspaceChange.suspended(false));
        assertThat(by(amira).get(home + "/chat").location())
                .as("the old session does not come back")
                .isEqualTo(home + "/login");
    }

    @Test
    void closedRegistrationSaysSoAndLeavesTheLoginOpen() {
        rooms.change(sales, registration(false));

        Answer form = TestClient.anonymous().get(home + "/register");
        Answer sent = TestClient.anonymous()
                .form(
                        home + "/register",
                        "username",
                        "amira",
                        "email",
                        "amira@people.example",
                        "password",
                        ChatRooms.PASSWORD);

        for (Answer answer : List.of(form, sent)) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("Registration Closed", "Registration is currently disabled");
        }
        assertThat(TestClient.anonymous().get(home + "/login").text())
                .contains("Sign in")
                .doesNotContain(home + "/register");
    }

    private static WorkspaceChange registration(boolean open) {
        return WorkspaceChange.registration(open);
    }

    @Test
    void anOldAddressLeadsOnAndNobodyKeepsTheWay() {
        rooms.change(
                sales,
                WorkspaceChange.details(sales.name(), sales.description().orElse(""), Optional.of("team-of-today")));
        String today = "/s/" + sales.shortId() + "-team-of-today";

        for (String page : List.of("", "/login", "/chat?view=list")) {
            Answer answer = TestClient.anonymous().get(home + page);
            assertThat(answer.status()).as(page).isEqualTo(301);
            assertThat(answer.location()).isEqualTo(today + page);
            assertThat(answer.header("Cache-Control")).contains("no-cache");
        }
        assertThat(TestClient.anonymous().form(home + "/login").status()).isEqualTo(308);
        assertThat(TestClient.anonymous().get(today + "/login").status()).isEqualTo(200);
    }

    @Test
    void theThemeIsAStylesheetOfTokens() {
        Answer answer = TestClient.anonymous().get(home + "/theme.css");

        assertThat(answer.contentType()).startsWith("text/css");
        assertThat(answer.text())
                .contains(
                        "--accent:",
                        "--accent-hi:",
                        "--accent-ink:",
                        "--accent-text:",
                        "--accent-soft:",
                        "--accent-line:")
                .contains("--focus:");
    }

    /// Neither its account nor the agency nor the server's own sign-in page.
    @Test
    void noPageNamesTheAgency() {
        var north = rooms.world()
                .context(rooms.world().acme(), rooms.world().north().username());
        Workspace workspace = rooms.workspace(north, "Front Desk");
        Chatter amira = rooms.somebody(workspace);
        String path = "/s/" + workspace.shortPath();
        for (String page : List.of("/login", "/register", "/chat", "/chat/new")) {
            for (TestClient client : List.of(TestClient.anonymous(), by(amira))) {
                Answer answer = client.get(path + page);
                assertThat(answer.text())
                        .as(page)
                        .doesNotContainIgnoringCase(rooms.world().acme().username())
                        .doesNotContain(
                                rooms.world().north().username(),
                                rooms.world().north().id().toString(),
                                workspace.project().toString(),
                                "Front Desk project");
            }
        }
    }

    /* Chat without script. */

    @Test
    void aFormBeginsAConversationAndThePageShowsIt() {
        Chatter amira = rooms.somebody(sales);

        Answer sent = by(amira).form(home + "/chat", "key", "k1", "message", "hello <b>&</b>\nthere");

        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.location()).startsWith(home + "/chat/");
        for (String page : List.of(sent.location(), home + "/chat")) {
            assertThat(by(amira).get(page).text())
                    .contains("hello &lt;b&gt;&amp;&lt;/b&gt;\nthere", "welcome to Sales Team", "data-last=\"2\"");
        }
    }

    @Test
    void aFormSentTwiceSaysItOnce() {
        Chatter amira = rooms.somebody(sales);
        Answer first = by(amira).form(home + "/chat", "key", "k1", "message", "hello");
        Answer again = by(amira).form(home + "/chat", "key", "k1", "message", "hello");
        by(amira).form(first.location(), "key", "k2", "message", "thanks");
        by(amira).form(first.location(), "key", "k2", "message", "thanks");

        assertThat(again.location()).isEqualTo(first.location());
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM messages WHERE sub_client_id = ?",
                                sales.id().value()))
                .isEqualTo(4);
    }

    @Test
    void aRefusedMessageStaysInTheBox() {
        Chatter amira = rooms.somebody(sales);

        Answer answer = by(amira).form(home + "/chat", "key", "k1", "message", "x".repeat(4_001));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("Message not sent.", "x".repeat(4_001), "aria-invalid=\"true\"");
    }

    @Test
    void aLongConversationIsShownFromItsEndAndLeadsBack() {
        Chatter amira = rooms.somebody(sales);
        var begun = (Conversations.Posted.Done)
                conversations.post(amira.participant(), Optional.empty(), "k0", "the very first");
        ConversationId id = begun.conversation().id();
        for (int i = 1; i < 2 * Conversations.PORTION + 5; i++) {
            conversations.post(amira.participant(), Optional.of(id), "k" + i, "message number " + i + ".");
        }

        String end = by(amira).get(home + "/chat/" + id).text();
        String before = by(amira).get(home + "/chat/" + id + "?after=5").text();
        String beginning = by(amira).get(home + "/chat/" + id + "?after=0").text();

        assertThat(end).contains("message number 404.", "?after=5\"").doesNotContain("message number 204.");
        assertThat(before).contains("message number 204.", "?after=0\"", "Newest messages");
        assertThat(beginning).contains("the very first").doesNotContain("Earlier messages");
    }

    @Test
    void aConversationIsDeletedAfterAQuestion() {
        Chatter amira = rooms.somebody(sales);
        String conversation =
                by(amira).form(home + "/chat", "key", "k1", "message", "hello").location();

        assertThat(by(amira).get(conversation + "/delete").text()).contains("“<bdi>hello</bdi>” (2 messages)");
        assertThat(by(amira).form(conversation + "/delete").location()).isEqualTo(home + "/chat");
        assertThat(by(amira).get(conversation).text()).contains("Conversation not found");
        assertThat(by(amira).form(conversation + "/delete").status()).isEqualTo(404);
    }

    /* Isolation. */

    @Test
    void everyRouteOfMembersLeadsOthersToTheLogin() {
        Chatter amira = rooms.somebody(sales);
        String conversation = begun(amira);
        String before = rows();
        var softly = new SoftAssertions();
        var others = new LinkedHashMap<String, TestClient>();
        others.put("nobody", TestClient.anonymous());
        others.put("the agency", TestClient.of(rooms.world().acme()));
        others.put("another agency", TestClient.of(rooms.world().rival()));
        others.put("the operator", TestClient.withSession(rooms.world().operatorToken()));
        others.put("a member of another workspace", by(rooms.somebody(rooms.workspace("Support"))));
        others.put(
                "a token under a wrong name",
                TestClient.anonymous()
                        .with(
                                "Cookie",
                                "banyan_ws_" + sales.id() + "="
                                        + rooms.somebody(rooms.workspace("Press"))
                                                .token()));
        others.put(
                "a bearer of another workspace",
                TestClient.anonymous()
                        .with(
                                "Authorization",
                                "Bearer "
                                        + rooms.somebody(rooms.workspace("Care"))
                                                .token()));
        List<Route> routes = memberRoutes();
        assertThat(routes).hasSizeGreaterThan(6);
        for (Route route : routes) {
            others.forEach((who, client) -> {
                Answer answer = call(client, route, conversation);
                softly.assertThat(answer.status()).as("%s as %s", route, who).isEqualTo(303);
                softly.assertThat(answer.header("Location").orElse("")).startsWith(home + "/login");
                softly.assertThat(answer.text()).doesNotContain(SECRET);
            });
        }
        softly.assertAll();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aColleagueFindsNothingOfMine() {
        Chatter amira = rooms.somebody(sales);
        Chatter colleague = rooms.somebody(sales);
        String conversation = begun(amira);
        String before = rows();
        for (Route route : memberRoutes()) {
            if (route.path().contains("{conversationId}") || route.path().contains("{attachmentId}")) {
                Answer answer = call(by(colleague), route, conversation);
                assertThat(answer.status()).as("%s", route).isEqualTo(404);
                assertThat(answer.text()).contains("Conversation not found").doesNotContain(SECRET);
            }
        }
        assertThat(by(colleague).get(home + "/chat").text()).doesNotContain(SECRET);
        assertThat(rows()).isEqualTo(before);
    }

    /// The same requests work for the owner of the data: what others don't find does exist.
    @Test
    void theMemberReachesTheSameRoutes() {
        Chatter amira = rooms.agent(sales);
        for (Route route : memberRoutes()) {
            // Only visitors of the project's side leave for the project.
            boolean isOfVisitors = route.path().endsWith("/leave");
            if (!isOfAdmins(route) && !route.path().contains("/profile/") && !isOfVisitors) {
                Answer answer = call(by(amira), route, begun(amira));
                assertThat(answer.status()).as("%s", route).isIn(reached(route));
                assertThat(answer.header("Location").orElse("")).as("%s", route).doesNotContain("/login");
            }
        }
    }

    /// Returns the expected statuses. Forms of another kind are refused with the page, and threads of the inbox are not
    /// found.
    private static List<Integer> reached(Route route) {
        if (route.name().equals("POST /s/{shortPath}/profile")) {
            return List.of(422);
        }
        if (route.name().startsWith("POST /s/{shortPath}/saved-replies")) {
            return List.of(403); // only admins may change them
        }
        return route.path().matches(".*/(inbox|saved-replies)(/.*)?") ? List.of(200, 303, 404, 422) : List.of(200, 303);
    }

    private static boolean isOfAdmins(Route route) {
        return OF_ADMINS.matcher(route.path()).matches();
    }

    @Test
    void whatIsForAdminsIsRefusedToUsersAndOpenToAdmins() {
        Chatter user = rooms.somebody(sales);
        Chatter admin = rooms.admin(sales);
        Chatter third = rooms.somebody(sales);
        String before = members();
        for (Route route : memberRoutes()) {
            if (isOfAdmins(route)) {
                Answer refused = call(by(user), route, "", third.user().id());
                assertThat(refused.status()).as("%s as user", route).isEqualTo(403);
                assertThat(refused.text()).contains("Only admins can open this page");
            }
        }
        assertThat(members()).isEqualTo(before);
        assertThat(by(user).get(home + "/chat").text()).doesNotContain(home + "/users", home + "/settings");
        assertThat(by(admin).get(home + "/chat").text()).contains(home + "/users", home + "/settings");
        for (Route route : memberRoutes()) {
            if (isOfAdmins(route)) {
                Answer answer = call(by(admin), route, "", third.user().id());
                assertThat(answer.status())
                        .as("%s as admin: %s", route, answer.text())
                        .isIn(200, 303, 404, 422);
                assertThat(answer.header("Location").orElse("")).as("%s", route).doesNotContain("/login");
            }
        }
    }

    private String members() {
        return String.join(
                "\n",
                rooms.world()
                        .select(
                                "SELECT username || role FROM sub_client_users WHERE sub_client_id = ? ORDER BY 1",
                                sales.id().value()));
    }

    @Test
    void theDoorsAreRoutesThatExist() {
        assertThat(Routes.all().stream().map(Route::name)).containsAll(DOORS);
    }

    private static List<Route> memberRoutes() {
        return Routes.all().stream()
                .filter(route -> route.path().startsWith("/s/") && !DOORS.contains(route.name()))
                .toList();
    }

    private Answer call(TestClient client, Route route, String conversation) {
        return call(client, route, conversation, 0);
    }

    private Answer call(TestClient client, Route route, String conversation, int user) {
        String path = route.path()
                .replace("{shortPath}", sales.shortPath())
                .replace("{conversationId}", conversation)
                .replace("{attachmentId}", route.path().contains("{attachmentId}") ? fileOf(conversation) : "")
                .replace("{userId}", Integer.toString(user))
                .replaceAll("\\{[^}]+}", "01900000-0000-7000-8000-000000000000");
        if (path.endsWith("/picture")) {
            return client.multipart(path, Map.of("key", "stolen"));
        }
        return route.verb().equals("GET")
                ? client.get(path)
                : client.form(path, Map.of("key", "stolen", "message", "from somebody else", "title", "Stolen"));
    }

    /// @return the id of a conversation with content that no other user may see
    private String begun(Chatter chatter) {
        return ((Conversations.Posted.Done) conversations.post(chatter.participant(), Optional.empty(), "k1", SECRET))
                .conversation()
                .id()
                .toString();
    }

    /// Returns the id of a pending file of this conversation.
    private String fileOf(String conversation) {
        var kept = attachments.keep(
                sales.owner().tenant(),
                sales.id(),
                ConversationId.of(conversation),
                Optional.empty(),
                SECRET + ".png",
                SampleFiles.in(Path.of("target", "uploads"), SampleFiles.PNG));
        return ((Attachments.StoreResult.Done) kept).attachment().id().toString();
    }

    private String rows() {
        String workspace = sales.id().value();
        return String.join(
                "\n",
                rooms.world()
                        .select(
                                "SELECT id || ' ' || message_count || ' ' || updated_at FROM conversations"
                                        + " WHERE sub_client_id = ? ORDER BY 1",
                                workspace));
    }

    private static TestClient by(Chatter chatter) {
        return TestClient.anonymous().with("Cookie", chatter.cookie());
    }

    /// Returns name and value of the cookie set by a response.
    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }
}
