package dev.banyan.workspaces;

import module java.base;

/// The messages between one user and the assistant.
///
/// @param title the beginning of the first message until a person renames it
/// @param messages the number of messages, which is also the position of the last one
/// @param updatedAt when the last message arrived
/// @param named whether a person named it
/// @param handedOver whether a person answers now instead of the assistant
public record Conversation(
        ConversationId id,
        String title,
        long messages,
        Instant createdAt,
        Instant updatedAt,
        boolean named,
        boolean handedOver) {

    public static final int LONGEST_TITLE = 60;
    /// The title of a conversation without messages.
    public static final String NEW = "New conversation";

    /// A conversation that the assistant answers, titled by its first message.
    public Conversation(ConversationId id, String title, long messages, Instant createdAt, Instant updatedAt) {
        this(id, title, messages, createdAt, updatedAt, false, false);
    }

    public Conversation with(Message last) {
        return new Conversation(id, title, last.position(), createdAt, last.createdAt(), named, handedOver);
    }

    /// The first line of a message, cut between two words if it is long.
    public static String titleOf(String message) {
        String line = message.lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= LONGEST_TITLE) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1));
        int space = cut.lastIndexOf(' ');
        return (space > LONGEST_TITLE / 2 ? cut.substring(0, space) : cut) + "…";
    }
}
