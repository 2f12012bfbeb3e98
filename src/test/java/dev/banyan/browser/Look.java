package dev.banyan.browser;

import module java.base;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/// Automatic checks of a page: the rules of our design (`rules.js`), axe-core in light and dark mode, and no
/// horizontal scrolling on the narrowest phone. With `BANYAN_SCREENSHOTS` set, three screenshots are kept for
/// review: they take long and check nothing.
final class Look {

    private static final int PHONE_WIDTH = 320;
    private static final int PHONE_HEIGHT = 640;
    /// axe-core leaves empty style attributes behind, which htmx would copy into swapped content.
    private static final String TIDY =
            "document.querySelectorAll('[style=\"\"]').forEach(element => element.removeAttribute('style'))";

    private static final String RULES = load("rules.js");

    private static final boolean KEPT = System.getenv("BANYAN_SCREENSHOTS") != null;

    private Look() {}

    static void at(Window window, String name) {
        Page page = window.page();
        if (window.hasScript()) {
            page.evaluate("scrollTo(0, 0)"); // an element half under the top bar looks too small to axe-core
            rules(page).forEach(broken -> window.complain(name + ": " + broken));
            complain(window, name + ", light", Axe.everything(page));
        }
        keep(page, name + "-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        if (window.hasScript()) {
            complain(window, name + ", dark", Axe.colours(page));
        }
        keep(page, name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        window.narrow(PHONE_WIDTH, PHONE_HEIGHT);
        if (window.hasScript() && (boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth")) {
            window.complain(name + " scrolls sideways at " + PHONE_WIDTH + " px");
        }
        keep(page, name + "-phone");
        window.wide();
        if (window.hasScript()) {
            page.evaluate(TIDY);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> rules(Page page) {
        return (List<String>) page.evaluate(RULES);
    }

    private static void complain(Window window, String where, List<String> found) {
        found.forEach(one -> window.complain(where + ", axe at " + window.page().url() + ": " + one));
    }

    private static void keep(Page page, String name) {
        if (KEPT) {
            page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(Stage.SCREENSHOTS.resolve(name + ".png")));
        }
    }

    static String load(String name) {
        try (var file = Look.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
