package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// A workspace gets its WhatsApp number.
@BrowserTest
class WorkspaceNumberTest {

    private final Stage stage;

    WorkspaceNumberTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aNumberIsLinkedUnlinkedAndRemoved() {
        Window window = stage.agency("numbers", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Support");
        String tab = "/projects/" + project + "/sub-clients/" + workspace + "/whatsapp?as=" + agency;
        window.go(tab).look("number-none");
        window.button("Link a phone").click();
        assertThat(window.find("#number .qr svg")).isVisible();
        assertThat(window.find("#number")).containsText("Code 1 of 6");
        assertThat(window.find("#number")).containsText("This number is a simulation.");
        window.assertSaid("Waiting for scan");
        window.look("number-linking");
        window.button("Scan with simulated phone").click();
        assertThat(window.find("#number .banner.good")).containsText("Linked: +");
        window.look("number-linked");
        window.go("/projects/" + project + "/sub-clients/management?as=" + agency);
        assertThat(window.find("#results .state.good")).hasText("Linked");

        window.go(tab);
        window.button("Unlink number…").click();
        window.find(".confirm:popover-open").getByText("Unlink number").click();
        assertThat(window.find(".toast")).containsText("Number unlinked");
        assertThat(window.find("#number")).containsText("is not linked.");
        window.look("number-unlinked");
        window.button("Show a new code").click();
        assertThat(window.find("#number .qr svg")).isVisible();
        window.button("Stop linking").click();
        assertThat(window.find("#number")).containsText("is not linked.");
        window.button("Remove number…").click();
        window.find(".confirm:popover-open").getByText("Remove number").click();
        assertThat(window.find(".toast")).containsText("Number removed");
        assertThat(window.find("#number")).containsText("No number yet");
    }

    @Test
    void thePageGoesOnByItself() {
        Window window = stage.agency("watchers", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Support");
        String tab = "/projects/" + project + "/sub-clients/" + workspace + "/whatsapp?as=" + agency;
        window.go(tab);
        Window other = window.anotherTab();
        other.go(tab);
        other.button("Link a phone").click();
        other.button("Scan with simulated phone").click();
        assertThat(other.find("#number .banner.good")).isVisible();
        window.go(tab);
        assertThat(window.find("#number .banner.good")).isVisible();
        other.button("Unlink number…").click();
        other.find(".confirm:popover-open").getByText("Unlink number").click();
        other.button("Show a new code").click();
        assertThat(other.find("#number .qr")).isVisible(); // the server started linking before the first tab asked
        window.go(tab);
        assertThat(window.find("#number .qr")).isVisible();
        other.button("Scan with simulated phone").click();
        // Updated without any action, because the page polls the server.
        assertThat(window.find("#number .banner.good")).containsText("Linked: +");
        window.assertSaid(window.find("#number").getAttribute("data-announce"));
    }

    @Test
    void aCustomerIsPlayed() {
        Window window = stage.agency("players", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Support");
        window.go("/projects/" + project + "/sub-clients/" + workspace + "/whatsapp?as=" + agency);
        window.button("Link a phone").click();
        window.button("Scan with simulated phone").click();
        assertThat(window.find("#number .banner.good")).isVisible();
        window.link("Simulate a customer").click();
        assertThat(window.find(".banner.warn")).containsText("This is a simulation.");
        assertThat(window.find("#phone-chat")).containsText("No messages yet.");
        window.find("#customer-name").fill("Amira Nasser");
        window.find("#customer-text").fill("Is the clinic open today?");
        window.button("Send as customer").click();
        assertThat(window.find("#phone-chat .msg.me")).containsText("Is the clinic open today?");
        assertThat(window.find(".convs a[aria-current]")).containsText("Amira Nasser");
        window.look("customers");
        window.find("#mood").selectOption("off");
        window.button("Set behavior").click();
        assertThat(window.find("#mood")).hasValue("off");
        window.link("Add customer").click();
        assertThat(window.find("#phone-chat")).containsText("No messages yet.");
        window.button("Send as customer").click();
        assertThat(window.find(".banner.bad")).containsText("Message is required.");
    }

    @Test
    void itWorksWithoutScript() {
        Window prepared = stage.agency("plainnumbers", 0);
        String agency = prepared.username();
        String project = prepared.createProject(agency, "Retail Group");
        String workspace = prepared.createWorkspace(agency, project, "Support");
        Window window = stage.windowWithoutScript();
        window.go("/login").signIn(new Login(agency, agency, "a quiet harbour at dawn"));
        window.go("/projects/" + project + "/sub-clients/" + workspace + "/whatsapp?as=" + agency);
        window.button("Link a phone").click();
        window.link("reload this page").click();
        assertThat(window.find("#number")).containsText("Code 1 of 6");
        window.button("Scan with simulated phone").click();
        assertThat(window.find("#number .banner.good")).containsText("Linked: +");
        window.button("Unlink number…").click();
        window.find(".confirm:popover-open").getByText("Unlink number").click();
        assertThat(window.find("#number")).containsText("is not linked.");
    }
}
