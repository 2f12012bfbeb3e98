package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyleSheetTest {

    private static final StyleSheet SHEET = new StyleSheet("""
            *{margin:0}
            html{overflow-x:hidden}
            a{color:inherit}
            ul,ol{list-style:none}
            .link{padding:.5rem;--to:url("data:image/svg+xml,%3Csvg viewBox='0 0 24 24'%3E%3C/svg%3E")}
            .link:hover::after{width:1px}
            .grid .link{height:100%}
            [open]>summary::after{top:0}
            [data-header=hero] img.avatar{width:100%}
            [data-header=hero] main{padding-top:0}
            @media(prefers-reduced-motion:no-preference){.shake{animation:shake 1s}.glow{animation:glow 1s}}
            @keyframes shake{20%,60%{top:0}}
            @keyframes glow{50%{top:1px}}
            @media print{.scene{display:none}main{top:0}}
            """);

    @Test
    void aPageWithoutAnythingHasWhatIsForEverything() {
        assertThat(SHEET.neededBy("<body>")).isEqualTo("*{margin:0}\nhtml{overflow-x:hidden}\n");
    }

    @Test
    void elementsAndClassesBringTheirRules() {
        assertThat(SHEET.neededBy("<body><main><a class=\"link talk\">go</a><ul></ul></main>"))
                .contains("a{color", "ul,ol{", ".link{", ".link:hover", "@media print")
                .doesNotContain(".grid", "[open]", "hero", "shake", "glow");
    }

    @Test
    void whatStandsTogetherIsNeededTogether() {
        assertThat(SHEET.neededBy("<body><ul class=\"grid\"><li><a class=\"link\">"))
                .contains(".grid .link{");
        assertThat(SHEET.neededBy("<body><ul class=\"grid\">")).doesNotContain(".grid .link{");
    }

    @Test
    void attributesOfTheBodyBringTheirs() {
        assertThat(SHEET.neededBy("<body data-header=\"hero\"><main><img class=\"avatar\">"))
                .contains("img.avatar{", "[data-header=hero] main");
        assertThat(SHEET.neededBy("<body data-header=\"classic\"><main><img class=\"avatar\">"))
                .doesNotContain("hero");
    }

    @Test
    void movementComesWithWhatMoves() {
        assertThat(SHEET.neededBy("<body><a class=\"link shake\">"))
                .contains("{.shake{", "@keyframes shake{")
                .doesNotContain("@keyframes glow");
    }

    @Test
    void whatOpensByItselfIsKept() {
        assertThat(SHEET.neededBy("<body><details><summary>More</summary></details>"))
                .contains("[open]>summary");
    }
}
