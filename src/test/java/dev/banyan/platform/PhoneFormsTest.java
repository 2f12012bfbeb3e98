package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneFormsTest {

    @ParameterizedTest
    @CsvSource({
        "+5511987654321, +551187654321",
        "+5585999990101, +558599990101",
        "+525512345678, +5215512345678",
        "+5491155551234, +541155551234",
        "+2250141230101, +22541230101",
        "+2250555230101, +22555230101",
        "+2250707230101, +22507230101",
        "+2290197230101, +22997230101",
    })
    void twoFormsAreOneNumber(String kept, String other) {
        assertThat(PhoneForms.kept(kept)).isEqualTo(kept);
        assertThat(PhoneForms.kept(other)).isEqualTo(kept);
        assertThat(PhoneForms.of(kept)).containsExactly(kept, other);
        assertThat(PhoneForms.of(other)).containsExactly(kept, other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+551133334444", // a landline
                "+971500000101",
                "+12025550123",
                "+5211234567", // too short
                "+54911555512345", // too long
                "+22520230101", // a landline
                "+22927123010199",
                "",
            })
    void mostNumbersHaveOneForm(String number) {
        assertThat(PhoneForms.kept(number)).isEqualTo(number);
        assertThat(PhoneForms.of(number)).containsExactly(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+5511987654321",
                "+551187654321",
                "+525512345678",
                "+5215512345678",
                "+5491155551234",
                "+541155551234",
                "+2250707230101",
                "+22507230101",
                "+2290197230101",
                "+22997230101"
            })
    void eachFormIsValidAsItIs(String number) {
        assertThat(PhoneNumbers.e164(number)).contains(number);
        assertThat(PhoneNumbers.e164("00" + number.substring(1))).contains(number);
    }

    @Test
    void whatIsNoNumberInAnyFormIsInvalid() {
        assertThat(PhoneNumbers.e164("+52 1 155 1234 567")).isEmpty();
        assertThat(PhoneNumbers.e164("+55 11 1765 4321")).isEmpty();
    }
}
