package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.Pace;

/// How many messages a number may send per day. Numbers that are new to WhatsApp and write a lot get banned, so a
/// number that warms up starts with few messages and gets half as many again each day, until it reaches its limit.
public final class DailySendLimit {

    static final int FIRST_DAY = 20;
    static final double GROWTH = 1.5;
    /// Where the curve of a number without a daily limit ends; above it there is no limit.
    static final int WARM = 1_000;

    private DailySendLimit() {}

    /// @param began the number's first day: when it was linked
    /// @param zone the time zone of the days
    /// @return empty: no limit
    public static Optional<Integer> of(Pace pace, Instant began, Instant now, ZoneId zone) {
        if (!pace.warmsUp().orElse(false)) {
            return pace.perDay();
        }
        long day = Math.max(0, ChronoUnit.DAYS.between(day(began, zone), day(now, zone)));
        int end = pace.perDay().orElse(WARM);
        double curve = FIRST_DAY * Math.pow(GROWTH, Math.min(day, 60));
        return curve < end ? Optional.of((int) curve) : pace.perDay();
    }

    public static Instant dayBegan(Instant now, ZoneId zone) {
        return day(now, zone).atStartOfDay(zone).toInstant();
    }

    static Instant nextDay(Instant now, ZoneId zone) {
        return day(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static LocalDate day(Instant time, ZoneId zone) {
        return time.atZone(zone).toLocalDate();
    }
}
