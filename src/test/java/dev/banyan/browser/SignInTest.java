package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// Signing in, signing out, and returning to the previous page.
@BrowserTest
class SignInTest {

    private final Stage stage;

    SignInTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void wrongPasswordIsSaidAndTheNameStays() {
        Window window = stage.window();
        window.go("/login").look("login");
        window.type("#email", "maya@creative.example");
        window.type("#password", "not this one");
        window.press("Enter");
        assertThat(window.find("#login-error")).containsText("That email and password don't match.");
        assertThat(window.find("#email")).hasValue("maya@creative.example");
        window.assertFocus("#password");
        window.look("login-refused");
        window.type("#password", "shown");
        window.button("Show password").click();
        assertThat(window.find("#password")).hasAttribute("type", "text");
    }

    @Test
    void registrationSaysWhatIsWrong() {
        Window window = stage.window();
        Login somebody = stage.newcomer("refused");
        window.go("/register").look("register");
        window.type("#email", somebody.email());
        window.type("#username", "ClientBrand1");
        window.type("#password", somebody.password());
        window.press("Enter");
        assertThat(window.find("#username-e")).containsText("“ClientBrand1” is taken.");
        window.assertFocus("#username");
        window.look("register-refused");
        window.type("#username", somebody.username());
        window.type("#password", "password1");
        window.press("Enter");
        assertThat(window.find("#password-e")).containsText("too common");
        window.assertFocus("#password");
    }

    @Test
    void endedSessionLeadsToTheLoginAndBack() {
        Login login = stage.newcomer("ended");
        Window window = stage.window();
        window.registerQuietly(login);
        String page = window.createPage(login.username(), "Main", "main");
        String editor = "/admin/pages/" + page + "?as=" + login.username();
        window.go(editor);

        window.loseSession();
        window.menu("Pages").click();
        window.assertHeading("Welcome back");
        window.signIn(login);
        window.assertAt("/admin/pages?as=" + login.username());

        window.go(editor);
        window.loseSession();
        window.type("#new-title", "Late");
        window.type("#new-url", "https://example.com/late");
        window.press("Enter"); // through htmx
        window.assertHeading("Welcome back");
        window.signIn(login);
        window.assertAt(editor);

        window.loseSession();
        window.button("Save changes").click(); // as a plain form
        window.assertHeading("Welcome back");
        window.signIn(login);
        window.assertAt(editor);
    }

    @Test
    void loginLeadsOnlyToPagesOfOurs() {
        Login login = stage.newcomer("lured");
        stage.window().registerQuietly(login);
        Window window = stage.window();
        window.go("/login?next=%2F%2Felsewhere.example%2F");
        window.signIn(login);
        window.assertAt("/admin/dashboard");
    }
}
