package dev.banyan.whatsapp.failover;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.PoolContactStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.StandIns.Candidate;
import dev.banyan.whatsapp.failover.StandIns.Choice;
import dev.banyan.whatsapp.registry.SenderChanges;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Carries out failovers. Each decision is made in one transaction together with what it moves, and one at a time per
/// account: of two servers that decide at once, the second finds the pool changed and does nothing.
@Singleton
public final class Failovers {

    private static final String BY_HAND = "Started by hand.";

    /// The result of an act on a pool.
    public sealed interface Acted {

        record Done(FailoverDecision decision) implements Acted {}

        record NotFound() implements Acted {}

        /// @param why a full sentence for people
        record NotPossible(String why) implements Acted {}

        record Rejected(List<Invalid> invalid) implements Acted {}
    }

    /// @param health what is wrong with the pool, and what was seen of it
    private record Seen(Sender master, PoolState state, FailoverSettings settings, PoolHealth health) {}

    private final Database database;
    private final SenderChanges changes;
    private final Liveness liveness;
    private final Event<PoolMoved> moved;
    private final Uuids uuids;
    private final Clock clock;

    public Failovers(
            Database database,
            SenderChanges changes,
            Liveness liveness,
            Event<PoolMoved> moved,
            Uuids uuids,
            Clock clock) {
        this.database = database;
        this.changes = changes;
        this.liveness = liveness;
        this.moved = moved;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// Decides about a pool that has failed for as long as its settings say. Does nothing if it works again, or if
    /// something was decided already.
    ///
    /// @return empty if there was nothing to decide
    Optional<FailoverDecision> failed(SenderKey pool, Duration down) {
        Instant began = clock.instant();
        return changes.write(pool.tenant(), change -> {
            Optional<Seen> seen = see(change.tx(), pool)
                    .filter(now -> now.state().failover() == FailoverState.NORMAL)
                    .filter(now -> !now.state().isPaused(Pause.HOLD))
                    .filter(now -> now.health().trouble().isPresent());
            return seen.map(now -> {
                String trigger = now.health().trouble().orElseThrow() + " It has been down for " + down.toSeconds()
                        + " s, " + now.settings().detection().failures() + " checks in a row.";
                FailoverDecision plan = plan(change.tx(), now, trigger, Actor.SERVER, began);
                return plan.verdict() == Verdict.PROPOSED
                        ? propose(change, now, plan)
                        : plan.chosen().isEmpty()
                                ? impossible(change, plan)
                                : carryOut(change, Actor.SERVER, now, plan);
            });
        });
    }

    /// Returns what was moved because the pool has worked for long enough, unless a person started the failover: then a
    /// person ends it.
    void recovered(SenderKey pool, Duration works) {
        boolean byServer = database.<Boolean>read(tx -> new PoolStateStore(tx)
                .find(pool.tenant(), pool.id())
                .decision()
                .flatMap(id -> new FailoverDecisionStore(tx).find(pool.tenant(), id))
                .filter(decision -> !decision.trigger().equals(BY_HAND))
                .isPresent());
        if (byServer) {
            back(
                    pool.tenant(),
                    Actor.SERVER,
                    pool.id(),
                    "The pool has worked for " + works.toSeconds() + " s without a break.");
        }
    }

    /// Withdraws a proposal because the pool works again.
    void withdraw(SenderKey pool) {
        database.read(tx -> new PoolStateStore(tx).find(pool.tenant(), pool.id()))
                .decision()
                .ifPresent(decision -> refuse(pool.tenant(), Actor.SERVER, decision));
    }

    /// Makes the plan that would be carried out if the master failed now, and changes nothing.
    public Acted drill(AccountId tenant, Actor actor, SenderId pool) {
        Instant began = clock.instant();
        return database.read(tx -> see(tx, new SenderKey(tenant, pool))
                .<Acted>map(
                        seen -> new Acted.Done(plan(tx, seen, "Drill: what if this master failed now?", actor, began)))
                .orElseGet(Acted.NotFound::new));
    }

    /// Lets another pool stand in now, whatever the policy says.
    ///
    /// @param to empty: chosen by the rules
    public Acted start(AccountId tenant, Actor actor, SenderId pool, Optional<SenderId> to) {
        Instant began = clock.instant();
        return changes.write(tenant, change -> {
            Optional<Seen> found = see(change.tx(), new SenderKey(tenant, pool));
            if (found.isEmpty()) {
                return new Acted.NotFound();
            }
            Seen seen = found.get();
            if (seen.state().failover() == FailoverState.FAILED_OVER) {
                return new Acted.NotPossible("Another pool stands in for this one already.");
            }
            FailoverDecision plan = plan(change.tx(), seen, BY_HAND, actor, began);
            if (to.isPresent()) {
                Optional<Sender> wanted = change.store().find(tenant, to.get()).filter(Sender::isMaster);
                if (wanted.isEmpty()) {
                    return new Acted.NotFound();
                }
                if (to.get().equals(pool)) {
                    return new Acted.NotPossible("A pool can’t stand in for itself.");
                }
                plan = plan.choosing(to.get());
            }
            return plan.chosen().isEmpty()
                    ? new Acted.NotPossible("No other pool can stand in.")
                    : new Acted.Done(carryOut(
                            change, actor, seen, plan.as(Verdict.DONE, who(actor), Moved.NOTHING, Duration.ZERO)));
        });
    }

    /// Returns what was moved to its own pool.
    public Acted back(AccountId tenant, Actor actor, SenderId pool, String trigger) {
        Instant began = clock.instant();
        return changes.write(
                tenant,
                change -> see(change.tx(), new SenderKey(tenant, pool))
                        .<Acted>map(seen -> seen.state().failover() == FailoverState.FAILED_OVER
                                ? new Acted.Done(bringBack(change, actor, seen, trigger, began))
                                : new Acted.NotPossible("No other pool stands in for this one."))
                        .orElseGet(Acted.NotFound::new));
    }

    /// Carries out a proposed failover. If the proposed pool can no longer stand in, another one is chosen.
    public Acted approve(AccountId tenant, Actor actor, UUID decision) {
        Instant began = clock.instant();
        return changes.write(
                tenant,
                change -> proposed(change, tenant, decision)
                        .<Acted>map(seen -> {
                            FailoverDecision before = new FailoverDecisionStore(change.tx())
                                    .find(tenant, decision)
                                    .orElseThrow();
                            FailoverDecision plan = plan(change.tx(), seen, before.trigger(), actor, began);
                            return plan.chosen().isEmpty()
                                    ? new Acted.NotPossible("No other pool can stand in any more.")
                                    : new Acted.Done(carryOut(
                                            change,
                                            actor,
                                            seen,
                                            before.choosing(plan.chosen().get())
                                                    .as(Verdict.APPROVED, who(actor), Moved.NOTHING, Duration.ZERO)));
                        })
                        .orElseGet(() -> unknown(change, tenant, decision)));
    }

    /// Rejects a proposed failover. Nothing moves, and the pool is proposed again only after it has worked.
    public Acted refuse(AccountId tenant, Actor actor, UUID decision) {
        return changes.write(
                tenant,
                change -> proposed(change, tenant, decision)
                        .<Acted>map(seen -> {
                            var store = new FailoverDecisionStore(change.tx());
                            FailoverDecision after = store.find(tenant, decision)
                                    .orElseThrow()
                                    .as(Verdict.REFUSED, who(actor), Moved.NOTHING, Duration.ZERO);
                            store.end(tenant, after);
                            save(
                                    change,
                                    seen,
                                    seen.state()
                                            .became(
                                                    FailoverState.NORMAL,
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    change.now()));
                            change.done(actor, "FailoverRefused", seen.master().id(), Map.of());
                            return new Acted.Done(after);
                        })
                        .orElseGet(() -> unknown(change, tenant, decision)));
    }

    /// Returns the settings of a pool's failover.
    public FailoverSettings settings(AccountId tenant, SenderId pool) {
        return database.read(tx -> new FailoverSettingsStore(tx).find(tenant, pool));
    }

    public PoolState state(AccountId tenant, SenderId pool) {
        return database.read(tx -> new PoolStateStore(tx).find(tenant, pool));
    }

    /// Returns the states of all pools of an account that are not normal.
    public Map<SenderId, PoolState> states(AccountId tenant) {
        return database.read(tx -> new PoolStateStore(tx).all(tenant));
    }

    /// Returns the decisions about a pool, newest first.
    ///
    /// @param before the last decision of the previous page
    public List<FailoverDecision> decisions(AccountId tenant, SenderId pool, Optional<UUID> before, int limit) {
        return database.read(tx -> new FailoverDecisionStore(tx).list(tenant, pool, before, limit));
    }

    /// Stores the settings of a pool's failover.
    public Acted configure(AccountId tenant, Actor actor, SenderId pool, FailoverSettings settings) {
        List<Invalid> invalid = settings.broken();
        if (!invalid.isEmpty()) {
            return new Acted.Rejected(invalid);
        }
        return changes.write(tenant, change -> {
            if (change.store().find(tenant, pool).filter(Sender::isMaster).isEmpty()) {
                return new Acted.NotFound();
            }
            Optional<SenderId> backup = settings.backup();
            if (backup.equals(Optional.of(pool))
                    || backup.isPresent()
                            && change.store()
                                    .find(tenant, backup.get())
                                    .filter(Sender::isMaster)
                                    .isEmpty()) {
                return new Acted.Rejected(
                        List.of(new Invalid("backupMaster", "backupMaster must be another master of this account")));
            }
            new FailoverSettingsStore(change.tx()).save(tenant, pool, settings, change.now());
            change.done(
                    actor,
                    "FailoverConfigured",
                    pool,
                    Map.of("policy", settings.policy().key()));
            return drill(tenant, actor, pool);
        });
    }

    private Optional<Seen> proposed(SenderChanges.Change change, AccountId tenant, UUID decision) {
        return new FailoverDecisionStore(change.tx())
                .find(tenant, decision)
                .filter(found -> found.verdict() == Verdict.PROPOSED)
                .flatMap(found -> see(change.tx(), new SenderKey(tenant, found.pool())))
                .filter(seen -> seen.state().failover() == FailoverState.WAITING_FOR_APPROVAL
                        && seen.state().decision().equals(Optional.of(decision)));
    }

    private static Acted unknown(SenderChanges.Change change, AccountId tenant, UUID decision) {
        return new FailoverDecisionStore(change.tx())
                .find(tenant, decision)
                .<Acted>map(_ -> new Acted.NotPossible("This was decided already."))
                .orElseGet(Acted.NotFound::new);
    }

    private Optional<Seen> see(Tx tx, SenderKey pool) {
        var senders = new SenderStore(tx);
        return senders.find(pool.tenant(), pool.id()).filter(Sender::isMaster).map(master -> {
            PoolState state = new PoolStateStore(tx).find(pool.tenant(), pool.id());
            return new Seen(
                    master,
                    state,
                    new FailoverSettingsStore(tx).find(pool.tenant(), pool.id()),
                    PoolHealth.of(master, senders.belonging(pool.tenant(), pool.id()), liveness));
        });
    }

    private FailoverDecision plan(Tx tx, Seen seen, String trigger, Actor actor, Instant began) {
        Choice choice = StandIns.choose(seen.master(), seen.settings(), candidates(tx, seen.master()));
        Verdict verdict = choice.chosen().isEmpty()
                ? Verdict.IMPOSSIBLE
                : seen.settings().policy() == FailoverPolicy.NEVER_SILENT ? Verdict.PROPOSED : Verdict.DONE;
        return new FailoverDecision(
                uuids.next(),
                seen.master().id(),
                Kind.FAILOVER,
                verdict,
                began,
                trigger,
                who(actor),
                seen.health().seen(),
                choice.rules(),
                choice.chosen(),
                choice.rejected(),
                new Moved(
                        (int) seen.master().servants(),
                        new PoolContactStore(tx)
                                .count(seen.master().tenant(), seen.master().id()),
                        new OutgoingStore(tx)
                                .countWaiting(
                                        seen.master().tenant(), seen.master().id())),
                Duration.between(began, clock.instant()));
    }

    private List<Candidate> candidates(Tx tx, Sender failed) {
        List<Sender> senders = new SenderStore(tx).list(failed.tenant());
        Map<SenderId, PoolState> states = new PoolStateStore(tx).all(failed.tenant());
        OutgoingStore.Waiting waiting = new OutgoingStore(tx).waiting(failed.tenant());
        var able = new HashMap<SenderId, Integer>();
        senders.stream()
                .filter(sender -> PoolHealth.isAble(sender, liveness))
                .forEach(sender -> able.merge(sender.masterId().orElse(sender.id()), 1, Integer::sum));
        return senders.stream()
                .filter(sender -> sender.isMaster() && !sender.id().equals(failed.id()))
                .map(master -> new Candidate(
                        master,
                        able.getOrDefault(master.id(), 0),
                        waiting.pool().getOrDefault(master.id(), 0L).intValue(),
                        states.getOrDefault(master.id(), PoolState.NORMAL)))
                .toList();
    }

    private FailoverDecision propose(SenderChanges.Change change, Seen seen, FailoverDecision plan) {
        new FailoverDecisionStore(change.tx()).insert(seen.master().tenant(), plan);
        save(
                change,
                seen,
                seen.state()
                        .became(
                                FailoverState.WAITING_FOR_APPROVAL,
                                Optional.empty(),
                                Optional.of(plan.id()),
                                change.now()));
        change.event(
                seen.master(),
                Tone.WARN,
                "Failover proposed",
                "It waits for someone to approve that " + plan.chosen().orElseThrow() + " stands in.");
        change.happened(seen.master().id());
        return plan;
    }

    /// Notes once that no pool can stand in, and again only when the candidates have changed.
    private FailoverDecision impossible(SenderChanges.Change change, FailoverDecision plan) {
        var store = new FailoverDecisionStore(change.tx());
        boolean isKnown = store.list(change.tenant(), plan.pool(), Optional.empty(), 1).stream()
                .anyMatch(last ->
                        last.verdict() == Verdict.IMPOSSIBLE && last.rejected().equals(plan.rejected()));
        if (isKnown) {
            return plan;
        }
        store.insert(change.tenant(), plan);
        change.store().find(change.tenant(), plan.pool()).ifPresent(master -> {
            change.event(master, Tone.BAD, "No pool can stand in", plan.trigger());
            change.happened(master.id());
        });
        return plan;
    }

    private FailoverDecision carryOut(SenderChanges.Change change, Actor actor, Seen seen, FailoverDecision plan) {
        AccountId tenant = seen.master().tenant();
        SenderId from = seen.master().id();
        SenderId to = plan.chosen().orElseThrow();
        Moved what = lend(change, seen, to);
        FailoverDecision done = plan.as(
                plan.verdict() == Verdict.PROPOSED ? Verdict.DONE : plan.verdict(),
                plan.actor(),
                what,
                Duration.between(plan.verdict() == Verdict.APPROVED ? change.now() : plan.at(), clock.instant()));
        var store = new FailoverDecisionStore(change.tx());
        if (plan.verdict() == Verdict.APPROVED) {
            store.end(tenant, done);
        } else {
            store.insert(tenant, done);
        }
        save(
                change,
                seen,
                seen.state().became(FailoverState.FAILED_OVER, Optional.of(to), Optional.of(done.id()), change.now()));
        told(change, actor, "FailedOver", Tone.WARN, "Failed over", from, to, done);
        return done;
    }

    private FailoverDecision bringBack(
            SenderChanges.Change change, Actor actor, Seen seen, String trigger, Instant began) {
        AccountId tenant = seen.master().tenant();
        SenderId home = seen.master().id();
        SenderId standIn = seen.state().standIn().orElseThrow();
        int messages = new OutgoingStore(change.tx()).bringHome(tenant, home, change.now());
        int contacts = new PoolContactStore(change.tx()).bringHome(tenant, home);
        Map<SenderId, Integer> lent = change.store().lent(tenant, home);
        change.store().bringHome(tenant, home, change.now());
        int servants = lent.values().stream().mapToInt(Integer::intValue).sum();
        lent.forEach((master, count) -> change.store().addServants(tenant, master, -count, change.now()));
        change.store().addServants(tenant, home, servants, change.now());
        var decision = new FailoverDecision(
                uuids.next(),
                home,
                Kind.FAILBACK,
                Verdict.DONE,
                began,
                trigger,
                who(actor),
                seen.health().seen(),
                List.of(),
                Optional.of(home),
                List.of(),
                new Moved(servants, contacts, messages),
                Duration.between(began, clock.instant()));
        new FailoverDecisionStore(change.tx()).insert(tenant, decision);
        save(change, seen, seen.state().became(FailoverState.NORMAL, Optional.empty(), Optional.empty(), change.now()));
        told(change, actor, "FailedBack", Tone.GOOD, "Works for itself again", home, standIn, decision);
        return decision;
    }

    private Moved lend(SenderChanges.Change change, Seen seen, SenderId to) {
        AccountId tenant = seen.master().tenant();
        SenderId from = seen.master().id();
        var outgoing = new OutgoingStore(change.tx());
        int messages = outgoing.moveQueue(tenant, from, to, Optional.empty(), true, change.now());
        outgoing.spread(tenant, to, from, seen.settings().spread(), messages, change.now());
        int contacts = new PoolContactStore(change.tx()).move(tenant, from, to, Optional.empty(), true);
        int servants = change.store().lendAll(tenant, from, to, change.now());
        change.store().addServants(tenant, from, -servants, change.now());
        change.store().addServants(tenant, to, servants, change.now());
        return new Moved(servants, contacts, messages);
    }

    private void told(
            SenderChanges.Change change,
            Actor actor,
            String action,
            Tone tone,
            String title,
            SenderId from,
            SenderId other,
            FailoverDecision decision) {
        AccountId tenant = change.tenant();
        Moved what = decision.moved();
        String details = decision.trigger() + " Moved: " + what.servants() + " servants, " + what.contacts()
                + " contacts, " + what.messages() + " messages.";
        for (SenderId pool : List.of(from, other)) {
            change.store().find(tenant, pool).ifPresent(master -> change.event(master, tone, title, details));
        }
        change.done(
                actor,
                action,
                from,
                List.of(other),
                Map.of("other", other.value(), "servants", what.servants(), "messages", what.messages()));
        change.tx().afterCommit(() -> moved.fire(new PoolMoved(tenant, from, other, decision)));
    }

    private static void save(SenderChanges.Change change, Seen seen, PoolState state) {
        if (!new PoolStateStore(change.tx()).save(change.tenant(), seen.master().id(), state)) {
            throw new IllegalStateException("The state of pool " + seen.master().id() + " changed in between");
        }
    }

    private static String who(Actor actor) {
        return actor.identity().map(IdentityId::toString).orElse(actor.ip());
    }
}
