package dev.banyan.whatsapp.numbers;

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

/// Pauses and resumes single numbers. Pools are paused by `PoolPauses`.
@Singleton
public record Pausing(SenderChanges changes) {

    /// @param how empty: it is resumed
    public Outcome<Sender> pause(AccountId tenant, Actor actor, SenderId id, Optional<Pause> how) {
        return changes.write(tenant, change -> pause(change, actor, id, how));
    }

    /// Pauses or resumes a number as part of a bulk action.
    static Outcome<Sender> pause(SenderChanges.Change change, Actor actor, SenderId id, Optional<Pause> how) {
        AccountId tenant = change.tenant();
        Optional<Sender> before = change.store().find(tenant, id);
        if (before.isEmpty()) {
            return Outcome.notFound();
        }
        if (before.get().assignment().pause().equals(how)) {
            return how.isPresent() ? Outcome.done(before.get()) : Outcome.conflict("Account isn’t paused");
        }
        change.store().pause(tenant, id, how, change.now());
        change.event(
                before.get(),
                Tone.INFO,
                how.isPresent() ? "Paused" : "Resumed",
                how.map(Pausing::sentence).orElse("It sends again."));
        change.done(
                actor,
                how.isPresent() ? "SenderPaused" : "SenderResumed",
                id,
                how.<Map<String, ?>>map(mode -> Map.of("mode", mode.key())).orElseGet(Map::of));
        return Outcome.done(change.store().find(tenant, id).orElseThrow());
    }

    private static String sentence(Pause how) {
        return switch (how) {
            case HOLD -> "It sends nothing until someone resumes it.";
            case DRAIN -> "It gets no new contacts until someone resumes it.";
        };
    }
}
