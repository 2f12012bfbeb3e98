package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/// An assistant gets a rule, is tested and saved, and answers accordingly.
@BrowserTest
class AssistantTest {

    private final Stage stage;

    AssistantTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aRuleIsWrittenTriedSavedAndSaid() {
        Window window = stage.agency("assistants", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Lamps");
        String tab = "/projects/" + project + "/sub-clients/" + workspace + "/assistant?as=" + agency;
        window.go(tab).look("assistant");
        window.assertHeading("Lamps");
        int before = words(window).count();

        window.button("Add rule").click();
        assertThat(words(window)).hasCount(before + 1);
        words(window).last().fill("opening hours, when do you open");
        answers(window).last().fill("{workspace} opens at nine, {name}.");
        for (int place = before; place > 0; place--) {
            window.find("#up-" + place).click();
            assertThat(words(window).nth(place - 1)).hasValue("opening hours, when do you open");
        }
        window.find("#message").fill("WHEN do you open?");
        window.button("Preview answer").click();
        assertThat(window.find("#tried .msg.assistant")).containsText("Lamps opens at nine, ");
        assertThat(window.find("#why")).containsText("Rule 1 matches “when do you open”.");
        window.look("assistant-tried");

        window.find("#message").fill("I want a person");
        window.button("Preview answer").click();
        assertThat(window.find("#why")).containsText("asks for a person");
        window.find("#save-assistant").click();
        assertThat(window.find(".toast")).containsText("Assistant saved");
        assertThat(words(window).first()).hasValue("opening hours, when do you open");

        String home = window.find("a:has-text('Open sign-in page')")
                .getAttribute("href")
                .replace("/login", "");
        Window guest = stage.window();
        String username = "lamp_" + System.nanoTime() % 1_000_000;
        guest.go(home + "/login");
        guest.post(
                home + "/register",
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@people.example",
                        "password",
                        "a quiet harbour at dawn"));
        guest.go(home + "/chat");
        assertThat(guest.find("#connection")).hasText("Connected");
        guest.find("#text").fill("When do you open?");
        guest.press("Enter");
        assertThat(guest.find("#thread .msg.assistant")).containsText("Lamps opens at nine, " + username + ".");
    }

    @Test
    void aModelIsSetUpAndWhatIsWrongIsSaid() {
        Window window = stage.agency("models", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Lamps");
        String tab = "/projects/" + project + "/sub-clients/" + workspace + "/assistant?as=" + agency;
        window.go(tab);

        window.find("#kind-openai").check();
        assertThat(window.find("#endpoint")).isVisible();
        assertThat(window.find("#greeting")).isHidden();
        window.find("#endpoint").fill("http://10.0.0.1:9/v1");
        window.find("#model").fill("small");
        window.find("#apiKey").fill("sk-0123456789abcdef");
        window.find("#temperature").fill("3");
        window.find("#save-assistant").click();
        assertThat(window.find("#wrong")).containsText("Temperature must be a number from 0 to 2");
        window.look("assistant-refused");
        window.find("#temperature").fill("0.5");
        window.find("#apiKey").fill("sk-0123456789abcdef");
        window.find("#message").fill("hello");
        window.button("Preview answer").click();
        assertThat(window.find("#tried .msg.failed")).containsText("This server isn’t allowed to call");
        window.find("#save-assistant").click();
        assertThat(window.find("#wrong")).containsText("BANYAN_OUTBOUND_ALLOW");
        window.find("#endpoint").fill("https://models.invalid/v1");
        window.find("#apiKey").fill("sk-0123456789abcdef");
        window.find("#save-assistant").click();
        assertThat(window.find(".toast")).containsText("Assistant saved");
        assertThat(window.find("#apiKey-d")).containsText("ends in cdef");
        assertThat(window.find("#apiKey")).hasValue("");
        window.narrow(320, 640);
        window.look("assistant-model");
        window.wide();
    }

    private static Locator words(Window window) {
        return window.find("#rules input[name=words]");
    }

    private static Locator answers(Window window) {
        return window.find("#rules textarea[name=answer]");
    }
}
