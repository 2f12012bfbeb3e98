package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+971500001001",
                "971500001001",
                "00971 50 000 1001",
                "(+971) 50-000-1001",
                "( +971 ) 50 000 1001",
                "+971 (50) 000/1001",
                "\u202A+971 50 000 1001\u202C",
                "\u200E+971500001001",
                "\u2068+971\u00A050\u202F000\u20091001\u2069",
                "\uFEFF+971500001001\u200B",
                "+971\u201150\u2013000\u20121001",
                "+971−50−000−1001",
                "＋９７１ ５０ ０００ １００１",
                "tel:+971500001001",
                "WhatsApp:+971500001001",
                "https://wa.me/971500001001",
                "971500001001@c.us",
                "971500001001@s.whatsapp.net",
                "+٩٧١ ٥٠ ٠٠٠ ١٠٠١",
                "۰۰۹۷۱۵۰۰۰۰۱۰۰۱",
                "'+971500001001",
                "=\"+971500001001\"",
                "971500001001.0",
                "971500001001,00"
            })
    void aNumberIsReadHoweverItWasCopied(String typed) {
        assertThat(PhoneNumbers.e164(typed)).contains("+971500001001");
    }

    /// With the zero, it is the number of someone else.
    @Test
    void theDecimalsOfAWholeNumberAreNoDigits() {
        assertThat(PhoneNumbers.e164("6281234567890.0")).contains("+6281234567890");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "()",
                "50 000 1001",
                "+971 50 000 1001 x",
                "9+71500001001",
                "++971500001001",
                "9.715E+11",
                "971500001001@lid",
                "+971500001001,+971500001003"
            })
    void anythingElseIsNone(String typed) {
        assertThat(PhoneNumbers.e164(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "x5", "Sales"})
    void aTextWithoutDigitsIsNoPart(String typed) {
        assertThat(PhoneNumbers.part(typed)).isEmpty();
    }
}
