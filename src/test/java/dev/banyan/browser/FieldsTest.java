package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the browser refuses is said below the field, as what the server refuses.
@BrowserTest
class FieldsTest {

    private final Stage stage;

    FieldsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void emptyAndWrongFieldsAreSaidBelowThem() {
        Window window = stage.window().go("/register");
        window.button("Create account").click();

        assertThat(window.find(".error").first()).hasText("Email is required");
        window.assertFocus("#email");
        assertThat(window.find("#email")).hasAttribute("aria-invalid", "true");
        assertThat(window.find("#email")).hasAccessibleDescription("Email is required");
        window.look("fields-required");

        window.type("#email", "nobody");
        assertThat(window.find("#email")).not().hasAttribute("aria-invalid", "true");
        window.type("#username", "fieldstester");
        window.type("#password", "a quiet harbour at dawn");
        window.button("Create account").click();
        assertThat(window.find(".error")).hasText("Enter an email address such as name@example.com");
    }

    @Test
    void inDialogsToo() {
        Window window = stage.agency("fields", 0);
        window.go("/admin/pages?as=" + window.username());
        window.link("Create page").first().click();
        window.type("#new-name", "");
        window.button("Create page").click();

        assertThat(window.find("dialog .error").first()).hasText("Name is required");
        window.assertFocus("dialog #new-name");
    }
}
