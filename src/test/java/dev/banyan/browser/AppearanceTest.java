package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

/// The appearance of a page: themes by keyboard, custom colours with a warning and its fix, a picture, social icons.
@BrowserTest
class AppearanceTest {

    /// One red pixel.
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    private final Window window;

    AppearanceTest(Stage stage) {
        window = stage.agency("looks", 1);
        String account = window.username();
        String pageId = window.createPage(account, "Main", "main");
        window.addLink(account, pageId, "One", "https://example.com/one");
        window.go("/admin/pages/" + pageId + "/appearance?as=" + account);
    }

    private Locator theme(String key) {
        return window.find("input[name=theme][value=" + key + "]");
    }

    private void save() {
        window.button("Save changes").last().click();
        assertThat(window.find("body")).containsText("Appearance saved");
    }

    @Test
    void themesAreChosenByKeyboard() {
        window.look("appearance");
        assertThat(theme("lagoon")).isChecked();
        theme("lagoon").focus();
        window.press("ArrowRight");
        window.press("ArrowRight");
        assertThat(theme("blocks")).isChecked();
        window.type("#look-displayName", "Sea <b>& Salt");
        window.type("#look-bio", "Fresh every morning");
        save();
        assertThat(theme("blocks")).isChecked();
        assertThat(window.find("#look-displayName")).hasValue("Sea <b>& Salt");
    }

    @Test
    void textThatCannotBeReadIsSaidAndMended() {
        window.find("#look-wallpaperType").selectOption("fill");
        window.type("#look-groundColor", "#fff9e0");
        window.type("#look-titleColor", "#ffe9a0");
        save();
        Locator warnings = window.find("#warnings");
        assertThat(warnings).containsText("The title is hard to read");
        window.look("appearance-unreadable");
        warnings.locator("button").first().click();
        assertThat(window.find("body")).containsText("Appearance saved");
        assertThat(window.find("#warnings .banner")).hasCount(0);
    }

    @Test
    void whatIsRefusedIsNamedAndKept() {
        window.find("#look-wallpaperType").selectOption("gradient");
        window.type("#look-gradientStart", "reddish");
        window.button("Save changes").last().click();
        assertThat(window.find("[role=alert]").first()).containsText("wallpaper.gradientStart must be a color");
        assertThat(window.find("#look-gradientStart")).hasValue("reddish");
        window.look("appearance-refused");
    }

    @Test
    void aTierThatHasNotAllOffersTheOneThatHas() {
        window.find("#look-wallpaperType").selectOption("image");
        window.button("Save changes").last().click();
        assertThat(window.find("[role=alert]").first()).containsText("Image wallpapers need the Premium plan");
        assertThat(window.link("Upgrade…").first()).isVisible();
    }

    @Test
    void aPictureIsCroppedAndSavedWithTheForm() {
        window.find("#picture-avatar").setInputFiles(new FilePayload("me.png", "image/png", PNG));
        assertThat(window.find("#crop-avatar-zoom")).isVisible();
        window.find("#crop-avatar-zoom").focus();
        window.press("ArrowRight");
        assertThat(window.find("[data-crop=avatar] .crop-shown")).hasCSS("transform", "matrix(1.05, 0, 0, 1.05, 0, 0)");
        window.type("#look-displayName", "With a face");
        save();
        assertThat(window.find("#pictures img[alt='Current picture: Profile picture']"))
                .isVisible();
        assertThat(window.find("#look-displayName")).hasValue("With a face");
        window.look("appearance-picture");
        window.find("input[name=avatarRemove]").check();
        save();
        assertThat(window.find("#pictures img[alt='Current picture: Profile picture']"))
                .hasCount(0);
    }

