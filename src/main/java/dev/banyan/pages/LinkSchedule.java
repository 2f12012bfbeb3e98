package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Invalid;

/// When a link is shown: from its start until before its end. The texts are kept as typed, in their zone; the instants
/// are derived from them.
///
/// @param start such as `2027-01-01T00:00`; empty for always
/// @param zone an IANA name such as `Asia/Dubai`
public record LinkSchedule(
        String start, String end, String zone, Optional<Instant> startsAt, Optional<Instant> endsAt) {

    private static final int LONGEST = 40;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    /// The result of parsing a schedule.
    sealed interface Read {

        record Good(LinkSchedule schedule) implements Read {}

        record Bad(Invalid invalid) implements Read {}
    }

    /// Parses a schedule. A local time skipped by a clock change is moved after the gap. One that occurs twice means
    /// the first for a start and the second for an end, so that the whole named period is covered.
    ///
    /// @param zone empty for UTC
    static Read read(String start, String end, String zone) {
        String zoneName = zone.isBlank() ? "UTC" : zone.strip();
        if (!ZoneId.getAvailableZoneIds().contains(zoneName)) {
            return bad(
                    "schedule.timezone",
                    "schedule.timezone must be an IANA time zone such as Asia/Dubai",
                    "Choose a time zone such as Asia/Dubai from the list.");
        }
        ZoneId at = ZoneId.of(zoneName);
        Optional<Optional<Instant>> from = moment(start.strip(), at, false);
        Optional<Optional<Instant>> until = moment(end.strip(), at, true);
        if (from.isEmpty() || until.isEmpty()) {
            return badTime(from.isEmpty() ? "schedule.startDate" : "schedule.endDate");
        }
        return from.get().isPresent()
                        && until.get().isPresent()
                        && !from.get().get().isBefore(until.get().get())
                ? bad(
                        "schedule.endDate",
                        "schedule.endDate must be after schedule.startDate",
                        "The end must be after the start.")
                : new Read.Good(new LinkSchedule(start.strip(), end.strip(), zoneName, from.get(), until.get()));
    }

    /// Returns empty for what is no time; an empty text is none.
    private static Optional<Optional<Instant>> moment(String text, ZoneId zone, boolean later) {
        if (text.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            ZonedDateTime time =
                    hasOffset(text) ? OffsetDateTime.parse(text).atZoneSameInstant(zone) : local(text, zone, later);
            return time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean hasOffset(String text) {
        return text.matches("[^T]*T.*(?:[Zz]|[+-][0-9:]+)");
    }

    private static ZonedDateTime local(String text, ZoneId zone, boolean later) {
        ZonedDateTime time = LocalDateTime.parse(text).atZone(zone);
        return later ? time.withLaterOffsetAtOverlap() : time;
    }

    private static Read badTime(String field) {
        return bad(
                field,
                field + " must be a time such as 2027-01-01T00:00",
                "Enter a date and time, such as 2027-01-01T00:00.");
    }

    private static Read bad(String field, String error, String rule) {
        return new Read.Bad(new Invalid(field, error, rule));
    }

    /// Returns the value for the field of a form: local time in the zone, whatever was typed.
    public static String forForm(String typed, String zone, Optional<Instant> at) {
        return at.map(moment -> hasOffset(typed)
                        ? moment.atZone(ZoneId.of(zone))
                                .toLocalDateTime()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                        : typed)
                .orElse("");
    }

    public boolean isOpen(Instant now) {
        return startsAt.filter(now::isBefore).isEmpty()
                && endsAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
