package dev.banyan.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// When a backup is due.
class BackupPlanTest {

    /// A Friday.
    private static final Instant SAVED = Instant.parse("2026-11-20T10:00:00Z");

    private static final Instant FRIDAY_3 = Instant.parse("2026-11-20T03:30:00Z");
    private static final Instant SATURDAY_3 = Instant.parse("2026-11-21T03:30:00Z");

    private static BackupPlan plan(boolean enabled, Optional<DayOfWeek> day) {
        return new BackupPlan(
                enabled, day, LocalTime.of(3, 30), ZoneOffset.UTC, 7, new BackupPlace.Folder(Optional.empty()), SAVED);
    }

    private static BackupPlan daily() {
        return plan(true, Optional.empty());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-" + time + ":00Z");
    }

    @Test
    void theNextTimeIsTheNextAfterNow() {
        assertThat(daily().next(SAVED)).contains(SATURDAY_3);
        assertThat(daily().next(FRIDAY_3.minusSeconds(1))).contains(FRIDAY_3);
        assertThat(daily().next(FRIDAY_3)).contains(SATURDAY_3);
        assertThat(plan(true, Optional.of(DayOfWeek.FRIDAY)).next(SAVED)).contains(at("27T03:30"));
        assertThat(plan(true, Optional.of(DayOfWeek.THURSDAY)).next(SAVED)).contains(at("26T03:30"));
        assertThat(plan(false, Optional.empty()).next(SAVED)).isEmpty();
    }

    @Test
    void whatWasDueBeforeThePlanWasSavedIsNotMadeUpFor() {
        assertThat(daily().due(SAVED, Optional.empty())).isEmpty();
        assertThat(daily().due(SATURDAY_3.minusSeconds(1), Optional.empty())).isEmpty();
    }

    @Test
    void eachTimeIsDueOnce() {
        assertThat(daily().due(SATURDAY_3, Optional.empty())).contains(SATURDAY_3);
        assertThat(daily().due(at("21T23:59"), Optional.of(FRIDAY_3))).contains(SATURDAY_3);
        assertThat(daily().due(at("21T23:59"), Optional.of(SATURDAY_3))).isEmpty();
        assertThat(daily().due(at("22T03:30"), Optional.of(SATURDAY_3))).contains(at("22T03:30"));
    }

    @Test
    void afterDaysWithoutAServerOneIsDue() {
        assertThat(daily().due(at("25T12:00"), Optional.of(SATURDAY_3))).contains(at("25T03:30"));
        assertThat(daily().due(at("25T12:01"), Optional.of(at("25T03:30")))).isEmpty();
    }

    @Test
    void aWeeklyOneIsDueOnItsDay() {
        BackupPlan mondays = plan(true, Optional.of(DayOfWeek.MONDAY));
        assertThat(mondays.due(at("22T12:00"), Optional.empty())).isEmpty();
        assertThat(mondays.due(at("23T03:29"), Optional.empty())).isEmpty();
        assertThat(mondays.due(at("23T03:30"), Optional.empty())).contains(at("23T03:30"));
        assertThat(mondays.due(at("28T12:00"), Optional.empty())).contains(at("23T03:30"));
        assertThat(mondays.due(at("28T12:00"), Optional.of(at("23T03:30")))).isEmpty();
    }

    /// Half past three in Berlin stays half past three, though the clocks change on October 25.
    @Test
    void theTimeIsThatOfItsZone() {
        var berlin = new BackupPlan(
                true,
                Optional.empty(),
                LocalTime.of(3, 30),
                ZoneId.of("Europe/Berlin"),
                7,
                new BackupPlace.Folder(Optional.empty()),
                Instant.parse("2026-10-01T00:00:00Z"));
        Instant before = Instant.parse("2026-10-24T01:30:00Z");
        Instant after = Instant.parse("2026-10-25T02:30:00Z");
        assertThat(berlin.next(before)).contains(after);
        assertThat(berlin.due(after.minusSeconds(1), Optional.of(before))).isEmpty();
        assertThat(berlin.due(after, Optional.of(before))).contains(after);
        assertThat(berlin.next(after)).contains(Instant.parse("2026-10-26T02:30:00Z"));
    }

    @Test
    void nothingIsDueWhileItIsOff() {
        assertThat(plan(false, Optional.empty()).due(at("25T12:00"), Optional.empty()))
                .isEmpty();
    }
}
