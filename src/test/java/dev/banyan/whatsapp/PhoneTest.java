package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    private static final Phone DUBAI = new Phone("+971500000001");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0500000001",
                "050 000 0001",
                "050-000-0001",
                "05000",
                "+971500000001",
                "00971 50 000 0001",
                "971 (50) 000",
                "500000001",
                "0001"
            })
    void aNumberIsFoundHoweverItIsTyped(String typed) {
        assertThat(DUBAI.contains(typed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0500000002", "0510", "05000000011", "Sales", "-", "", "0044 50"})
    void anotherNumberIsNot(String typed) {
        assertThat(DUBAI.contains(typed)).isFalse();
    }

    @Test
    void eachCountryDialsInItsOwnWay() {
        assertThat(DUBAI.isDialled("050 000 0001")).isTrue();
        assertThat(DUBAI.isDialled("05000000")).as("only a part").isFalse();
        assertThat(new Phone("+12025550123").isDialled("(202) 555-0123")).isTrue();
        assertThat(new Phone("+442079460018").isDialled("020 7946 0018")).isTrue();
    }
}
