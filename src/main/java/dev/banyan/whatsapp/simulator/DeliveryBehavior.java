package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.Keyed;

/// How a simulated customer's phone handles messages.
public enum DeliveryBehavior implements Keyed {
    READS("Reads every message"),
    WAITS("Gets messages, reads them when you say so"),
    OFF("Phone is off: messages aren't delivered"),
    SLOW("Slow connection: sending takes ten seconds"),
    MISSING("Not on WhatsApp: messages fail");

    public final String words;

    DeliveryBehavior(String words) {
        this.words = words;
    }

    public static Optional<DeliveryBehavior> parse(String typed) {
        return Keyed.parse(DeliveryBehavior.class, typed.strip().toLowerCase(Locale.ROOT));
    }
}
