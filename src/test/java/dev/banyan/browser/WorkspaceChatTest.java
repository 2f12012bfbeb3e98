package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import org.junit.jupiter.api.Test;

/// A person registers in a workspace and chats, also with an unreliable connection.
@BrowserTest
class WorkspaceChatTest {

    private static final String PASSWORD = "a quiet harbour at dawn";
    private static int people;

    private final Stage stage;

    WorkspaceChatTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void whoRegistersChatsAndFindsAllAgain() {
        String home = workspace("Marketing Department");
        Window window = stage.window();
        String username = "amira_" + ++people;

        window.go(home);
        window.assertAt(home + "/login");
        window.assertHeading("Marketing Department");
        window.look("ws-login");
        window.link("Create an account").click();
        window.look("ws-register");
        window.field("Username").fill("x");
        window.field("Email").fill(username + "@people.example");
        window.field("Password").fill(PASSWORD);
        window.page().evaluate("document.querySelector('form').noValidate = true");
        window.button("Create account").click();
        assertThat(window.find("#username-e"))
                .containsText("Use 2 to 64 letters, digits, dots, hyphens or underscores.");
        window.assertFocus("#username");
        window.look("ws-register-refused");
        window.field("Username").fill(username);
        window.field("Password").fill(PASSWORD);
        window.press("Enter");

        window.assertAt(home + "/chat");
        assertThat(window.find("#connection")).hasText("Connected");
        window.assertFocus("#text");
        window.look("ws-chat-empty");
        say(window, "hello");
        assertThat(answers(window)).hasCount(1);
        assertThat(answers(window).first()).containsText("welcome to Marketing Department");
        window.assertHeading("hello");
        assertThat(window.find("#conversations a[aria-current]")).hasCount(1);
        String conversation = window.path();
        window.find("#text").fill("help");
        window.press("Shift+Enter");
        window.find("#text").pressSequentially("please");
        window.press("Enter");
        assertThat(answers(window)).hasCount(2);
        assertThat(mine(window).last()).hasText("help\nplease");
        window.look("ws-chat");

        window.find("#text").fill("not sent yet");
        window.go(conversation);
        assertThat(window.find("#text")).hasValue("not sent yet");
        window.find("#text").fill("");
        assertThat(mine(window)).hasCount(2);
        assertThat(answers(window)).hasCount(2);
        window.go(home + "/chat");
        window.assertHeading("hello");

        window.find("[popovertarget=profile]").click();
        window.screenshot("ws-profile");
        window.button("Sign out").click();
        window.assertAt(home + "/login");
        window.go(conversation);
        window.assertAt(home + "/login");
        window.field("Username or email").fill(username);
        window.field("Password").fill("not this one");
        window.press("Enter");
        assertThat(window.find("#login-error")).containsText("Invalid credentials");
        window.assertFocus("#password");
        window.look("ws-login-refused");
        window.field("Password").fill(PASSWORD);
        window.press("Enter");
        window.assertAt(home + "/chat");
        assertThat(mine(window)).hasCount(2);
    }

    @Test
    void severalConversationsAndOneLess() {
        String home = workspace("Support");
        Window window = member(home);
        window.go(home + "/chat");
        say(window, "hello");
        assertThat(answers(window)).hasCount(1);
        window.link("New conversation").click();
        assertThat(window.find("#welcome")).isVisible();
        say(window, "Is this private?");
        assertThat(answers(window)).hasCount(1);
        assertThat(window.find("#conversations a")).hasCount(2);
        assertThat(window.find("#conversations a").first()).containsText("Is this private?");

        window.narrow(360, 640);
        assertThat(window.find("#conversations")).isHidden();
        window.link("Back to conversations").click();
        assertThat(window.find("#conversations")).isVisible();
        assertThat(window.find("#text")).isHidden();
        window.look("ws-chat-list");
        window.narrow(360, 640);
        window.find("#conversations a").last().click();
        window.assertHeading("hello");
        window.wide();

        window.link("Delete conversation").click();
        window.assertHeading("Delete conversation?");
        window.look("ws-chat-delete");
        window.button("Delete conversation").click();
        window.assertAt(home + "/chat");
        window.assertHeading("Is this private?");
        assertThat(window.find("#conversations a")).hasCount(1);
    }

