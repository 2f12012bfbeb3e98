package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverPlans.Seen;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The steps of a failover, each inside the transaction that decides about it: proposing, moving, moving back, and
/// writing down what was done. [Failovers] takes them for people and [AutomaticFailovers] for the server.
@Singleton
public final class FailoverSteps {

    private static final int SERVANTS_TOLD = 1_000;

    private final FailoverPlans plans;
    private final Event<PoolMoved> moved;
    private final Event<ApprovalRequested> wanted;
    private final Clock clock;

    public FailoverSteps(
            Liveness liveness, Event<PoolMoved> moved, Event<ApprovalRequested> wanted, Uuids uuids, Clock clock) {
        this.plans = new FailoverPlans(liveness, uuids, clock);
        this.moved = moved;
        this.wanted = wanted;
        this.clock = clock;
    }

    FailoverPlans plans() {
        return plans;
    }

    Optional<FailoverDecision> propose(Change change, Seen seen, FailoverDecision plan) {
        Sender master = seen.master();
        SenderId to = plan.chosen().orElseThrow();
        boolean saved = save(
                change,
                seen,
                seen.state()
                        .became(
                                FailoverState.WAITING_FOR_APPROVAL,
                                Optional.empty(),
                                Optional.of(plan.id()),
                                change.now()));
        if (!saved) {
            return Optional.empty();
        }
        new FailoverDecisionStore(change.tx()).insert(change.tenant(), plan);
        change.event(
                master,
                Tone.WARN,
                "Failover proposed",
                "Nothing moves until someone approves that " + name(change, to) + " stands in.");
        change.happened(master.id());
        change.store()
                .find(change.tenant(), to)
                .ifPresent(standIn ->
                        wanted.fire(new ApprovalRequested(change.tx(), change.tenant(), master, standIn, plan)));
        change.tx().afterCommit(() -> moved.fire(new PoolMoved(change.tenant(), master.id(), to, plan)));
        return Optional.of(plan);
    }

    /// Notes once that no pool can stand in, and again only when the candidates have changed.
    static Optional<FailoverDecision> impossible(Change change, FailoverDecision plan) {
        var store = new FailoverDecisionStore(change.tx());
        boolean isKnown = store.list(change.tenant(), plan.pool(), Optional.empty(), 1).stream()
                .anyMatch(last ->
                        last.verdict() == Verdict.IMPOSSIBLE && last.rejected().equals(plan.rejected()));
        if (!isKnown) {
            store.insert(change.tenant(), plan.as(Verdict.IMPOSSIBLE, plan.actor(), Moved.NOTHING, plan.took()));
            change.store().find(change.tenant(), plan.pool()).ifPresent(master -> {
                change.event(master, Tone.BAD, "No pool can stand in", plan.trigger());
                change.happened(master.id());
            });
        }
        return Optional.of(plan);
    }

    /// @return empty if another server has decided about the pool in the meantime
    Optional<FailoverDecision> carryOut(Change change, Actor actor, Seen seen, FailoverDecision plan) {
        AccountId tenant = change.tenant();
        SenderId from = seen.master().id();
        SenderId to = plan.chosen().orElseThrow();
        boolean saved = save(
                change,
                seen,
                seen.state().became(FailoverState.FAILED_OVER, Optional.of(to), Optional.of(plan.id()), change.now()));
        if (!saved) {
            return Optional.empty();
        }
        List<SenderId> servants = change.store().servantIds(tenant, from, SERVANTS_TOLD);
        Moved what = new FailoverMoves(change).lend(from, to);
        Instant began = plan.verdict() == Verdict.APPROVED ? change.now() : plan.at();
        FailoverDecision done = plan.as(plan.verdict(), plan.actor(), what, Duration.between(began, clock.instant()));
        var store = new FailoverDecisionStore(change.tx());
        if (done.verdict() == Verdict.APPROVED) {
            store.end(tenant, done);
        } else {
            store.insert(tenant, done);
        }
        told(change, actor, "FailedOver", Tone.WARN, "Failed over to " + name(change, to), to, servants, done);
        return Optional.of(done);
    }

    Optional<FailoverDecision> bringBack(
            Change change, Actor actor, Seen seen, Cause cause, String trigger, Instant began) {
        SenderId home = seen.master().id();
        SenderId standIn = seen.state().standIn().orElse(home);
        if (!save(change, seen, seen.state().normal(change.now()))) {
            return Optional.empty();
        }
        Moved what = new FailoverMoves(change).bringHome(home);
        FailoverDecision decision = plans.failback(seen, cause, trigger, actor, what, began);
        new FailoverDecisionStore(change.tx()).insert(change.tenant(), decision);
        List<SenderId> servants = change.store().servantIds(change.tenant(), home, SERVANTS_TOLD);
        told(change, actor, "FailedBack", Tone.GOOD, "Works for itself again", standIn, servants, decision);
        return Optional.of(decision);
    }

    /// Writes down what has moved: in the history of both pools, in the audit and for the servants, whose pool changed.
    private void told(
            Change change,
            Actor actor,
            String action,
            Tone tone,
            String title,
            SenderId other,
            List<SenderId> servants,
            FailoverDecision decision) {
        AccountId tenant = change.tenant();
        SenderId pool = decision.pool();
        String details = decision.trigger() + " Moved: " + decision.moved().text() + ".";
        String from = name(change, pool);
        change.store().find(tenant, pool).ifPresent(master -> change.event(master, tone, title, details));
        change.store()
                .find(tenant, other)
                .filter(_ -> !other.equals(pool))
                .ifPresent(master -> change.event(
                        master,
                        tone,
                        action.equals("FailedOver") ? "Stands in for " + from : "No longer stands in for " + from,
                        details));
        var others = new ArrayList<>(List.of(other));
        others.addAll(servants);
        change.done(
                actor,
                action,
                pool,
                others,
                Map.of(
                        "pool", pool.value(),
                        "other", other.value(),
                        "servants", decision.moved().servants(),
                        "contacts", decision.moved().contacts(),
                        "messages", decision.moved().messages()));
        change.tx().afterCommit(() -> moved.fire(new PoolMoved(tenant, pool, other, decision)));
    }

    /// Ends the proposal that a pool waits for, if it does, because no answer is needed any more.
    static void withdraw(Change change, Seen seen) {
        if (seen.state().failover() == FailoverState.WAITING_FOR_APPROVAL) {
            var store = new FailoverDecisionStore(change.tx());
            seen.state()
                    .decision()
                    .flatMap(id -> store.find(change.tenant(), id))
                    .ifPresent(proposal -> store.end(
                            change.tenant(),
                            proposal.as(
                                    Verdict.WITHDRAWN, FailoverPlans.who(Actor.SERVER), Moved.NOTHING, Duration.ZERO)));
        }
    }

    static String name(Change change, SenderId id) {
        return Sender.shownName(change.store().find(change.tenant(), id), id);
    }

    /// @return false if the pool has changed since it was read
    static boolean save(Change change, Seen seen, PoolState state) {
        return new PoolStateStore(change.tx())
                .save(change.tenant(), seen.master().id(), state);
    }
}