    /// One font changes that font and nothing else, and the theme comes back.
    @Test
    void aFontIsChosenAndGivenBackToTheTheme() {
        FrameLocator preview = window.page().frameLocator("#preview");
        String ground = color(preview, "body", "backgroundColor");
        assertThat(window.button("Save changes").last()).isInViewport(); // wherever one is on the long page
        window.find("#look-titleFont").selectOption("playfair");
        assertThat(window.find("#look-titleFont"))
                .hasCSS("font-family", java.util.regex.Pattern.compile("^\"Playfair Display\".*"));
        assertThat(preview.locator("h1"))
                .hasCSS("font-family", java.util.regex.Pattern.compile("^\"Playfair Display\".*"));
        assertThat(preview.locator(".scene")).isVisible();
        org.assertj.core.api.Assertions.assertThat(color(preview, "body", "backgroundColor"))
                .isEqualTo(ground);
        save();
        assertThat(theme("lagoon")).isChecked();
        assertThat(window.find("#look-titleFont")).hasValue("playfair");
        assertThat(window.find("#look-bodyFont")).hasValue("theme");
        window.look("appearance-font");
        window.button("Reset to the theme").click();
        assertThat(window.find("body")).containsText("Appearance saved");
        assertThat(window.find("#look-titleFont")).hasValue("theme");
        assertThat(window.page().frameLocator("#preview").locator("h1"))
                .not()
                .hasCSS("font-family", java.util.regex.Pattern.compile("^\"Playfair Display\".*"));
    }

    private static String color(FrameLocator frame, String element, String property) {
        return (String) frame.locator(element).evaluate("(node, name) => getComputedStyle(node)[name]", property);
    }

    @Test
    void onlyFieldsThatApplyAreShownAndPickersFollowTheirCode() {
        assertThat(window.find("#look-gradientStart")).isHidden();
        window.find("#look-wallpaperType").selectOption("gradient");
        assertThat(window.find("#look-gradientStart")).isVisible();
        assertThat(window.find("#look-patternType")).isHidden();
        window.type("#look-titleColor", "#123456");
        assertThat(window.find("[data-color-of=look-titleColor]")).hasValue("#123456");
        window.find("[data-color-of=look-titleColor]").fill("#abcdef");
        assertThat(window.find("#look-titleColor")).hasValue("#abcdef");
        theme("lake").check();
        assertThat(window.find("input[name=filledFor]")).hasValue("lake");
        assertThat(window.find("#look-buttonColor")).hasValue("#1a616c");
    }

    @Test
    void socialIconsAreAddedMovedAndRemoved() {
        window.find("#new-platform").selectOption("instagram");
        window.type("#new-icon-url", "instagram.com/sea");
        window.button("Add icon").click();
        window.find("#new-platform").selectOption("email");
        window.type("#new-icon-url", "sea@salt.example");
        window.button("Add icon").click();
        assertThat(window.find(".icon-rows li")).hasCount(2);
        assertThat(window.find(".icon-rows input[name=url]").last()).hasValue("mailto:sea@salt.example");
        window.look("appearance-icons");
        window.find(".icon-rows button[aria-label='Move email up']").click();
        assertThat(window.find(".icon-rows input[name=url]").first()).hasValue("mailto:sea@salt.example");
        window.find(".icon-rows button[aria-label='Remove email']").click();
        assertThat(window.find(".icon-rows li")).hasCount(1);
        window.type("#new-icon-url", "javascript:alert(1)");
        window.button("Add icon").click();
        assertThat(window.find("#icons-e")).isVisible();
        assertThat(window.find("#new-icon-url")).hasValue("javascript:alert(1)");
    }

    @Test
    void thePreviewFollowsWhatIsTypedAndNothingIsSaved() {
        window.find("#look-displayName").pressSequentially("Sea and Salt");
        FrameLocator preview = window.page().frameLocator("#preview");
        assertThat(preview.locator("h1")).hasText("Sea and Salt");
        window.find("#look-wallpaperType").selectOption("fill");
        window.type("#look-groundColor", "#fff9e0");
        window.find("#look-titleColor").fill("#ffe9a0");
        assertThat(window.find("#warnings")).containsText("The title is hard to read");
        window.look("appearance-live");
        window.find("#look-titleColor").fill("#ff");
        assertThat(window.find("#warnings")).containsText("This can’t be saved yet");
        window.page().reload();
        assertThat(window.find("#look-titleColor")).not().hasValue("#ff");
        assertThat(window.page().frameLocator("#preview").locator("h1")).not().hasText("Sea and Salt");
    }
}
