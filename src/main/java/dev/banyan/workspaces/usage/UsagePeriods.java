package dev.banyan.workspaces.usage;

import module java.base;

/// Days and months as the counters name them, in UTC: `2026-11-20` and `2026-11`.
public final class UsagePeriods {

    private UsagePeriods() {}

    static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    static String day(LocalDate day) {
        return day.toString();
    }

    static String month(LocalDate day) {
        return YearMonth.from(day).toString();
    }

    static String month(Instant at) {
        return month(dayOf(at));
    }

    static Instant endOfDay(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static Instant endOfMonth(LocalDate day) {
        return YearMonth.from(day)
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
