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

    private sealed interface Moment {

        record Good(Optional<Instant> at) implements Moment {}

        record Bad() implements Moment {}
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
        return switch (moment(start.strip(), at, false)) {
            case Moment.Bad _ -> badTime("schedule.startDate");
            case Moment.Good(Optional<Instant> startsAt) ->
                switch (moment(end.strip(), at, true)) {
                    case Moment.Bad _ -> badTime("schedule.endDate");
                    case Moment.Good(Optional<Instant> endsAt) ->
                        startsAt.isPresent()
                                        && endsAt.isPresent()
                                        && !startsAt.get().isBefore(endsAt.get())
                                ? bad(
                                        "schedule.endDate",
                                        "schedule.endDate must be after schedule.startDate",
                                        "The end must be after the start.")
                                : new Read.Good(
                                        new LinkSchedule(start.strip(), end.strip(), zoneName, startsAt, endsAt));
                };
        };
    }

    private static Moment moment(String text, ZoneId zone, boolean later) {
        if (text.isEmpty()) {
            return new Moment.Good(Optional.empty());
        }
        if (text.length() > LONGEST) {
            return new Moment.Bad();
        }
        try {
            ZonedDateTime time =
                    hasOffset(text) ? OffsetDateTime.parse(text).atZoneSameInstant(zone) : local(text, zone, later);
            return time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR
                    ? new Moment.Bad()
                    : new Moment.Good(Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS)));
        } catch (DateTimeException _) {
            return new Moment.Bad();
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
