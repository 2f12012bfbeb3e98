package dev.banyan.whatsapp.changes;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.SenderSearchStore;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Runs all changes of senders: one at a time per account, with their events, and mirrored in the account's file.
@Singleton
public final class SenderChanges {

    /// Changes without an operator are collected for this long and written to the file together.
    static final Duration GATHERED = Duration.ofSeconds(1);

    /// From this number of senders on, writing the file after each command takes too long, so those changes are
    /// collected, too.
    public static final int MANY = 1_000;

    private static final int LONGEST_SET_ASIDE = 20_000;
    private static final int LONGEST_ERROR = 300;

    private final Database database;
    private final Audit audit;
    private final ConfigFile mirror;
    private final Timers timers;
    private final Event<SenderChanged> changed;
    private final Uuids uuids;
    private final Clock clock;
    private final Set<AccountId> gathering = ConcurrentHashMap.newKeySet();

    public SenderChanges(
            Database database,
            Audit audit,
            ConfigFile mirror,
            Timers timers,
            Event<SenderChanged> changed,
            Uuids uuids,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.mirror = mirror;
        this.timers = timers;
        this.changed = changed;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// A change in progress.
    public final class Change {

        private final AccountId tenant;
        private final Tx tx;
        private final SenderStore store;
        private final Instant now = clock.instant();
        private boolean happened;
        private boolean done;
        private boolean rewritten;
        private boolean gathered;
        private boolean undone;

        private Change(AccountId tenant, Tx tx) {
            this.tenant = tenant;
            this.tx = tx;
            this.store = new SenderStore(tx);
            store.hold(tenant);
        }

        public AccountId tenant() {
            return tenant;
        }

        public Tx tx() {
            return tx;
        }

        public SenderStore store() {
            return store;
        }

        public PoolSettingsStore poolSettings() {
            return new PoolSettingsStore(tx);
        }

        public Instant now() {
            return now;
        }

        /// Records a change without an operator.
        public void happened(SenderId sender) {
            happened = true;
            tx.afterCommit(() -> changed.fire(new SenderChanged(tenant, sender)));
        }

        /// Adds an event for people, shown on the board and on the sender's page.
        public void event(Sender sender, SenderEvent.Tone tone, String title, String details) {
            new SenderEventStore(tx)
                    .insert(
                            tenant,
                            new SenderEvent(
                                    uuids.next(),
                                    sender.masterId().orElse(sender.id()),
                                    sender.id(),
                                    tone,
                                    title,
                                    details,
                                    now));
        }

        /// Adds the move of servants to the events of both pools.
        ///
        /// @param what moved, such as “Sales Team” or “3 servants”
        /// @param subject the sender of the new pool's event: the servant that came, or the master of several
        public void moved(String what, SenderId subject, SenderId from, SenderId to) {
            String older = Sender.shownName(store.find(tenant, from), from);
            String newer = Sender.shownName(store.find(tenant, to), to);
            var events = new SenderEventStore(tx);
            events.insert(
                    tenant,
                    new SenderEvent(
                            uuids.next(),
                            from,
                            from,
                            SenderEvent.Tone.INFO,
                            "Moved to another pool",
                            what + " moved to " + newer + ".",
                            now));
            events.insert(
                    tenant,
                    new SenderEvent(
                            uuids.next(),
                            to,
                            subject,
                            SenderEvent.Tone.INFO,
                            "Moved to this pool",
                            what + " moved here from " + older + ".",
                            now));
        }

        /// Sets aside a driver's report that cannot be stored.
        void setAside(DriverEvent event, Throwable why) {
            new RejectedEventStore(tx)
                    .insert(
                            tenant,
                            uuids.next(),
                            event.sender().id(),
                            event.getClass().getSimpleName(),
                            MessageBody.tamed(event.toString(), LONGEST_SET_ASIDE),
                            MessageBody.tamed(why.toString(), LONGEST_ERROR),
                            now);
        }

        /// Moves what waits for a pool to another one, with the contacts it is for. Nothing moves from real numbers to
        /// simulated ones, where it would reach no one, nor the other way round (design 7).
        ///
        /// @param of only what is for contacts of this number, which moves, too; empty: all, with the servants
        /// @return how many messages were moved
        public int moveWaiting(SenderId from, SenderId to, Optional<SenderId> of) {
            boolean isMovingReal =
                    of.map(id -> store.isReal(tenant, id)).orElseGet(() -> store.hasRealServants(tenant, from));
            boolean wasReal = isMovingReal || store.isReal(tenant, from) || store.hasRealServants(tenant, from);
            if (wasReal != (isMovingReal || store.isReal(tenant, to) || store.hasRealServants(tenant, to))) {
                return 0;
            }
            int messages = new OutgoingStore(tx).moveQueue(tenant, from, to, of, now);
            new PoolContactStore(tx).move(tenant, from, to, of, false);
            return messages;
        }

        public int waiting(SenderId pool) {
            return new OutgoingStore(tx).countWaiting(tenant, pool);
        }

        /// Records an operator's action on a sender.
        public void done(Actor actor, String action, SenderId sender, Map<String, ?> details) {
            done = true;
            note(actor, action, sender.value(), details);
            tx.afterCommit(() -> changed.fire(new SenderChanged(tenant, sender)));
        }

        /// Records an operator's action on a sender that also affects other senders.
        public void done(Actor actor, String action, SenderId sender, List<SenderId> others, Map<String, ?> details) {
            done(actor, action, sender, details);
            tx.afterCommit(() -> others.forEach(other -> changed.fire(new SenderChanged(tenant, other))));
        }

        /// Records an operator's action on many senders at once.
        public void done(Actor actor, String action, List<SenderId> senders, Map<String, ?> details) {
            done = true;
            note(actor, action, tenant.toString(), details);
            tx.afterCommit(() -> senders.forEach(sender -> changed.fire(new SenderChanged(tenant, sender))));
        }

        /// Reports that the account's file was edited, as an event of its oldest number.
        private void edited() {
            new SenderSearchStore(tx)
                    .search(tenant, SenderQuery.ALL, Optional.empty(), 1)
                    .forEach(sender -> event(
                            sender,
                            SenderEvent.Tone.WARN,
                            "File edited",
                            "bots-config.json was edited by hand. We kept that version in a copy. To apply it, run"
                                    + " “import-config edited”."));
        }

        private void note(Actor actor, String action, String target, Map<String, ?> details) {
            audit.note(tx, actor, new Owner(tenant, tenant), action, target, details);
        }

        /// Rolls back the transaction but returns the result.
        public <T> T undone(T result) {
            undone = true;
            return tx.undone(result);
        }
    }

    public <T> T write(AccountId tenant, Function<Change, T> work) {
        Path place = mirror.folderOf(tenant);
        return database.write(tx -> {
            var change = new Change(tenant, tx);
            T result = work.apply(change);
            if (change.undone) {
                return result;
            }
            if (change.rewritten || change.gathered || change.done && mirror.size(tenant) < MANY) {
                mirror.stage(tx, tenant, place, change.now, change.rewritten).ifPresent(staged -> {
                    tx.afterCommit(staged.publish());
                    if (staged.edited()) {
                        change.edited();
                    }
                });
            } else if (change.happened || change.done) {
                tx.afterCommit(() -> gather(tenant));
            }
            return result;
        });
    }

    private void gather(AccountId tenant) {
        if (gathering.add(tenant)) {
            timers.in(GATHERED, () -> writeGathered(tenant));
        }
    }

    private void writeGathered(AccountId tenant) {
        if (gathering.remove(tenant)) {
            try {
                write(tenant, change -> change.gathered = true);
            } catch (DatabaseUnavailable _) {
                gather(tenant);
            }
        }
    }

    /// Rewrites the file, even if nothing has changed.
    public void rewriteFile(AccountId tenant) {
        write(tenant, change -> change.rewritten = true);
    }

    public void atShutdown(@Observes ShutdownEvent event) {
        for (AccountId tenant : List.copyOf(gathering)) {
            try {
                writeGathered(tenant);
            } catch (RuntimeException failure) { // the account may be gone
                Log.warnf("The file of account %s’s numbers was not written: %s", tenant, failure.getMessage());
            }
        }
    }
}
