package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.banyan.TestClient;
import org.junit.jupiter.api.Test;

/// Two users of a workspace handle messages of customers to its number.
@BrowserTest
class InboxTest {

    private static final String PASSWORD = "a quiet harbour at dawn";
    private static int people;

    private final Stage stage;

    InboxTest(Stage stage) {
        this.stage = stage;
    }

    /// A workspace with the window of its agency.
    private record Room(Window agency, String project, String id, String home) {

        /// Opens a window in which another user is signed in.
        Window agent(Stage stage, String name, String role) {
            String username = name + "_" + ++people;
            agency.postJson(
                    "/api/projects/" + project + "/sub-clients/" + id + "/users",
                    Map.of(
                            "username", username,
                            "email", username + "@people.example",
                            "password", PASSWORD,
                            "role", role));
            Window window = stage.window();
            window.post(home + "/login", Map.of("usernameOrEmail", username, "password", PASSWORD));
            return window;
        }

        void link() {
            agency.go("/projects/" + project + "/sub-clients/" + id + "/whatsapp?as=" + agency.username());
            agency.button("Link a phone").click();
            agency.button("Scan with simulated phone").click();
            assertThat(agency.find("#number .banner.good")).isVisible();
        }

        void customer(String phone, String name, Map<String, Object> more) {
            var body = new java.util.HashMap<String, Object>(Map.of("subClientId", id, "from", phone, "name", name));
            body.putAll(more);
            agency.postJson("/api/whatsapp/simulator/messages", body);
        }

        void customerWrites(String phone, String name, String text) {
            agency.postJson(
                    "/api/whatsapp/simulator/messages",
                    Map.of("subClientId", id, "from", phone, "name", name, "text", text));
        }
    }

    private Room room(String name) {
        Window agency = stage.agency("inboxes", 0);
        String project = agency.createProject(agency.username(), "Retail Group");
        String created = agency.postJson("/api/projects/" + project + "/sub-clients", Map.of("name", name));
        return new Room(
                agency,
                project,
                field(created, "id"),
                "/s/" + field(created, "short_id") + "-" + field(created, "pathname"));
    }

    private static String field(String json, String name) {
        var found = Pattern.compile('"' + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError("No " + name + " in " + json);
        }
        return found.group(1);
    }

    /// Presses on the locator, waits each time until the window has asked for the thread that an event changed, and
    /// lets go.
    private static void pressWhile(Window window, Locator pressed, Runnable... events) {
        window.page().evaluate("document.querySelectorAll('.msg.found').forEach(one => one.classList.remove('found'))");
        pressed.hover();
        window.page().mouse().down();
        for (Runnable event : events) {
            window.page().waitForResponse("**/inbox/*", event).finished();
        }
        window.page().mouse().up();
    }

