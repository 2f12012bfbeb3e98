package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// What a mail asks its reader to open is one button; everything else stays text.
class MailBrandingTest {

    private static String html(String text) {
        return MailBranding.OWN.html(text);
    }

    @Test
    void theAddressThatAMailAsksForIsOneButton() {
        String html = html("""
                maya@example.com invited you to join “Creative Agency”.

                Accept or decline the invitation:
                https://links.example/invitation?token=a&b=1

                If you don't know the sender, ignore this email.
                Or read this:
                https://links.example/docs
                """);

        assertThat(html)
                .contains("<a href=\"https://links.example/invitation?token=a&amp;b=1\" style=\"display:inline-block")
                .contains(">Accept or decline the invitation</a>")
                .contains("If you don&#39;t know the sender, ignore this email.")
                .contains(">https://links.example/docs</a>")
                .containsOnlyOnce("display:inline-block;padding");
    }

    @Test
    void theSentenceBeforeTheAddressIsTheLabel() {
        assertThat(html("Hello.\n\nConfirm your email address with this link:\nhttps://links.example/c"))
                .contains(">Confirm your email address</a>", "<p style=\"margin:0 0 16px\">Hello.</p>");
        assertThat(html("Omar is now a member. Manage your\nmembers:\nhttps://links.example/m"))
                .contains(">Omar is now a member.</p>", ">Manage your members</a>");
    }

    @Test
    void aTextWithoutSuchALineHasNoButton() {
        for (String text : List.of(
                "See https://links.example/a: it is there.",
                "Look:\njavascript:alert(1)",
                "A sentence that is far too long to be the label of any button in any mail:\nhttps://links.example/x")) {
            assertThat(html(text)).doesNotContain("inline-block;padding", "href=\"javascript");
        }
        assertThat(html("<b>Bold</b>:\nhttps://links.example/\"x")).doesNotContain("<b>", "/\"x");
    }
}
