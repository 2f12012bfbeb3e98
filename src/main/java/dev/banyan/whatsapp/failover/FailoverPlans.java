package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverTargets.Candidate;
import dev.banyan.whatsapp.failover.FailoverTargets.Choice;

/// Reads what is needed for a decision about a pool, and plans it. Changes nothing.
record FailoverPlans(Liveness liveness, Uuids uuids, Clock clock) {

    /// @param health what is wrong with it, and what was seen of its numbers
    record Seen(Sender master, PoolState state, FailoverSettings settings, PoolHealth health) {

        /// Returns whether the server may decide about it: not while a person has stopped it, and not again after a
        /// person has refused.
        boolean isUndecided() {
            return !state.isUnusual()
                    && !state.isRefused()
                    && !state.isPaused(Pause.HOLD)
                    && health.trouble().isPresent();
        }
    }

    /// @param able the pools that could stand in
    record Plan(FailoverDecision decision, Set<SenderId> able) {}

    /// Finds out what other servers know of an account's numbers, before the transaction in which plans are made.
    void ask(AccountId tenant) {
        liveness.ask(tenant);
    }

    Optional<Seen> see(Tx tx, SenderKey pool) {
        var senders = new SenderStore(tx);
        return senders.find(pool.tenant(), pool.id()).filter(Sender::isMaster).map(master -> {
            PoolState state = new PoolStateStore(tx).find(pool.tenant(), pool.id());
            return new Seen(
                    master, state, new FailoverSettingsStore(tx).find(pool.tenant(), pool.id()), health(tx, master));
        });
    }

    private PoolHealth health(Tx tx, Sender master) {
        var health = PoolHealth.of(master, new SenderStore(tx).belonging(master.tenant(), master.id()), liveness);
        int left = health.isReal() ? 0 : new OutboxStore(tx).waitingForReal(master.tenant(), master.id());
        return left == 0 ? health : health.keeping(left);
    }

    /// Plans a failover. What would move is counted; it is counted again when it moves.
    Plan plan(Tx tx, Seen seen, Cause cause, String trigger, Actor actor, Instant began) {
        Sender master = seen.master();
        Choice choice = FailoverTargets.choose(master, seen.health().isReal(), seen.settings(), candidates(tx, master));
        Verdict verdict = choice.chosen().isEmpty()
                ? Verdict.IMPOSSIBLE
                : seen.settings().policy() == FailoverPolicy.NEVER_SILENT ? Verdict.PROPOSED : Verdict.DONE;
        var decision = new FailoverDecision(
                uuids.next(),
                master.id(),
                Kind.FAILOVER,
                cause,
                verdict,
                began,
                trigger,
                who(actor),
                seen.health().seen(),
                choice.rules(),
                choice.chosen(),
                choice.rejected(),
                new Moved(
                        (int) master.servants(),
                        new PoolContactStore(tx).count(master.tenant(), master.id()),
                        new OutboxStore(tx).waiting(master.tenant(), master.id(), Integer.MAX_VALUE)),
                Duration.between(began, clock.instant()));
        return new Plan(decision, choice.able());
    }

    /// Returns a decision that gives a pool its own back.
    FailoverDecision failback(Seen seen, Cause cause, String trigger, Actor actor, Moved what, Instant began) {
        return new FailoverDecision(
                uuids.next(),
                seen.master().id(),
                Kind.FAILBACK,
                cause,
                Verdict.DONE,
                began,
                trigger,
                who(actor),
                seen.health().seen(),
                List.of(),
                Optional.of(seen.master().id()),
                List.of(),
                what,
                Duration.between(began, clock.instant()));
    }

    /// Returns why a pool can't stand in for another one, even if a person wants it.
    Optional<String> hindrance(Tx tx, Seen failed, SenderId wanted) {
        return candidates(tx, failed.master()).stream()
                .filter(candidate -> candidate.master().id().equals(wanted))
                .findFirst()
                .flatMap(candidate -> FailoverTargets.hindrance(failed.health().isReal(), candidate));
    }

    private List<Candidate> candidates(Tx tx, Sender failed) {
        List<Sender> senders = new SenderStore(tx).list(failed.tenant());
        Map<SenderId, PoolState> states = new PoolStateStore(tx).all(failed.tenant());
        var waiting = new OutgoingStore(tx).waiting(failed.tenant());
        Map<SenderId, List<Sender>> pools = senders.stream()
                .collect(Collectors.groupingBy(sender -> sender.masterId().orElse(sender.id())));
        return senders.stream()
                .filter(sender -> sender.isMaster() && !sender.id().equals(failed.id()))
                .map(master -> {
                    List<Sender> sending = Sender.sending(pools.getOrDefault(master.id(), List.of()));
                    return new Candidate(
                            master,
                            sending.stream().anyMatch(one -> one.driver().isReal()),
                            (int) sending.stream()
                                    .filter(one -> PoolHealth.isAble(one, liveness))
                                    .count(),
                            waiting.pool().getOrDefault(master.id(), 0L).intValue(),
                            states.getOrDefault(master.id(), PoolState.NORMAL));
                })
                .toList();
    }

    Instant now() {
        return clock.instant();
    }

    static String who(Actor actor) {
        return actor.identity().map(IdentityId::toString).orElse(actor.ip());
    }
}
