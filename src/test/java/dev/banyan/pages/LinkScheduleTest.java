package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Local times in a zone, including days with clock changes.
class LinkScheduleTest {

    private static LinkSchedule good(String start, String end, String zone) {
        return switch (LinkSchedule.read(start, end, zone)) {
            case LinkSchedule.Read.Good good -> good.schedule();
            case LinkSchedule.Read.Bad bad -> throw new AssertionError(bad.invalid());
        };
    }

    private static String field(String start, String end, String zone) {
        return switch (LinkSchedule.read(start, end, zone)) {
            case LinkSchedule.Read.Good good -> throw new AssertionError(good.schedule());
            case LinkSchedule.Read.Bad bad -> bad.invalid().field();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-01T00:00, Asia/Dubai, 2026-12-31T20:00:00Z",
        "2027-01-01T00:00:30, America/New_York, 2027-01-01T05:00:30Z",
        "2027-01-01T00:00, '', 2027-01-01T00:00:00Z",
        "2027-01-01T00:00Z, Asia/Dubai, 2027-01-01T00:00:00Z",
        "2027-01-01T00:00:00.000Z, Asia/Dubai, 2027-01-01T00:00:00Z",
        "2027-01-01T00:00+09:00, Asia/Dubai, 2026-12-31T15:00:00Z",
        // clocks go from 02:00 to 03:00: skipped times are moved after the gap
        "2027-03-28T02:30, Europe/Berlin, 2027-03-28T01:30:00Z",
        // clocks go from 03:00 back to 02:00: the first of the two
        "2027-10-31T02:30, Europe/Berlin, 2027-10-31T00:30:00Z"
    })
    void startsAreMomentsOfTheZone(String typed, String zone, Instant moment) {
        assertThat(good(typed, "", zone).startsAt()).contains(moment);
    }

    @Test
    void anEndThatTheClocksShowTwiceIsTheSecondOne() {
        LinkSchedule night = good("2027-10-31T02:30", "2027-10-31T02:30:01", "Europe/Berlin");
        assertThat(night.startsAt()).contains(Instant.parse("2027-10-31T00:30:00Z"));
        assertThat(night.endsAt()).contains(Instant.parse("2027-10-31T01:30:01Z"));
    }

    @Test
    void itIsOpenFromItsStartUntilRightBeforeItsEnd() {
        LinkSchedule day = good("2027-01-01T00:00", "2027-01-02T00:00", "Asia/Dubai");
        assertThat(day.isOpen(Instant.parse("2026-12-31T19:59:59.999Z"))).isFalse();
        assertThat(day.isOpen(Instant.parse("2026-12-31T20:00:00Z"))).isTrue();
        assertThat(day.isOpen(Instant.parse("2027-01-01T19:59:59.999Z"))).isTrue();
        assertThat(day.isOpen(Instant.parse("2027-01-01T20:00:00Z"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow, '', UTC, schedule.startDate",
        "2027-02-30T00:00, '', UTC, schedule.startDate",
        "+999999999-01-01T00:00, '', UTC, schedule.startDate",
        "'', 2027-01-01, UTC, schedule.endDate",
        "'', '', Mars/Base, schedule.timezone",
        "'', '', GMT+25, schedule.timezone",
        "2027-01-01T00:00, 2027-01-01T00:00, UTC, schedule.endDate",
        "2027-01-02T00:00, 2027-01-01T00:00, UTC, schedule.endDate"
    })
    void whatIsNoTimeIsNamed(String start, String end, String zone, String field) {
        assertThat(field(start, end, zone)).isEqualTo(field);
    }

    @Test
    void aFormShowsLocalTimeWhateverWasTyped() {
        LinkSchedule utc = good("2027-01-01T00:00Z", "", "Asia/Dubai");
        assertThat(LinkSchedule.forForm(utc.start(), utc.zone(), utc.startsAt()))
                .isEqualTo("2027-01-01T04:00");
        LinkSchedule local = good("2027-01-01T00:00", "", "Asia/Dubai");
        assertThat(LinkSchedule.forForm(local.start(), local.zone(), local.startsAt()))
                .isEqualTo("2027-01-01T00:00");
    }
}
