package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

/// The editor by keyboard: each change is announced, the focus is kept, the preview is updated.
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
        window.assertFocus("#up-" + one); // at the end only the other arrow is enabled
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
        assertThat(window.find("#edit-url-e")).containsText("Enter a web address");
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
        window.button("Save changes").click();
        assertThat(window.find("#page-slug-e")).containsText("Another page has this address.");
        window.assertFocus("#page-slug");
        window.look("editor-settings-refused");
        window.type("#page-slug", "winter");
        window.type("#page-name", "Winter");
        window.button("Save changes").click();
        assertThat(window.find(".toast")).containsText("Page saved");
        window.assertHeading("Winter");
    }

    @Test
    void pagesAreDeletedAfterAQuestionButTheDefaultOneStays() {
        window.link("Delete page…").click();
        assertThat(window.find("dialog[open]")).containsText("You can’t delete “Main”");
        window.look("delete-default-page");
        window.press("Escape");
        assertThat(window.link("Delete page…")).isFocused();

        String summer = window.createPage(account, "Summer", "summer");
        window.addLink(account, summer, "Festival", "https://example.com/festival");
        window.go("/admin/pages?as=" + account);
        window.look("pages");
        window.link("Delete Summer…").click();
        assertThat(window.find("dialog[open]")).containsText("1 link on it is deleted");
        window.look("delete-page");
        window.button("Delete page").click();
        assertThat(window.find(".toast")).containsText("“Summer” deleted");
        assertThat(window.find("#page-list li")).hasCount(1);
        stage.window().go("/" + account + "/summer").assertHeading("Page not found");
    }

    @Test
    void everythingOfALinkIsEditedInOneForm() {
        String two = id("Two");
        window.find("#edit-" + two).click();
        window.find("#part-look summary").click();
        window.page().selectOption("#edit-layout", "featured");
        window.page().selectOption("#edit-animation", "glow");
        window.type("#edit-icon", "🌿");
        window.find("#part-lock summary").click();
        window.page().selectOption("#edit-lock", "code");
        window.find("#part-schedule summary").click();
        // midnight in Dubai is 20:00 in UTC
        window.page().fill("#edit-start", "2027-01-01T00:00");
        window.page().selectOption("#edit-zone", "Asia/Dubai");
        window.look("editor-link-all");
        window.button("Save link").click();
        assertThat(window.find("#edit-code-e")).containsText("Code is required");
        assertThat(window.find("#edit-layout")).hasValue("featured");
        assertThat(window.find("#edit-zone")).hasValue("Asia/Dubai");
        window.type("#edit-code", "1234");
        window.button("Save link").click();
        window.assertSaid("Link saved");
        assertThat(item("Two")).containsText("From 2027-01-01 00:00, Asia/Dubai");
        assertThat(item("Two")).containsText("Code");

        window.find("#edit-" + two).click();
        assertThat(window.find("#edit-start")).hasValue("2027-01-01T00:00");
        assertThat(window.find("#edit-code")).hasValue("1234");
        window.page().fill("#edit-start", "");
        window.page().selectOption("#edit-lock", "");
        window.button("Save link").click();
        window.assertSaid("Link saved");
        assertThat(item("Two")).not().containsText("Asia/Dubai");
    }

    @Test
    void groupsAreMadeFilledAndMovedByKeyboard() {
        window.type("#new-group", "Menus");
        window.press("Enter");
        window.assertSaid("Group added");
        window.assertFocus("#new-group");
        String group = window.find(".is-group").getAttribute("data-item");
        window.find("#edit-" + id("Three")).click();
        window.page().selectOption("#edit-group", group);
        window.button("Save link").click();
        window.assertSaid("Link saved");
        assertThat(window.find(".link-item .what b")).hasText(new String[] {"One", "Two", "Menus", "Three"});
        assertThat(item("Three")).hasAttribute("data-in", group);
        window.find("#up-" + group).focus();
        window.press("Enter");
        window.assertSaid("Group “Menus” moved to place 2 of 4");
        assertThat(window.find(".link-item .what b")).hasText(new String[] {"One", "Menus", "Three", "Two"});
        window.look("editor-groups");
        window.find("#edit-" + group).click();
        window.page().selectOption("#group-layout", "carousel");
        window.button("Save group").click();
        window.assertSaid("Group saved");
        assertThat(window.find(".is-group")).containsText("Carousel");
        window.find("#delete-" + group).click();
        window.button("Delete group").click();
        window.assertSaid("Group “Menus” deleted");
        assertThat(window.find(".link-item .what b")).hasText(new String[] {"One", "Three", "Two"});
        window.find("#undo").click();
        assertThat(window.find(".toast")).containsText("Restored");
        assertThat(window.find(".is-group")).containsText("Menus");
        assertThat(item("Three")).hasAttribute("data-in", group);
    }

    @Test
    void linksAreDraggedToTheirPlace() {
        window.find("#link-" + id("Three") + " .grip").hover();
        var mouse = window.page().mouse();
        mouse.down();
        var one = item("One").boundingBox();
        mouse.move(one.x + 60, one.y + 20, new Mouse.MoveOptions().setSteps(5));
        mouse.move(one.x + 60, one.y + 6, new Mouse.MoveOptions().setSteps(2));
        mouse.up();
        window.assertSaid("“Three” moved to place 1 of 3");
        assertOrder("Three", "One", "Two");
    }

    @Test
    void whatWasDeletedIsBroughtBack() {
        String two = id("Two");
        window.find("#delete-" + two).click();
        window.button("Delete link").click();
        window.assertSaid("“Two” deleted");
        window.look("editor-undo");
        window.find("#undo").click();
        assertThat(window.find(".toast")).containsText("Restored");
        assertOrder("One", "Two", "Three");

        String summer = window.createPage(account, "Summer", "summer");
        window.addLink(account, summer, "Festival", "https://example.com/festival");
        window.go("/admin/pages?as=" + account);
        window.link("Delete Summer…").click();
        window.button("Delete page").click();
        assertThat(window.find(".toast")).containsText("“Summer” deleted");
        window.page().evaluate("document.getAnimations().forEach(each => each.finish())"); // its eight seconds are over
        assertThat(window.find(".toast")).hasCount(0);
        window.go("/admin/pages?as=" + account);
        window.look("pages-deleted");
        window.button("Restore Summer").click();
        window.assertHeading("Summer");
        assertThat(window.find(".link-item .what b")).hasText(new String[] {"Festival"});
    }

    @Test
    void pagesAreCopiedAndTakenFromTheWeb() {
        window.link("Duplicate page…").click();
        assertThat(window.find("#new-name")).hasValue("Copy of Main");
        window.look("copy-page");
        window.type("#new-slug", "copy");
        window.find("dialog button[type=submit]").click();
        window.assertHeading("Copy of Main");
        assertThat(window.find(".link-item .what b")).hasText(new String[] {"One", "Two", "Three"});
        window.button("Unpublish").click();
        assertThat(window.find(".lead")).containsText("Not published");
        assertThat(window.page().frameLocator("#preview").locator(".links b"))
                .hasText(new String[] {"One", "Two", "Three"});
        stage.window().go("/" + account + "/copy").assertHeading("Page not found");
    }

    @Test
    void aPictureIsGivenToALinkAndTakenAway() {
        String two = id("Two");
        window.find("#edit-" + two).click();
        window.find("#part-look summary").click();
        window.find("#edit-picture").setInputFiles(new FilePayload("x.png", "image/png", AppearanceTest.PNG));
        window.find("button[aria-label='Upload the picture of Two']").click();
        assertThat(window.find("img[alt='Picture of Two']")).isVisible();
        window.look("editor-picture");
        assertThat(window.page().frameLocator("#preview").locator("img.thumb")).hasCount(1);
        window.find("button[aria-label='Remove the picture of Two']").click();
        assertThat(window.find("img[alt='Picture of Two']")).hasCount(0);
        window.find("#edit-picture").setInputFiles(new FilePayload("x.png", "image/png", new byte[] {1, 2, 3}));
        window.find("button[aria-label='Upload the picture of Two']").click();
        assertThat(window.find("#edit-picture-e")).isVisible();
        assertThat(window.find("#edit-picture")).hasAttribute("aria-invalid", "true");
    }
}