    @Test
    void twoAgentsShareWhatACustomerWrites() {
        Room room = room("Sales");
        Window amira = room.agent(stage, "amira", "admin");
        amira.go(room.home() + "/inbox");
        assertThat(amira.find("#calm")).containsText("No number yet");
        amira.look("inbox-no-number");
        room.link();
        Window omar = room.agent(stage, "omar", "agent");
        amira.go(room.home() + "/saved-replies");
        amira.field("Name").fill("stock");
        amira.field("Text").fill("Six blue sets arrive tomorrow.");
        amira.button("Save reply").click();
        assertThat(amira.find("#replies li")).hasCount(1);
        amira.look("inbox-saved-replies");
        amira.go(room.home() + "/inbox");
        omar.go(room.home() + "/inbox");
        assertThat(amira.find("#connection")).hasText("Live");
        assertThat(omar.find("#connection")).hasText("Live");
        assertThat(amira.find("#calm")).containsText("You’re all caught up");

        room.customerWrites("+971500000301", "Rania Aziz", "Is the blue set back in stock?");

        assertThat(threads(amira)).hasCount(1);
        assertThat(threads(omar).first()).containsText("Is the blue set back in stock?");
        omar.assertHeading("Rania Aziz"); // the first conversation is open, and unread until someone turns to it
        assertThat(omar.find("#thread .date")).hasText("Today");
        assertThat(omar.find(".ws-nav .pip")).containsText("1");
        assertThat(omar.page()).hasTitle(Pattern.compile("\\(1\\) .*"));

        omar.find("#threads a").first().click();
        omar.assertHeading("Rania Aziz");
        assertThat(omar.find("#threads a.unread")).hasCount(0);
        omar.find("#head").getByText("Assign to me").click();
        assertThat(omar.find("#thread .day")).containsText("assigned this to themselves");
        assertThat(threads(amira).first()).containsText("omar_");

        // a saved reply by the beginning of its name
        omar.find("#text").pressSequentially("/sto");
        omar.press("Enter");
        assertThat(omar.find("#text")).hasValue("Six blue sets arrive tomorrow.");
        omar.go(omar.path());
        assertThat(omar.find("#text")).hasValue("Six blue sets arrive tomorrow.");
        omar.find("#text").focus();
        omar.press("Enter");
        assertThat(omar.find("#thread .msg.me")).hasCount(1);
        assertThat(omar.find("#text")).hasValue("");
        assertThat(threads(amira).first()).containsText("Reply: Six blue sets");
        amira.find("#threads a").first().click();
        assertThat(amira.find("#thread .msg.me")).containsText("omar_");
        assertThat(amira.find("#thread .way")).hasText(Pattern.compile("sent|delivered|read"));

        // an answer to a certain message, a file, and a reaction
        Locator question = omar.find("#thread .msg.in").first();
        question.locator(".msg-acts summary").click();
        question.getByText("Reply", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(omar.find("#replying")).containsText("Is the blue set back in stock?");
        omar.bring("drop", "#thread", "draft.csv", "set,price\n");
        assertThat(omar.find("#picked li")).containsText("draft.csv");
        omar.button("Remove draft.csv").click();
        assertThat(omar.find("#picked li")).hasCount(0);
        assertThat(omar.pastesCellsAsText("#text")).isTrue();
        omar.find("#file")
                .setInputFiles(IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> new FilePayload("p" + i + ".txt", "text/plain", new byte[] {'x'}))
                        .toArray(FilePayload[]::new));
        assertThat(omar.find("#picked li")).hasCount(10);
        assertThat(omar.find("#file-problem")).hasText("You can send 10 files at a time. 2 not added.");
        for (int i = 1; i <= 10; i++) {
            omar.button("Remove p" + i + ".txt").click();
        }
        assertThat(omar.find("#file-problem")).isHidden();
        omar.bring("paste", "#text", "offer.csv", "set,price\nblue,9\n");
        assertThat(omar.find("#picked li")).containsText("offer.csv");
        omar.find("#text").fill("Our offer");
        omar.press("Enter");
        assertThat(omar.find("#thread .msg.me")).hasCount(2);
        assertThat(omar.find("#thread .msg.me .file").last()).containsText("offer.csv");
        assertThat(omar.find("#picked li")).hasCount(0);
        assertThat(omar.find("#replying")).isHidden();
        omar.find("#thread .msg.me a.quote").click();
        assertThat(omar.find("#thread .msg.found")).containsText("Is the blue set back in stock?");
        question.locator(".msg-acts summary").click();
        room.customerWrites("+971500000301", "Rania Aziz", "And the white one?");
        assertThat(omar.find("#thread .msg.in")).hasCount(2);
        assertThat(omar.find("#thread .msg.found")).hasCount(1); // so is what was found
        pressWhile(
                omar,
                omar.find("#thread .msg.me a.quote"),
                () -> room.customerWrites("+971500000301", "Rania Aziz", "In 12 pieces?"),
                () -> room.customerWrites("+971500000301", "Rania Aziz", "Or in 24?"));
        assertThat(omar.find("#thread .msg.found")).containsText("Is the blue set back in stock?");
        assertThat(omar.find("#thread .msg.in")).hasCount(4);
        question.getByLabel("React with 👍").click(); // what is open stays open when the thread changes
        assertThat(omar.find("#thread .msg.in .reactions")).containsText("👍");
        assertThat(amira.find("#thread .msg.in .reactions")).containsText("👍");
        omar.look("inbox-reply-file-reaction");

        // the contact types, and sends a place
        room.customer("+971500000301", "Rania Aziz", Map.of("type", "typing"));
        assertThat(omar.find("#typing")).containsText("Rania Aziz is typing…");
        room.customer(
                "+971500000301",
                "Rania Aziz",
                Map.of(
                        "type",
                        "location",
                        "location",
                        Map.of("latitude", 25.08, "longitude", 55.14, "name", "Marina")));
        assertThat(omar.find("#thread .card-in")).containsText("25.08000, 55.14000");
        assertThat(omar.find("#typing")).isHidden();

        // a note by keyboard; text typed elsewhere is kept
        omar.find("#text").fill("half a sentence");
        amira.press("n");
        assertThat(amira.find("#text")).isFocused();
        amira.find("#text").fill("Promise Thursday.");
        amira.press("Control+Enter");
        assertThat(amira.find("#thread .msg.internal")).containsText("Promise Thursday.");
        assertThat(omar.find("#thread .msg.internal")).containsText("Promise Thursday.");
        assertThat(omar.find("#text")).hasValue("half a sentence");
        omar.find("#text").fill("");

        amira.find("[name=add]").fill("Tableware");
        amira.press("Enter");
        assertThat(amira.find("#tags")).containsText("tableware");
        assertThat(threads(omar).first()).containsText("tableware");
        amira.look("inbox-thread");
        amira.narrow(360, 640);
        amira.look("inbox-thread-narrow");
        amira.narrow(360, 640);
        amira.find("#head .narrow-details").click();
        assertThat(amira.find("#details")).isVisible();
        amira.look("inbox-details-narrow");
        amira.wide();

        amira.find("#close").click();
        assertThat(amira.find("#thread .day").last()).containsText("closed this");
        assertThat(amira.find("#no-threads")).isVisible();
        assertThat(threads(omar)).hasCount(0);

        room.customerWrites("+971500000301", "Rania Aziz", "I would need four by Thursday.");
        assertThat(threads(omar)).hasCount(1);
        assertThat(omar.find("#thread .msg.in").last()).containsText("four by Thursday");
        var held = new ArrayList<Route>();
        omar.page().route("**/inbox?*q=thursday*", held::add);
        omar.find("#search input").fill("thursday");
        omar.press("Enter");
        omar.find("#search input").fill("nothing like it");
        omar.press("Enter");
        assertThat(omar.find("#no-threads")).containsText("No conversations match");
        omar.page()
                .waitForResponse("**/inbox?*q=thursday*", () -> held.getFirst().resume());
        omar.page().evaluate("() => new Promise(requestAnimationFrame)");
        assertThat(omar.find("#no-threads")).containsText("No conversations match");
    }

