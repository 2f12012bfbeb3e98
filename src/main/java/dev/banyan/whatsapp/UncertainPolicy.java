package dev.banyan.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a pool does with a message whose fate nobody knows (design 7).
public enum UncertainPolicy {
    /// It waits until a person decides.
    ASK,
    /// It is sent once more: the contact may get it twice.
    RESEND;

    /// As it stands in tables and on the wire: `ask`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<UncertainPolicy> parse(String key) {
        return Arrays.stream(values()).filter(known -> known.key().equals(key)).findFirst();
    }
}
