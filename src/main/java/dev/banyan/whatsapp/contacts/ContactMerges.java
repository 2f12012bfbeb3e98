package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.whatsapp.ContactAddress;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Undoes what [ContactAliases] has made one, for 48 hours (decision 0116).
@Singleton
public record ContactMerges(Database database, Event<ContactsParted> parted, Clock clock) implements Expiring {

    private static final int AT_ONCE = 1_000;

    /// Returns the last merge that a contact of a workspace came out of, while it can be undone.
    public Optional<ContactMerge> find(Tx tx, AccountId tenant, UUID contact, ContactAddress address) {
        return new ContactMergeStore(tx)
                .find(tenant, contact, address, clock.instant().minus(ContactMerge.UNDOABLE));
    }

    /// Gives both their own back. The pair is never learned again.
    public void undo(Tx tx, AccountId tenant, ContactMerge merge, String by) {
        var store = new ContactMergeStore(tx);
        Instant now = clock.instant();
        if (store.markUndone(tenant, merge.id(), now)) {
            new ContactPartStore(tx).moveBack(tenant, merge, now);
            parted.fire(new ContactsParted(tx, tenant, merge, by));
            store.deleteKeys(tenant, merge.id());
        }
    }

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(ContactMerge.UNDOABLE);
        return database.write(tx -> new ContactMergeStore(tx).deleteBefore(before, AT_ONCE));
    }
}
