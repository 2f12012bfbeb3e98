package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverPlans.Plan;
import dev.banyan.whatsapp.failover.FailoverPlans.Seen;
import jakarta.inject.Singleton;

/// What people do about failovers: settings, drills, starting and ending one by hand, approving and refusing. Each
/// decision is made in one transaction together with what it moves, and one at a time per account: of two servers that
/// decide at once, the second finds the pool changed and does nothing.
@Singleton
public final class Failovers {

    private static final String DECIDED = "This was already decided.";

    /// How a pool survives its numbers, and how it is now.
    ///
    /// @param uncertain what happens to messages with an unknown result, which is a setting of the pool
    /// @param waiting messages that wait for this pool, wherever they are
    public record Status(FailoverSettings settings, UncertainPolicy uncertain, PoolState state, int waiting) {}

    private final Database database;
    private final SenderChanges changes;
    private final FailoverSteps steps;
    private final FailoverPlans plans;

    public Failovers(Database database, SenderChanges changes, FailoverSteps steps) {
        this.database = database;
        this.changes = changes;
        this.steps = steps;
        this.plans = steps.plans();
    }

    /// Makes the plan that would be carried out if the master failed now, and changes nothing.
    public Optional<FailoverDecision> drill(AccountId tenant, Actor actor, SenderId pool) {
        plans.ask(tenant);
        return database.read(tx -> plans.see(tx, new SenderKey(tenant, pool)).map(seen -> drilled(tx, seen, actor)));
    }

    private FailoverDecision drilled(Tx tx, Seen seen, Actor actor) {
        return plans.plan(tx, seen, Cause.BY_HAND, "Drill: what if this master failed now?", actor, plans.now())
                .decision();
    }

    /// Lets another pool stand in now, whatever the policy says.
    ///
    /// @param to empty: chosen by the rules
    public Outcome<FailoverDecision> start(AccountId tenant, Actor actor, SenderId pool, Optional<SenderId> to) {
        return onPool(tenant, pool, (change, seen) -> {
            Instant began = change.now();
            if (seen.state().failover() == FailoverState.FAILED_OVER) {
                return Outcome.conflict("Another pool already stands in for this one.");
            }
            FailoverDecision plan = plans.plan(change.tx(), seen, Cause.BY_HAND, "Started by hand.", actor, began)
                    .decision();
            if (to.isPresent()) {
                Optional<Sender> other = change.store().find(tenant, to.get()).filter(Sender::isMaster);
                if (other.isEmpty()) {
                    return Outcome.notFound();
                }
                if (to.get().equals(pool)) {
                    return Outcome.conflict("A pool can’t stand in for itself.");
                }
                Optional<String> why = plans.hindrance(change.tx(), seen, to.get());
                if (why.isPresent()) {
                    return Outcome.conflict(other.get().shownName() + " can’t stand in: " + why.get() + ".");
                }
                plan = plan.choosing(to.get());
            }
            if (plan.chosen().isEmpty()) {
                return Outcome.conflict("No other pool can stand in.");
            }
            FailoverSteps.withdraw(change, seen);
            return done(
                    change,
                    steps.carryOut(
                            change, actor, seen, plan.as(Verdict.DONE, plan.actor(), Moved.NOTHING, Duration.ZERO)));
        });
    }

    /// Returns what was moved to its own pool.
    public Outcome<FailoverDecision> back(AccountId tenant, Actor actor, SenderId pool) {
        return onPool(
                tenant,
                pool,
                (change, seen) -> seen.state().failover() == FailoverState.FAILED_OVER
                        ? done(
                                change,
                                steps.bringBack(change, actor, seen, Cause.BY_HAND, "Ended by hand.", change.now()))
                        : Outcome.conflict("No other pool stands in for this one."));
    }

