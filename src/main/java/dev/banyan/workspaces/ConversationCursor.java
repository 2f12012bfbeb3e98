package dev.banyan.workspaces;

import module java.base;

/// The position after a conversation at which a list continues.
public record ConversationCursor(Instant updatedAt, ConversationId id) {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,15})_([0-9a-f-]{36})");

    public static Optional<ConversationCursor> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches()
                ? ConversationId.parse(written.group(2))
                        .map(id -> new ConversationCursor(Instant.ofEpochMilli(Long.parseLong(written.group(1))), id))
                : Optional.empty();
    }

    /// The notation in addresses.
    @Override
    public String toString() {
        return updatedAt.toEpochMilli() + "_" + id;
    }
}
