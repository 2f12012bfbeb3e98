package dev.banyan.analytics;

import dev.banyan.accounts.Tier;
import dev.banyan.platform.Invalid;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Days that are looked at, both ends included. They are days of UTC.
record Period(LocalDate from, LocalDate until) {

    static final int USUAL = 30;

    /// What is shown at once of what is kept for good.
    private static final long MOST = 1_830;
    /// LinkToMe contract 2.8: the days that its client gets where nothing limits them.
    private static final long ENDLESS_IN_CONTRACT = 180;

    /// The last so many days, today among them.
    static Period last(long days, LocalDate today) {
        return new Period(today.minusDays(days - 1), today);
    }

    /// All that the contract's routes show of a tier.
    static Period ofContract(Tier tier, LocalDate today) {
        return last(tier.analyticsDays() == Tier.UNLIMITED ? ENDLESS_IN_CONTRACT : tier.analyticsDays(), today);
    }

    /// How many days back a tier can look.
    static long reach(Tier tier) {
        return tier.analyticsDays() == Tier.UNLIMITED ? MOST : tier.analyticsDays();
    }

    /// What somebody asked for, as far as their tier reaches; the usual days where they asked for nothing that makes
    /// sense.
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

    /// What of it is neither empty nor a number of days or a day, for those who can be told.
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
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    long days() {
        return ChronoUnit.DAYS.between(from, until) + 1;
    }

    /// As many days before it.
    Period before() {
        return new Period(from.minusDays(days()), from.minusDays(1));
    }

    /// Whether the days before it are kept ([VisitRetention]), all of them: what is left of them would compare badly.
    boolean isBeforeKept(Tier tier, LocalDate today) {
        return tier.analyticsDays() == Tier.UNLIMITED
                || !before().from().isBefore(today.minusDays(tier.analyticsDays()));
    }
}
