package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From the printed setup link to a published page, with the checklist as the only guide.
@BrowserTest
class FirstStartTest {

    private final Stage stage;

    FirstStartTest(Stage stage) {
        this.stage = stage;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSetupLeadsToAPublishedPage(boolean script) {
        try (NewServer server = NewServer.start()) {
            Window window = stage.windowOf(server, script);
            window.go(server.setupPath());
            window.assertHeading("Set up your server");
            window.assertFocus("#display-name");
            window.look("setup-" + script);
            window.field("Account name").fill("Creative Agency");
            window.type("#email", "maya@creative.example");
            window.type("#password", "a quiet harbour at dawn");
            window.button("Set up server").click();

            window.assertAt("/admin/dashboard");
            assertThat(window.find("#checklist")).containsText("0 of 6 done");
            window.look("checklist-" + script);
            window.link("Create page").first().click();
            window.assertHeading("Create page");
            assertThat(window.find("#new-name")).hasValue("Home");
            window.button("Create page").click();
            window.go("/creative-agency");
            assertThat(window.find("h1")).hasText("Creative Agency");

            window.go("/admin/dashboard");
            assertThat(window.find("#checklist")).containsText("1 of 6 done");
            window.find("#checklist a[href^='/operator/mail/server']").click();
            window.assertAt("/operator/mail/server");
            window.assertHeading("Mail server");
            window.menu("Home").click();
            window.button("Hide checklist").click();
            assertThat(window.find("#checklist")).hasCount(0);
            window.menu("Settings").click();
            window.button("Show checklist").click();
            assertThat(window.find("#checklist")).containsText("1 of 6 done");
        }
    }
}
