package dev.banyan.platform.db;

import module java.base;

/// What was read since the last commit, for all readers of a database that one server alone writes to: whoever asks the
/// same again before something is written gets the same answer (docs/decisions/0068-answers-until-the-next-commit.md).
///
/// A write ends it before its caller hears of its success, so nobody is told something old after that. A request that
/// was under way during the commit may see parts from before and after it, as if it had asked in two transactions.
final class CommitCache {

    /// Should an operator write by hand, or start a second server without saying so, it shows after this time.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /// Lists among them: beyond this, nothing more is kept until they are forgotten.
    private static final int MOST = 1_024;

    private record Answers(Map<Object, Object> byQuestion, long begun) {}

    private final LongSupplier nanos;
    private volatile Answers answers;

    /// @param nanos as [System#nanoTime]
    CommitCache(LongSupplier nanos) {
        this.nanos = nanos;
        this.answers = none();
    }

    private Answers none() {
        return new Answers(new ConcurrentHashMap<>(), nanos.getAsLong());
    }

    /// Returns the answers for a reader. It must be called before the reader's snapshot begins.
    Map<Object, Object> now() {
        Answers now = answers;
        if (nanos.getAsLong() - now.begun() > LONGEST.toNanos()) {
            now = none();
            answers = now;
        }
        return now.byQuestion().size() < MOST ? now.byQuestion() : new HashMap<>();
    }

    /// Something was committed.
    void forget() {
        answers = none();
    }
}
