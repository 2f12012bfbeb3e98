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
        assertThat(window.find("#new-title")).hasValue("Late");
        assertThat(window.find("#new-url")).hasValue("https://example.com/late");
        assertThat(window.find("[data-typed]")).containsText("Not saved yet.");
        window.look("typed-is-back");

        window.loseSession();
        window.type("[name=name]", "Spring page");
        window.button("Save changes").click(); // as a plain form
        window.assertHeading("Welcome back");
        window.signIn(login);
        window.assertAt(editor);
        assertThat(window.find("[name=name]")).hasValue("Spring page");
        window.button("Save changes").click();
        assertThat(window.find(".toast")).isVisible();
        assertThat(window.find("[name=name]")).hasValue("Spring page");
        assertThat(window.find("#new-title")).hasValue("Late"); // the link isn’t saved yet
    }

    @Test
    void whatWasTypedComesBackOnlyWhereItWasLost() {
        Login login = stage.newcomer("kept");
        Window window = stage.window();
        window.registerQuietly(login);
        window.go("/admin/short-links/new");
        window.type("#target", "https://example.com/kept");
        window.type("#title", "Kept");
        window.type("#slug", "no slug");
        window.button("Create short link").click();
        assertThat(window.find("#slug")).hasAttribute("aria-invalid", "true");

        window.loseSession();
        window.type("#slug", login.username());
        window.button("Create short link").click(); // the first half of it was typed before the server refused it
        window.assertHeading("Welcome back");
        window.signIn(login);
        window.assertHeading("Short links"); // a refused form has no address of its own to come back to
        window.go("/admin/short-links/new");
        assertThat(window.find("#target")).hasValue("https://example.com/kept");
        assertThat(window.find("#title")).hasValue("Kept");
        assertThat(window.find("#slug")).hasValue(login.username());
        window.button("Create short link").click();
        window.assertHeading("Kept");
        window.go("/admin/short-links/new");
        assertThat(window.find("#target")).hasValue("");
        assertThat(window.find("[data-typed]")).hasCount(0);

        window.type("#title", "Half a title");
        window.button("Dark").click(); // another form of the page
        assertThat(window.find("html[data-theme=dark]")).isVisible();
        assertThat(window.find("#title")).hasValue("Half a title");
        assertThat(window.find("[data-typed]")).containsText("Not saved yet.");

        window.type("#target", "https://example.com/secret");
        window.loseSession();
        window.button("Create short link").click();
        window.assertHeading("Welcome back");
        Login other = stage.newcomer("other");
        stage.window().registerQuietly(other);
        window.signIn(other);
        window.assertHeading("Create short link");
        assertThat(window.find("#target")).hasValue("");
        assertThat(window.find("[data-typed]")).hasCount(0);
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
