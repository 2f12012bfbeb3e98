package dev.banyan.whatsapp.contacts;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Phone;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
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
    private final Uuids uuids;
    private final Cache<Alias, ContactAddress> known =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    public ContactAliases(Database database, Event<ContactsJoined> joined, Clock clock) {
        this.database = database;
        this.joined = joined;
        this.clock = clock;
        this.uuids = new Uuids(clock);
    }

    /// Returns the address under which a contact is kept: the same one, if no other is known.
    public ContactAddress resolve(AccountId tenant, ContactAddress address) {
        if (address.phone().isPresent()) {
            return address.kept();
        }
        var alias = new Alias(tenant, address);
        return Optional.ofNullable(known.getIfPresent(alias)).orElseGet(() -> {
            ContactAddress read = database.read(tenant, tx -> resolve(tx, tenant, address));
            remember(alias, read);
            return read;
        });
    }

    /// A number may be learned at any time, and a connection may move to another portfolio, on another server too: only
    /// numbers are remembered.
    private void remember(Alias alias, ContactAddress contact) {
        if (contact.phone().isPresent()) {
            known.put(alias, contact);
        }
    }

    /// The same in a transaction.
    public static ContactAddress resolve(Tx tx, AccountId tenant, ContactAddress address) {
        return address.phone().isPresent()
                ? address.kept()
                : contact(tx, tenant, new PortfolioPeopleStore(tx).named(tenant, address));
    }

    /// The same in a transaction that is about to keep something under it: nothing is learned meanwhile about the
    /// business that knows the contact.
    public static ContactAddress resolveToKeep(Tx tx, AccountId tenant, ContactAddress address) {
        return address.phone().isPresent()
                ? address.kept()
                : contact(tx, tenant, new PortfolioPeopleStore(tx).namedToKeep(tenant, address));
    }

    static ContactAddress contact(Tx tx, AccountId tenant, ContactAddress named) {
        return new ContactAliasStore(tx).find(tenant, named).orElse(named);
    }

    /// Whom someone means by what they typed: a phone number, or the key of another address.
    ///
    /// @param isSure false for a number that no table knows: it counts if the contact has written from it
    public record Meant(ContactAddress address, boolean isSure) {

        public static Optional<Meant> by(String typed) {
            return ContactAddress.parse(typed)
                    .map(address -> new Meant(address, true))
                    .or(() -> ContactAddress.given(typed).map(phone -> new Meant(phone, false)));
        }
    }

    /// Finds whom someone means.
    public static Optional<ContactAddress> find(Tx tx, AccountId tenant, String typed) {
        return Meant.by(typed).flatMap(meant -> find(tx, tenant, meant));
    }

    /// The same, of what was parsed before.
    public static Optional<ContactAddress> find(Tx tx, AccountId tenant, Meant meant) {
        return Optional.ofNullable(contacts(tx, tenant, Set.of(meant)).get(meant));
    }

    /// Finds whom people mean, by what they typed; what means no one is absent.
    public static Map<String, ContactAddress> findAll(Tx tx, AccountId tenant, Collection<String> typed) {
        var meant = new HashMap<String, Meant>();
        typed.forEach(one -> Meant.by(one).ifPresent(by -> meant.put(one, by)));
        Map<Meant, ContactAddress> contacts = contacts(tx, tenant, Set.copyOf(meant.values()));
        meant.values().retainAll(contacts.keySet());
        return meant.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> Objects.requireNonNull(contacts.get(one.getValue()))));
    }

    private static Map<Meant, ContactAddress> contacts(Tx tx, AccountId tenant, Set<Meant> meant) {
        Set<ContactAddress> written = new ContactJoinStore(tx)
                .written(
                        tenant,
                        meant.stream()
                                .filter(one -> !one.isSure())
                                .map(Meant::address)
                                .toList());
        Map<Meant, ContactAddress> found = meant.stream()
                .filter(one -> one.isSure() || written.contains(one.address()))
                .collect(Collectors.toMap(one -> one, Meant::address));
        Map<ContactAddress, ContactAddress> named = new PortfolioPeopleStore(tx).named(tenant, found.values());
        found.replaceAll((_, address) -> named.getOrDefault(address, address));
        Map<ContactAddress, ContactAddress> contacts = new ContactAliasStore(tx)
                .findAll(
                        tenant,
                        found.values().stream()
                                .filter(address -> address.phone().isEmpty())
                                .collect(Collectors.toSet()));
        found.replaceAll((_, address) -> contacts.getOrDefault(address, address));
        return found;
    }

    /// Learns that a contact has another phone number from now on. The former number is no other way to name the
    /// contact: someone else may get it.
    public void moved(AccountId tenant, Phone from, Phone to) {
        if (!from.kept().equals(to.kept())) {
            database.write(tenant, tx -> {
                if (!new ContactMergeStore(tx).isUndone(tenant, from.kept(), to.kept())) {
                    join(tx, tenant, from.kept(), to.kept());
                }
                return true;
            });
        }
    }

    /// Learns that a contact has another hidden address from now on, and who it is under both. A person whose new phone
    /// number isn't told stays under the one that is known.
    ///
    /// @param told the phone number of the new address
    public void renamed(AccountId tenant, ContactAddress from, ContactAddress to, Optional<Phone> told) {
        Optional<ContactAddress> contact = database.write(tenant, tx -> {
            var store = new ContactAliasStore(tx);
            var people = new PortfolioPeopleStore(tx);
            ContactAddress before = people.namedToKeep(tenant, from);
            ContactAddress after = people.namedToKeep(tenant, to);
            ContactAddress was = contact(tx, tenant, before);
            ContactAddress named = told.<ContactAddress>map(Phone::kept).orElseGet(() -> contact(tx, tenant, after));
            ContactAddress is = named.equals(after) && was.phone().isPresent() ? was : named;
            if (new ContactMergeStore(tx).isUndone(tenant, was, is)) {
                return Optional.empty();
            }
            if (!was.equals(is)) {
                join(tx, tenant, was, is);
            }
            for (ContactAddress address : List.of(before, after)) {
                if (!address.equals(is)) {
                    store.put(tenant, address, is, clock.instant());
                }
            }
            return Optional.of(is);
        });
        contact.ifPresent(is -> {
            remember(new Alias(tenant, from), is);
            remember(new Alias(tenant, to), is);
        });
    }

    /// Most contacts tell both addresses with their first message: nothing is kept under the hidden one. Aliases are
    /// noted as they were, so they change afterwards.
    void join(Tx tx, AccountId tenant, ContactAddress from, ContactAddress to) {
        var store = new ContactJoinStore(tx);
        if (store.keeps(tenant, from)) {
            var merge = new ContactMerge(uuids.next(), from, to, clock.instant());
            new ContactMergeStore(tx).insert(tenant, merge);
            store.move(tenant, from, to);
            joined.fire(new ContactsJoined(tx, tenant, from, to, merge.id()));
        }
    }

    /// Learns that a hidden contact has this phone number, from something that named both.
    ///
    /// @return false if someone has said that these are two people
    public boolean learn(AccountId tenant, ContactAddress hidden, Phone told) {
        Phone phone = told.kept();
        if (hidden.phone().isPresent() || resolve(tenant, hidden).equals(phone)) {
            return true;
        }
        boolean isLearned = database.write(tenant, tx -> {
            ContactAddress named = new PortfolioPeopleStore(tx).namedToKeep(tenant, hidden);
            ContactAddress contact = contact(tx, tenant, named);
            var merges = new ContactMergeStore(tx);
            if (merges.isUndone(tenant, named, phone) || merges.isUndone(tenant, contact, phone)) {
                return false;
            }
            var store = new ContactAliasStore(tx);
            // Another phone number before: the person has moved on, and whoever has that number now is someone else.
            if (contact.phone().isEmpty()) {
                join(tx, tenant, contact, phone);
                store.put(tenant, contact, phone, clock.instant());
            }
            store.put(tenant, named, phone, clock.instant());
            return true;
        });
        if (isLearned) {
            known.put(new Alias(tenant, hidden), phone);
        }
        return isLearned;
    }

    void contactsParted(@Observes ContactsParted parted) {
        parted.tx()
                .afterCommit(
                        () -> known.asMap().values().removeIf(parted.merge().contact()::equals));
    }
}
