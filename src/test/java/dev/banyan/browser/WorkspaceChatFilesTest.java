package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

/// Long answers, files, names and the search of a chat.
@BrowserTest
class WorkspaceChatFilesTest {

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static int people;

    private final Stage stage;

    WorkspaceChatFilesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void anAnswerIsStoppedAndWhatIsSaidMeanwhileWaits() {
        Window window = member(workspace("Slow Harbour"), true);
        begin(window, "hello");
        FakeChat server = slow(window);
        say(window, "Three texts, please");
        Locator writing = window.find("#thread .msg.assistant > .writing");
        assertThat(writing).hasCount(1);
        server.say("Here are ");
        server.say("three");
        assertThat(writing).hasText("Here are three");
        assertThat(window.find("#stop")).isVisible();
        assertThat(window.find("#send")).isHidden();

        window.find("#text").fill("And make the second one shorter.");
        assertThat(window.find("#send")).isVisible();
        window.press("Enter");
        assertThat(window.find(".msg.me.queued")).containsText("Waiting for the answer to finish");
        window.look("ws-chat-writing");

        window.page().reload();
        assertThat(writing).hasText("Here are three");
        assertThat(window.find(".msg.me.queued")).hasCount(1);
        server.say(", each short");
        assertThat(writing).hasText("Here are three, each short");

        window.button("Stop writing").click();
        assertThat(window.find(".msg.assistant.stopped")).containsText("Here are three, each short");
        assertThat(window.find(".msg.assistant.stopped")).containsText("Stopped");
        assertThat(writing).hasCount(1); // the next answer has begun
        assertThat(window.find(".msg.me.queued")).hasCount(0);
        server.say("Shorter.");
        server.end("");
        assertThat(writing).hasCount(0);
        assertThat(window.find("#stop")).isHidden();
        assertThat(window.find("#send")).isVisible();
        assertThat(window.find("#thread .msg > div")).hasText(new String[] {
            "hello",
            window.find("#thread .msg.assistant > div").first().textContent(),
            "Three texts, please",
            "And make the second one shorter.",
            "Here are three, each short",
            "Shorter."
        });
        assertThat(server.heard()).contains("stop");
    }

    @Test
    void whatFailedIsTriedAgain() {
        Window window = member(workspace("Broken Harbour"), true);
        begin(window, "hello");
        FakeChat server = slow(window);
        say(window, "Are you there?");
        assertThat(window.find("#thread .writing")).hasCount(1);
        server.say("The model cannot be reached.");
        server.end("failed");
        assertThat(window.find(".msg.assistant.failed")).containsText("The model cannot be reached.");
        window.look("ws-chat-failed");

        window.button("Try again").click();
        assertThat(window.find("#thread .writing")).hasCount(1);
        server.say("I am here.");
        server.end("");

        assertThat(window.find(".msg.assistant").last()).containsText("I am here.");
        assertThat(window.button("Try again")).hasCount(0);
        assertThat(server.heard()).contains("retry");
    }

    @Test
    void filesAreBroughtRemovedAndSent() {
        Window window = member(workspace("Files"), true);
        window.find("#file").setInputFiles(new FilePayload[] {
            new FilePayload("menu.png", "image/png", PNG),
            new FilePayload("prices.csv", "text/csv", "name,price\nblue,9\n".getBytes(StandardCharsets.UTF_8)),
            new FilePayload("page.png", "image/png", "<html><script>x</script>".getBytes(StandardCharsets.UTF_8))
        });
        assertThat(window.find("#files .file-chip")).hasCount(3);
        Locator refused = window.find("#files .file-chip.bad");
        assertThat(refused).containsText("“page.png” can’t be sent. Allowed: Pictures");
        assertThat(window.find("#files .file-chip[data-id]")).hasCount(2);
        window.look("ws-chat-files");
        refused.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON).click();
        assertThat(refused).hasCount(0);

        say(window, "Our menu");
        assertThat(window.find("#thread .msg.assistant[data-position]")).hasCount(1);
        assertThat(window.find("#files .file-chip")).hasCount(0);
        assertThat(window.find("#thread .msg.me .picture img")).hasCount(1);
        assertThat(window.find("#thread .msg.me .file")).containsText("prices.csv");
        window.page().waitForFunction("() => document.querySelector('.msg.me .picture img').naturalWidth === 1");
        window.page().reload();
        assertThat(window.find("#thread .msg.me .picture img")).hasCount(1);
        window.look("ws-chat-sent-files");

