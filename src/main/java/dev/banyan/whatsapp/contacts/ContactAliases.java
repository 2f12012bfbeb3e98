package dev.banyan.whatsapp.contacts;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Phone;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Which addresses are of one person. That is only learned from what names both at once; equal names or texts prove
/// nothing. What is kept about a person is kept under the phone number as soon as it is known.
@Singleton
public final class ContactAliases {

    private static final int KEPT = 50_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private record Alias(AccountId tenant, ContactAddress address) {}

    private final Database database;
    private final Event<ContactsJoined> joined;
    private final Clock clock;
    private final Cache<Alias, ContactAddress> known =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    public ContactAliases(Database database, Event<ContactsJoined> joined, Clock clock) {
        this.database = database;
        this.joined = joined;
        this.clock = clock;
    }

    /// Returns the address under which a contact is kept: the same one, if no other is known.
    public ContactAddress resolve(AccountId tenant, ContactAddress address) {
        if (address.phone().isPresent()) {
            return address;
        }
        var alias = new Alias(tenant, address);
        // What is not known yet may be learned at any time, by another server too: only what is known is remembered.
        return Optional.ofNullable(known.getIfPresent(alias))
                .or(() -> {
                    Optional<ContactAddress> read =
                            database.read(tenant, tx -> new ContactAliasStore(tx).find(tenant, address));
                    read.ifPresent(contact -> known.put(alias, contact));
                    return read;
                })
                .orElse(address);
    }

    /// The same in a transaction.
    public static ContactAddress resolve(Tx tx, AccountId tenant, ContactAddress address) {
        return address.phone().isPresent()
                ? address
                : new ContactAliasStore(tx).find(tenant, address).orElse(address);
    }

    /// Learns that a contact has another phone number from now on. The former number is no other way to name the
    /// contact: someone else may get it.
    public void moved(AccountId tenant, Phone from, Phone to) {
        if (!from.equals(to)) {
            database.write(tenant, tx -> {
                join(tx, tenant, from, to);
                return true;
            });
        }
    }

    /// Most contacts tell both addresses with their first message: nothing is kept under the hidden one.
    private void join(Tx tx, AccountId tenant, ContactAddress from, ContactAddress to) {
        var store = new ContactJoinStore(tx);
        if (store.keeps(tenant, from)) {
            store.move(tenant, from, to);
            joined.fire(new ContactsJoined(tx, tenant, from, to));
        }
    }

    /// Learns that a hidden contact has this phone number, from something that named both.
    public void learn(AccountId tenant, ContactAddress hidden, Phone phone) {
        if (hidden.phone().isPresent() || resolve(tenant, hidden).equals(phone)) {
            return;
        }
        database.write(tenant, tx -> {
            ContactAddress before = resolve(tx, tenant, hidden);
            new ContactAliasStore(tx).put(tenant, hidden, phone, clock.instant());
            // Another phone number before: the person has moved on, and whoever has that number now is someone else.
            if (before.equals(hidden)) {
                join(tx, tenant, hidden, phone);
            }
            return true;
        });
        known.put(new Alias(tenant, hidden), phone);
    }
}
