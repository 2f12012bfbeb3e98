package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times as lists and programs hold them.
class ZonedTimesTest {

    private static final ZoneId DUBAI = ZoneId.of("Asia/Dubai");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2027-01-01 08:00          | 2027-01-01T04:00:00Z
            2027-01-01T08:00          | 2027-01-01T04:00:00Z
            2027-01-01 8:00           | 2027-01-01T04:00:00Z
            2027-01-01 08:00:30       | 2027-01-01T04:00:30Z
            2027/01/01 08:00          | 2027-01-01T04:00:00Z
            2027-01-01T08:00:00Z      | 2027-01-01T08:00:00Z
            2027-01-01 08:00 UTC      | 2027-01-01T08:00:00Z
            2027-01-01T08:00:00.000Z  | 2027-01-01T08:00:00Z
            2027-01-01T08:00:00+01:00 | 2027-01-01T07:00:00Z
            2027-01-01T08:00:00+0100  | 2027-01-01T07:00:00Z
            2027-01-01                | 2026-12-31T20:00:00Z
            """)
    void aTimeWithoutAnOffsetIsInTheZone(String typed, Instant time) {
        assertThat(ZonedTimes.read(typed, DUBAI, false)).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"2027-01-01,2027-01-01T20:00:00Z", "2027-01-01 08:00,2027-01-01T04:00:00Z"})
    void aDayEndsAtItsEnd(String typed, Instant time) {
        assertThat(ZonedTimes.read(typed, DUBAI, true)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "01/02/2027", "2027-13-01", "2027-02-30 08:00", "2027-01-01 25:00", "46388.33", ""})
    void whatIsNoTimeIsRefused(String typed) {
        assertThat(ZonedTimes.read(typed, DUBAI, false)).isEmpty();
    }
}
