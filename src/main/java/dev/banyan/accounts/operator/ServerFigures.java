package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Counts the server's accounts, at most once a minute, however often operators look.
@Singleton
final class ServerFigures {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);

    record Counted(Instant at, long roots, long off, long subAccounts, long signUps) {}

    private final Database database;
    private final Clock clock;
    private volatile Optional<Counted> last = Optional.empty();

    ServerFigures(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Counted counted() {
        Instant now = clock.instant();
        Optional<Counted> kept = last.filter(counted -> counted.at().plus(FRESH).isAfter(now));
        if (kept.isPresent()) {
            return kept.get();
        }
        Counted counted = database.read(tx -> {
            var store = new AccountCountStore(tx);
            return new Counted(
                    now, store.roots(), store.rootsOff(), store.subAccounts(), store.rootsSince(now.minus(WEEK)));
        });
        last = Optional.of(counted);
        return counted;
    }
}
