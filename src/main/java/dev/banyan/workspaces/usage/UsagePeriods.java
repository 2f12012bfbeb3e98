package dev.banyan.workspaces.usage;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// Days and months as the counters name them, in the time zone of the account: `2026-11-20` and `2026-11`.
final class UsagePeriods {

    /// Where a day begins first, and where it ends last.
    private static final ZoneOffset EAST = ZoneOffset.ofHours(14);

    private static final ZoneOffset WEST = ZoneOffset.ofHours(-12);

    /// All zones are so many minutes, or a multiple of them, away from UTC: within one, no day begins anywhere.
    private static final int STEP_MINUTES = 15;

    private UsagePeriods() {}

    /// Returns the beginning of a short time that is on the same day in every zone.
    static Instant step(Instant at) {
        long step = Duration.ofMinutes(STEP_MINUTES).toSeconds();
        return Instant.ofEpochSecond(at.getEpochSecond() / step * step);
    }

    static LocalDate dayOf(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone);
    }

    static String day(LocalDate day) {
        return day.toString();
    }

    static String month(LocalDate day) {
        return YearMonth.from(day).toString();
    }

    /// Returns the month of an account. Its zone is only read in the hours in which the months of zones differ, because
    /// every message asks.
    static String month(Tx tx, AccountId tenant, Instant at) {
        String last = month(dayOf(at, WEST));
        return last.equals(month(dayOf(at, EAST))) ? last : month(dayOf(at, AccountDays.zone(tx, tenant)));
    }

    /// Returns when a day is over in every zone, so that it is over after the account has chosen another one, too.
    static Instant endOfDay(LocalDate day) {
        return day.plusDays(1).atStartOfDay(WEST).toInstant();
    }

    static Instant endOfMonth(LocalDate day) {
        return YearMonth.from(day).plusMonths(1).atDay(1).atStartOfDay(WEST).toInstant();
    }
}
