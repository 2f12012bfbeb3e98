package dev.banyan.workspaces.usage;

/// What a workspace used in a period.
///
/// @param storedBytes the size of all its files, as last seen in the period
public record UsageCounts(long messagesIn, long messagesOut, long tokens, long activeUsers, long storedBytes) {

    public static final UsageCounts NONE = new UsageCounts(0, 0, 0, 0, 0);

    public long of(UsageKind kind) {
        return switch (kind) {
            case MESSAGES_IN -> messagesIn;
            case MESSAGES_OUT -> messagesOut;
            case TOKENS -> tokens;
            case ACTIVE_USERS -> activeUsers;
            case STORAGE -> storedBytes;
        };
    }

    public UsageCounts withStoredBytes(long bytes) {
        return new UsageCounts(messagesIn, messagesOut, tokens, activeUsers, bytes);
    }

    UsageCounts withActiveUsers(long users) {
        return new UsageCounts(messagesIn, messagesOut, tokens, users, storedBytes);
    }

    UsageCounts plus(UsageCounts more) {
        return new UsageCounts(
                messagesIn + more.messagesIn,
                messagesOut + more.messagesOut,
                tokens + more.tokens,
                activeUsers + more.activeUsers,
                more.storedBytes);
    }
}
