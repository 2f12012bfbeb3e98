package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;

/// The sign-ins at a provider in the last 30 days, so that admins see what it sends and why people aren’t in.
/// Anyone can begin a sign-in, so only so many of an hour are listed. The others are counted.
@Singleton
public record SignInLog(Database database, Uuids uuids, Clock clock) implements Expiring {

    private static final int SHOWN = 20;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int DELETED_AT_ONCE = 1_000;

    /// @param unlisted how many more of its kind came later in its hour
    public record Entry(UUID id, Instant at, SignInFacts facts, int unlisted) {}

    /// Some entries, the newest first.
    ///
    /// @param older where the next part begins; empty at the end
    public record Part(List<Entry> entries, Optional<UUID> older) {}

    /// Notes a sign-in that was decided in this transaction.
    public void note(Tx tx, SsoOwner owner, SignInFacts facts) {
        Instant now = clock.instant();
        var store = new SsoSignInStore(tx);
        UUID hour = Uuids.firstAt(now.truncatedTo(ChronoUnit.HOURS));
        int most = facts.outcome().listedPerHour;
        List<UUID> listed = store.since(owner.tenant(), owner.workspace(), facts.outcome(), hour, most);
        if (listed.size() < most) {
            store.insert(owner.tenant(), owner.workspace(), new Entry(uuids.next(), now, facts, 0));
        } else {
            store.count(owner.tenant(), owner.workspace(), listed.getFirst());
        }
    }

    /// Notes a sign-in that ended before anything was decided here.
    public void note(SsoOwner owner, SignInFacts facts) {
        database.write(owner.tenant(), tx -> {
            note(tx, owner, facts);
            return facts;
        });
    }

    /// Returns some, the newest first.
    public static List<Entry> list(Tx tx, SsoOwner owner, Optional<UUID> before, int most) {
        return new SsoSignInStore(tx).list(owner.tenant(), owner.workspace(), before, most);
    }

    public static Part part(Tx tx, SsoOwner owner, Optional<UUID> before) {
        List<Entry> found = list(tx, owner, before, SHOWN + 1);
        return found.size() > SHOWN
                ? new Part(
                        found.subList(0, SHOWN),
                        Optional.of(found.get(SHOWN - 1).id()))
                : new Part(found, Optional.empty());
    }

    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new SsoSignInStore(tx).deleteBefore(clock.instant().minus(KEPT), DELETED_AT_ONCE));
    }
}
