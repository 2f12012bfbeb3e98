package dev.banyan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/// What `contrast.js` spares axe: nothing that lacks contrast.
@BrowserTest
class AxeTest {

    private static final String PAGE = """
            <!doctype html><html lang="en"><title>Rows</title><style>
              body { background: #fff; color: #222; font: 16px sans-serif } p { margin: 8px; padding: 8px }
            </style><main><h1>Rows</h1>
              <p>Dark on white</p><p>Dark on white, again</p>
              <p id="pale" style="color: #ccc">Pale on white</p>
              <p style="color: #888; font-size: 32px">Grey, and large enough</p>
              <p style="color: #888; font-size: 18px; font-weight: 400">Grey, and small: small</p>
              <div style="background: #333"><p>Dark on dark: ground</p></div>
              <div style="opacity: .3"><p>Dark on white: faint</p></div>
              <div style="position: relative">
                <div style="position: absolute; inset: 0; background: #333"></div>
                <p style="position: relative">Dark on what lies behind: behind</p>
              </div>
              <p style="background: #333; transform: translate(1px)">Dark on dark: moved</p>
              <p id="later">Dark on white, so far</p>
            </main></html>""";

    private final Stage stage;

    AxeTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void textsThatLookLikeOthersAreSparedAndNoOthers() {
        Page page = stage.window().page();
        page.setContent(PAGE);
        assertMissed(Axe.everything(page));
        assertMissed(Axe.colours(page));

        page.evaluate("document.getElementById('later').style.color = '#ddd'");
        assertMissed(Axe.colours(page), "later");
        page.evaluate("document.getElementById('pale').remove()");
        page.evaluate("document.body.style.background = '#333'");
        assertThat(Axe.colours(page)).hasSizeGreaterThan(5);
    }

    private static void assertMissed(List<String> found, String... more) {
        var missed = Stream.concat(Stream.of("Pale", "small", "ground", "faint", "behind", "moved"), Stream.of(more));
        List<String> contrast =
                found.stream().filter(one -> one.startsWith("color-contrast")).toList();
        assertThat(contrast)
                .allSatisfy(one -> assertThat(one).doesNotContain("again", "large enough"))
                .hasSize(6 + more.length);
        missed.forEach(word -> assertThat(contrast).anyMatch(one -> one.contains(word)));
    }
}
