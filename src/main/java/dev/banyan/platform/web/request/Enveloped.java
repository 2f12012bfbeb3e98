package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.Answers;

/// A value in the envelope.
public record Enveloped(boolean success, Object data) {

    /// Puts a value into the envelope, unless it is in one already. A [DoneMessage] is its message.
    public static Record of(Record value) {
        return switch (value) {
            case Enveloped _, Answers.Envelope _, WholeEnvelope _ -> value;
            case DoneMessage(String message) -> new Answers.Envelope(true, Optional.of(message), Optional.empty());
            default -> new Enveloped(true, value);
        };
    }
}