    /// Carries out a proposed failover. If the proposed pool can no longer stand in, nothing moves: a person never gets
    /// another pool than the one that they agreed to. The next best one is proposed instead.
    public Outcome<FailoverDecision> approve(AccountId tenant, Actor actor, UUID decision) {
        return onProposal(tenant, decision, (change, seen, proposal) -> {
            SenderId agreed = proposal.chosen().orElseThrow();
            Plan plan = plans.plan(change.tx(), seen, Cause.DETECTED, proposal.trigger(), Actor.SERVER, change.now());
            if (!plan.able().contains(agreed)) {
                return proposeAnother(change, seen, agreed, plan.decision());
            }
            return done(
                    change,
                    steps.carryOut(
                            change,
                            actor,
                            seen,
                            proposal.as(Verdict.APPROVED, FailoverPlans.who(actor), Moved.NOTHING, Duration.ZERO)));
        });
    }

    private Outcome<FailoverDecision> proposeAnother(Change change, Seen seen, SenderId agreed, FailoverDecision plan) {
        FailoverSteps.withdraw(change, seen);
        Optional<SenderId> next = plan.chosen();
        Optional<FailoverDecision> saved = next.isPresent()
                ? steps.propose(change, seen, plan.as(Verdict.PROPOSED, plan.actor(), plan.moved(), plan.took()))
                : Optional.of(plan)
                        .filter(_ ->
                                FailoverSteps.save(change, seen, seen.state().normal(change.now())));
        change.happened(seen.master().id());
        return saved.isEmpty()
                ? done(change, saved)
                : Outcome.conflict(FailoverSteps.name(change, agreed) + " can’t stand in any more. "
                        + next.map(id -> FailoverSteps.name(change, id) + " is proposed instead.")
                                .orElse("No other pool can."));
    }

    /// Rejects a proposed failover. Nothing moves, and it is proposed again only after the pool has worked.
    public Outcome<FailoverDecision> refuse(AccountId tenant, Actor actor, UUID decision) {
        return onProposal(tenant, decision, (change, seen, proposal) -> {
            FailoverDecision after =
                    proposal.as(Verdict.REFUSED, FailoverPlans.who(actor), Moved.NOTHING, Duration.ZERO);
            new FailoverDecisionStore(change.tx()).end(tenant, after);
            SenderId pool = seen.master().id();
            change.event(seen.master(), Tone.INFO, "Failover refused", "Its messages wait until it works again.");
            change.done(actor, "FailoverRefused", pool, Map.of("pool", pool.value()));
            boolean saved = FailoverSteps.save(
                    change,
                    seen,
                    seen.state().became(FailoverState.NORMAL, Optional.empty(), Optional.of(decision), change.now()));
            return done(change, Optional.of(after).filter(_ -> saved));
        });
    }

    /// Stores the settings of a pool's failover, and answers what would happen with them if the master failed now.
    ///
    /// @param uncertain what happens to messages with an unknown result; empty: as before
    public Outcome<FailoverDecision> configure(
            AccountId tenant,
            Actor actor,
            SenderId pool,
            FailoverSettings settings,
            Optional<UncertainPolicy> uncertain) {
        List<Invalid> invalid = settings.broken();
        return onPool(tenant, pool, (change, before) -> {
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            Optional<SenderId> backup = settings.backup();
            if (backup.isPresent()
                    && (backup.get().equals(pool)
                            || change.store()
                                    .find(tenant, backup.get())
                                    .filter(Sender::isMaster)
                                    .isEmpty())) {
                return Outcome.rejected(
                        new Invalid("backupMaster", "backupMaster must be another master of this account"));
            }
            new FailoverSettingsStore(change.tx()).save(tenant, pool, settings, change.now());
            uncertain.ifPresent(policy -> {
                PoolSettings tuned = change.poolSettings().find(tenant, pool);
                if (tuned.uncertain() != policy) {
                    change.poolSettings().save(tenant, pool, tuned.withUncertain(policy), change.now());
                }
            });
            change.done(
                    actor,
                    "FailoverConfigured",
                    pool,
                    Map.of(
                            "pool", pool.value(),
                            "policy", settings.policy().key(),
                            "backup", backup.map(SenderId::value).orElse("")));
            Seen now = plans.see(change.tx(), before.master().key()).orElseThrow();
            return Outcome.done(drilled(change.tx(), now, actor));
        });
    }

