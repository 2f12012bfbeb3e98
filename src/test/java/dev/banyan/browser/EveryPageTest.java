package dev.banyan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/// Every kind of page that links lead to in the sample agency, each loaded once: axe finds nothing in light and dark at
/// three widths, and nothing scrolls sideways. `Look` checks the states that the other tests bring about.
@BrowserTest
class EveryPageTest {

    private static final int WIDE = 1440;
    private static final int NARROWEST = 320;
    /// Of the style, only a few rules on sizes set it apart from the narrowest.
    private static final int NARROW = 390;

    private static final int HEIGHT = 800;

    /// The other rules do not depend on the width, by which parts are shown or hidden.
    private static final List<String> RULES_ON_WIDTH = List.of(
            "color-contrast",
            "link-in-text-block",
            "target-size",
            "heading-order",
            "page-has-heading-one",
            "empty-heading",
            "landmark-unique",
            "region",
            "scrollable-region-focusable",
            "skip-link",
            "button-name",
            "link-name",
            "label",
            "select-name");
    private static final List<String> RULES_ON_SIZE = List.of("target-size", "scrollable-region-focusable");

    private final Stage stage;

    EveryPageTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void visitors() {
        var walk = new Walk(stage.window(), "/");
        walk.from(
                "/login",
                "/sso",
                "/register",
                "/forgot-password",
                "/reset-password?token=x",
                "/creativeagency",
                "/clientbrand1",
                "/clientbrand2",
                "/clientbrand3",
                "/nothing-here",
                "/invitation?token=x",
                "/docs");
        stage.server()
                .workspaces()
                .forEach(home -> walk.from(home, home + "/login", home + "/register", home + "/forgot-password"));
        assertThat(walk.pages).hasSizeGreaterThan(15);
    }

    @Test
    void operators() {
        Window window = stage.window();
        window.signInQuietly(stage.server().operator());
        var walk = new Walk(window, "/(operator|admin)");
        walk.from("/operator", "/admin/settings", "/admin/invitations");
        assertThat(walk.pages).hasSizeGreaterThan(10);
    }

    @Test
    void agencies() {
        Window window = stage.window();
        window.signInQuietly(stage.server().agency());
        var walk = new Walk(window, "/(admin|projects)");
        walk.from("/admin/dashboard", "/admin/context", "/admin/users?as=creativeagency");
        assertThat(walk.pages).hasSizeGreaterThan(50);
    }

    @Test
    void membersOfWorkspaces() {
        Window window = stage.window();
        String home = stage.server().workspaces().getFirst();
        window.go(home + "/login");
        Login admin = stage.server().workspaceAdmin();
        window.post(home + "/login", Map.of("usernameOrEmail", admin.username(), "password", admin.password()));
        var walk = new Walk(window, "/s/");
        walk.from(home + "/chat", home + "/inbox", home + "/profile");
        assertThat(walk.pages).hasSizeGreaterThan(10);
    }

    /// Follows links, and looks at the first page of each kind.
    private static final class Walk {

        private final Window window;
        private final Page page;
        private final PageLinks links;
        private final HashSet<String> pages = new HashSet<>();

        Walk(Window window, String inside) {
            this.window = window;
            this.page = window.page();
            this.links = new PageLinks(inside);
        }

        void from(String... paths) {
            var todo = new ArrayDeque<>(List.of(paths));
            while (!todo.isEmpty()) {
                String path = todo.remove();
                boolean first = pages.add(PageLinks.kind(path));
                if (first) {
                    window.go(path);
                    boolean elsewhere = !PageLinks.kind(window.path()).equals(PageLinks.kind(path));
                    if (!elsewhere || pages.add(PageLinks.kind(window.path()))) {
                        look(path);
                        links.of(page).forEach(todo::add);
                    }
                }
            }
        }

        private void look(String path) {
            at(path, WIDE);
            complain(path, WIDE + " light", Axe.everything(page));
            dark(path, WIDE);
            at(path, NARROW);
            complain(path, NARROW + "", Axe.rules(page, RULES_ON_SIZE));
            at(path, NARROWEST);
            complain(path, NARROWEST + " light", Axe.rules(page, RULES_ON_WIDTH));
            dark(path, NARROWEST);
            page.setViewportSize(WIDE, HEIGHT);
        }

        private void at(String path, int width) {
            page.setViewportSize(width, HEIGHT);
            if ((boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth")) {
                window.complain(path + " scrolls sideways at " + width);
            }
        }

        private void dark(String path, int width) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            complain(path, width + " dark", Axe.colours(page));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }

        private void complain(String path, String how, List<String> found) {
            found.forEach(one -> window.complain(path + " at " + how + ", axe: " + one));
        }
    }
}
