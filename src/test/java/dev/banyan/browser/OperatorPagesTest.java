package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The pages of an operator: overview, a disabled account, mail, limits.
@BrowserTest
class OperatorPagesTest {

    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");

    private final Stage stage;

    OperatorPagesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void anOperatorLooksAfterTheServer() {
        Window operator = stage.window();
        operator.signInQuietly(stage.server().operator());
        operator.go("/operator");
        operator.assertHeading("This server");
        assertThat(operator.find("main")).containsText("Sign-ups this week");
        operator.look("operator-overview");

        operator.menu("Mail").click();
        operator.assertHeading("Mail");
        operator.type("#q", "nobody-has-this");
        assertThat(operator.find("#results")).containsText("Nothing matches");
        operator.look("operator-mail-nothing-found");
        operator.link("Clear filters").click();
        operator.find("#results tbody a").first().click();
        assertThat(operator.find("main")).containsText("Delivery");
        operator.look("operator-one-mail");
        operator.go("/operator/mail");
        operator.look("operator-mail");

        operator.menu("Backups").click();
        operator.assertHeading("Backups");
        assertThat(operator.find("main")).containsText("No backups yet");
        operator.find("[name=enabled]").uncheck();
        operator.button("Save changes").click();
        operator.button("Back up now").click();
        assertThat(operator.find("#backups")).containsText("Completed");
        operator.find("#backup-place").selectOption("bucket");
        assertThat(operator.find("#backup-folder")).isHidden();
        operator.look("operator-backups");

        operator.menu("Limits").click();
        operator.assertHeading("Limits and settings");
        operator.find("#tiers summary").click();
        operator.look("operator-limits");
        operator.field("Email, username or IP address").fill("nobody@people.example");
        operator.expectRefusal("/operator/limits/lift");
        operator.button("Unlock").last().click();
        assertThat(operator.find("main")).containsText("No limits are counted for this name or address.");
        operator.look("operator-limits-nobody");

        operator.go("/operator/audit").link("Verify log").click();
        operator.look("operator-audit-not-verified");
        operator.button("Verify now").click();
        assertThat(operator.find("main")).containsText("No problems found");
        operator.look("operator-audit-verified");
    }

    @Test
    void anOperatorRunsAJob() {
        Window operator = stage.window();
        operator.signInQuietly(stage.server().operator());
        operator.go("/operator");
        operator.find("main a[href^='/operator/jobs']").click();
        operator.assertHeading("Jobs");
        String job = "#erase-sub-accounts ";
        assertThat(operator.find(job)).not().containsText("Started by");
        assertThat(operator.find(job + "td:nth-child(6)")).containsText(TIME); // next run
        operator.look("operator-jobs");
        operator.find(job).getByText("Run now").click();
        assertThat(operator.find(".toast")).containsText("Job started");
        operator.link("Refresh").click();
        assertThat(operator.find(job)).containsText("Completed");
        assertThat(operator.find(job)).containsText(stage.server().operator().email());
        assertThat(operator.find(job + "td:nth-child(4)")).containsText(TIME); // last run
        assertThat(operator.find(job + "td:nth-child(4) time"))
                .hasAttribute("title", Pattern.compile(".+, \\d{4}, \\d\\d:\\d\\d:\\d\\d \\S+"));
        operator.look("operator-jobs-run");
    }

    @Test
    void anAccountIsSwitchedOffAndOnAgain() {
        Login login = stage.newcomer("offandon");
        Window person = stage.window();
        person.registerQuietly(login);
        Window operator = stage.window();
        operator.signInQuietly(stage.server().operator());
        operator.go("/operator/accounts");
        operator.type("#search", login.username());
        assertThat(operator.find("#results tbody tr")).hasCount(1);
        operator.link(login.username()).click();
        operator.find("main a[href*='/access']").click();
        operator.look("operator-access-on");
        operator.find("#reason").selectOption("security");
        operator.find("#note").fill("Called us");
        operator.button("Disable account").click();
        assertThat(operator.find("main")).containsText("Called us");
        operator.look("operator-access-off");

        operator.go("/operator/accounts?status=suspended&q=" + login.username());
        assertThat(operator.find("#results")).containsText("Disabled");
        operator.look("operator-accounts-off");
        operator.link(login.username()).click();
        operator.look("operator-account-off");

        Window closed = stage.window();
        closed.expectRefusal("/login");
        closed.go("/login").signIn(login);
        assertThat(closed.find("#login-error")).containsText("This account is disabled.");
        closed.look("login-switched-off");

        operator.find("main a[href*='/access']").click();
        operator.button("Enable account").click();
        assertThat(operator.find("main")).containsText("Members can sign in");
        person.go("/login").signIn(login);
        assertThat(person.find("[data-greeting]")).isVisible();

        operator.go("/operator/accounts?q=" + login.username());
        operator.link(login.username()).click();
        operator.find("main a[href*='/sign-ins']").click();
        operator.look("operator-sign-ins");
        operator.find("#shown").selectOption("failed");
        assertThat(operator.find("#results")).containsText("Account disabled");
    }
}
