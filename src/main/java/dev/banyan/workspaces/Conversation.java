package dev.banyan.workspaces;

import java.time.Instant;

/// What one user and the assistant have said to each other.
///
/// @param title the beginning of the first message
/// @param messages how many there are, which is also the position of the last one
/// @param updatedAt when the last message came
public record Conversation(ConversationId id, String title, long messages, Instant createdAt, Instant updatedAt) {

    private static final int LONGEST_TITLE = 60;

    /// The first line of a message, cut between two words where it is long.
    static String titleOf(String message) {
        String line = message.lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= LONGEST_TITLE) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1));
        int space = cut.lastIndexOf(' ');
        return (space > LONGEST_TITLE / 2 ? cut.substring(0, space) : cut) + "…";
    }
}
