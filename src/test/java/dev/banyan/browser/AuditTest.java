package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Download;
import org.junit.jupiter.api.Test;

/// The audit log and metrics, as seen by an agency and an operator.
@BrowserTest
class AuditTest {

    private final Stage stage;

    AuditTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void anOwnerFindsWhatWasDone() throws IOException {
        Window window = stage.agency("olga", 1);
        String agency = window.username();
        String brand = window.createBrand(agency, agency + "-brand", "Harbour Coffee");
        window.createPage(brand, "Main", "main");

        window.go("/admin/dashboard?as=" + agency).menu("Audit").click();
        window.assertHeading("Audit log");
        assertThat(window.find("#results")).containsText("Created the page “main”");
        assertThat(window.find("#results")).containsText("Created the brand “" + brand + "”");
        window.look("audit");

        window.find("summary").first().click();
        assertThat(window.find("details[open] .facts")).containsText("PageCreated");
        window.look("audit-details");

        window.find("#action").selectOption("SubAccountCreated");
        assertThat(window.find("#results")).not().containsText("Created the page");
        assertThat(window.find("#results .what")).hasCount(1);
        window.assertSaid("1 event shown");
        Download file =
                window.page().waitForDownload(() -> window.link("Download CSV").click());
        assertThat(Files.readString(file.path()))
                .contains("Created the brand “" + brand + "”")
                .doesNotContain("PageCreated")
                .hasLineCount(2);

        window.field("Search").fill("nothing of this kind");
        assertThat(window.find("#results")).containsText("Nothing matches");
        window.look("audit-nothing-found");
        window.link("Clear filters").click();
        assertThat(window.find("#results")).containsText("Created the page “main”");

        window.go("/admin/audit?as=" + brand);
        assertThat(window.find("main")).containsText("This is a sub-account managed by " + agency);
        assertThat(window.menu("Audit")).hasCount(0);
        window.look("audit-of-brand");
    }

    @Test
    void filtersWorkWithoutAScript() {
        Window window = stage.windowWithoutScript();
        Login login = stage.newcomer("quiet");
        window.registerQuietly(login);
        window.createPage(login.username(), "Main", "main");

        window.go("/admin/audit?as=" + login.username());
        window.find("#action").selectOption("AccountRegistered");
        window.button("Filter").click();

        assertThat(window.find("#results .what")).hasCount(1);
        assertThat(window.find("#results")).containsText("Registered the account “" + login.username() + "”");
    }

    @Test
    void anOperatorSeesTheServer() {
        Window window = stage.window();
        window.signInQuietly(stage.server().operator());
        window.go("/operator/accounts").menu("Audit").click();
        window.assertHeading("Audit log");
        window.look("operator-audit");
        // The server is shared, so the account may not be on the first page.
        window.find("#account").fill("creativeagency");
        assertThat(window.find("#results")).containsText("@creativeagency");

        window.go("/operator/audit?scope=server&action=OperatorCreated");
        assertThat(window.find("#results")).not().containsText("@creativeagency");
        assertThat(window.find("#results")).containsText("Became the operator of this server");

        window.menu("Metrics").click();
        window.assertHeading("Metrics");
        assertThat(window.find("main")).containsText("Target: 30%");
        window.look("operator-figures");
    }
}