    /// Keeps what the page would have shown on the desktop.
    private static final String SPY = """
            window.told = [];
            window.Notification = class {
              static permission = "default";
              static requestPermission() {
                window.Notification.permission = "granted";
                return Promise.resolve("granted");
              }
              constructor(title, options) { window.told.push(`${title}: ${options.body}`); }
              close() {}
            };""";

    @Test
    void whatComesIsToldAndAMentionReachesItsPerson() {
        Room room = room("Loud Sales");
        room.link();
        Window amira = room.agent(stage, "amira", "admin");
        Window omar = room.agent(stage, "omar", "agent");
        omar.page().addInitScript(SPY);
        amira.go(room.home() + "/inbox");
        omar.go(room.home() + "/inbox");
        assertThat(omar.find("#connection")).hasText("Live");
        assertThat(omar.find("link[rel=icon]")).hasAttribute("href", Pattern.compile(".*/logo\\.svg.*"));
        omar.find("[data-alerts]").click();
        omar.look("inbox-notifications");
        omar.button("Turn on notifications").click();
        assertThat(omar.find("#alert-desktop")).isChecked();
        omar.press("Escape");

        room.customerWrites("+971500000303", "Rania Aziz", "Is it open today?");

        assertThat(omar.page()).hasTitle(Pattern.compile("\\(1\\) .*"));
        assertThat(omar.find("link[rel=icon]")).hasAttribute("href", Pattern.compile(".*logo-unread.*"));
        omar.page().waitForFunction("() => window.told.includes('Rania Aziz: Is it open today?')");

        amira.find("#threads a").first().click();
        amira.assertHeading("Rania Aziz");
        amira.press("n");
        amira.find("#text").pressSequentially("Please ask @om");
        assertThat(amira.find("#people")).isVisible();
        amira.press("Enter");
        assertThat(amira.find("#text")).hasValue(Pattern.compile("Please ask @omar_\\d+ "));
        amira.press("Enter");
        assertThat(amira.find("#thread .mention")).hasText(Pattern.compile("@omar_\\d+"));

        omar.page().waitForFunction("() => window.told.some(text => text.includes('mentioned you: Please ask'))");
        assertThat(omar.find("#mentions .pip")).hasText("1");
        omar.find("#mentions").click();
        assertThat(threads(omar)).hasCount(1);
        omar.find("#threads a").first().click();
        assertThat(omar.find("#thread .mention.me")).isVisible();
        assertThat(omar.find("#mentions .pip")).hasCount(0);
        assertThat(omar.find("link[rel=icon]")).hasAttribute("href", Pattern.compile(".*/logo\\.svg.*"));
        omar.look("inbox-mention");
    }

