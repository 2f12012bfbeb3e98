package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/// The editor by keyboard: each change is said, the focus stays where the hands are, the preview follows.
@BrowserTest
class EditorTest {

    private final Stage stage;
    private final Window window;
    private final String account;
    private final String pageId;

    EditorTest(Stage stage) {
        this.stage = stage;
        window = stage.agency("editor", 1);
        account = window.username();
        pageId = window.createPage(account, "Main", "main");
        for (String title : new String[] {"One", "Two", "Three"}) {
            window.addLink(account, pageId, title, "https://example.com/" + title);
        }
        window.go("/admin/pages/" + pageId + "?as=" + account);
    }

    private String id(String title) {
        return item(title).getAttribute("id").substring("link-".length());
    }

    private Locator item(String title) {
        return window.find(".link-item:has(.what bdi:text-is('" + title + "'))");
    }

    private void assertOrder(String... titles) {
        assertThat(window.find(".link-item .what b")).hasText(titles);
        assertThat(window.page().frameLocator("#preview").locator(".links b")).hasText(titles);
    }

    @Test
    void linksMoveAndTheFocusMovesWithThem() {
        String one = id("One");
        window.find("#down-" + one).focus();
        window.press("Enter");
        window.assertSaid("“One” moved to place 2 of 3");
        assertOrder("Two", "One", "Three");
        window.assertFocus("#down-" + one);
        window.press("Space");
        window.assertSaid("“One” moved to place 3 of 3");
        assertOrder("Two", "Three", "One");
        window.assertFocus("#up-" + one); // at the end only the other arrow works
    }

    @Test
    void linksAreEditedInPlace() {
        String two = id("Two");
        window.find("#edit-" + two).focus();
        window.press("Enter");
        window.assertFocus("#edit-title");
        window.type("#edit-title", "Zwei");
        window.type("#edit-url", "javascript:alert(1)");
        window.press("Enter");
        assertThat(window.find("#edit-url-e")).containsText("This is not a web address.");
        window.assertFocus("#edit-url");
        assertThat(window.find("#edit-title")).hasValue("Zwei");
        window.look("editor-link-refused");
        window.type("#edit-url", "https://example.com/zwei");
        window.press("Enter");
        window.assertSaid("Link saved");
        assertOrder("One", "Zwei", "Three");
        window.assertFocus("#edit-" + two);

        window.press("Enter");
        window.assertFocus("#edit-title");
        window.link("Cancel").click();
        assertThat(window.find("#edit-title")).hasCount(0);
        window.assertFocus("#edit-" + two);
    }

    @Test
    void hiddenLinksLeaveThePageAndComeBack() {
        Locator show = window.find("#show-" + id("Two"));
        show.focus();
        window.press("Space");
        window.assertSaid("“Two” is now hidden");
        assertThat(show).hasAttribute("aria-checked", "false");
        assertThat(show).isFocused();
        assertThat(window.page().frameLocator("#preview").locator(".links b")).hasText(new String[] {"One", "Three"});
        window.look("editor-hidden-link");
        window.press("Space");
        window.assertSaid("“Two” is now shown");
        assertOrder("One", "Two", "Three");
    }

    @Test
    void linksAreDeletedAfterAQuestion() {
        String two = id("Two");
        window.find("#delete-" + two).focus();
        window.press("Enter");
        assertThat(window.find("#confirm-" + two)).containsText("Delete “Two”?");
        assertThat(window.find("#confirm-" + two + " button").first()).isFocused();
        window.look("editor-delete-link");
        window.press("Escape");
        window.assertFocus("#delete-" + two);
        window.press("Enter");
        window.press("Tab");
        window.press("Enter");
        window.assertSaid("“Two” deleted");
        assertOrder("One", "Three");
        window.assertFocus("#edit-" + id("Three"));
    }

    @Test
    void refusedLinkKeepsWhatWasTyped() {
        window.type("#new-title", "Four");
        window.type("#new-url", "no address");
        window.press("Enter");
        window.assertFocus("#new-url");
        assertThat(window.find("#new-title")).hasValue("Four");
        assertThat(window.find("#new-url")).hasValue("no address");
        assertThat(window.find(".link-item")).hasCount(3);
    }

    @Test
    void failuresAreSaidAndTheSwitchGoesBack() {
        Locator show = window.find("#show-" + id("One"));
        window.cutOff("**/active");
        show.click();
        assertThat(window.find("#links [role=alert]")).containsText("No connection. Nothing was saved.");
        assertThat(show).hasAttribute("aria-checked", "true");
        window.look("editor-no-connection");
        window.reconnect("**/active");
        show.click();
        window.assertSaid("“One” is now hidden");
        assertThat(window.find("#links [role=alert]")).hasCount(0);
    }

    @Test
    void settingsAreSavedOrSayWhatIsWrong() {
        window.createPage(account, "Summer", "summer");
        window.type("#page-slug", "summer");
        window.button("Save settings").click();
        assertThat(window.find("#page-slug-e")).containsText("You have a page at this address.");
        window.assertFocus("#page-slug");
        window.look("editor-settings-refused");
        window.type("#page-slug", "winter");
        window.type("#page-name", "Winter");
        window.button("Save settings").click();
        assertThat(window.find(".toast")).containsText("Page saved");
        window.assertHeading("Winter");
    }

    @Test
    void pagesAreDeletedAfterAQuestionButTheDefaultOneStays() {
        window.link("Delete page…").click();
        assertThat(window.find("dialog")).containsText("“Main” cannot be deleted");
        window.look("delete-default-page");
        window.press("Escape");
        assertThat(window.link("Delete page…")).isFocused();

        String summer = window.createPage(account, "Summer", "summer");
        window.addLink(account, summer, "Festival", "https://example.com/festival");
        window.go("/admin/pages?as=" + account);
        window.look("pages");
        window.link("Delete Summer…").click();
        assertThat(window.find("dialog")).containsText("1 link on it is deleted");
        window.look("delete-page");
        window.button("Delete page").click();
        assertThat(window.find(".toast")).containsText("Page deleted");
        assertThat(window.find("#page-list li")).hasCount(1);
        stage.window().go("/" + account + "/summer").assertHeading("There is no page here");
    }
}
