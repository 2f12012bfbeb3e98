package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.Business;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.contacts.PortfolioPeopleStore.Change;
import dev.banyan.whatsapp.contacts.PortfolioPeopleStore.Waiting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Keeps the people of a connection under its portfolio as soon as that is known: other connections of the portfolio
/// know the same people by the same ids (decision 0088).
///
/// What was kept under the connection moves in steps, because there may be much of it. Each step leaves aliases, by
/// which those who moved are found, and the last one says that the connection's people are the portfolio's. A
/// connection whose portfolio changes takes no one along: whom it knew are people of the former one.
@Singleton
public record PortfolioPeople(Database database, ContactAliases aliases, Event<PeopleGathered> gathered, Clock clock)
        implements Recurring {

    private static final int PEOPLE_AT_ONCE = 100;
    private static final int CONNECTIONS_AT_ONCE = 100;

    void run() {
        database.<List<Waiting>>read(tx -> new PortfolioPeopleStore(tx).waiting(CONNECTIONS_AT_ONCE))
                .forEach(one -> gatherAll(one.tenant(), one.connection()));
    }

    /// Keeps the people of a connection under its portfolio, if that is known and they are few: someone waits for it.
    /// The job does it for many.
    public void gather(AccountId tenant, ConnectionId connection) {
        finish(tenant, connection);
    }

    private void gatherAll(AccountId tenant, ConnectionId connection) {
        Set<ContactAddress> left = finish(tenant, connection);
        while (!left.isEmpty()) {
            var people = new ArrayDeque<>(left);
            while (!people.isEmpty()) {
                List<ContactAddress> some = Stream.generate(people::poll)
                        .limit(Math.min(PEOPLE_AT_ONCE, people.size()))
                        .toList();
                database.write(tenant, tx -> {
                    new PortfolioPeopleStore(tx)
                            .lock(tenant, connection)
                            .filter(Change::isFirst)
                            .ifPresent(change -> move(tx, tenant, some, change.portfolio()));
                    return true;
                });
            }
            left = finish(tenant, connection);
        }
    }

    /// @return those who are left, if there are too many to move at once; whoever comes meanwhile isn't among them
    private Set<ContactAddress> finish(AccountId tenant, ConnectionId connection) {
        return database.write(tenant, tx -> {
            var store = new PortfolioPeopleStore(tx);
            Optional<Change> change = store.lock(tenant, connection);
            if (change.isEmpty()) {
                return Set.of();
            }
            Business.Portfolio portfolio = change.get().portfolio();
            Set<ContactAddress> left = change.get().isFirst() ? store.people(tenant, connection, portfolio) : Set.of();
            if (left.size() > PEOPLE_AT_ONCE) {
                return left;
            }
            move(tx, tenant, left, portfolio);
            store.keepUnder(tenant, connection, portfolio);
            return Set.of();
        });
    }

    private void move(Tx tx, AccountId tenant, Collection<ContactAddress> people, Business.Portfolio portfolio) {
        if (people.isEmpty()) {
            return;
        }
        var store = new PortfolioPeopleStore(tx);
        Business former = ((UserId) people.iterator().next()).business();
        Map<ContactAddress, ContactAddress> names = new HashMap<>();
        people.forEach(one -> names.put(one, ((UserId) one).towards(portfolio)));
        store.renameMerges(tenant, names, former, portfolio);
        Map<ContactAddress, ContactAddress> contacts = contacts(tx, tenant, names);
        Set<ContactAddress> kept = new HashSet<>(store.kept(tenant, people));
        kept.addAll(store.kept(tenant, names.values()));
        var renamed = new HashSet<ContactAddress>();
        names.forEach((person, name) -> {
            ContactAddress contact = contacts.getOrDefault(name, name);
            if (kept.contains(name) && !contact.equals(name)) {
                join(tx, tenant, name, contact);
            }
            if (kept.contains(person)) {
                if (kept.contains(name) || !contact.equals(name)) {
                    join(tx, tenant, person, contact);
                } else {
                    renamed.add(person);
                }
            }
        });
        store.rename(tenant, renamed, former, portfolio);
        gathered.fire(new PeopleGathered(tx, tenant, Set.copyOf(renamed), former, portfolio));
        var known = new ContactAliasStore(tx);
        names.forEach((person, name) -> known.put(tenant, person, contacts.getOrDefault(name, name), clock.instant()));
        contacts.forEach((name, contact) -> known.put(tenant, name, contact, clock.instant()));
    }

    /// Returns under which other address people are kept, of those who are: the portfolio knows it, or the connection
    /// was told it.
    private static Map<ContactAddress, ContactAddress> contacts(
            Tx tx, AccountId tenant, Map<ContactAddress, ContactAddress> names) {
        var store = new ContactAliasStore(tx);
        var contacts = new HashMap<>(store.findAll(tenant, names.values()));
        store.findAll(tenant, names.keySet()).forEach((person, told) -> {
            ContactAddress name = Objects.requireNonNull(names.get(person));
            ContactAddress contact = ContactAliases.contact(tx, tenant, towards(name, person, told));
            if (!contacts.containsKey(name)
                    && !contact.equals(name)
                    && !new ContactMergeStore(tx).isUndone(tenant, name, contact)) {
                contacts.put(name, contact);
            }
        });
        return contacts;
    }

    /// Returns the address within the portfolio of someone whom the connection knew by another id.
    private static ContactAddress towards(ContactAddress name, ContactAddress person, ContactAddress told) {
        return told instanceof UserId user && user.business().equals(((UserId) person).business())
                ? user.towards(((UserId) name).business())
                : told;
    }

    /// Also moves what comes without a message.
    private void join(Tx tx, AccountId tenant, ContactAddress from, ContactAddress to) {
        aliases.join(tx, tenant, from, to);
        new ContactJoinStore(tx).move(tenant, from, to);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "20s",
                "gather-people",
                "Keeps hidden contacts of a connection under its business portfolio, once that is known.",
                this::run);
    }
}
