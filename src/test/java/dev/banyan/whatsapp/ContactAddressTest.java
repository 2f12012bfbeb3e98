package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.ContactAddress.Business;
import dev.banyan.whatsapp.ContactAddress.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactAddressTest {

    /// Otherwise the key would be read as a phone number, and no answer would ever arrive.
    @ParameterizedTest
    @ValueSource(
            strings = {"AE.13491208655302741918", "US.ENT.11815799212886844830", "AE.bsuid-0001_b", "ae.1349", "Z"})
    void whatMetaCallsAPersonIsReadAsItWasWritten(String id) {
        assertThat(UserId.isId(id)).isTrue();
        var portfolio = new UserId(id, new Business.Portfolio("200000000000001"));
        var connection = new UserId(id, new ConnectionId(new UUID(1, 2)));
        assertThat(ContactAddress.of(portfolio.key())).isEqualTo(portfolio);
        assertThat(ContactAddress.of(connection.key())).isEqualTo(connection);
    }

    @Test
    void theLongestKeyFits() {
        String id = "AE.ENT." + "a".repeat(132);
        assertThat(UserId.isId(id)).isTrue();
        assertThat(new UserId(id, new Business.Portfolio("1".repeat(30))).key()).hasSize(180);
        assertThat(UserId.isId(id + "b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "971500000101", "AE.1@b", "AE. 1", "AE.1\n", ".AE", "+971500000101"})
    void whatIsNoSuchId(String text) {
        assertThat(UserId.isId(text)).isFalse();
    }
}