    public FailoverSettings settings(AccountId tenant, SenderId pool) {
        return database.read(tenant, tx -> new FailoverSettingsStore(tx).find(tenant, pool));
    }

    /// Returns the settings of all pools that were configured.
    public Map<SenderId, FailoverSettings> allSettings(AccountId tenant) {
        return database.read(tenant, tx -> new FailoverSettingsStore(tx).all(tenant));
    }

    public Status status(AccountId tenant, SenderId pool) {
        return database.read(tx -> {
            var outgoing = new OutgoingStore(tx);
            return new Status(
                    new FailoverSettingsStore(tx).find(tenant, pool),
                    new PoolSettingsStore(tx).find(tenant, pool).uncertain(),
                    new PoolStateStore(tx).find(tenant, pool),
                    outgoing.countWaiting(tenant, pool) + outgoing.countAwayFromHome(tenant, pool));
        });
    }

    public PoolState state(AccountId tenant, SenderId pool) {
        return database.read(tenant, tx -> new PoolStateStore(tx).find(tenant, pool));
    }

    /// Returns the states of all pools of an account that are or were not normal.
    public Map<SenderId, PoolState> states(AccountId tenant) {
        return database.read(tenant, tx -> new PoolStateStore(tx).all(tenant));
    }

    public List<SenderId> standsInFor(AccountId tenant, SenderId master) {
        return database.read(tenant, tx -> new PoolStateStore(tx).concerning(tenant, master)).keySet().stream()
                .filter(pool -> !pool.equals(master))
                .sorted(Comparator.comparing(SenderId::value))
                .toList();
    }

    public Optional<FailoverDecision> decision(AccountId tenant, UUID id) {
        return database.read(tenant, tx -> new FailoverDecisionStore(tx).find(tenant, id));
    }

    /// Returns the decisions of an account that wait for a person, newest first.
    public List<FailoverDecision> proposed(AccountId tenant, int limit) {
        return database.read(tenant, tx -> new FailoverDecisionStore(tx).proposed(tenant, limit));
    }

    /// Returns the decisions about a pool, newest first.
    ///
    /// @param before the last decision of the previous page
    public List<FailoverDecision> decisions(AccountId tenant, SenderId pool, Optional<UUID> before, int limit) {
        return database.read(tenant, tx -> new FailoverDecisionStore(tx).list(tenant, pool, before, limit));
    }

    private interface OnPool {
        Outcome<FailoverDecision> act(Change change, Seen seen);
    }

    private Outcome<FailoverDecision> onPool(AccountId tenant, SenderId pool, OnPool work) {
        plans.ask(tenant);
        return changes.write(
                tenant,
                change -> plans.see(change.tx(), new SenderKey(tenant, pool))
                        .map(seen -> work.act(change, seen))
                        .orElseGet(Outcome::notFound));
    }

    private interface OnProposal {
        Outcome<FailoverDecision> act(Change change, Seen seen, FailoverDecision proposal);
    }

    private Outcome<FailoverDecision> onProposal(AccountId tenant, UUID decision, OnProposal work) {
        plans.ask(tenant);
        return changes.write(tenant, change -> {
            Optional<FailoverDecision> found = new FailoverDecisionStore(change.tx()).find(tenant, decision);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            return plans.see(change.tx(), new SenderKey(tenant, found.get().pool()))
                    .filter(seen -> seen.state().failover() == FailoverState.WAITING_FOR_APPROVAL
                            && seen.state().decision().equals(Optional.of(decision)))
                    .map(seen -> work.act(change, seen, found.get()))
                    .orElseGet(() -> Outcome.conflict(DECIDED));
        });
    }

    /// @param decision empty if another server has decided about the pool in the meantime: then nothing is kept
    private static Outcome<FailoverDecision> done(Change change, Optional<FailoverDecision> decision) {
        return decision.map(Outcome::done).orElseGet(() -> change.undone(Outcome.conflict(DECIDED)));
    }
}
