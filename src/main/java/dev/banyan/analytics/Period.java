package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;

/// A period of days in UTC, including both ends.
record Period(LocalDate from, LocalDate until) {

    static final int USUAL = 30;

    /// The longest period shown at once.
    private static final long MOST = 1_830;
    /// LinkToMe contract 2.8: the number of days for tiers without a limit.
    private static final long ENDLESS_IN_CONTRACT = 180;

    /// Returns the last `days` days, including today.
    static Period last(long days, LocalDate today) {
        return new Period(today.minusDays(days - 1), today);
    }

    /// Returns the whole period that the contract's routes show for a tier.
    static Period ofContract(Tier tier, LocalDate today) {
        return last(days(tier, ENDLESS_IN_CONTRACT), today);
    }

    /// Returns the requested period; the contract's if none is.
    static Period ofContract(
            Optional<String> days, Optional<String> from, Optional<String> until, Tier tier, LocalDate today) {
        return Stream.of(days, from, until).allMatch(text -> typed(text).isEmpty())
                ? ofContract(tier, today)
                : asked(days, from, until, tier, today);
    }

    /// Returns how many days back a tier can look.
    static long reach(Tier tier) {
        return days(tier, MOST);
    }

    private static long days(Tier tier, long ifUnlimited) {
        return tier.analyticsDays.isUnlimited() ? ifUnlimited : tier.analyticsDays.number();
    }

    /// Returns the requested period, limited to the reach of the tier; the default period if the request is invalid.
    static Period asked(
            Optional<String> days, Optional<String> from, Optional<String> until, Tier tier, LocalDate today) {
        LocalDate first = today.minusDays(reach(tier) - 1);
        Optional<LocalDate> begin = from.flatMap(Period::date);
        Optional<LocalDate> end = until.flatMap(Period::date);
        if (begin.isPresent() || end.isPresent()) {
            LocalDate last = clamped(end.orElse(today), first, today);
            LocalDate earliest = clamped(begin.orElse(last.minusDays(USUAL - 1L)), first, today);
            return earliest.isAfter(last) ? new Period(last, earliest) : new Period(earliest, last);
        }
        long wanted = days.filter(text -> text.matches("[0-9]{1,4}"))
                .map(Long::parseLong)
                .filter(number -> number > 0)
                .orElse((long) USUAL);
        return last(Math.min(wanted, reach(tier)), today);
    }

    /// Returns the first invalid parameter, for clients that can show an error.
    static Optional<Invalid> broken(Optional<String> days, Optional<String> from, Optional<String> until) {
        return typed(days)
                .filter(text -> !text.matches("[0-9]{1,4}") || Long.parseLong(text) < 1 || Long.parseLong(text) > MOST)
                .map(_ -> new Invalid("days", "days must be a number from 1 to " + MOST))
                .or(() -> brokenDay("from", from))
                .or(() -> brokenDay("to", until));
    }

    private static Optional<Invalid> brokenDay(String field, Optional<String> day) {
        return typed(day)
                .filter(text -> date(text).isEmpty())
                .map(_ -> new Invalid(field, field + " must be a day such as 2026-11-01"));
    }

    private static Optional<String> typed(Optional<String> text) {
        return text.filter(some -> !some.isEmpty());
    }

    private static LocalDate clamped(LocalDate day, LocalDate first, LocalDate last) {
        return day.isBefore(first) ? first : day.isAfter(last) ? last : day;
    }

    private static Optional<LocalDate> date(String text) {
        return text.length() == 10 ? Parse.of(text, LocalDate::parse) : Optional.empty();
    }

    long days() {
        return ChronoUnit.DAYS.between(from, until) + 1;
    }

    /// Returns the preceding period of the same length.
    Period before() {
        return new Period(from.minusDays(days()), from.minusDays(1));
    }

    /// Returns the days of this period before another day.
    Optional<Period> endingBefore(LocalDate day) {
        LocalDate last = until.isBefore(day) ? until : day.minusDays(1);
        return last.isBefore(from) ? Optional.empty() : Optional.of(new Period(from, last));
    }

    /// Returns the days of this period from another day on.
    Optional<Period> beginningAt(LocalDate day) {
        LocalDate first = from.isBefore(day) ? day : from;
        return first.isAfter(until) ? Optional.empty() : Optional.of(new Period(first, until));
    }

    /// Returns the part of this period that can be compared: its full days. Today has just begun, or is nearly over:
    /// compared with a whole day, every morning would be a crash.
    Optional<Period> fullDays(LocalDate today) {
        if (until.isBefore(today)) {
            return Optional.of(this);
        }
        return from.isBefore(today) ? Optional.of(new Period(from, today.minusDays(1))) : Optional.empty();
    }

    /// Returns whether the whole preceding period is kept ([VisitRetention]); a partial one would give a wrong
    /// comparison.
    boolean isBeforeKept(Tier tier, LocalDate today) {
        return tier.analyticsDays.isUnlimited()
                || !before().from().isBefore(today.minusDays(tier.analyticsDays.number()));
    }
}
