package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// An event in the life of a sender or its pool, described for people.
///
/// @param title two or three words: `Disconnected`
/// @param details a full sentence; may be empty
public record SenderEvent(
        UUID id, SenderId pool, SenderId sender, Tone tone, String title, String details, Instant at) {

    /// Whether the event is good or bad news.
    public enum Tone implements Keyed {
        GOOD,
        INFO,
        WARN,
        BAD
    }
}