    @Test
    void twoTabsShowTheSameAtOnce() {
        String home = workspace("Press");
        Window one = member(home);
        one.go(home + "/chat");
        say(one, "hello");
        assertThat(answers(one)).hasCount(1);
        Window two = one.anotherTab();
        two.go(one.path());

        say(two, "thanks");

        assertThat(answers(one)).hasCount(2);
        assertThat(answers(two)).hasCount(2);
        assertThat(mine(one).last()).hasText("thanks");

        two.link("Delete conversation").click();
        two.button("Delete conversation").click();
        assertThat(one.find(".composer [role=alert]")).containsText("This conversation was deleted.");
        assertThat(one.find("#text")).isDisabled();
        two.closeTab();
    }

    @Test
    void aLostConnectionLosesNothing() {
        String home = workspace("Harbour");
        Window window = member(home);
        var cut = new AtomicBoolean();
        List<WebSocketRoute> open = new ArrayList<>();
        window.page().routeWebSocket(address -> address.endsWith("/chat/ws"), route -> {
            if (cut.get()) {
                route.close();
            } else {
                open.add(route);
                route.connectToServer();
            }
        });
        window.go(home + "/chat");
        say(window, "hello");
        assertThat(answers(window)).hasCount(1);
        assertThat(window.find("#connection")).hasText("Connected");

        cut.set(true);
        open.getLast().close();
        assertThat(window.find("#connection")).hasText("Reconnecting…");
        say(window, "thanks");
        say(window, "bye");
        assertThat(window.find(".msg.queued")).hasCount(2);
        assertThat(window.find(".msg.queued").first()).containsText("Waiting for the connection");
        window.look("ws-chat-reconnecting");
        window.page().reload();
        assertThat(window.find(".msg.queued")).hasCount(2);
        // In the meantime, in another tab: this one misses it.
        Window elsewhere = window.anotherTab();
        elsewhere.go(window.path());
        say(elsewhere, "help");
        assertThat(answers(elsewhere)).hasCount(2);

        cut.set(false);
        window.page().evaluate("dispatchEvent(new Event('online'))");

        assertThat(window.find("#connection")).hasText("Connected");
        assertThat(window.find(".msg.queued")).hasCount(0);
        assertThat(mine(window)).hasText(new String[] {"hello", "help", "thanks", "bye"});
        elsewhere.page().reload();
        assertThat(mine(elsewhere)).hasText(new String[] {"hello", "help", "thanks", "bye"});
        elsewhere.closeTab();
    }

    @Test
    void theChatIsConnectedAgainAsSoonAsSomebodyLooks() {
        String home = workspace("Jetty");
        member(home).assertReconnectsWhenSeen(home + "/chat", "/chat/ws", "#connection", "Connected");
    }

    /// Including text typed into a conversation that had not started.
    @Test
    void aFirstMessageSurvivesAReloadWithoutConnection() {
        String home = workspace("Kiln");
        Window window = member(home);
        var cut = new AtomicBoolean(true);
        window.page().routeWebSocket(address -> address.endsWith("/chat/ws"), route -> {
            if (cut.get()) {
                route.close();
            } else {
                route.connectToServer();
            }
        });
        window.go(home + "/chat/new");
        say(window, "hello");
        say(window, "thanks");
        assertThat(window.find(".msg.queued")).hasCount(2);
        window.page().reload();
        assertThat(window.find(".msg.queued")).hasCount(2);

        cut.set(false);
        window.page().evaluate("dispatchEvent(new Event('online'))");

        assertThat(window.find(".msg.queued")).hasCount(0);
        assertThat(mine(window)).hasText(new String[] {"hello", "thanks"});
        window.assertHeading("hello");
        window.page().reload();
        assertThat(mine(window)).hasText(new String[] {"hello", "thanks"});
    }

