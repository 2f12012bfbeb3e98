package dev.banyan.shortlinks;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// Times of a form, between the clocks of a zone and those of the server.
///
/// A time that the clocks of a zone skip is the same time after the skip. One that they show twice is the first of the
/// two for a start and the second for an end, so that all that was named is covered; links of pages have it so, too.
final class ZonedTimes {

    private ZonedTimes() {}

    /// @param name what is no zone counts as UTC here; the [Patch] refuses it
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

    /// What is no time stays as it was typed, for the [Patch] to refuse.
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
