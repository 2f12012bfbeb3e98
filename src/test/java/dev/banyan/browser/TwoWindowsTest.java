package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// The same thing is changed in two windows, by one person or by two: nothing is replaced unseen.
@BrowserTest
class TwoWindowsTest {

    private final Stage stage;

    TwoWindowsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void whatTheOtherWindowSavedStaysOrIsSaid() {
        Window first = stage.agency("windows", 0);
        first.go("/admin/short-links/new");
        first.type("#target", "https://example.com/one");
        first.type("#title", "Spring");
        first.button("Create short link").click();
        first.assertHeading("Spring");
        Window second = first.anotherTab();
        second.go(java.net.URI.create(first.page().url()).getPath());

        first.type("#target", "https://example.com/two");
        first.button("Save short link").click();
        assertThat(first.find(".toast")).isVisible();

        second.type("#title", "Summer");
        second.button("Save short link").click();
        assertThat(second.find(".toast")).isVisible();
        assertThat(second.find("#title")).hasValue("Summer");
        assertThat(second.find("#target")).hasValue("https://example.com/two");

        first.type("#title", "Autumn");
        first.button("Save short link").click();
        assertThat(first.find("[data-typed]")).containsText("This was changed in the meantime.");
        assertThat(first.find("[data-typed]"))
                .containsText("Title is now “Summer”. Save again to replace it with yours.");
        assertThat(first.find("#title")).hasValue("Autumn");
        first.look("changed-meanwhile");
        first.button("Save short link").click();
        assertThat(first.find(".toast")).isVisible();
        assertThat(first.find("#title")).hasValue("Autumn");
    }

    @Test
    void aLinkThatIsEditedTwiceIsntReplacedUnseen() {
        Login login = stage.newcomer("twice");
        Window first = stage.window();
        first.registerQuietly(login);
        String page = first.createPage(login.username(), "Main", "main");
        first.addLink(login.username(), page, "Menu", "https://example.com/menu");
        String editor = "/admin/pages/" + page + "?as=" + login.username();
        first.go(editor);
        Window second = first.anotherTab();
        second.go(editor);
        first.link("Edit Menu").click();
        second.link("Edit Menu").click();

        first.type("#edit-url", "https://example.com/menu-2027");
        first.button("Save link").click();
        assertThat(first.find(".link-edit")).hasCount(0);

        second.type("#edit-title", "Our menu");
        second.button("Save link").click();
        assertThat(second.find(".link-edit")).hasCount(0);
        second.link("Edit Our menu").click();
        assertThat(second.find("#edit-url")).hasValue("https://example.com/menu-2027");

        first.link("Edit Menu").click();
        assertThat(first.find("#edit-title")).hasValue("Our menu");
        second.type("#edit-title", "The menu");
        second.button("Save link").click();
        assertThat(second.find(".link-edit")).hasCount(0);
        first.type("#edit-title", "A menu");
        first.button("Save link").click();
        assertThat(first.find("[data-typed]")).containsText("Title is now “The menu”.");
        assertThat(first.find("#edit-title")).hasValue("A menu");
    }
}
