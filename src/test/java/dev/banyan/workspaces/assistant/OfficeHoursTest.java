package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.workspaces.assistant.OfficeHours.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OfficeHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Span span(String from, String until) {
        return new Span(LocalTime.parse(from), LocalTime.parse(until));
    }

    private static OfficeHours berlin(Map<DayOfWeek, Span> days) {
        return new OfficeHours(BERLIN, oneEach(days), Set.of());
    }

    private static Map<DayOfWeek, List<Span>> oneEach(Map<DayOfWeek, Span> days) {
        return days.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, day -> List.of(day.getValue())));
    }

    @Test
    void thereMayBeALunchBreak() {
        var hours = new OfficeHours(
                ZoneOffset.UTC,
                Map.of(DayOfWeek.MONDAY, List.of(span("09:00", "12:00"), span("13:00", "18:00"))),
                Set.of());
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(hours.isOpenAt(noon.minusSeconds(1))).isTrue();
        assertThat(hours.isOpenAt(noon)).isFalse();
        assertThat(hours.nextOpening(noon)).map(ZonedDateTime::toInstant).contains(noon.plus(Duration.ofHours(1)));
        assertThat(hours.isOpenAt(noon.plus(Duration.ofHours(1)))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:59:59Z, false", // Friday
        "2026-11-27T22:00:00Z, true",
        "2026-11-28T05:59:59Z, true", // Saturday
        "2026-11-28T06:00:00Z, false",
        "2026-11-28T22:30:00Z, false",
        "2026-12-05T03:00:00Z, false", // the Friday before was closed
    })
    void aNightShiftBelongsToTheDayOnWhichItBegins(Instant moment, boolean open) {
        var hours = new OfficeHours(
                ZoneOffset.UTC,
                Map.of(DayOfWeek.FRIDAY, List.of(span("22:00", "06:00"))),
                Set.of(LocalDate.parse("2026-12-04")));
        assertThat(hours.isOpenAt(moment)).isEqualTo(open);
    }

    /// The clocks in Berlin go one hour forward on 29 March 2026 and back on 25 October.
    @ParameterizedTest
    @CsvSource({
        "2026-03-27T07:59:59Z, false", // Friday 8:59 in winter
        "2026-03-27T08:00:00Z, true",
        "2026-03-27T16:59:59Z, true",
        "2026-03-27T17:00:00Z, false",
        "2026-03-30T06:59:59Z, false", // Monday 8:59 in summer
        "2026-03-30T07:00:00Z, true",
        "2026-03-30T15:59:59Z, true",
        "2026-03-30T16:00:00Z, false",
        "2026-10-26T07:59:59Z, false", // Monday, winter again
        "2026-10-26T08:00:00Z, true",
        "2026-03-28T10:00:00Z, false", // Saturday
    })
    void hoursAreThoseOfTheClocksThere(Instant moment, boolean open) {
        var hours = berlin(Map.of(DayOfWeek.MONDAY, span("09:00", "18:00"), DayOfWeek.FRIDAY, span("09:00", "18:00")));

        assertThat(hours.isOpenAt(moment)).isEqualTo(open);
    }

    @Test
    void theNextOpeningCrossesTheChangeOfClocks() {
        var hours = berlin(Map.of(DayOfWeek.MONDAY, span("09:00", "18:00")));

        assertThat(hours.nextOpening(Instant.parse("2026-03-28T12:00:00Z")))
                .contains(ZonedDateTime.parse("2026-03-30T09:00+02:00[Europe/Berlin]"));
        assertThat(hours.nextOpening(Instant.parse("2026-03-30T07:00:00Z")))
                .as("while it is open, the next one")
                .contains(ZonedDateTime.parse("2026-04-06T09:00+02:00[Europe/Berlin]"));
        assertThat(hours.nextOpening(Instant.parse("2026-03-30T06:59:59Z")))
                .contains(ZonedDateTime.parse("2026-03-30T09:00+02:00[Europe/Berlin]"));
    }

    /// 2:00 becomes 3:00.
    @Test
    void anHourThatIsLeftOutOpensWhenItIsOver() {
        var hours = berlin(Map.of(DayOfWeek.SUNDAY, span("02:30", "12:00")));

        assertThat(hours.nextOpening(Instant.parse("2026-03-28T12:00:00Z")))
                .map(ZonedDateTime::toInstant)
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(hours.isOpenAt(Instant.parse("2026-03-29T00:59:59Z"))).isFalse();
        assertThat(hours.isOpenAt(Instant.parse("2026-03-29T01:00:00Z"))).isTrue();
    }

    /// The hour from 2:00 to 3:00 is repeated.
    @Test
    void anHourThatComesTwiceIsOpenTwice() {
        var hours = berlin(Map.of(DayOfWeek.SUNDAY, span("02:30", "12:00")));

        assertThat(hours.nextOpening(Instant.parse("2026-10-24T12:00:00Z")))
                .map(ZonedDateTime::toInstant)
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(hours.isOpenAt(Instant.parse("2026-10-25T00:45:00Z"))).isTrue();
        assertThat(hours.isOpenAt(Instant.parse("2026-10-25T01:45:00Z"))).isTrue();
    }

    @Test
    void aClosedDayIsLeftOut() {
        var hours = new OfficeHours(
                ZoneId.of("Asia/Dubai"),
                oneEach(Map.of(
                        DayOfWeek.WEDNESDAY, span("09:00", "18:00"), DayOfWeek.THURSDAY, span("08:30", "00:00"))),
                Set.of(LocalDate.parse("2026-12-02")));

        assertThat(hours.isOpenAt(Instant.parse("2026-12-02T08:00:00Z"))).isFalse();
        assertThat(hours.nextOpening(Instant.parse("2026-12-01T20:00:00Z")))
                .contains(ZonedDateTime.parse("2026-12-03T08:30+04:00[Asia/Dubai]"));
        assertThat(hours.isOpenAt(Instant.parse("2026-12-03T19:59:59Z"))).isTrue();
        assertThat(hours.isOpenAt(Instant.parse("2026-12-03T20:00:00Z"))).isFalse();
    }

    @Test
    void withoutHoursItIsAlwaysOpenButOnClosedDays() {
        assertThat(OfficeHours.always(BERLIN).isOpenAt(Instant.EPOCH)).isTrue();
        var closing = new OfficeHours(BERLIN, Map.of(), Set.of(LocalDate.parse("2026-12-25")));

        assertThat(closing.isOpenAt(Instant.parse("2026-12-25T12:00:00Z"))).isFalse();
        assertThat(closing.nextOpening(Instant.parse("2026-12-25T12:00:00Z")))
                .map(ZonedDateTime::toInstant)
                .contains(Instant.parse("2026-12-25T23:00:00Z"));
    }

    @Test
    void whoNeverComesHasNoNextOpening() {
        var hours = new OfficeHours(BERLIN, Map.of(DayOfWeek.MONDAY, List.of(span("09:00", "10:00"))), everyDay());

        assertThat(hours.nextOpening(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    }

    private static Set<LocalDate> everyDay() {
        return LocalDate.parse("2026-01-01")
                .datesUntil(LocalDate.parse("2026-12-31"))
                .collect(java.util.stream.Collectors.toSet());
    }
}