    @Test
    void suspensionEndsAnOpenChat() {
        Window agency = stage.agency("owner", 0);
        String home = agency.createWorkspace("Night Shift");
        Window window = member(home);
        window.go(home + "/chat");
        assertThat(window.find("#connection")).hasText("Connected");

        agency.suspendWorkspace(home, true);

        window.assertHeading("Workspace Suspended");
        window.look("ws-suspended");
        agency.suspendWorkspace(home, false);
        window.link("Check again").click();
        window.assertAt(home + "/login");
    }

    @Test
    void closedAndUnknownSayWhatTheyAre() {
        Window agency = stage.agency("owner", 0);
        String home = agency.createWorkspace("Members Only");
        agency.changeWorkspace(home, Map.of("registration_enabled", false));
        Window window = stage.window();
        window.go(home + "/login");
        assertThat(window.link("Create an account")).hasCount(0);
        window.go(home + "/register").assertHeading("Registration Closed");
        assertThat(window.find("main")).containsText("Registration is currently disabled");
        window.look("ws-closed");
        window.link("Sign in instead").click();
        window.assertAt(home + "/login");

        window.go("/s/zzzz-nowhere/chat").assertHeading("Workspace Not Found");
        window.look("ws-missing");
    }

    @Test
    void twoWorkspacesAndAnAgencyLiveInOneBrowser() {
        Window window = stage.agency("everywhere", 0);
        String sales = window.createWorkspace("Sales");
        String care = window.createWorkspace("Care");
        String seller = register(window, sales);
        String nurse = register(window, care);

        window.go(sales + "/chat");
        say(window, "hello");
        assertThat(answers(window).first()).containsText("welcome to Sales");
        window.go(care + "/chat");
        assertThat(window.find("#profile")).containsText(nurse);
        assertThat(window.find("#welcome")).isVisible();
        window.go("/admin/dashboard");
        assertThat(window.find("h1")).isVisible();
        window.assertAt("/admin/dashboard");

        window.go(care + "/chat");
        window.find("[popovertarget=profile]").click();
        window.button("Sign out").click();
        window.assertAt(care + "/login");
        window.go(sales + "/chat");
        assertThat(window.find("#profile")).containsText(seller);
        assertThat(mine(window)).hasText(new String[] {"hello"});
        window.go("/admin/dashboard").assertAt("/admin/dashboard");
    }

    @Test
    void chattingNeedsNoScript() {
        String home = workspace("Quiet Corner");
        Window window = stage.windowWithoutScript();
        window.go(home + "/register");
        String username = "plain_" + ++people;
        window.field("Username").fill(username);
        window.field("Email").fill(username + "@people.example");
        window.field("Password").fill(PASSWORD);
        window.button("Create account").click();
        window.assertAt(home + "/chat");
        window.find("#text").fill("hello");
        window.button("Send").click();
        assertThat(answers(window)).hasCount(1);
        window.find("#text").fill("thanks");
        window.button("Send").click();
        assertThat(answers(window)).hasCount(2);
        window.look("ws-chat-plain");
        window.link("Delete conversation").click();
        window.button("Delete conversation").click();
        assertThat(window.find("#no-conversations")).isVisible();
        window.find("[popovertarget=profile]").click();
        window.button("Sign out").click();
        window.assertAt(home + "/login");
    }

    private String workspace(String name) {
        return stage.agency("owner", 0).createWorkspace(name);
    }

    /// Opens a window in which a new person is signed in to a workspace.
    private Window member(String home) {
        Window window = stage.window();
        register(window, home);
        return window;
    }

    private static String register(Window window, String home) {
        String username = "guest_" + ++people;
        window.post(
                home + "/register",
                Map.of("username", username, "email", username + "@people.example", "password", PASSWORD));
        return username;
    }

    private static void say(Window window, String text) {
        window.page().waitForLoadState(); // before the scripts run, Enter begins a new line
        window.find("#text").fill(text);
        window.press("Enter");
        assertThat(window.find("#text")).hasValue("");
    }

    private static Locator mine(Window window) {
        return window.find("#thread .msg.me > div");
    }

    private static Locator answers(Window window) {
        return window.find("#thread .msg.assistant[data-position] > div");
    }
}
