package dev.banyan.workspaces;

import module java.base;

/// Keys of the assistant's answers, which say what messages they cover: all up to a position, because more may arrive
/// while an answer is written. Stored in place of the client key of users' messages, in a format that those never have.
/// This prevents storing the same answer twice.
public final class AnswerKey {

    private static final Pattern WRITTEN = Pattern.compile("[af]:([0-9]{1,15})(:.*)?");

    private AnswerKey() {}

    /// The key of an answer to all messages up to `covers`.
    public static String of(long covers) {
        return "a:" + covers;
    }

    /// The key of a failed answer; there may be several.
    ///
    /// @param position the failed answer's own position
    public static String failed(long covers, long position) {
        return "f:" + covers + ":" + position;
    }

    /// Returns the position up to which a message answers; without a key, everything before it.
    public static long covers(Message message) {
        return message.clientKey()
                .map(WRITTEN::matcher)
                .filter(Matcher::matches)
                .map(written -> Long.parseLong(written.group(1)))
                .orElse(message.position());
    }
}
