package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;

/// From a new key to the first call with it.
@BrowserTest
class ApiKeysTest {

    private final Stage stage;

    ApiKeysTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aKeyIsMadeAndMakesTheFirstCall() {
        Window window = stage.agency("keys", 1);
        window.go("/admin/dashboard");
        window.menu("API keys").click();
        window.assertHeading("API keys");
        window.look("api-keys");

        window.find("#name").fill("Nightly import");
        window.button("Create key").click();
        assertThat(window.find("#fresh")).containsText("We won’t show it again");
        window.look("api-key-made");
        String key = window.find("#fresh-key").textContent();

        var answer = window.page()
                .request()
                .get("/v1/GetPages", RequestOptions.create().setHeader("Authorization", "Bearer " + key));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"pages\"");

        window.go("/admin/api-keys");
        assertThat(window.find("main")).not().containsText(key);
        assertThat(window.find("main")).containsText("Nightly import");
        window.button("Delete Nightly import").click();
        window.button("Delete key").click();
        assertThat(window.find(".toast")).containsText("API key deleted");
        assertThat(window.page()
                        .request()
                        .get("/v1/GetPages", RequestOptions.create().setHeader("Authorization", "Bearer " + key))
                        .status())
                .isEqualTo(401);
    }
}
