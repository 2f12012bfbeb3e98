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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2027-01-01 08:00                | 2027-01-01T04:00:00Z
            Dec 31, 2026                    | 2026-12-30T20:00:00Z
            Dec. 31st 2026                  | 2026-12-30T20:00:00Z
            December 31, 2026 6:00 PM       | 2026-12-31T14:00:00Z
            Jan 15, 2024 10:22 AM           | 2024-01-15T06:22:00Z
            Jan 15, 2024, 12:05:30 a.m.| 2024-01-14T20:05:30Z
            Thu, 31 Dec 2026 18:00:00 GMT   | 2026-12-31T18:00:00Z
            Thu Dec 31 2026 18:00:00 GMT+0400 (Gulf Standard Time) | 2026-12-31T14:00:00Z
            31 December 2026 at 18:00       | 2026-12-31T14:00:00Z
            31-Dec-2026                     | 2026-12-30T20:00:00Z
            31.12.2026                      | 2026-12-30T20:00:00Z
            1.2.2027 18:00                  | 2027-02-01T14:00:00Z
            31. Dezember 2026 um 18:00 Uhr  | 2026-12-31T14:00:00Z
            15. März 2027                   | 2027-03-14T20:00:00Z
            31 décembre 2026                | 2026-12-30T20:00:00Z
            31 de diciembre de 2026         | 2026-12-30T20:00:00Z
            31 grudnia 2026                 | 2026-12-30T20:00:00Z
            31 декабря 2026                 | 2026-12-30T20:00:00Z
            31/12/2026                      | 2026-12-30T20:00:00Z
            12/31/2026 6:00 PM              | 2026-12-31T14:00:00Z
            2/2/2027                        | 2027-02-01T20:00:00Z
            2027/2/1 18:00                  | 2027-02-01T14:00:00Z
            2026年12月31日                   | 2026-12-30T20:00:00Z
            20261231                        | 2026-12-30T20:00:00Z
            20261231T180000Z                | 2026-12-31T18:00:00Z
            1798740000                      | 2026-12-31T18:00:00Z
            1798740000000                   | 2026-12-31T18:00:00Z
            1798740000.0                    | 2026-12-31T18:00:00Z
            2026-12-31T18:00:00+01:00[Europe/Berlin] | 2026-12-31T17:00:00Z
            2026-12-31 18:00:00 +0100       | 2026-12-31T17:00:00Z
            """)
    void timesOfListsComeFromAnywhere(String cell, Instant time) {
        assertThat(ZonedTimes.ofList(cell, DUBAI, false)).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"'Dec 31, 2026',2026-12-31T20:00:00Z", "31.12.2026,2026-12-31T20:00:00Z"})
    void aDayOfAListEndsAtItsEnd(String cell, Instant time) {
        assertThat(ZonedTimes.ofList(cell, DUBAI, true)).contains(time);
    }

    /// The first or the second of January or February is not guessed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "01/02/2027",
                "1-2-2027",
                "31.13.2026",
                "32 Dec 2026",
                "Dec 31",
                "31 Smarch 2026",
                "12/31/26",
                "Dec 31, 2026 13:00 PM",
                "46388",
                "46388.33",
                "20261331",
                "5 years 2026",
                ""
            })
    void whatIsNoTimeOfAListIsRefused(String cell) {
        assertThat(ZonedTimes.ofList(cell, DUBAI, false)).isEmpty();
    }
}
