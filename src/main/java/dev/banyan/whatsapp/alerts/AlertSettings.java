package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.platform.Invalid;

/// From when on an account is alerted about its queues. The defaults are those of the contract (linda-terminal, 8).
///
/// @param queueLength waiting messages of a pool; 0: never
/// @param queueMinutes age of a pool's oldest waiting message; 0: never
/// @param quality percentage of a pool's messages in the last hours that were sent; below it an alert is
///     raised; 0: never
public record AlertSettings(int queueLength, int queueMinutes, int quality) {

    public static final AlertSettings DEFAULT = new AlertSettings(1_000, 10, 80);
    /// The longest time between two mails to a member.
    public static final int LONGEST_PAUSE = 1_440;

    static final int LONGEST_QUEUE = 1_000_000;
    static final int LONGEST_AGE = 10_080;

    /// Returns which rules it breaks, by field.
    public List<Invalid> broken() {
        var broken = new ArrayList<Invalid>();
        range("queueLength", "Queue length", queueLength, LONGEST_QUEUE).ifPresent(broken::add);
        range("queueMinutes", "Age", queueMinutes, LONGEST_AGE).ifPresent(broken::add);
        range("quality", "Quality", quality, 100).ifPresent(broken::add);
        return List.copyOf(broken);
    }

    /// Returns what is wrong with the time between two mails to a member; 0 for no mails.
    static Optional<Invalid> brokenPause(int minutes) {
        return range("mailMinutes", "Minutes", minutes, LONGEST_PAUSE);
    }

    private static Optional<Invalid> range(String field, String label, int value, int most) {
        String rule = " must be between 0 and " + most;
        return value < 0 || value > most
                ? Optional.of(new Invalid(field, field + rule, label + rule))
                : Optional.empty();
    }
}
