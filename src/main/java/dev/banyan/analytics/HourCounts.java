package dev.banyan.analytics;

import module java.base;

/// Views of each hour of the week, in the zone of an account. Hours are counted in UTC; they are shown as the zone had
/// them on their day, in whole hours. Not thread-safe.
final class HourCounts {

    static final int HOURS = 24;
    private static final float SECONDS = 3_600;

    private final long[][] counts = new long[DayOfWeek.values().length][HOURS];
    private boolean rounded;

    void add(Map<LocalDate, Breakdown> days, ZoneId zone) {
        days.forEach((date, parts) -> {
            int seconds = zone.getRules().getOffset(date.atTime(LocalTime.NOON)).getTotalSeconds();
            int ahead = Math.round(seconds / SECONDS);
            rounded |= seconds != ahead * SECONDS;
            for (int hour = 0; hour < HOURS; hour++) {
                counts[date.getDayOfWeek().ordinal()][Math.floorMod(hour + ahead, HOURS)] +=
                        parts.count(Dimension.HOUR, Integer.toString(hour));
            }
        });
    }

    void addAll(HourCounts others) {
        rounded |= others.rounded;
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < HOURS; hour++) {
                counts[day.ordinal()][hour] += others.of(day, hour);
            }
        }
    }

    long of(DayOfWeek day, int hour) {
        return counts[day.ordinal()][hour];
    }

    long most() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).max().orElse(0);
    }

    /// Returns whether the zone is not whole hours away from UTC.
    boolean isRounded() {
        return rounded;
    }
}
