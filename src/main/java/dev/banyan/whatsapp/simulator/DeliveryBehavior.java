package dev.banyan.whatsapp.simulator;

import module java.base;

/// How a simulated customer's phone handles messages.
public enum DeliveryBehavior {
    READS("Reads every message"),
    WAITS("Gets messages, reads them when you say so"),
    OFF("Phone is off: messages aren't delivered"),
    SLOW("Slow connection: sending takes ten seconds"),
    MISSING("Not on WhatsApp: messages fail");

    private final String words;

    DeliveryBehavior(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// Returns the value used in forms: `reads`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeliveryBehavior> parse(String typed) {
        return Arrays.stream(values())
                .filter(mood -> mood.key().equals(typed.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
