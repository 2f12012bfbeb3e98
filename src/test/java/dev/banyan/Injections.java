package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.banyan.TestClient.Answer;

/// Payloads of script and style injections, and checks that a page is not affected.
public final class Injections {

    public static final List<String> PAYLOADS = List.of(
            "</script><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onfocus='alert(1)' autofocus='",
            "</style><style>*{background:url(https://evil.example/x)}",
            "#fff;}*{background:url(//evil.example)",
            "javascript:alert(1)",
            "https://a.example/\"onclick=\"alert(1)",
            "https://a.example/'><script>alert(1)</script>",
            "data:text/html,<script>alert(1)</script>",
            "{config:property('x')}{#for a in b}",
            "<!--<svg/onload=alert(1)>",
            "url(javascript:alert(1))");

    private static final Pattern FACTS =
            Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern OUR_SCRIPT = Pattern.compile("<script src=\"/[^\"<>]+\"[^<>]*></script>");
    private static final Pattern OUR_SETTINGS = Pattern.compile("<meta name=\"htmx-config\" content='\\{[^'<>]*}'>");
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("=\"[^\"]*\"");

    private Injections() {}

    /// @param path of the text replaced by the payload, such as `lock.message` or `rules.0.device`
    public static ObjectNode with(String base, String path, String payload) {
        return Bodies.with(base, path, TextNode.valueOf(payload));
    }

    public static void assertHarmless(String what, Answer page) {
        String policy = page.header("Content-Security-Policy").orElse("");
        assertThat(policy).as(what).isNotEmpty().doesNotContain("unsafe");
        assertHarmless(what, page.text());
    }

    /// Asserts that the page contains only our own scripts and styles, and that no value breaks out of its attribute.
    public static void assertHarmless(String what, String html) {
        Matcher facts = FACTS.matcher(html);
        while (facts.find()) {
            assertThat(facts.group(1)).as(what).doesNotContain("</", "<!--", "<script");
            assertThat(TestClient.parse(facts.group(1)).isContainerNode()).isTrue();
        }
        Matcher style = STYLE.matcher(html);
        while (style.find()) {
            assertThat(style.group(1)).as(what).doesNotContain("evil", "alert", "</");
        }
        String rest = html;
        for (Pattern ours : List.of(FACTS, STYLE, OUR_SCRIPT, OUR_SETTINGS)) {
            rest = ours.matcher(rest).replaceAll("");
        }
        assertThat(rest)
                .as(what)
                .doesNotContain("<script", "</script", "<style", "</style", "<img src=x", "<svg/onload", "<!--")
                .doesNotContainPattern("(href|src|action)=\"(javascript|data:text)");
        assertThat(VALUE.matcher(rest).replaceAll(""))
                .as(what)
                .doesNotContainPattern("<[a-zA-Z][^<>]*\\s(on[a-z]+|style|autofocus='?)=")
                .doesNotContainPattern("<[a-zA-Z][^<>]*[\"']");
    }
}
