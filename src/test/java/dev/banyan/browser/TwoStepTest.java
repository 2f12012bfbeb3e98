package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import org.junit.jupiter.api.Test;

/// Two-step verification with codes like those of an authenticator app.
@BrowserTest
class TwoStepTest {

    private static final int STEP_SECONDS = 30;

    private final Stage stage;

    TwoStepTest(Stage stage) {
        this.stage = stage;
    }

    /// @param steps of 30 seconds in the future; the server accepts a clock that is one step ahead
    private static String code(String secret, int steps) {
        try {
            return new DefaultCodeGenerator().generate(secret, Instant.now().getEpochSecond() / STEP_SECONDS + steps);
        } catch (CodeGenerationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void anAppIsSetUpAskedForAndSwitchedOff() {
        Login login = stage.newcomer("twostep");
        Window window = stage.window();
        window.registerQuietly(login);
        window.go("/admin/settings");
        window.link("Set up").click();
        window.assertHeading("Two-step verification");
        window.look("two-step");
        window.button("Set up app").click();
        window.look("two-step-qr");
        String secret = window.find("#secret").textContent().replace(" ", "");
        window.field("Code").fill("000000");
        window.button("Turn on").click();
        assertThat(window.find("#code-e")).containsText("That code is incorrect.");
        window.assertFocus("#code");
        window.field("Code").fill(code(secret, 0));
        window.button("Turn on").click();
        List<String> codes =
                window.find("#backup-codes pre").textContent().strip().lines().toList();
        assertThat(codes).hasSize(10);
        window.look("two-step-codes");
        window.link("I’ve saved them").click();
        assertThat(window.find("#two-step")).containsText("10 backup codes left");

        Window elsewhere = stage.window();
        elsewhere.go("/login?next=%2Fadmin%2Fsettings");
        elsewhere.signIn(login);
        elsewhere.assertHeading("Two-step verification");
        elsewhere.look("two-step-asked");
        elsewhere.field("Code").fill("000000");
        elsewhere.button("Sign in").click();
        assertThat(elsewhere.find("#code-error")).isVisible();
        elsewhere.look("two-step-refused");
        elsewhere.field("Code").fill(code(secret, 1)); // the code of this step was used
        elsewhere.button("Sign in").click();
        elsewhere.assertAt("/admin/settings");

        Window withoutPhone = stage.windowWithoutScript();
        withoutPhone.go("/login");
        withoutPhone.signIn(login);
        withoutPhone.field("Code").fill(codes.getFirst().toLowerCase(Locale.ROOT));
        withoutPhone.button("Sign in").click();
        withoutPhone.assertAt("/admin/dashboard");
        Window again = stage.windowWithoutScript();
        again.go("/login");
        again.signIn(login);
        again.field("Code").fill(codes.getFirst());
        again.button("Sign in").click();
        assertThat(again.find("#code-error")).isVisible();

        elsewhere.go("/admin/settings");
        assertThat(elsewhere.find("#two-step")).containsText("9 backup codes left");
        elsewhere.find("#sessions").scrollIntoViewIfNeeded();
        elsewhere.look("sessions");
        elsewhere.button("Sign out everywhere else").click();
        assertThat(elsewhere.find(".toast")).containsText("Signed out everywhere else");
        window.go("/admin/settings").assertAt("/login");

        elsewhere.go("/admin/settings/second-factor");
        elsewhere.look("two-step-on");
        elsewhere.find("#email-password").fill("not this one");
        elsewhere.button("Use email").click();
        assertThat(elsewhere.find("#email-password-e")).containsText("That password is incorrect.");
        elsewhere.assertFocus("#email-password");
        elsewhere.find("#email-password").fill(login.password());
        elsewhere.button("Use email").click();
        assertThat(elsewhere.find("#prove")).containsText("Check your email");
        elsewhere.link("Cancel").click();
        elsewhere.find("#password").fill("not this one");
        elsewhere.button("Turn off two-step verification").click();
        assertThat(elsewhere.find("#password-e")).containsText("That password is incorrect.");
        elsewhere.find("#password").fill(login.password());
        elsewhere.button("Turn off two-step verification").click();
        assertThat(elsewhere.find(".toast")).containsText("Two-step verification is off");
        window.go("/login");
        window.signIn(login);
        window.assertAt("/admin/dashboard");
    }

    @Test
    void anOperatorHasASecondFactorToo() {
        Window window = stage.window();
        window.go("/login");
        window.signIn(stage.server().operator());
        window.assertAt("/operator");
        window.menu("Security").click();
        window.assertHeading("Settings");
        window.look("settings-operator");
        window.find("#two-step a").click();
        window.assertHeading("Two-step verification");
        window.look("two-step-operator");
        window.button("Set up app").click();
        String secret = window.find("#secret").textContent().replace(" ", "");
        window.field("Code").fill(code(secret, 0));
        window.button("Turn on").click();
        assertThat(window.find("#backup-codes")).isVisible();

        Window elsewhere = stage.window();
        elsewhere.go("/login");
        elsewhere.signIn(stage.server().operator());
        elsewhere.assertHeading("Two-step verification");
        elsewhere.field("Code").fill(code(secret, 1));
        elsewhere.button("Sign in").click();
        elsewhere.assertAt("/operator");

        // other tests sign in as the operator
        window.go("/admin/settings/second-factor");
        window.find("#password").fill(stage.server().operator().password());
        window.button("Turn off two-step verification").click();
        assertThat(window.find(".toast")).containsText("Two-step verification is off");
    }
}
