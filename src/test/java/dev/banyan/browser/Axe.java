package dev.banyan.browser;

import module java.base;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;

/// axe-core in a page. It is asked directly: its own library loads the script into every frame for each question, and
/// fetches all that was found right, which takes twice as long.
final class Axe {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    /// The other rules do not depend on the colour scheme.
    private static final List<String> RULES_ON_COLOUR = List.of("color-contrast", "link-in-text-block");

    private static final String SOURCE = source();
    private static final String CONTRAST = Look.load("contrast.js");
    /// What waits for an answer is dimmed, and things may be on their way: neither is how the page looks. A page may
    /// ask again while it is looked at.
    private static final String ASK = """
            async ([kind, values]) => {
              const frame = () => new Promise(requestAnimationFrame);
              const moves = () => document.getAnimations().some(one =>
                one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity);
              let requests = 0, before, found;
              const count = () => requests++;
              document.addEventListener("htmx:beforeRequest", count);
              for (let tries = 0; tries < 5 && (!found || found.violations.length && requests !== before); tries++) {
                while (document.querySelector(".htmx-request") || moves()) await frame();
                before = requests;
                askedAnew();
                found = await axe.run(document, { runOnly: { type: kind, values }, resultTypes: ["violations"], iframes: false });
              }
              document.removeEventListener("htmx:beforeRequest", count);
              return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.help}): ${node.html.slice(0, 200)}`));
            }""";

    private Axe() {}

    /// Asks all rules of WCAG 2.2 AA, and those of good practice.
    ///
    /// @return what is wrong
    static List<String> everything(Page page) {
        return ask(page, "tag", TAGS);
    }

    static List<String> colours(Page page) {
        return ask(page, "rule", RULES_ON_COLOUR);
    }

    /// @param rules by their ids
    static List<String> rules(Page page, List<String> rules) {
        return ask(page, "rule", rules);
    }

    @SuppressWarnings("unchecked")
    private static List<String> ask(Page page, String kind, List<String> values) {
        if (!(boolean) page.evaluate("'axe' in window")) {
            page.evaluate(SOURCE);
            page.evaluate(CONTRAST);
        }
        return (List<String>) page.evaluate(ASK, List.of(kind, values));
    }

    private static String source() {
        try (var file = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
