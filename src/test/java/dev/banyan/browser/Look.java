package dev.banyan.browser;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Automatic checks of a page: the rules of our design (`rules.js`), axe-core in light and dark mode, and no horizontal
/// scrolling on the narrowest phone. With `BANYAN_SCREENSHOTS` set, three screenshots are kept for review: they take
/// long and
/// check nothing.
final class Look {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    /// The other rules of axe-core don't depend on the colour scheme.
    private static final List<String> RULES_ON_COLOUR = List.of("color-contrast", "link-in-text-block");
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
            axe(page, builder(page).withTags(TAGS), window, name + ", light");
        }
        keep(page, name + "-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        if (window.hasScript()) {
            axe(page, builder(page).withRules(RULES_ON_COLOUR), window, name + ", dark");
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

    private static AxeBuilder builder(Page page) {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).options(options);
    }

    private static void axe(Page page, AxeBuilder axe, Window window, String where) {
        for (Rule rule : axe.setLegacyMode(true).analyze().getViolations()) {
            String nodes = rule.getNodes().stream().map(CheckedNode::getHtml).collect(Collectors.joining("\n  "));
            window.complain(
                    where + ", axe: " + rule.getId() + " (" + rule.getHelp() + ") at " + page.url() + "\n  " + nodes);
        }
    }

    private static void keep(Page page, String name) {
        if (KEPT) {
            page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(Stage.SCREENSHOTS.resolve(name + ".png")));
        }
    }

    private static String load(String name) {
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
