package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    @ParameterizedTest
    @CsvSource({
        "+971500000101, +971500000101",
        "+971 50 000 0101, +971500000101",
        "971500000101, +971500000101",
        "00971500000101, +971500000101",
        "' +971 (50) 000-0101 ', +971500000101",
        "+49 30 5550 0001, +493055500001",
        "+44 7400 123456, +447400123456",
        "+1 201 555 0123, +12015550123"
    })
    void numbersOfAnyCountryAreKeptInOneForm(String typed, String kept) {
        assertThat(Phone.parse(typed)).contains(new Phone(kept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "0500000101",
                "+9715",
                "+971500000101 ext 3",
                "+1 800 FLOWERS",
                "+97150000010100000",
                "+971500000101;isub=12345",
                "+٩٧١٥٠٠٠٠٠١٠١",
                "+971500000101\u0000",
                "+999500000101",
                "++971500000101",
                "+971500000101+971500000102"
            })
    void whatIsNoNumberWithItsCountryIsRefused(String typed) {
        assertThat(Phone.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 10_000})
    void tooMuchIsRefusedUnread(int length) {
        assertThat(Phone.parse("+" + "9".repeat(length))).isEmpty();
    }
}
