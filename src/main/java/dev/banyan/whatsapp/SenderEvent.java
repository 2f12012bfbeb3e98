package dev.banyan.whatsapp;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/// Something that happened to a sender or its pool, in words for people.
///
/// @param title two or three words: `Disconnected`
/// @param details a whole sentence; may be empty
public record SenderEvent(
        UUID id, SenderId pool, SenderId sender, Tone tone, String title, String details, Instant at) {

    /// Whether it is something to be glad of.
    public enum Tone {
        GOOD,
        INFO,
        WARN,
        BAD;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Tone of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
