package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

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
                "mailto:maya+shop@mail.example.com?subject=Hi&body=A%20table%20for%20two",
                "mailto:pat.o'brien@example.com",
                "mailto:pat@bücher.example?subject=Grüße an alle",
                "mailto:a@example.com,b@example.com",
                "tel:+1 (415) 555-0100",
                "tel:+14155550100;ext=12",
                "tel:+14155550100,,84773953332#,,,,*123456#",
                "sms:+14155550100&body=Hello there",
                "sms:+14155550100;?&body=Hello",
                "sms:?body=Hello",
                "geo:25.2048,55.2708",
                "geo:25.2048, 55.2708?q=Burj Khalifa&z=17",
                "geo:-33.8568,151.2153,4;u=35",
                "webcal://calendar.example.com/shop.ics?key=1",
                "facetime:+14155550100",
                "facetime-audio://maya@example.com",
                "mailto:maya@example.com?subject=[Order] 5",
                "mailto:maya@example.com?subject=a=b",
                "mailto:maya@example.com?subject=\"Quote\" | 50% off {x}",
                "mailto:?subject=Look&body=https://example.com/#top",
                "mailto: maya@example.com",
                "tel:(415) 555-0100",
                "tel:+1-(415)-555-0100",
                "tel:030/123456",
                "tel:+971\u201150\u2011000\u20110000",
                "tel:+٩٧١ ٥٠ ٠٠٠ ٠٠٠٠",
                "tel:+1 415 555 0100 ext 5",
                "tel:+14155550100 Ext. 12",
                "sms://+14155550100",
                "sms:+14155550100&body=50% off"
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
                "mailto:pat o'brien@example.com",
                "geo:north,south",
                "geo:25.2048",
                "webcal://localhost/x",
                "webcal:example.com",
                "facetime:maya",
                "facetime://+1415/\"><script>",
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
        "facetime://maya@example.com, maya@example.com, Call",
        "'geo:25.2048,55.2708?q=x', '25.2048,55.2708', Show on a map",
        "webcal://www.example.com/a.ics, example.com, Add the calendar",
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
        "hello, hello",
        "o'brien@example.com, mailto:o'brien@example.com",
        "bücher.example/ä, https://bücher.example/ä",
        "//example.com/x, https://example.com/x",
        "example.com:8443/x y, https://example.com:8443/x%20y",
        "\u200Bexample.com\u200B, https://example.com"
    })
    void whatPeopleLeaveOutIsAdded(String typed, String url) {
        assertThat(LinkAddresses.withScheme(typed)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "tel:+1 (415) 555-0100, tel:+1(415)555-0100",
        "sms:+1 415 555?body=Größe M, sms:+1415555?body=Gr%C3%B6%C3%9Fe%20M",
        "mailto:pat@bücher.example, mailto:pat@xn--bcher-kva.example",
        "'geo:25.2, 55.3', 'geo:25.2,55.3'",
        "tel:030/12 34 56, tel:030-123456",
        "tel:+٩٧١ ٥٠–٠٠٠ ٠٠٠٠, tel:+97150-0000000",
        "tel:+1 415 555 0100 ext. 5, tel:+14155550100;ext=5",
        "sms://+1415555?body=50% off, sms://+1415555?body=50%25%20off",
        "mailto: a@example.com?subject=[x]#1, mailto:a@example.com?subject=%5Bx%5D%231",
        "https://example.com/a b, https://example.com/a%20b"
    })
    void theyAreStoredAsProgramsReadThem(String typed, String stored) {
        assertThat(LinkAddresses.clean(typed)).isEqualTo(stored);
        assertThat(LinkAddresses.broken(stored)).isEmpty();
    }
}
