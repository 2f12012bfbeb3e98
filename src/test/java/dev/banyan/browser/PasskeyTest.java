package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;

/// Passkeys, with Chromium's virtual authenticator.
@BrowserTest
class PasskeyTest {

    private final Stage stage;

    PasskeyTest(Stage stage) {
        this.stage = stage;
    }

    /// Adds a phone whose owner has just been verified.
    private static void giveAuthenticator(Window window) {
        CDPSession devTools = window.page().context().newCDPSession(window.page());
        devTools.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var arguments = new JsonObject();
        arguments.add("options", options);
        devTools.send("WebAuthn.addVirtualAuthenticator", arguments);
    }

    private static void addPasskey(Window window, Login login, String name) {
        window.go("/admin/settings/passkeys");
        window.field("Name").fill(name);
        window.find("#password").fill(login.password());
        window.button("Add passkey").click();
        assertThat(window.find(".toast")).containsText("Passkey added");
    }

    @Test
    void aPasskeyIsAddedAndOpensByItself() {
        Login login = stage.newcomer("passkey");
        Window window = stage.windowAtLocalhost();
        window.registerQuietly(login);
        giveAuthenticator(window);
        window.go("/admin/settings");
        window.link("Add passkey").click();
        window.assertHeading("Passkeys");
        window.field("Name").fill("Phone");
        window.find("#password").fill("not this one");
        window.button("Add passkey").click();
        assertThat(window.find("[data-passkey-error]")).containsText("That password is incorrect.");
        window.assertFocus("[data-passkey-error]");
        window.look("passkeys-refused");
        addPasskey(window, login, "Phone");
        assertThat(window.find("#passkeys")).containsText("Phone");
        assertThat(window.find("#passkeys")).containsText("Not used yet");
        window.look("passkeys");

        window.field("Name").fill("The same phone");
        window.find("#password").fill(login.password());
        window.button("Add passkey").click();
        assertThat(window.find("[data-passkey-error]"))
                .containsText("This device already has a passkey for your account.");

        window.loseSession();
        window.go("/login?next=%2Fadmin%2Fsettings");
        window.look("login-passkey");
        Request sent = window.page()
                .waitForRequest(
                        request -> request.url().endsWith("/login/passkey"),
                        () -> window.button("Sign in with a passkey").click());
        window.assertAt("/admin/settings");
        assertThat(window.find("#sign-in")).containsText(login.email());
        window.go("/admin/settings/passkeys");
        assertThat(window.find("#passkeys")).containsText("Last used");
        window.find("#passkeys summary").first().click();
        window.field("New name").fill("My old phone");
        window.look("passkey-rename");
        window.button("Save name").click();
        assertThat(window.find(".toast")).containsText("Passkey renamed");
        assertThat(window.find("#passkeys")).containsText("My old phone");

        APIResponse again = stage.windowAtLocalhost()
                .page()
                .context()
                .request()
                .post(
                        "/login/passkey",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                .setData(sent.postData()));
        assertThat(again.status()).as("the same answer a second time").isEqualTo(422);
        assertThat(again.text()).contains("That passkey is not registered here.");
    }

    @Test
    void aPasskeyIsAskedForBesideThePassword() {
        Login login = stage.newcomer("beside");
        Window window = stage.windowAtLocalhost();
        window.registerQuietly(login);
        giveAuthenticator(window);
        addPasskey(window, login, "Blue key");
        window.go("/admin/settings/second-factor");
        window.find("#ask-password").fill(login.password());
        window.button("Require passkey").click();
        assertThat(window.find("#backup-codes")).isVisible();
        String code = window.find("#backup-codes pre")
                .textContent()
                .strip()
                .lines()
                .toList()
                .getFirst();
        window.go("/admin/settings");
        assertThat(window.find("#two-step")).containsText("we ask for a passkey");

        window.loseSession();
        window.go("/login");
        window.signIn(login);
        window.assertHeading("Two-step verification");
        window.look("two-step-passkey");
        window.button("Use a passkey").click();
        window.assertAt("/admin/dashboard");

        Window elsewhere = stage.window();
        elsewhere.go("/login");
        elsewhere.signIn(login);
        elsewhere.field("Code").fill(code);
        elsewhere.button("Sign in").click();
        elsewhere.assertAt("/admin/dashboard");

        window.go("/admin/settings/passkeys");
        window.find("#passkeys summary").last().click();
        window.find("#password-0").fill("not this one");
        window.button("Remove Blue key").click();
        assertThat(window.find("#password-0-e")).containsText("That password is incorrect.");
        window.look("passkeys-remove");
        window.find("#password-0").fill(login.password());
        window.button("Remove Blue key").click();
        assertThat(window.find(".toast")).containsText("Passkey removed");
        assertThat(window.find("#passkeys")).containsText("No passkeys yet.");

        window.loseSession();
        window.go("/login");
        window.button("Sign in with a passkey").click();
        assertThat(window.find("#login-error")).containsText("That passkey is not registered here.");
        window.signIn(login);
        window.assertAt("/admin/dashboard");
    }

    /// A device signs for any page of its host, even if another program serves the page on another port. The signed
    /// data contains the page, and the server checks it.
    @Test
    void whatWasSignedForAnotherPageOpensNothing() {
        Login login = stage.newcomer("origin");
        Window window = stage.windowAtLocalhost();
        window.registerQuietly(login);
        giveAuthenticator(window);
        addPasskey(window, login, "Phone");
        window.loseSession();
        String elsewhere = "http://localhost:" + stage.outside().port() + "/";
        window.expectWayOut(elsewhere);

        window.page().navigate(elsewhere);
        APIResponse refused = answer(window);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("That passkey is not registered here.");

        window.go("/login");
        assertThat(answer(window).status()).as("the same from our own page").isEqualTo(303);
    }

    /// Lets the device answer the server's challenge on the current page, and sends the answer to the server.
    private static APIResponse answer(Window window) {
        var server = window.page().context().request();
        JsonObject asked = JsonParser.parseString(
                        server.post("/login/passkey/options").text())
                .getAsJsonObject();
        Object signed = window.page()
                .evaluate("""
                        async asked => JSON.stringify(await navigator.credentials.get({
                          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(asked)),
                        }))""", asked.getAsJsonObject("options").get("publicKey").toString());
        return server.post(
                "/login/passkey",
                RequestOptions.create()
                        .setMaxRedirects(0)
                        .setForm(FormData.create()
                                .set("token", asked.get("token").getAsString())
                                .set("credential", String.valueOf(signed))));
    }

    @Test
    void withoutScriptThePasswordDoes() {
        Login login = stage.newcomer("noscript");
        stage.window().registerQuietly(login);
        Window window = stage.windowWithoutScript();
        window.go("/login");
        assertThat(window.button("Sign in with a passkey")).isHidden();
        window.signIn(login);
        window.go("/admin/settings/passkeys");
        assertThat(window.find("main")).containsText("Passkeys need an up-to-date browser");
        assertThat(window.button("Add passkey")).isHidden();
    }
}
