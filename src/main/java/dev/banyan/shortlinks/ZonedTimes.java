package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Zones;

/// Converts times of a form between a time zone and UTC.
///
/// A local time skipped by a clock change is moved after the gap. One that occurs twice means the first for a start and
/// the second for an end, so that the whole named period is covered, as for links of pages.
final class ZonedTimes {

    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})"
                    + "(?:[Tt\\s]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?)?\\s*(?i:(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?");

    private ZonedTimes() {}

    /// Reads a time as programs and people write it: `2026-12-01T09:00:00Z`, `2026-12-01 09:00`, `2026-12-01`.
    ///
    /// @param zone of a time without an offset
    /// @param isEnd whether a day alone means its end, and not its beginning
    static Optional<Instant> read(String typed, ZoneId zone, boolean isEnd) {
        Matcher written = WRITTEN.matcher(typed.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        return Parse.of(typed, _ -> instant(written, zone, isEnd));
    }

    /// Reads a time of a list, as programs and spreadsheets of other countries write it as well: `Dec 31, 2026`,
    /// `31.12.2026 18:00`, `12/31/2026 6:00 PM`, `1798707600000`.
    ///
    /// Empty if it could be two days, such as `1/2/2027`.
    ///
    /// @param zone of a time without an offset
    /// @param isEnd whether a day alone means its end, and not its beginning
    static Optional<Instant> ofList(String cell, ZoneId zone, boolean isEnd) {
        return read(cell, zone, isEnd).or(() -> ListTimes.iso(cell).flatMap(iso -> read(iso, zone, isEnd)));
    }

    private static Instant instant(Matcher written, ZoneId zone, boolean isEnd) {
        LocalDate day = LocalDate.of(number(written, 1), number(written, 2), number(written, 3));
        boolean timed = written.group(4) != null;
        LocalDateTime time = timed
                ? day.atTime(number(written, 4), number(written, 5), number(written, 6))
                : (isEnd ? day.plusDays(1) : day).atStartOfDay();
        ZonedDateTime there = time.atZone(Optional.ofNullable(written.group(7))
                .map(offset -> offset.matches("(?i)utc|gmt") ? "Z" : offset.toUpperCase(Locale.ROOT))
                .<ZoneId>map(ZoneOffset::of)
                .orElse(zone));
        return (isEnd ? there.withLaterOffsetAtOverlap() : there).toInstant();
    }

    /// Returns 0 if the part is missing.
    private static int number(Matcher written, int part) {
        return Optional.ofNullable(written.group(part)).map(Integer::parseInt).orElse(0);
    }

    /// @param name an unknown zone counts as UTC here; the [Patch] refuses it
    static ZoneId zone(String name) {
        return Zones.of(name).orElse(ZoneOffset.UTC);
    }

    static String local(Instant time, ZoneId zone) {
        return time.atZone(zone)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    static String start(String local, ZoneId zone) {
        return moment(local, zone, false);
    }

    static String end(String local, ZoneId zone) {
        return moment(local, zone, true);
    }

    /// Invalid times stay as typed, for the [Patch] to refuse.
    private static String moment(String local, ZoneId zone, boolean later) {
        if (local.isEmpty()) {
            return "";
        }
        try {
            ZonedDateTime time = LocalDateTime.parse(local).atZone(zone);
            return (later ? time.withLaterOffsetAtOverlap() : time).toInstant().toString();
        } catch (DateTimeException _) {
            return local;
        }
    }
}