    /// As fast as people type, and faster than their connection.
    @Test
    void whatIsTypedWhileAMessageLeavesIsTheNextOne() {
        Room room = room("Quick Sales");
        room.link();
        Window omar = room.agent(stage, "omar", "agent");
        omar.go(room.home() + "/inbox");
        assertThat(omar.find("#connection")).hasText("Live");
        room.customerWrites("+971500000304", "Rania Aziz", "Is it open today?");
        room.customerWrites("+971500000305", "Basma Noor", "And tomorrow?");
        assertThat(threads(omar)).hasCount(2);
        turnTo(omar, "Rania Aziz");
        var held = new ArrayList<Route>();
        omar.page().route(Pattern.compile(".*/inbox/[^/?]+(\\?.*)?$"), route -> {
            if (route.request().method().equals("POST")) {
                held.add(route);
            } else {
                route.resume();
            }
        });

        omar.find("#text").fill("First");
        omar.press("Enter");
        omar.find("#text").pressSequentially("Second");
        omar.press("Enter");
        omar.press("Enter"); // pressed twice, it sends nothing
        omar.find("#text").pressSequentially("Third");
        omar.page().waitForCondition(() -> held.size() == 1);
        held.getFirst().resume();
        omar.page().waitForCondition(() -> held.size() == 2);
        held.get(1).resume();

        assertThat(omar.find("#thread .msg.me")).hasCount(2);
        assertThat(omar.find("#thread .msg.me").first()).containsText("First");
        assertThat(omar.find("#thread .msg.me").last()).containsText("Second");
        assertThat(omar.find("#text")).hasValue("Third");
        assertThat(omar.find("#problem")).hasCount(0);

        // Who has turned to another conversation stays there.
        omar.find("#text").focus();
        omar.press("Enter");
        omar.page().waitForCondition(() -> held.size() == 3);
        turnTo(omar, "Basma Noor");
        omar.find("#text").fill("For Basma");
        omar.page()
                .waitForResponse(
                        answer -> answer.request().method().equals("POST")
                                && !answer.url().endsWith("/read"),
                        () -> held.get(2).resume());
        assertThat(threads(omar).filter(of("Rania Aziz"))).containsText("Third");
        omar.assertHeading("Basma Noor");
        assertThat(omar.find("#text")).hasValue("For Basma");
    }

    private static void turnTo(Window window, String name) {
        threads(window).filter(of(name)).click();
        window.assertHeading(name);
    }

    private static Locator.FilterOptions of(String name) {
        return new Locator.FilterOptions().setHasText(name);
    }

    @Test
    void anInboxNeedsNoScript() {
        Room room = room("Quiet Sales");
        room.link();
        Window plain = room.agent(stage, "plain", "agent");
        room.customerWrites("+971500000302", "Tomas Braga", "Where is my parcel?");
        Window window = stage.windowWithoutScript();
        String username = "quiet_" + ++people;
        room.agency()
                .postJson(
                        "/api/projects/" + room.project() + "/sub-clients/" + room.id() + "/users",
                        Map.of(
                                "username",
                                username,
                                "email",
                                username + "@people.example",
                                "password",
                                PASSWORD,
                                "role",
                                "agent"));
        window.post(room.home() + "/login", Map.of("usernameOrEmail", username, "password", PASSWORD));
        plain.go(room.home() + "/inbox");
        assertThat(threads(plain)).hasCount(1); // it has arrived

        window.go(room.home() + "/inbox");
        window.find("#threads a").first().click();
        window.assertHeading("Tomas Braga");
        window.find("#text").fill("It left this morning.");
        window.button("Send").click();
        assertThat(window.find("#thread .msg.me")).containsText("It left this morning.");
        window.find("#close").click();
        assertThat(window.find("#thread .day").last()).containsText("closed this");
        window.look("inbox-plain");
    }

    /// A refused handshake looks like a lost connection, so the page has to ask the server.
    @Test
    void whoWasSignedOutMeanwhileIsLedToTheLogin() {
        Room room = room("Night desk");
        Window amira = room.agent(stage, "amira", "agent");
        Runnable cut = amira.socketsCutBy("/inbox/ws");
        amira.go(room.home() + "/inbox");
        assertThat(amira.find("#connection")).hasText("Live");

        amira.loseSession();
        cut.run();

        amira.assertAt(room.home() + "/login?next=" + TestClient.encode(room.home() + "/inbox"));
    }

    @Test
    void theInboxIsLiveAgainAsSoonAsSomebodyLooks() {
        Room room = room("Early desk");
        Window amira = room.agent(stage, "amira", "agent");
        amira.assertReconnectsWhenSeen(room.home() + "/inbox", "/inbox/ws", "#connection", "Live");
    }

    private static Locator threads(Window window) {
        return window.find("#threads a");
    }
}
