package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a",
                "tel:+14155550100",
                "TEL:+1-415-555-0100",
                "tel:112",
                "sms:+14155550100",
                "sms:+14155550100?body=Hello%20there",
                "mailto:maya@example.com",
                "mailto:maya+shop@mail.example.com?subject=Hi&body=A%20table%20for%20two"
            })
    void addressesOfTheWebAndOfPhonesAreTaken(String url) {
        assertThat(LinkAddresses.broken(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "tel:",
                "tel:call-me",
                "tel:+1415\n5550100",
                "tel:+14155550100;ext=\"><script>",
                "sms:+1415?body=<b>",
                "sms:",
                "mailto:maya",
                "mailto:maya@example.com?bcc=all@example.com",
                "mailto:maya@example.com?subject=%0",
                "intent://scan/#Intent;end",
                "whatsapp://send"
            })
    void allOthersAreRefused(String url) {
        assertThat(LinkAddresses.broken(url)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "tel:+14155550100, +14155550100, Call",
        "sms:+14155550100?body=x, +14155550100, Send a message",
        "mailto:a+b@example.com?subject=x, a+b@example.com, Send an email",
        "https://www.example.com/x, example.com, Open"
    })
    void visitorsSeeWhereItLeads(String url, String shown, String verb) {
        assertThat(LinkAddresses.shown(url)).isEqualTo(shown);
        assertThat(LinkAddresses.verb(url)).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({
        "maya@example.com, mailto:maya@example.com",
        "+1 (415) 555-0100, tel:+14155550100",
        "sms:+1 415 555 0100, sms:+14155550100",
        "example.com, https://example.com",
        "https://example.com/@maya, https://example.com/@maya",
        "hello, hello"
    })
    void whatPeopleLeaveOutIsAdded(String typed, String url) {
        assertThat(LinkAddresses.withScheme(typed)).isEqualTo(url);
    }

    @Test
    void aHeaderCarriesThem() {
        assertThat(LinkAddresses.forHeader("tel:+14155550100")).isEqualTo("tel:+14155550100");
    }
}
