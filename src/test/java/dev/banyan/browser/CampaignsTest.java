package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Campaigns: from the empty page over a list, a check and a test message to the results.
@BrowserTest
class CampaignsTest {

    private final Stage stage;
    private Window window;
    private String account;

    CampaignsTest(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void operatorIsIn() {
        window = stage.agency("campaigns", 0);
        account = window.username();
    }

    @Test
    void aCampaignIsSentFromAnUploadedList() {
        window.go("/admin/pools/campaigns?as=" + account);
        assertThat(window.find(".empty")).containsText("Add a number first");
        linkedMaster();

        window.go("/admin/pools?as=" + account);
        window.link("Campaigns").click();
        window.assertHeading("Campaigns");
        assertThat(window.find(".empty")).containsText("No campaigns yet");
        window.look("campaigns-empty");
        window.find(".empty a").click();
        window.assertHeading("Create campaign");
        window.type("#c-name", "Eid greetings");
        assertThat(window.find("#c-template")).isHidden();
        window.type("#c-text", "Hello {{name|there}}, {{city}}");
        window.find("#c-file")
                .setInputFiles(new FilePayload(
                        "list.csv",
                        "text/csv",
                        "phone,name,city\n+971500080001,Amira,Dubai\n+971500080002,,Doha\n+971500080001,Amira,\nx,Omar,\n"
                                .getBytes(StandardCharsets.UTF_8)));
        window.look("campaign-form");
        window.button("Create campaign").click();

        window.assertSaid("Campaign created");
        window.assertHeading("Eid greetings");
        assertThat(window.find("#progress")).containsText("Duplicate");
        window.link("Check campaign").click();
        assertThat(window.find("#check")).containsText("2 service");
        window.look("campaign-draft");
        window.type("#t-to", "+971 50 008 0009");
        window.button("Send test message").click();
        window.assertSaid("Test message queued");

        window.link("Start campaign…").click();
        assertThat(window.find("dialog[open]")).containsText("2 messages are sent");
        window.look("campaign-start");
        window.find("dialog[open]").getByText("Start campaign").click();
        window.assertSaid("Campaign started");
        assertThat(window.find("#progress")).containsText("Done");
        assertThat(window.find("#progress")).containsText("2 of 2");
        window.look("campaign-done");
        window.narrow(320, 700);
        window.look("campaign-done-320");
        window.wide();
        window.go("/admin/pools/campaigns?as=" + account);
        assertThat(window.find(".campaign-rows li"))
                .containsText(Pattern.compile("Eid greetings.*2 of 2", Pattern.DOTALL));
        window.look("campaigns");
    }

    @Test
    void optOutsAreAddedAndTheirWordsAreSaved() {
        window.go("/admin/pools/opt-outs?as=" + account);
        assertThat(window.find("#opt-outs")).containsText("No opt-outs yet");
        window.type("#o-phone", "12");
        window.button("Add opt-out").click();
        assertThat(window.find("#o-phone-e")).isVisible();
        window.assertFocus("#o-phone");
        window.type("#o-phone", "+971500080021");
        window.button("Add opt-out").click();
        window.assertSaid("Contact opted out");
        assertThat(window.find("#opt-outs")).containsText("+971500080021");
        window.look("opt-outs");
        window.find("#o-out").fill("stop\nbasta");
        window.button("Save opt-out settings").click();
        window.assertSaid("Opt-out settings saved");
        assertThat(window.find("#o-out")).hasValue("stop\nbasta");

        window.find("#opt-outs .acts a").click();
        assertThat(window.find("dialog[open]")).containsText("only if the contact has asked");
        window.find("dialog[open]").getByText("Remove opt-out").click();
        window.assertSaid("Contact gets campaigns again");
        window.narrow(320, 700);
        window.look("opt-outs-320");
    }

    private void linkedMaster() {
        String path = window.post("/admin/pools/masters", Map.of("as", account, "displayName", "Amira Nasser"));
        String id = path.replaceFirst(".*/pools/([^/]+)/link.*", "$1");
        window.post("/admin/pools/" + id + "/link", Map.of("as", account));
        window.post("/admin/pools/" + id + "/link/scan", Map.of("as", account));
    }
}
