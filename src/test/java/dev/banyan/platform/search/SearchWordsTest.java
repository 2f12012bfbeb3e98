package dev.banyan.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void aNameIsFoundByItsPartsAndWrittenAsOne() {
        assertThat(SearchWords.of("harbour-bakery_2go", List.of()))
                .containsExactlyInAnyOrder("harbourbakery2go", "harbour", "bakery", "2go", "2", "go");
    }

    @Test
    void otherNamesAreFoldedAndSplit() {
        assertThat(SearchWords.of("x1y", List.of("Crème Brûlée & Söhne", "ÉCOLE")))
                .contains("creme", "brulee", "sohne", "ecole", "x", "1", "y");
    }

    @Test
    void aNumberIsReadAsWordsAndFromItsEndAsKeptAndAsDialled() {
        assertThat(SearchWords.endings("971500000101 5215500000101"))
                .containsExactly("~101000005179", "~1010000055125");
        assertThat(SearchWords.ways("000101")).containsExactly(List.of("000101"), List.of("~101000"));
        assertThat(SearchWords.ways("050 000-0101"))
                .containsExactly(List.of("050", "000", "0101"), List.of("~1010000050"), List.of("~101000005"));
        assertThat(SearchWords.ways("(00971) 50 000 0101")).contains(List.of("~101000005179"));
        assertThat(SearchWords.ways("\u202a+971\u00a050\u00a0000\u20130101\u202c"))
                .as("as it is copied from a phone or a page")
                .contains(List.of("~101000005179"));
        assertThat(SearchWords.ways("\u0660\u0665\u0660 \u0660\u0660\u0660 \u0660\u0661\u0660\u0661"))
                .as("in Arabic digits")
                .contains(List.of("~1010000050"), List.of("~101000005"));
        assertThat(SearchWords.ways("101")).containsExactly(List.of("101"));
        assertThat(SearchWords.ways("plate 0101")).containsExactly(List.of("plate", "0101"));
        assertThat(SearchWords.ways("~1010")).isEqualTo(List.of(List.of("1010")));
    }

    @Test
    void nothingGrowsBeyondItsBounds() {
        String many = IntStream.range(0, 50)
                .mapToObj(i -> "word" + (char) ('a' + i % 26) + i)
                .collect(Collectors.joining(" "));

        assertThat(SearchWords.of("name", List.of(many))).hasSize(12);
        assertThat(SearchWords.of("name", List.of("x".repeat(100))))
                .allMatch(word -> word.length() <= SearchWords.LONGEST);
        assertThat(SearchWords.typed(many)).hasSize(6);
    }

    @Test
    void aLongNameWrittenAsOneIsCutToo() {
        assertThat(SearchWords.of("Harbour Coffee Roasters and Bakery Dubai Marina", List.of()))
                .contains("harbourcoffeeroastersandbakery")
                .allMatch(word -> word.codePointCount(0, word.length()) <= SearchWords.LONGEST);
    }

    @Test
    void aLongWordIsFoundByAsMuchOfItAsIsKept() {
        String stored = SearchWords.of("name", List.of("x".repeat(100))).stream()
                .filter(word -> word.startsWith("x"))
                .findFirst()
                .orElseThrow();

        assertThat(SearchWords.typed("x".repeat(100))).containsExactly(stored);
    }

    @Test
    void signsThatEndAWordAreLookedForByThoseWhoTypeThem() {
        assertThat(SearchWords.typed("C++")).containsExactly("c++");
        assertThat(SearchWords.typed("c# 50+ 1+1 #tag +971500000101"))
                .containsExactly("c#", "50+", "1", "tag", "971500000101");
        assertThat(SearchWords.of("C++ and C#, vitamin C", 9)).containsExactly("c", "c++", "and", "c#", "vitamin");
        assertThat(SearchWords.of("C++ course", List.of("F#"))).contains("c", "c++", "course", "f", "f#");
    }

    @Test
    void wordsThatASignJoinsAreOneForThoseWhoTypeThem() {
        assertThat(SearchWords.typed("AT&T R&D&I .NET")).containsExactly("at&t", "r&d&i", ".net");
        assertThat(SearchWords.typed("Q&A-Runde tom & jerry ASP.NET e.g. AT&"))
                .containsExactly("q&a", "runde", "tom", "jerry", "asp", "net");
        assertThat(SearchWords.of("AT&T’s R & D, ASP.NET and C++&C#.", 20))
                .containsExactly(
                        "at", "t", "at&t", "s", "r", "d", "r&d", "asp", "net", ".net", "and", "c", "c++", "c#");
        assertThat(SearchWords.of("H&M", List.of("www.a.example")))
                .containsExactly("hm", "h", "m", "www", "a", "example", "h&m", ".a", ".example");
        assertThat(SearchWords.of("https://a.example/?utm_source=x&utm_medium=y&z=1", 30))
                .as("a query")
                .noneMatch(word -> word.contains("&"));
        assertThat(SearchWords.of("a&".repeat(6_000), 200))
                .contains("a", "a&a&a&a&a&a")
                .hasSize(2);
        assertThat(SearchWords.typed("日&本")).containsExactly("日", "本");
    }

    @Test
    void theWidthOfLettersAndSignsDoesNotMatter() {
        assertThat(SearchWords.typed("Ｃ＋＋　ＡＴ＆Ｔ ．ＮＥＴ")).containsExactly("c++", "at&t", ".net");
        assertThat(SearchWords.of("Ｃ＋＋ course ２０２６", 9)).containsExactly("c", "c++", "course", "2026");
        assertThat(SearchWords.typed("ｺｰﾋｰ")).isEqualTo(SearchWords.typed("コーヒー"));
        assertThat(SearchWords.typed("ｶﾞ＄￥")).isEqualTo(SearchWords.typed("ガ$"));
        assertThat(SearchWords.ways("＋９７１　５０　０００　０１０１")).contains(List.of("~101000005179"));
    }

    @Test
    void punctuationIsNoWord() {
        assertThat(SearchWords.typed("%% _ ' 🥐")).isEmpty();
        assertThat(SearchWords.typed("  North, SOUTH ")).containsExactly("north", "south");
    }
}
