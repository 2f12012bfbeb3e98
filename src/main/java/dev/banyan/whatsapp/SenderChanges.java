package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/// The one way in which senders change: one change of an account after the other, each told to whoever listens.
@Singleton
final class SenderChanges {

    private final Database database;
    private final Audit audit;
    private final Event<SenderChanged> changed;
    private final Clock clock;

    SenderChanges(Database database, Audit audit, Event<SenderChanged> changed, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /// A change that is under way.
    final class Change {

        private final AccountId tenant;
        private final Tx tx;
        private final SenderStore store;
        private final Instant now = clock.instant();

        private Change(AccountId tenant, Tx tx) {
            this.tenant = tenant;
            this.tx = tx;
            this.store = new SenderStore(tx);
            store.hold(tenant);
        }

        SenderStore store() {
            return store;
        }

        Instant now() {
            return now;
        }

        /// Something happened to a sender by itself.
        void happened(SenderId sender) {
            tx.afterCommit(() -> changed.fire(new SenderChanged(tenant, sender)));
        }

        /// Somebody did something to a sender.
        void done(Actor actor, String action, SenderId sender, Map<String, ?> details) {
            audit.note(tx, actor, new Owner(tenant, tenant), action, sender.value(), details);
            happened(sender);
        }
    }

    <T> T write(AccountId tenant, Function<Change, T> work) {
        return database.write(tx -> work.apply(new Change(tenant, tx)));
    }
}
