package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ReadOnlyHtmlTest {

    private static final String WHY = "This brand is read-only until 3 May 2026.";

    private static String drawn(String html) {
        return ReadOnlyHtml.of(html, "north", WHY, Set.of("/theme"));
    }

    @Test
    void fieldsAndButtonsOfFormsAreOff() {
        assertThat(drawn("<form class=\"x\" method=\"post\" action=\"/admin/pages\"><input type=\"hidden\" name=\"as\">"
                        + "<input name=\"a\" value=\"1 > 0\"><select name=\"b\"></select><textarea></textarea>"
                        + "<button type=\"submit\">Save</button><button data-close>Cancel</button></form>"
                        + "<input name=\"q\">"))
                .isEqualTo("<form class=\"x\" method=\"post\" action=\"/admin/pages\">"
                        + "<input type=\"hidden\" name=\"as\"><input disabled name=\"a\" value=\"1 > 0\">"
                        + "<select disabled name=\"b\"></select><textarea disabled></textarea>"
                        + "<button disabled title=\"" + WHY + "\" type=\"submit\">Save</button>"
                        + "<button data-close>Cancel</button></form><input name=\"q\">");
    }

    @Test
    void controlsOutsideOfTheirFormAreOff() {
        assertThat(drawn(
                        "<input type=\"checkbox\" form=\"bulk\"><form id=\"bulk\" method=\"post\" action=\"/b\"></form>"
                                + "<button hx-post=\"/c\">Go</button>"))
                .startsWith("<input disabled type=\"checkbox\" form=\"bulk\">")
                .contains("<button disabled title=");
    }

    @Test
    void questionsAreNotAsked() {
        assertThat(drawn("<button popovertarget=\"ask\">Delete…</button><button popovertarget=\"menu\">Menu</button>"
                        + "<div class=\"confirm\" id=\"ask\" popover><form method=\"post\" action=\"/d\">"
                        + "<button>Delete</button></form></div>"))
                .contains("<button disabled title=\"" + WHY + "\" popovertarget=\"ask\">")
                .contains("<button popovertarget=\"menu\">");
    }

    @Test
    void linksToFormsLeadNowhere() {
        assertThat(drawn("<a class=\"btn\" href=\"/admin/pages/new?as=north\" hx-get=\"/x\">Create page</a>"))
                .isEqualTo(
                        "<a role=\"link\" aria-disabled=\"true\" title=\"" + WHY + "\" class=\"btn\">Create page</a>");
        assertThat(drawn("<a href=\"/admin/pages/7?edit=9&amp;as=north#link-9\">Edit</a>"))
                .doesNotContain("href");
    }

    @Test
    void whatOnlyShowsStays() {
        for (String html : new String[] {
            "<a href=\"/admin/pages/new-look?as=north\">New look</a>",
            "<a href=\"/admin/users/sub-accounts/new?as=agency\">Create brand</a>",
            "<a href=\"https://shop.example/new\">New in</a>",
            "<form method=\"get\" action=\"/admin/pages\"><input name=\"q\"><button>Search</button></form>",
            "<form method=\"post\" action=\"/theme\"><button name=\"theme\">Dark</button></form>"
        }) {
            assertThat(drawn(html)).isEqualTo(html);
        }
    }

    /// Tooltips are neither for phones nor for keyboards.
    @Test
    void pagesSayWhyOnceWhereSomethingIsOff() {
        String page = "<main class=\"content\" id=\"main\">";
        String link = "<a href=\"/admin/pages/new?as=north\">Create page</a>";

        assertThat(drawn(page + link))
                .startsWith(page + "<div class=\"banner warn\" id=\"read-only\"")
                .contains(WHY);
        assertThat(drawn(page + "<div id=\"read-only\"></div>" + link)).doesNotContain("<strong>" + WHY);
        assertThat(drawn(page + "<p>Nothing is off</p>")).doesNotContain(WHY);
    }

    @Test
    void dialogsSayWhy() {
        String form = "<div class=\"dialog-body\"></div><form method=\"post\" action=\"/e\"></form>";

        assertThat(drawn(form)).contains("<strong>" + WHY + "</strong>");
        assertThat(drawn("<div id=\"read-only\"></div>" + form)).doesNotContain(WHY); // the page has its own banner
    }
}
