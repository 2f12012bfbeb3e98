package dev.banyan.platform.web.page;

import module java.base;

/// Formats numbers for our pages, grouped and with the noun in the right form, and days and times, in the reader's time
/// zone if no other is given.
public final class Words {
    private static final DateTimeFormatter DAY = pattern("MMM d, yyyy");
    private static final DateTimeFormatter DAY_OF_YEAR = pattern("MMM d");
    private static final DateTimeFormatter CLOCK = pattern("HH:mm");
    private static final DateTimeFormatter SECONDS = pattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = pattern("MMM d, yyyy, HH:mm");
    private static final DateTimeFormatter EXACT = pattern("MMM d, yyyy, HH:mm:ss");

    private Words() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }

    /// Formats a day, such as "Oct 3, 2026".
    public static String day(Instant instant) {
        return DAY.format(instant.atZone(ReaderZone.zone()));
    }

    /// Formats a day without its year, such as "Oct 3".
    public static String dayOfYear(Instant instant) {
        return DAY_OF_YEAR.format(instant.atZone(ReaderZone.zone()));
    }

    /// Formats the time of a day, such as "13:41".
    public static String clock(Instant instant) {
        return CLOCK.format(instant.atZone(ReaderZone.zone()));
    }

    /// Formats the time of a day to the second, such as "13:41:07".
    public static String seconds(Instant instant) {
        return SECONDS.format(instant.atZone(ReaderZone.zone()));
    }

    /// Formats a time, such as "Oct 3, 2026, 13:41"; with "UTC" while the reader's zone is not known, for the script to
    /// put right.
    public static String moment(Instant instant) {
        return ReaderZone.known()
                .map(zone -> MINUTE.format(instant.atZone(zone)))
                .orElseGet(() -> moment(instant, ZoneOffset.UTC));
    }

    /// Formats a time in a zone that is named with it, such as "Oct 3, 2026, 13:41 Asia/Dubai".
    public static String moment(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone)) + " " + nameOf(zone);
    }

    /// Formats the day that a time has in a zone, such as "Oct 3, 2026".
    public static String day(Instant instant, ZoneId zone) {
        return DAY.format(instant.atZone(zone));
    }

    /// Formats a time for a tooltip: to the second and with its zone, such as "Oct 3, 2026, 13:41:07 Asia/Dubai".
    public static String exact(Instant instant) {
        return EXACT.format(instant.atZone(ReaderZone.zone())) + " " + ReaderZone.name();
    }

    /// Returns a time as a part of a page, with the exact one as its tooltip.
    public static TimeText time(Instant instant) {
        return new TimeText(instant, moment(instant), exact(instant));
    }

    /// Returns the day of a time as a part of a page, with the exact time as its tooltip.
    public static TimeText dayTime(Instant instant) {
        return new TimeText(instant, day(instant), exact(instant));
    }

    /// Returns the name of a zone as people write it: "UTC" and not "Z".
    public static String nameOf(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