        window.find("#file")
                .setInputFiles(new FilePayload("notes.txt", "text/plain", "kept".getBytes(StandardCharsets.UTF_8)));
        assertThat(window.find("#files .file-chip[data-id]")).hasCount(1);
        window.page().reload();
        assertThat(window.find("#files .file-chip[data-id]")).containsText("notes.txt");
        window.button("Remove notes.txt").click();
        assertThat(window.find("#files .file-chip")).hasCount(0);

        assertThat(window.pastesCellsAsText("#text")).isTrue();
        assertThat(window.find("#files .file-chip")).hasCount(0);
        window.bring("paste", "#text", "pasted.csv", "name,price\nblue,9\n");
        window.bring("drop", "#thread", "dropped.csv", "name,price\nred,7\n");
        assertThat(window.find("#files .file-chip[data-id]")).hasCount(2);
        say(window, "Both lists");
        assertThat(window.find("#thread .msg.me").last().locator(".file"))
                .containsText(new String[] {"pasted.csv", "dropped.csv"});

        FilePayload[] many = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> new FilePayload("p" + i + ".txt", "text/plain", new byte[] {'x'}))
                .toArray(FilePayload[]::new);
        window.find("#file").setInputFiles(many);
        assertThat(window.find("#files .file-chip")).hasCount(10);
        assertThat(window.find("#file-problem")).hasText("You can send 10 files at a time. 2 not added.");
        window.button("Remove p1.txt").click();
        assertThat(window.find("#file-problem")).isHidden();
    }

    @Test
    void filesNeedNoScript() {
        Window window = member(workspace("Plain Files"), false);
        window.find("#file").setInputFiles(new FilePayload("menu.png", "image/png", PNG));
        window.find("#text").fill("Our menu");
        window.button("Send").click();
        assertThat(window.find("#thread .msg.me .picture img")).hasCount(1);
        assertThat(window.find("#thread .msg.assistant")).hasCount(1);
        window.find("#file")
                .setInputFiles(new FilePayload("run.png", "image/png", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}));
        window.find("#text").fill("And this");
        window.button("Send").click();
        assertThat(window.find("#problem")).containsText("can’t be sent");
        assertThat(window.find("#text")).hasValue("And this");
        window.look("ws-chat-plain-refused");
        window.link("Rename conversation").click();
        window.field("Name").fill("The menu");
        window.look("ws-chat-rename");
        window.button("Rename").click();
        window.assertHeading("The menu");
    }

    @Test
    void conversationsAreNamedAndFound() {
        Window window = member(workspace("Archive"), true);
        begin(window, "When do you open on Friday?");
        window.link("New conversation").click();
        begin(window, "What is the price?");

        window.link("Rename conversation").click();
        assertThat(window.find("#rename-dialog")).isVisible();
        window.find("#new-title").fill("Blue set");
        window.look("ws-chat-rename-dialog");
        window.find("#rename-dialog [type=submit]").click();
        window.assertHeading("Blue set");

        window.find("#search").fill("fri");
        assertThat(window.find("#conversations a"))
                .hasText(new java.util.regex.Pattern[] {java.util.regex.Pattern.compile("When do you open on Friday.*")
                });
        window.find("#search").fill("blue");
        assertThat(window.find("#conversations a")).hasCount(1);
        window.find("#search").fill("zebra");
        assertThat(window.find("#no-conversations")).hasText("No conversations match your search.");
        window.look("ws-chat-search");
        window.find("#search").fill("");
        assertThat(window.find("#conversations a")).hasCount(2);
    }

    private FakeChat slow(Window window) {
        String id = window.path().replaceAll(".*/", "");
        var server = new FakeChat(id, 2);
        window.page().routeWebSocket(address -> address.endsWith("/chat/ws"), server::connect);
        window.page().reload();
        assertThat(window.find("#connection")).hasText("Connected");
        return server;
    }

    private String workspace(String name) {
        return stage.agency("owner", 0).createWorkspace(name);
    }

    /// Opens a window in which a new person is signed in to a workspace, and chats.
    private Window member(String home, boolean script) {
        Window window = script ? stage.window() : stage.windowWithoutScript();
        String username = "files_" + ++people;
        window.post(
                home + "/register",
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@people.example",
                        "password",
                        "a quiet harbour at dawn"));
        window.go(home + "/chat");
        return window;
    }

    /// Sends a first message and waits for the answer.
    private static void begin(Window window, String text) {
        say(window, text);
        assertThat(window.find("#thread .msg.assistant[data-position]")).hasCount(1);
    }

    private static void say(Window window, String text) {
        window.find("#text").fill(text);
        window.press("Enter");
        assertThat(window.find("#text")).hasValue("");
    }
}
