package dev.banyan.platform.web.page;

import module java.base;

/// Formats numbers for our pages, grouped and with the noun in the right form, and days and times, in UTC if no zone is
/// given.
public final class Words {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("MMM d, yyyy, HH:mm", Locale.ENGLISH);

    private Words() {}

    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }

    /// Formats a day, such as "Oct 3, 2026".
    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    /// Formats a time, such as "Oct 3, 2026, 09:41 UTC".
    public static String moment(Instant instant) {
        return moment(instant, ZoneOffset.UTC);
    }

    /// Formats a time where people live, such as "Oct 3, 2026, 13:41 Asia/Dubai".
    public static String moment(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone)) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }
}
