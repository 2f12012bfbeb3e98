package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;

/// The messages of a conversation that a request asks for: after a position, before one, or the last ones.
sealed interface MessageRange {

    record After(long position, int limit) implements MessageRange {}

    record Before(long position, int limit) implements MessageRange {}

    record Bad(String error) implements MessageRange {}

    static MessageRange of(Optional<String> before, Optional<String> after, Optional<String> limit) {
        Optional<Long> size = limit.isPresent() ? number(limit.get(), 1, Conversations.PORTION) : Optional.of(200L);
        if (size.isEmpty()) {
            return new Bad("limit must be a number from 1 to " + Conversations.PORTION);
        }
        if (before.isPresent() && after.isPresent()) {
            return new Bad("Use before or after, not both");
        }
        Optional<Long> position = before.or(() -> after).flatMap(text -> number(text, 0, 1_000_000_000));
        if (position.isEmpty() && (before.isPresent() || after.isPresent())) {
            return new Bad("before and after must be message positions");
        }
        int most = size.get().intValue();
        return after.isPresent()
                ? new After(position.orElseThrow(), most)
                : new Before(position.orElse(Long.MAX_VALUE), most);
    }

    private static Optional<Long> number(String text, long from, long to) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .filter(number -> number >= from && number <= to);
    }

    /// @return empty if there is no such conversation; an invalid range reads nothing
    static Optional<Conversations.Part> read(
            MessageRange range, Conversations conversations, Participant whose, ConversationId id) {
        return switch (range) {
            case After after -> conversations.read(whose, id, after.position(), after.limit());
            case Before before -> conversations.readBefore(whose, id, before.position(), before.limit());
            case Bad _ -> Optional.empty();
        };
    }
}
