package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The three business cases of the agency seed, as seen by their users.
@BrowserTest
class BusinessCasesTest {

    private final Stage stage;

    BusinessCasesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void agencyRunsClientBrandsFromOneSignIn() {
        Window window = customer("creative", "pro", "agency-pro", Map.of("packs10", 1));
        String agency = window.username();
        for (String client : List.of("a", "b", "c")) {
            createByHand(window, agency + "-" + client, "Client Brand " + client.toUpperCase(java.util.Locale.ROOT));
        }
        assertThat(window.find("#usage-t")).hasText("3 of 10 brands used");
        assertThat(window.find(".usage")).containsText("(Agency-Pro, 10-pack)");
        assertThat(window.link("Upgrade to 25-brand pack"))
                .hasAttribute("href", "/admin/subscription?as=" + agency + "&packs3=0&packs10=0&packs25=1");
        assertThat(window.find("#sub-list")).containsText("Pro tier");
        assertThat(window.menu("Brands").locator(".count")).containsText("3");
        window.look("case-agency");

        window.button("Switch to Client Brand A").click();
        window.assertAt("/admin/dashboard?as=" + agency + "-a");
        assertThat(window.find(".acting-bar")).containsText("Managing: Client Brand A");
        assertThat(window.find(".switcher")).containsText("Managing:Client Brand A");
        assertThat(window.find("main")).containsText("1 of 3");
        window.button("Back to My Account").click();
        window.assertAt("/admin/dashboard?as=" + agency);
        window.go("/" + agency + "-a").assertHeading("Client Brand A");
        window.go("/admin/pages?as=" + agency);
        assertThat(window.find("main")).containsText("No pages yet"); // the brand's page is the brand's
    }

    @Test
    void businessWithThreeBrandsIsFull() {
        Window window = customer("parent", "free", "agency-basic", Map.of("packs3", 1));
        String company = window.username();
        for (String brand : List.of("a", "b", "c")) {
            createByHand(window, company + "-" + brand, "Brand " + brand.toUpperCase(java.util.Locale.ROOT));
        }
        assertThat(window.find("#usage-t")).hasText("3 of 3 brands used");
        assertThat(window.find(".usage")).containsText("(Agency-Basic, 3-pack)");
        assertThat(window.find("#limit")).containsText("Your 3-pack is full: 3 of 3 used.");
        assertThat(window.find("#limit .btn")).hasText("Upgrade to 10-brand pack");
        assertThat(window.button("Create brand")).isDisabled();
        assertThat(window.find("#sub-list")).containsText("Free tier");
        window.look("case-multi-brand");
        window.go("/admin/users/sub-accounts/new?as=" + company);
        assertThat(window.find("main")).containsText("3 of 3 brands used (Agency-Basic)");
        assertThat(window.find("main")).containsText("Your pack is full.");
        assertThat(window.find("#sub-username")).hasCount(0);
        assertThat(window.link("Upgrade to 10-brand pack"))
                .hasAttribute("href", Pattern.compile(".*&packs3=0&packs10=1&packs25=0"));
        window.look("case-multi-brand-fourth");
    }

    @Test
    void influencerHasThreePersonas() {
        Window window = customer("main", "free", "agency-basic", Map.of("packs3", 1));
        String influencer = window.username();
        for (String persona : List.of("Gaming Channel", "Cooking Channel", "Travel Blog")) {
            createByHand(
                    window, influencer + "-" + persona.substring(0, 4).toLowerCase(java.util.Locale.ROOT), persona);
        }
        window.button("Switch to Cooking Channel").click();
        window.assertAt("/admin/dashboard?as=" + influencer + "-cook");
        window.menu("Pages").click();
        window.find("main a[href^='/admin/pages/']").first().click();
        window.type("#new-title", "Recipes");
        window.type("#new-url", "https://recipes.example");
        window.press("Enter");
        assertThat(window.find(".link-item")).hasCount(1);
        window.menu("Pages").click();
        assertThat(window.find("#limit")).containsText("You’ve used 1 of 1 pages on the Free plan.");
        assertThat(window.find("#limit a")).hasAttribute("href", "/admin/subscription?as=" + influencer);
        window.look("case-influencer");
        window.go("/" + influencer + "-cook").assertHeading("Cooking Channel");
        window.go("/" + influencer + "-gami");
        assertThat(window.find("main")).not().containsText("Recipes");
    }

    /// Creates a customer with these purchases.
    private Window customer(String name, String tier, String permission, Map<String, Integer> packs) {
        Window window = stage.window();
        window.registerQuietly(stage.newcomer(name));
        stage.grant(window.accountId(), tier, permission, packs);
        window.go("/admin/brands?as=" + window.username());
        return window;
    }

    private static void createByHand(Window window, String username, String displayName) {
        window.link("Create brand").click();
        window.field("Username").fill(username);
        assertThat(window.find("#sub-username-e")).containsText("“" + username + "” is available.");
        window.field("Display name").fill(displayName);
        window.press("Enter");
        assertThat(window.find(".toast")).containsText("Brand created");
        window.go("/admin/brands?as=" + window.username());
        assertThat(window.find("#sub-" + username)).containsText(displayName);
    }
}
