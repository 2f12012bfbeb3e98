package dev.banyan.platform.limits;

import module java.base;
import dev.banyan.platform.Networks;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Lets operators lift a lockout before its time is over.
@Singleton
public record LockOuts(RateLimits limits, Database database, Audit audit) {

    public static final int LONGEST_NAME = 254;
    private static final int LONGEST_TARGET = 200;

    /// @param id from [RateLimits.Refused]
    /// @return false if no one is refused under it (any more)
    public boolean lift(Actor actor, String id) {
        return limits.lift(id)
                .map(was -> note(actor, was.shown(), Map.of("limit", was.limit().key(), "name", was.shown())))
                .isPresent();
    }

    /// @param nameOrAddress an e-mail, a username or an address, as typed
    /// @return false if nothing is counted under it
    public boolean liftAll(Actor actor, String nameOrAddress) {
        String key = nameOrAddress.strip().toLowerCase(Locale.ROOT);
        int counts = key.isEmpty() || key.length() > LONGEST_NAME ? 0 : limits.liftAll(key);
        if (counts > 0) {
            String shown = Networks.shortened(key);
            note(actor, shown, Map.of("name", shown, "counts", counts));
        }
        return counts > 0;
    }

    private String note(Actor actor, String target, Map<String, ?> details) {
        return database.write(tx -> {
            audit.noteServer(
                    tx,
                    actor,
                    "LockOutLifted",
                    target.substring(0, Math.min(target.length(), LONGEST_TARGET)),
                    details);
            return target;
        });
    }
}
