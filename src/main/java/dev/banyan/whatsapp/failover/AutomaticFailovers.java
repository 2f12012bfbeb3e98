package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverPlans.Seen;
import jakarta.inject.Singleton;

/// What the server does about failovers by itself, when [PoolWatch] has seen enough. Everything is checked again inside
/// the transaction that decides.
@Singleton
public final class AutomaticFailovers {

    private final Database database;
    private final SenderChanges changes;
    private final FailoverSteps steps;
    private final FailoverPlans plans;
    private final Clock clock;

    public AutomaticFailovers(Database database, SenderChanges changes, FailoverSteps steps, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.steps = steps;
        this.plans = steps.plans();
        this.clock = clock;
    }

    /// Decides about a pool that has failed for as long as its settings say. Does nothing if it works again, if a
    /// person has paused it or refused the failover, or if something was decided already.
    ///
    /// @return empty if there was nothing to decide
    Optional<FailoverDecision> failed(SenderKey pool, Duration down) {
        Instant began = clock.instant();
        plans.ask(pool.tenant());
        return changes.write(
                pool.tenant(),
                change -> plans.see(change.tx(), pool).filter(Seen::isUndecided).flatMap(seen -> {
                    String trigger = seen.health().trouble().orElseThrow() + " It has been down for "
                            + down.toSeconds() + " s, "
                            + seen.settings().detection().failures() + " checks in a row.";
                    FailoverDecision plan = plans.plan(change.tx(), seen, Cause.DETECTED, trigger, Actor.SERVER, began)
                            .decision();
                    return plan.verdict() == Verdict.PROPOSED
                            ? steps.propose(change, seen, plan)
                            : plan.chosen().isEmpty()
                                    ? FailoverSteps.impossible(change, plan)
                                    : steps.carryOut(change, Actor.SERVER, seen, plan);
                }));
    }

    /// Returns what was moved because the pool has worked for long enough, unless a person started the failover: then a
    /// person ends it.
    void recovered(SenderKey pool, Duration works) {
        Instant began = clock.instant();
        plans.ask(pool.tenant());
        changes.write(
                pool.tenant(),
                change -> plans.see(change.tx(), pool)
                        .filter(seen -> seen.state().failover() == FailoverState.FAILED_OVER
                                && seen.settings().failsBack()
                                && seen.health().trouble().isEmpty()
                                && cause(change.tx(), seen) == Cause.DETECTED)
                        .flatMap(seen -> steps.bringBack(
                                change,
                                Actor.SERVER,
                                seen,
                                Cause.DETECTED,
                                "The pool has worked for " + works.toSeconds() + " s without a break.",
                                began)));
    }

    private static Cause cause(Tx tx, Seen seen) {
        return seen.state()
                .decision()
                .flatMap(id -> new FailoverDecisionStore(tx).find(seen.master().tenant(), id))
                .map(FailoverDecision::cause)
                .orElse(Cause.DETECTED);
    }

    /// Withdraws a proposal, or forgets that one was refused, because the pool works again.
    void worksAgain(SenderKey pool) {
        plans.ask(pool.tenant());
        changes.write(
                pool.tenant(),
                change -> plans.see(change.tx(), pool)
                        .filter(seen -> seen.health().trouble().isEmpty())
                        .filter(seen -> seen.state().failover() == FailoverState.WAITING_FOR_APPROVAL
                                || seen.state().isRefused())
                        .map(seen -> {
                            FailoverSteps.withdraw(change, seen);
                            change.happened(seen.master().id());
                            return FailoverSteps.save(change, seen, seen.state().normal(change.now()));
                        }));
    }

    /// Ends what a removed master was part of: it stands in for no pool any more.
    void removed(SenderKey master) {
        boolean concerned = !database.read(
                        master.tenant(), tx -> new PoolStateStore(tx).concerning(master.tenant(), master.id()))
                .isEmpty();
        if (!concerned) {
            return;
        }
        Instant began = clock.instant();
        changes.write(master.tenant(), change -> {
            if (change.store().find(master.tenant(), master.id()).isPresent()) {
                return false;
            }
            var states = new PoolStateStore(change.tx());
            states.concerning(master.tenant(), master.id()).keySet().stream()
                    .filter(pool -> !pool.equals(master.id()))
                    .forEach(pool -> plans.see(change.tx(), new SenderKey(master.tenant(), pool))
                            .ifPresent(seen -> steps.bringBack(
                                    change,
                                    Actor.SERVER,
                                    seen,
                                    Cause.DETECTED,
                                    "The pool that stood in for it, " + master.id() + ", was removed.",
                                    began)));
            return true;
        });
    }
}
