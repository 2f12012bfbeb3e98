package dev.banyan.shortlinks;

import module java.base;

/// Converts times of a form between a time zone and UTC.
///
/// A local time skipped by a clock change is moved after the gap. One that occurs twice means the first for a start and
/// the second for an end, so that the whole named period is covered, as for links of pages.
final class ZonedTimes {

    private ZonedTimes() {}

    /// @param name an unknown zone counts as UTC here; the [Patch] refuses it
    static ZoneId zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
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
