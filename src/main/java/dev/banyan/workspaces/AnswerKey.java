package dev.banyan.workspaces;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which messages an answer of the assistant is about: all up to a position, for more may have been said while it was
/// written. It stands where users' messages have their keys, in a shape that these never have. The same answer is so
/// never stored twice.
public final class AnswerKey {

    private static final Pattern WRITTEN = Pattern.compile("[af]:([0-9]{1,15})(:.*)?");

    private AnswerKey() {}

    /// Of an answer to all up to `covers`.
    public static String of(long covers) {
        return "a:" + covers;
    }

    /// Of an answer that could not be given: there may be several.
    ///
    /// @param position its own
    public static String failed(long covers, long position) {
        return "f:" + covers + ":" + position;
    }

    /// What a message answers: all up to this position. One that does not say answers all before it.
    public static long covers(Message message) {
        return message.clientKey()
                .map(WRITTEN::matcher)
                .filter(Matcher::matches)
                .map(written -> Long.parseLong(written.group(1)))
                .orElse(message.position());
    }
}
