package dev.banyan.whatsapp.failover;

import dev.banyan.whatsapp.SenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One decision about a failover, and why it was made.
///
/// @param trigger what led to it, in one sentence
/// @param actor who decided: a person, or `server`
/// @param seen what was seen of the pool and its numbers, one sentence each
/// @param rules the rules that applied, in their order
/// @param chosen the pool that stands in, or that gets its own back; empty if there is none
/// @param rejected the other candidates, with the reason against each
/// @param took from the first look to the end of the move
public record FailoverDecision(
        UUID id,
        SenderId pool,
        Kind kind,
        Verdict verdict,
        Instant at,
        String trigger,
        String actor,
        List<String> seen,
        List<String> rules,
        Optional<SenderId> chosen,
        List<Rejected> rejected,
        Moved moved,
        Duration took) {

    public enum Kind {
        /// Another pool stands in.
        FAILOVER,
        /// The pool works for itself again.
        FAILBACK
    }

    public enum Verdict {
        /// Carried out.
        DONE,
        /// Waits for a person.
        PROPOSED,
        /// A person agreed, and it was carried out.
        APPROVED,
        /// A person said no.
        REFUSED,
        /// No pool can stand in.
        IMPOSSIBLE
    }

    public record Rejected(SenderId candidate, String why) {}

    /// How much was moved.
    public record Moved(int servants, int contacts, int messages) {

        public static final Moved NOTHING = new Moved(0, 0, 0);
    }

    public FailoverDecision {
        seen = List.copyOf(seen);
        rules = List.copyOf(rules);
        rejected = List.copyOf(rejected);
    }

    /// Returns the same decision for another pool.
    FailoverDecision choosing(SenderId other) {
        return new FailoverDecision(
                id, pool, kind, verdict, at, trigger, actor, seen, rules, Optional.of(other), rejected, moved, took);
    }

    /// Returns the decision as it was carried out or refused.
    FailoverDecision as(Verdict other, String by, Moved what, Duration time) {
        return new FailoverDecision(
                id, pool, kind, other, at, trigger, by, seen, rules, chosen, rejected, what, time);
    }
}
