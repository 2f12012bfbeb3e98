package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void valuesInATextAreEscaped() {
        assertThat(Html.text("<b>{}</b> of {}", "<i>\"a\" & 'b'</i>", 3).toString())
                .isEqualTo("<b>&lt;i&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/i&gt;</b> of 3");
    }

    @Test
    void aTextInATextIsNotEscapedAgain() {
        assertThat(Html.text("<p>{}{}</p>", Html.text("<b>{}</b>", "{}&"), "{}").toString())
                .isEqualTo("<p><b>{}&amp;</b>{}</p>");
    }
}
