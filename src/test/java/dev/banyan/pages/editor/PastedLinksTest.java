package dev.banyan.pages.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.pages.editor.PastedLinks.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which people paste lists of links.
class PastedLinksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Shop https://shop.example/a                    ~ Shop ~ https://shop.example/a
            Our shop: shop.example                         ~ Our shop ~ https://shop.example
            Shop – https://shop.example/a,b                ~ Shop ~ https://shop.example/a,b
            https://shop.example/a Our shop                ~ Our shop ~ https://shop.example/a
            https://shop.example/a                         ~ shop.example ~ https://shop.example/a
            <https://shop.example/a>                       ~ shop.example ~ https://shop.example/a
            Shop (https://shop.example/a).                 ~ Shop ~ https://shop.example/a
            - [Our shop](https://shop.example/a)           ~ Our shop ~ https://shop.example/a
            * Our shop | https://shop.example/a            ~ Our shop ~ https://shop.example/a
            12. Our shop https://shop.example/a            ~ Our shop ~ https://shop.example/a
            Our shop,https://shop.example/a                ~ Our shop ~ https://shop.example/a
            https://shop.example/a,Our shop                ~ Our shop ~ https://shop.example/a
            Our shop, and more, https://shop.example/a     ~ Our shop, and more ~ https://shop.example/a
            Our shop;https://shop.example/a                ~ Our shop ~ https://shop.example/a
            <a class="x" href="https://shop.example/?a=1&amp;b=2"><b>Q&amp;A</b></a> ~ Q&A ~ https://shop.example/?a=1&b=2
            Write us hello@shop.example                    ~ Write us ~ mailto:hello@shop.example
            pat.o'brien@shop.example                       ~ pat.o'brien@shop.example ~ mailto:pat.o'brien@shop.example
            Call us: +971 50 000 0000                      ~ Call us ~ tel:+971500000000
            +971 50 000 0000 – Call us                     ~ Call us ~ tel:+971500000000
            +971 (50) 000-0000                             ~ +971500000000 ~ tel:+971500000000
            Calendar webcal://shop.example/a.ics           ~ Calendar ~ webcal://shop.example/a.ics
            Shop,https://shop.example/?a=1,b=2             ~ Shop ~ https://shop.example/?a=1,b=2
            Shop; https://shop.example/x;y=1               ~ Shop ~ https://shop.example/x;y=1
            Find us, https://maps.example/@25.2,55.3,17z   ~ Find us ~ https://maps.example/@25.2,55.3,17z
            https://maps.example/@25.2,55.3,17z Find us    ~ Find us ~ https://maps.example/@25.2,55.3,17z
            See https://shop.example/wiki/Foo_(bar)        ~ See ~ https://shop.example/wiki/Foo_(bar)
            See (https://shop.example/wiki/Foo_(bar)).     ~ See ~ https://shop.example/wiki/Foo_(bar)
            https://shop.example/a,                        ~ shop.example ~ https://shop.example/a
            https://shop.example.                          ~ shop.example ~ https://shop.example
            geo:25.2,55.3 Find us                          ~ Find us ~ geo:25.2,55.3
            "Our shop";"https://shop.example/a"            ~ Our shop ~ https://shop.example/a
            Shop https://shop.example/?u=https://b.example ~ Shop ~ https://shop.example/?u=https://b.example
            Shop | https://shop.example/a | open daily     ~ Shop – open daily ~ https://shop.example/a
            <li><a href="https://shop.example/a">Shop</a></li> ~ Shop ~ https://shop.example/a
            <DT><A HREF="https://shop.example/a" ADD_DATE="1">Shop</A> ~ Shop ~ https://shop.example/a
            <p>Shop: <a href="https://shop.example/a">https://shop.example/a</a></p> ~ Shop ~ https://shop.example/a
            ## [Shop](https://shop.example/a)              ~ Shop ~ https://shop.example/a
            **[Shop](https://shop.example/wiki/Foo_(bar))** ~ Shop ~ https://shop.example/wiki/Foo_(bar)
            - **Shop:** https://shop.example/a             ~ Shop ~ https://shop.example/a
            - [x] Shop https://shop.example/a              ~ Shop ~ https://shop.example/a
            [url=https://shop.example/a]Shop[/url]         ~ Shop ~ https://shop.example/a
            <https://shop.example/a|Shop>                  ~ Shop ~ https://shop.example/a
            <tel:+971500000000|Call us>                    ~ Call us ~ tel:+971500000000
            [https://shop.example/a Shop]                  ~ Shop ~ https://shop.example/a
            [[https://shop.example/a][Shop]]               ~ Shop ~ https://shop.example/a
            [Shop|https://shop.example/a]                  ~ Shop ~ https://shop.example/a
            =HYPERLINK("https://shop.example/a";"Shop")    ~ Shop ~ https://shop.example/a
            https://shop.example/a|Shop                    ~ Shop ~ https://shop.example/a
            Shop → https://shop.example/a                  ~ Shop ~ https://shop.example/a
            Shop => https://shop.example/a                 ~ Shop ~ https://shop.example/a
            Shop-https://shop.example/a                    ~ Shop ~ https://shop.example/a
            1.https://shop.example/a                       ~ shop.example ~ https://shop.example/a
            店舗：https://shop.example/a                    ~ 店舗 ~ https://shop.example/a
            店舗（https://shop.example/a）                  ~ 店舗 ~ https://shop.example/a
            https://shop.example/a。                       ~ shop.example ~ https://shop.example/a
            https://shop.example/?a[]=1&b[c]=2             ~ shop.example ~ https://shop.example/?a[]=1&b[c]=2
            I <3 it https://shop.example/a                 ~ I <3 it ~ https://shop.example/a
            """)
    void aLineHasATitleAndAnAddressInEitherOrder(String line, String title, String url) {
        assertThat(PastedLinks.of(line).lines()).containsExactly(new Line(1, title, url, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Shop https://shop.example/a, Blog https://blog.example
            https://shop.example/a Shop, https://blog.example Blog
            Shop: https://shop.example/a; Blog: https://blog.example.
            <a href="https://shop.example/a">Shop</a> | <a href='https://blog.example'>Blog</a>
            [Shop](https://shop.example/a), [Blog](https://blog.example)
            """)
    void aLineMayHaveSeveralLinks(String line) {
        assertThat(PastedLinks.of(line).lines())
                .containsExactly(
                        new Line(1, "Shop", "https://shop.example/a", ""),
                        new Line(1, "Blog", "https://blog.example", ""));
    }

    @Test
    void hostsAloneAreLinks() {
        assertThat(PastedLinks.of("shop.example, blog.example").lines())
                .containsExactly(
                        new Line(1, "shop.example", "https://shop.example", ""),
                        new Line(1, "blog.example", "https://blog.example", ""));
    }

    @Test
    void whatOnlyPartsLinksIsNone() {
        assertThat(PastedLinks.of("<ul>\n-----\n<li><a href=\"https://shop.example/a\">\nShop\n</a></li>\n</ul>\n")
                        .lines())
                .containsExactly(new Line(3, "Shop", "https://shop.example/a", ""));
    }

    @Test
    void cellsOfATable() {
        assertThat(PastedLinks.of("1\tShop\thttps://shop.example/a\tdaily").lines())
                .containsExactly(new Line(1, "1 – Shop – daily", "https://shop.example/a", ""));
        assertThat(PastedLinks.of("Our shop\thttps://shop.example/a\nhttps://shop.example/b\tOur other shop")
                        .lines())
                .containsExactly(
                        new Line(1, "Our shop", "https://shop.example/a", ""),
                        new Line(2, "Our other shop", "https://shop.example/b", ""));
        assertThat(PastedLinks.of("\"Our shop, and more\",\"https://shop.example/a\"")
                        .lines())
                .containsExactly(new Line(1, "Our shop, and more", "https://shop.example/a", ""));
    }

    /// As other programs and people export lists.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Titel;URL\nLaden;https://shop.example/a",
                "título,enlace,clics\nLaden,https://shop.example/a,12",
                "titre\tlien\nLaden\tshop.example/a",
                "Position,Title,URL,Clicks\n1,Laden,https://shop.example/a,12",
                "Link;Name\nhttps://shop.example/a;\"Laden\""
            })
    void columnsThatAreNamed(String text) {
        assertThat(PastedLinks.of(text).lines()).containsExactly(new Line(2, "Laden", "https://shop.example/a", ""));
    }

    @Test
    void aTitleAndItsAddressOnTwoLines() {
        assertThat(PastedLinks.of("Our shop\nhttps://shop.example/a\n\nCall us\n+971 50 000 0000\n")
                        .lines())
                .containsExactly(
                        new Line(1, "Our shop", "https://shop.example/a", ""),
                        new Line(4, "Call us", "tel:+971500000000", ""));
        assertThat(PastedLinks.of("https://shop.example/a\r\nOur shop\r\nshop.example/b\r\nOther\u200B shop")
                        .lines())
                .containsExactly(
                        new Line(1, "Our shop", "https://shop.example/a", ""),
                        new Line(3, "Other shop", "https://shop.example/b", ""));
    }

    @Test
    void whatHasNoAddressSaysSo() {
        PastedLinks pasted =
                PastedLinks.of("Our shop\nOur other shop\nhttps://shop.example/a\nThe end\nX javascript://y");
        assertThat(pasted.lines().get(0).error()).contains("no URL");
        assertThat(pasted.lines().get(1)).isEqualTo(new Line(2, "Our other shop", "https://shop.example/a", ""));
        assertThat(pasted.lines().get(2).error()).contains("no URL");
        assertThat(pasted.lines().get(3).error()).isNotEmpty();
        assertThat(pasted.broken()).isEqualTo(3);
    }
}
