package dev.banyan.platform.db;

import module java.base;
import dev.banyan.platform.AccountId;

/// The only access to the data. Both kinds give the same guarantees, which the store contract tests check.
///
/// Work must be short: no hashing, no network, no file copy inside a transaction. It may run again if a database asks
/// for a retry, so it must not have side effects outside the [Tx].
public interface Database extends AutoCloseable {

    /// Runs `work` on one consistent snapshot. Writes in it fail. A result is never null.
    <T> T read(Function<Tx, T> work);

    /// Runs `work` in one transaction. Returns after the commit is on disk; an exception rolls back everything. Neither
    /// `work` nor what it does after the commit may write again.
    <T> T write(Function<Tx, T> work);

    /// As [#write], of work without a result.
    default void act(Consumer<Tx> work) {
        write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /// As [#act], of what may be left out: who only reads goes on while the database takes no writes.
    ///
    /// @return whether it was written
    default boolean actIfPossible(Consumer<Tx> work) {
        try {
            act(work);
            return true;
        } catch (DatabaseUnavailable _) {
            return false;
        }
    }

    /// As [#read], of one tenant alone.
    default <T> T read(AccountId tenant, Function<Tx, T> work) {
        return read(tx -> limited(tx, tenant, work));
    }

    /// As [#write], of one tenant alone.
    default <T> T write(AccountId tenant, Function<Tx, T> work) {
        return write(tx -> limited(tx, tenant, work));
    }

    /// As [#read], of what may be a second old: reports, lists of what was done, and what is searched, but nothing
    /// that decides about rights or money. It may come from a replica ([ReplicatedDatabase]), which then has what
    /// this reader wrote; everywhere else it is the same as [#read].
    default <T> T readRecent(Function<Tx, T> work) {
        return read(work);
    }

    /// As [#readRecent], of one tenant alone.
    default <T> T readRecent(AccountId tenant, Function<Tx, T> work) {
        return readRecent(tx -> limited(tx, tenant, work));
    }

    private static <T> T limited(Tx tx, AccountId tenant, Function<Tx, T> work) {
        tx.limitTo(tenant);
        return work.apply(tx);
    }

    /// Returns what currently prevents it from working, without querying it. Only a [WatchedDatabase] knows.
    default Optional<DatabaseFailure> trouble() {
        return Optional.empty();
    }

    /// Returns true if it cannot be read right now: callers with a copy in memory then use that.
    default boolean isAway() {
        return trouble().filter(DatabaseFailure.AWAY::equals).isPresent();
    }

    /// Returns true if other nodes may change the same data, so that memory cannot be trusted for long.
    boolean isShared();

    @Override
    void close();
}
