package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failovers on the board, with a second window that follows.
@BrowserTest
class FailoverTest {

    private final Stage stage;
    private Window window;
    private String account;
    private String sales;
    private String support;

    FailoverTest(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void twoPools() {
        window = stage.agency("failover", 0);
        account = window.username();
        sales = linked("Sales");
        support = linked("Support");
    }

    private String linked(String name) {
        String path = window.post("/admin/pools/masters", Map.of("as", account, "displayName", name, "phone", ""));
        String id = path.replaceFirst(".*/admin/pools/([^/?]+).*", "$1");
        window.post("/admin/pools/" + id + "/link", Map.of("as", account));
        window.post("/admin/pools/" + id + "/link/scan", Map.of("as", account));
        return id;
    }

    private String page() {
        return "/admin/pools/" + sales + "/failover?as=" + account;
    }

    @Test
    void configuredDrilledStartedAndEnded() {
        window.go("/admin/pools/senders/" + sales + "?as=" + account);
        window.link("Failover").click();
        window.assertHeading("Failover");
        assertThat(window.find("#outlook")).containsText("Support would take over after 15 seconds");
        assertThat(window.find(".handover"))
                .hasText("Sales1 of 1 number linkedSends After 15 seconds Support1 of 1 number linkedReady");
        window.look("failover");

        window.type("#f-check", "0");
        window.button("Save changes").click();
        assertThat(window.find("#f-check-e")).containsText("between 1 and 300");
        window.look("failover-refused");
        window.type("#f-check", "2");
        window.find("#f-backup").selectOption(support);
        window.find("input[value=auto]").check();
        window.button("Save changes").click();
        assertThat(window.find(".toast")).containsText("Failover settings saved");
        assertThat(window.find("#outlook")).containsText("after 6 seconds");

        window.link("What if this master failed?").click();
        assertThat(window.find("#drill")).containsText("Nothing was changed");
        window.look("failover-drill");

        Window other = window.anotherTab();
        other.go(page());
        assertThat(other.find("#live-state")).hasText("Live");
        window.find("#fail-over").click();
        window.find("#failover-to").selectOption(support);
        window.look("failover-start");
        window.button("Fail over").click();
        assertThat(window.find("#failed-over")).containsText("Support stands in for this pool.");
        assertThat(other.find("#failed-over")).containsText("Support stands in for this pool.");
        assertThat(other.find(".handover"))
                .hasText(
                        "Sales1 of 1 number linkedDoesn’t send Sends its messages Support1 of 1 number linkedStands in");
        assertThat(other.find("#decisions .trace b").first()).hasText("Failed over to Support");
        window.look("failover-failed-over");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#head-" + sales)).containsText("Failed over to Support");

        window.go(page());
        window.find("#move-back").click();
        window.look("failover-back");
        window.button("Move back").click();
        assertThat(window.find("#failover-state")).hasText("Normal");
        assertThat(other.find("#failover-state")).hasText("Normal");
    }

    @Test
    void approvedInASecondWindow() {
        window.go(page());
        window.find("input[value=never-silent]").check();
        window.type("#f-check", "1");
        window.type("#f-failures", "1");
        window.button("Save changes").click();
        assertThat(window.find("#outlook")).containsText("Nothing moves until someone approves.");
        assertThat(window.find("#live-state")).hasText("Live");

        window.post("/admin/pools/senders/" + sales + "/simulate", Map.of("as", account, "fault", "ban"));
        assertThat(window.find("#approval")).isVisible();
        assertThat(window.find("#approval")).containsText("Approve that Support stands in?");
        assertThat(window.find(".handover"))
                .hasText("Sales0 of 1 number linkedDoesn’t send Waits for approval Support1 of 1 number linkedReady");
        window.look("failover-approval");
        window.narrow(320, 800);
        window.look("failover-approval-320");

        Window other = window.anotherTab();
        other.go("/admin/dashboard?as=" + account);
        other.link("Review").click();
        other.button("Approve failover").click();
        assertThat(other.find("#failed-over")).containsText("Support stands in for this pool.");
        assertThat(window.find("#failover-state")).hasText("Failed over");
        assertThat(window.find("#decisions .trace b").first()).hasText("Approved: failed over to Support");
    }
}
