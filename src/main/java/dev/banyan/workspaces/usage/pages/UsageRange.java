package dev.banyan.workspaces.usage.pages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;

/// Days in the time zone of the account, including both ends.
record UsageRange(LocalDate from, LocalDate to) {

    static final int MOST_DAYS = 400;
    private static final int USUAL_DAYS = 30;

    static UsageRange usual(LocalDate today) {
        return new UsageRange(today.minusDays(USUAL_DAYS - 1), today);
    }

    /// Reads a range; what is empty is filled in: today, and 30 days.
    static UsageRange of(String from, String to, LocalDate today) {
        LocalDate last = date(to).orElse(today);
        return new UsageRange(date(from).orElse(last.minusDays(USUAL_DAYS - 1)), last);
    }

    /// Returns what is wrong with a range, if anything is.
    static Optional<Invalid> invalid(String from, String to, LocalDate today) {
        if (!from.isEmpty() && date(from).isEmpty()) {
            return Optional.of(noDay("from"));
        }
        if (!to.isEmpty() && date(to).isEmpty()) {
            return Optional.of(noDay("to"));
        }
        UsageRange range = of(from, to, today);
        if (range.from().isAfter(range.to())) {
            return Optional.of(
                    new Invalid("from", "from must not be after to", "The first day must not be after the last one."));
        }
        return range.length() > MOST_DAYS
                ? Optional.of(new Invalid(
                        "from",
                        "from and to can be at most " + MOST_DAYS + " days apart",
                        "Choose at most " + MOST_DAYS + " days."))
                : Optional.empty();
    }

    private static Invalid noDay(String field) {
        return new Invalid(field, field + " must be a day such as 2026-11-01", "Enter a day such as 2026-11-01.");
    }

    private static Optional<LocalDate> date(String text) {
        return text.length() == 10 ? Parse.of(text, LocalDate::parse) : Optional.empty();
    }

    private long length() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    List<LocalDate> days() {
        var days = new ArrayList<LocalDate>();
        from.datesUntil(to.plusDays(1)).forEach(days::add);
        return List.copyOf(days);
    }
}
