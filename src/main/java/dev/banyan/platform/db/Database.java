package dev.banyan.platform.db;

import java.util.Optional;
import java.util.function.Function;

/// The one way to the data. Both kinds give the same guarantees; the store contract tests hold them to it.
///
/// Work must be short: no hashing, no network, no file copy inside a transaction. It may be run again when a database
/// asks for a retry, so it must not have effects of its own outside the [Tx].
public interface Database extends AutoCloseable {

    /// Runs `work` on one consistent snapshot. Writing in it fails. A result is never null.
    <T> T read(Function<Tx, T> work);

    /// Runs `work` in one transaction. Returns after the commit is on disk; an exception rolls back everything. Neither
    /// `work` nor what it does after the commit may write again.
    <T> T write(Function<Tx, T> work);

    /// What keeps it from doing its work at this moment, known without asking it. Only a [WatchedDatabase] knows.
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /// Whether it cannot be read at this moment: who has something in memory gives that out, rather than nothing.
    default boolean isAway() {
        return trouble().filter(Trouble.AWAY::equals).isPresent();
    }

    /// True when other nodes may change the same data, so that memory cannot be trusted for long.
    boolean isShared();

    @Override
    void close();
}
