package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.SenderId;

/// One decision about a failover, and why it was made.
///
/// @param trigger what led to it, in one sentence
/// @param actor who decided: a person, or `server`
/// @param cause why it was made at all: a failback ends by itself only what began by itself
/// @param seen what was seen of the pool and its numbers, one sentence each
/// @param rules the rules that applied, in their order
/// @param chosen the pool that stands in, or that gets its own back; empty if there is none
/// @param rejected the other candidates, with the reason against each
/// @param took from the first look to the end of the move
public record FailoverDecision(
        UUID id,
        SenderId pool,
        Kind kind,
        Cause cause,
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

    public enum Kind implements Keyed {
        /// Another pool stands in.
        FAILOVER,
        /// The pool works for itself again.
        FAILBACK
    }

    public enum Cause implements Keyed {
        /// The server saw the pool fail, or recover.
        DETECTED,
        /// A person asked for it.
        BY_HAND
    }

    public enum Verdict implements Keyed {
        /// Carried out.
        DONE,
        /// Waits for a person.
        PROPOSED,
        /// A person agreed, and it was carried out.
        APPROVED,
        /// A person said no.
        REFUSED,
        /// No answer is needed any more: the pool works again, or another decision was made.
        WITHDRAWN,
        /// No pool can stand in.
        IMPOSSIBLE
    }

    public record Rejected(SenderId candidate, String why) {}

    /// How much was moved.
    public record Moved(int servants, int contacts, int messages) {

        public static final Moved NOTHING = new Moved(0, 0, 0);

        /// Returns it in words: `2 servants, 1 contact and 21 messages`.
        public String text() {
            return count(servants, "servant") + ", " + count(contacts, "contact") + " and "
                    + count(messages, "message");
        }

        private static String count(int number, String what) {
            return String.format(Locale.ENGLISH, "%,d %s%s", number, what, number == 1 ? "" : "s");
        }
    }

    public FailoverDecision {
        seen = List.copyOf(seen);
        rules = List.copyOf(rules);
        rejected = List.copyOf(rejected);
    }

    /// Returns the name of the verdict in JSON and on the console: `proposed`.
    public String outcome() {
        return verdict.key();
    }

    /// Returns the same decision for the pool that a person wants.
    FailoverDecision choosing(SenderId wanted) {
        var others = new ArrayList<>(
                rejected.stream().filter(one -> !one.candidate().equals(wanted)).toList());
        chosen.filter(best -> !best.equals(wanted))
                .ifPresent(best -> others.add(new Rejected(best, "a person chose another pool")));
        return new FailoverDecision(
                id,
                pool,
                kind,
                cause,
                verdict,
                at,
                trigger,
                actor,
                seen,
                rules,
                Optional.of(wanted),
                others,
                moved,
                took);
    }

    /// Returns the decision as it was carried out or refused.
    FailoverDecision as(Verdict other, String by, Moved what, Duration time) {
        return new FailoverDecision(
                id, pool, kind, cause, other, at, trigger, by, seen, rules, chosen, rejected, what, time);
    }
}
