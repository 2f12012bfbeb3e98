package dev.banyan.platform.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

    private static final Set<String> PATHS = Set.of("/docs/operations", "/docs/guides/numbers");

    @Test
    void htmlIsShownAsText() {
        assertThat(html("# A\n\n<script>x</script>\n\n**b** <b onclick=x>c</b> [d](javascript:alert(1))"))
                .contains("&lt;script&gt;", "<strong>b</strong>", "&lt;b onclick")
                .doesNotContain("<script>", "<b ", "javascript:");
        assertThat(html("# A\n\n<!-- for us -->\n\nb")).doesNotContain("for us");
    }

    @Test
    void linksToDocumentsLeadToTheirPages() {
        assertThat(html("# A\n\n[b](../operations.md#go-back) [c](numbers.md) [d](#a)"))
                .contains(
                        "<a href=\"/docs/operations#go-back\">b</a>",
                        "<a href=\"/docs/guides/numbers\">c</a>",
                        "<a href=\"/docs/guides/numbers#a\">d</a>",
                        "<h1 id=\"a\">");
        assertThat(html("# A\n\n[b](https://example.com)"))
                .contains("<a rel=\"noopener noreferrer\" href=\"https://example.com\">b</a>")
                .doesNotContain("nofollow");
    }

    @Test
    void whatTheRepositoryHasIsNamed() {
        assertThat(html("""
                        # A

                        As agreed ([0094](../decisions/0094-x.md)), [why](../decisions/0095-y.md):
                        [`deploy/`](../../deploy/README.md), [figures](../../bench/FINDINGS.md#webhooks)
                        """))
                .contains(
                        "(decision 0094), why, see decision 0095",
                        "<code>deploy/</code>, figures, see bench/FINDINGS.md")
                .doesNotContain("href");
    }

    @Test
    void tablesScrollInABoxOfTheirOwn() {
        assertThat(html("# A\n\n## B\n\n| c | d |\n|---|---|\n| 1 | 2 |"))
                .contains(
                        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1: B\">",
                        "<th scope=\"col\">c</th>",
                        "</table></div>");
    }

    @Test
    void picturesHaveTheirSize() {
        Document document = read("# A\n\n![The inbox](../pictures/inbox.webp)\n\n![b](../pictures/console.svg)");
        assertThat(document.html())
                .contains(
                        "src=\"/docs/pictures/inbox.webp\" alt=\"The inbox\" width=\"", "width=\"822\" height=\"910\"");
        assertThat(document.pictures()).containsExactly("/docs/pictures/console.svg", "/docs/pictures/inbox.webp");
    }

    @Test
    void aSectionIsAHeadingWithItsWords() {
        Document document = read("# Guide: first\n\nOne *two*.\n\n## `Three` four\n\n| a | b |\n|---|---|\n| c | d |");
        assertThat(document.title()).isEqualTo("First");
        assertThat(document.sections())
                .containsExactly(
                        new Document.Section(1, "guide-first", "Guide: first", "One two."),
                        new Document.Section(2, "three-four", "Three four", "a b c d"));
    }

    private static String html(String markdown) {
        return read(markdown).html();
    }

    private static Document read(String markdown) {
        return new DocumentReader("/docs/guides/numbers", PATHS).read(markdown);
    }
}
