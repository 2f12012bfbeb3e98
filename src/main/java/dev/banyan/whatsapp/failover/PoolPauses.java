package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges;
import jakarta.inject.Singleton;

/// Pauses and resumes whole pools.
@Singleton
public record PoolPauses(SenderChanges changes) {

    /// @param how empty: it is resumed
    public Outcome<PoolState> pause(AccountId tenant, Actor actor, SenderId master, Optional<Pause> how) {
        return changes.write(tenant, change -> {
            Optional<Sender> found = change.store().find(tenant, master).filter(Sender::isMaster);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            var store = new PoolStateStore(change.tx());
            PoolState before = store.find(tenant, master);
            if (before.pause().equals(how)) {
                return how.isPresent() ? Outcome.done(before) : Outcome.conflict("Pool isn’t paused");
            }
            if (!store.save(tenant, master, before.paused(how))) {
                throw new IllegalStateException("The state of pool " + master + " changed in between");
            }
            change.event(
                    found.get(),
                    Tone.INFO,
                    how.isPresent() ? "Pool paused" : "Pool resumed",
                    how.map(PoolPauses::sentence).orElse("It sends again."));
            change.done(
                    actor,
                    how.isPresent() ? "PoolPaused" : "PoolResumed",
                    master,
                    how.<Map<String, ?>>map(mode -> Map.of("mode", mode.key())).orElseGet(Map::of));
            return Outcome.done(store.find(tenant, master));
        });
    }

    private static String sentence(Pause how) {
        return switch (how) {
            case HOLD -> "It sends nothing until someone resumes it. New messages wait.";
            case DRAIN -> "It sends what it has and accepts no new messages until someone resumes it.";
        };
    }
}
