package dev.banyan.console.numbers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Formats durations for the console's lists.
final class Times {

    private Times() {}

    /// `3h 20m`.
    static String hours(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length.toHours() + "h " + length.toMinutesPart() + "m";
    }

    /// `12s ago`, in the largest unit that fits.
    static String ago(Optional<Instant> then, Instant now) {
        if (then.isEmpty()) {
            return "N/A";
        }
        Duration length = Duration.between(then.get(), now);
        if (length.toMinutes() < 1) {
            return Math.max(0, length.toSeconds()) + "s ago";
        }
        if (length.toHours() < 1) {
            return length.toMinutes() + "m ago";
        }
        return length.toDays() < 1 ? length.toHours() + "h ago" : length.toDays() + "d ago";
    }
}
