package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Download;
import org.junit.jupiter.api.Test;

/// Analytics as seen by an agency.
@BrowserTest
class AnalyticsTest {

    private final Stage stage;

    AnalyticsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void anAgencyLooksAtItsFiguresAndTakesThemWithIt() throws IOException {
        Window window = stage.window();
        window.signInQuietly(stage.server().agency());

        window.go("/admin/dashboard").menu("Analytics").click();
        window.assertHeading("Analytics");
        assertThat(window.find("#days-h")).hasText("Visits per day");
        assertThat(window.find("#links-h + *, #links-h")).not().hasCount(0);
        window.look("analytics");

        window.find("#main summary").first().focus();
        window.page().keyboard().press("Enter");
        assertThat(window.find("details[open] table").first()).isVisible();

        window.link("7 days").click();
        assertThat(window.find("nav[aria-label=Period] [aria-current]")).hasText("7 days");
        Download file =
                window.page().waitForDownload(() -> window.link("Export CSV").click());
        assertThat(Files.readString(file.path()))
                .startsWith("\uFEFFaccount,date,page_views")
                .contains("creativeagency,");

        window.link("All brands").click();
        window.assertHeading("All brands");
        assertThat(window.find("[aria-label='Table of accounts'] tbody tr")).hasCount(4);
        window.look("analytics-brands");
        window.narrow(320, 800);
        assertThat((Boolean) window.page()
                        .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
        window.go("/admin/analytics");
        assertThat((Boolean) window.page()
                        .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
    }

    @Test
    void whoHasNothingYetAndPaysNothingSeesWhatItIsForWithoutAScript() {
        Window window = stage.windowWithoutScript();
        Login login = stage.newcomer("early");
        window.registerQuietly(login);

        window.go("/admin/analytics?as=" + login.username());

        assertThat(window.find("main")).containsText("No visits yet");
        window.button("Turn off report").click();
        assertThat(window.find("main")).containsText("The report is off.");
    }
}
