package dev.banyan.whatsapp.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.Business;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionStore;
import dev.banyan.whatsapp.contacts.ContactMergeStore.Kind;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import dev.banyan.workspaces.HeardEvents;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// People whom the connections of one portfolio know by one id. Another account has the same connections' people, and
/// keeps them as they are.
@OnEveryDatabase
class PortfolioPeopleContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final Phone PHONE = new Phone("+971500000201");
    private static final Phone NEXT = new Phone("+971500000202");
    private static final String ID = "AE.13491208655302741918";

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final ConnectionId first;
    private final ConnectionId second;
    private final ConnectionId strangers;
    private final SenderId number = new SenderId("pool-" + UUIDS.next());
    private final HeardEvents<ContactsJoined> joined = new HeardEvents<>();
    private final HeardEvents<PeopleGathered> gathered = new HeardEvents<>();
    private final ContactAliases aliases;
    private final PortfolioPeople people;

    PortfolioPeopleContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.first = connection(tenant, "First");
        this.second = connection(tenant, "Second");
        this.strangers = connection(stranger, "First");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        this.aliases = new ContactAliases(database, joined, clock);
        this.people = new PortfolioPeople(database, aliases, gathered, clock);
    }

    private ConnectionId connection(AccountId whose, String name) {
        var id = new ConnectionId(UUIDS.next());
        write(tx -> new ConnectionStore(tx)
                .insert(
                        whose,
                        new Connection(
                                id,
                                whose,
                                name,
                                DriverKind.CLOUD,
                                Optional.of(URI.create("http://localhost:3000")),
                                Optional.empty(),
                                false,
                                Connection.Facts.NONE,
                                NOW,
                                NOW),
                        "sealed"));
        return id;
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /// What an earlier version has noted: no one has moved.
    private void knows(AccountId whose, ConnectionId connection, String portfolio) {
        write(tx -> new ConnectionStore(tx)
                .checked(
                        whose,
                        connection,
                        new Connection.Facts(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(NOW),
                                Optional.empty(),
                                Optional.of(portfolio))));
    }

    private static ContactAddress at(String id, ConnectionId connection) {
        return new UserId(id, connection);
    }

    private static ContactAddress in(String portfolio, String id) {
        return new UserId(id, new Business.Portfolio(portfolio));
    }

    private static String portfolio() {
        return String.valueOf(200_000_000_000_000L + ThreadLocalRandom.current().nextLong(100_000_000_000L));
    }

    private void wrote(AccountId whose, String provider, ContactAddress from) {
        write(tx -> new IncomingStore(tx)
                .insert(
                        whose,
                        TestMessages.received(
                                UUIDS.next(), whose, number, number, provider, from, "", "Hi", Optional.empty(), NOW)));
    }

    private Optional<ContactAddress> writer(AccountId whose, String provider) {
        return database.read(tx -> new IncomingStore(tx).writer(whose, number, provider));
    }

    private void optedOut(AccountId whose, ContactAddress contact) {
        write(tx -> new OptOutStore(tx)
                .insert(
                        whose,
                        new OptOut(contact, OptOut.Cause.WORD, Optional.empty(), Optional.empty(), "STOP", NOW)));
    }

    private boolean isOut(AccountId whose, ContactAddress contact) {
        return database.<Optional<OptOut>>read(tx -> new OptOutStore(tx).find(whose, contact))
                .isPresent();
    }

    private ContactAddress resolved(AccountId whose, ContactAddress address) {
        return database.write(tx -> ContactAliases.resolveToKeep(tx, whose, address));
    }

    @Test
    void twoConnectionsOfAPortfolioKnowOnePerson() {
        String shared = portfolio();
        for (var each : Map.of(first, tenant, strangers, stranger).entrySet()) {
            wrote(each.getValue(), "wamid.first", at(ID, each.getKey()));
            optedOut(each.getValue(), at(ID, each.getKey()));
        }
        wrote(tenant, "wamid.second", at(ID, second));
        write(tx -> new PoolContactStore(tx).assign(tenant, number, at(ID, second), number, NOW));
        assertThat(resolved(tenant, at(ID, second))).as("no portfolio is known").isEqualTo(at(ID, second));

        knows(tenant, first, shared);
        people.run();
        assertThat(joined.heard()).as("no one else is there to become one with").isEmpty();
        assertThat(writer(tenant, "wamid.first")).contains(in(shared, ID));
        assertThat(writer(tenant, "wamid.second")).contains(at(ID, second));
        knows(tenant, second, shared);
        people.run();

        for (String provider : List.of("wamid.first", "wamid.second")) {
            assertThat(writer(tenant, provider)).contains(in(shared, ID));
        }
        assertThat(joined.heard())
                .extracting(ContactsJoined::tenant, ContactsJoined::from, ContactsJoined::to)
                .containsExactly(Tuple.tuple(tenant, at(ID, second), in(shared, ID)));
        assertThat(isOut(tenant, in(shared, ID))).isTrue();
        assertThat(database.<Optional<SenderId>>read(
                        tx -> new PoolContactStore(tx).find(tenant, number, in(shared, ID))))
                .contains(number);
        for (ConnectionId each : List.of(first, second)) {
            assertThat(resolved(tenant, at(ID, each))).isEqualTo(in(shared, ID));
            assertThat(resolved(tenant, at("AE.2", each))).as("a new one").isEqualTo(in(shared, "AE.2"));
            assertThat(database.<Optional<ContactAddress>>read(tx ->
                            ContactAliases.find(tx, tenant, at("AE.2", each).key())))
                    .contains(in(shared, "AE.2"));
        }
        assertThat(aliases.learn(tenant, at(ID, second), PHONE)).isTrue();
        assertThat(resolved(tenant, at(ID, first))).isEqualTo(PHONE);

        assertThat(writer(stranger, "wamid.first")).contains(at(ID, strangers));
        assertThat(isOut(stranger, at(ID, strangers))).isTrue();
        knows(stranger, strangers, shared);
        people.run();
        assertThat(writer(stranger, "wamid.first")).contains(in(shared, ID));
        assertThat(resolved(stranger, in(shared, ID))).isEqualTo(in(shared, ID));
        assertThat(resolved(stranger, at(ID, first))).as("not theirs").isEqualTo(at(ID, first));
    }

    @Test
    void aPhoneNumberThatOneConnectionWasToldIsKnownToAll() {
        String shared = portfolio();
        knows(tenant, first, shared);
        people.run();
        wrote(tenant, "wamid.first", in(shared, ID));
        aliases.learn(tenant, at(ID, second), PHONE);
        aliases.learn(tenant, at("AE.2", second), NEXT);
        assertThat(writer(tenant, "wamid.first")).contains(in(shared, ID));

        knows(tenant, second, shared);
        people.gather(tenant, second);

        assertThat(writer(tenant, "wamid.first")).contains(PHONE);
        assertThat(resolved(tenant, at(ID, first))).isEqualTo(PHONE);
        assertThat(resolved(tenant, at("AE.2", first))).isEqualTo(NEXT);
        assertThat(resolved(tenant, at("AE.2", second))).isEqualTo(NEXT);
    }

    @Test
    void manyMoveInSteps() {
        String shared = portfolio();
        for (int i = 0; i < 230; i++) {
            wrote(tenant, "wamid." + i, at("AE." + i, first));
        }
        write(tx -> new ContactAliasStore(tx).put(tenant, at("AE.230", first), PHONE, NOW));
        wrote(tenant, "wamid.230", in(shared, "AE.7"));
        wrote(stranger, "wamid.7", at("AE.7", first));

        knows(tenant, first, shared);
        people.run();

        for (int i = 0; i < 230; i++) {
            assertThat(writer(tenant, "wamid." + i)).contains(in(shared, "AE." + i));
        }
        assertThat(joined.heard()).extracting(ContactsJoined::from).containsExactly(at("AE.7", first));
        assertThat(gathered.heard())
                .hasSizeGreaterThan(2)
                .allMatch(some -> some.tenant().equals(tenant));
        assertThat(resolved(tenant, at("AE.230", first))).isEqualTo(PHONE);
        assertThat(writer(stranger, "wamid.7")).contains(at("AE.7", first));
        people.run();
        assertThat(joined.heard()).hasSize(1);
    }

    @Test
    void whoWereTwoAfterAllStayTwo() {
        String shared = portfolio();
        knows(tenant, first, shared);
        people.run();
        wrote(tenant, "wamid.first", at(ID, second));
        wrote(tenant, "wamid.second", in(shared, ID));
        optedOut(tenant, at(ID, second));
        UUID contact = UUIDS.next();
        knows(tenant, second, shared);
        people.run();
        write(tx -> new ContactMergeStore(tx)
                .note(tenant, joined.heard().getLast().merge(), Kind.CONTACT, contact.toString(), true));
        var merges = new ContactMerges(
                database, new HeardEvents<>(aliases::contactsParted), Clock.fixed(NOW, ZoneOffset.UTC));
        ContactMerge merge = database.<Optional<ContactMerge>>read(
                        tx -> merges.find(tx, tenant, contact, in(shared, ID)))
                .orElseThrow();

        write(tx -> merges.undo(tx, tenant, merge, "Amal"));

        assertThat(writer(tenant, "wamid.first")).contains(at(ID, second));
        assertThat(writer(tenant, "wamid.second")).contains(in(shared, ID));
        assertThat(resolved(tenant, at(ID, second))).isEqualTo(at(ID, second));
        assertThat(aliases.resolve(tenant, at(ID, second))).isEqualTo(at(ID, second));
        assertThat(resolved(tenant, at("AE.2", second))).isEqualTo(in(shared, "AE.2"));
        assertThat(isOut(tenant, at(ID, second))).isTrue();
        assertThat(isOut(tenant, in(shared, ID)))
                .as("the strictest consent wins")
                .isTrue();
    }

    @Test
    void aMergeFromBeforeIsUndoneUnderThePortfolio() {
        String shared = portfolio();
        optedOut(stranger, in(shared, ID));
        wrote(stranger, "wamid.stranger", at("AE.2", first));
        optedOut(stranger, at("AE.2", first));
        wrote(stranger, "wamid.other", in(shared, ID));
        aliases.learn(stranger, at("AE.2", first), NEXT);
        aliases.learn(stranger, in(shared, ID), NEXT);
        List<UUID> theirs = joined.heard().stream().map(ContactsJoined::merge).toList();
        UUID strangers = UUIDS.next();
        write(tx -> {
            var store = new ContactMergeStore(tx);
            theirs.forEach(merge -> store.note(stranger, merge, Kind.CONTACT, strangers.toString(), true));
            store.note(stranger, theirs.getLast(), Kind.ALIAS, at(ID, first).key(), true);
        });
        wrote(tenant, "wamid.second", at("AE.2", first));
        wrote(tenant, "wamid.first", at(ID, first));
        aliases.learn(tenant, at(ID, first), PHONE);
        UUID contact = UUIDS.next();
        write(tx -> new ContactMergeStore(tx)
                .note(tenant, joined.heard().getLast().merge(), Kind.CONTACT, contact.toString(), true));
        knows(tenant, first, shared);
        people.run();
        var merges = new ContactMerges(
                database, new HeardEvents<>(aliases::contactsParted), Clock.fixed(NOW, ZoneOffset.UTC));
        ContactMerge merge = database.<Optional<ContactMerge>>read(tx -> merges.find(tx, tenant, contact, PHONE))
                .orElseThrow();

        assertThat(noted(theirs.getLast(), Kind.ALIAS, at(ID, first))).isPresent();
        assertThat(noted(theirs.getFirst(), Kind.OPT_OUT, at("AE.2", first))).isPresent();
        write(tx -> merges.undo(
                tx, stranger, new ContactMerge(theirs.getFirst(), at("AE.2", first), NEXT, NOW), "Someone"));
        assertThat(aliases.learn(stranger, at("AE.2", first), NEXT))
                .as("theirs is undone as it was made")
                .isFalse();

        write(tx -> merges.undo(tx, tenant, merge, "Amal"));

        assertThat(writer(tenant, "wamid.first")).contains(in(shared, ID));
        assertThat(resolved(tenant, at(ID, first))).isEqualTo(in(shared, ID));
        assertThat(aliases.learn(tenant, at(ID, first), PHONE)).isFalse();
    }

    private Optional<Boolean> noted(UUID merge, Kind kind, ContactAddress moved) {
        return database.read(tx -> new ContactMergeStore(tx).noted(stranger, merge, kind, moved.key()));
    }

    @Test
    void aConnectionThatMovesToAnotherPortfolioTakesNoOneAlong() {
        String former = portfolio();
        String next = portfolio();
        knows(tenant, first, former);
        wrote(tenant, "wamid.first", at(ID, first));
        people.run();
        wrote(tenant, "wamid.second", in(next, ID));
        assertThat(aliases.resolve(tenant, at(ID, first))).isEqualTo(in(former, ID));

        knows(tenant, first, next);
        people.run();

        assertThat(joined.heard()).isEmpty();
        assertThat(writer(tenant, "wamid.first")).contains(in(former, ID));
        assertThat(writer(tenant, "wamid.second")).contains(in(next, ID));
        assertThat(resolved(tenant, at("AE.2", first))).isEqualTo(in(next, "AE.2"));
        assertThat(aliases.resolve(tenant, at(ID, first)))
                .as("whom it has heard before")
                .isEqualTo(in(next, ID));
    }

    @Test
    void numbersOfThePortfolioReachItsPeople() {
        String shared = portfolio();
        Optional<Sender.Remote> unknown = remote(first);
        knows(tenant, first, shared);
        knows(tenant, second, portfolio());

        assertThat(at(ID, first).isReachedBy(number, unknown)).isTrue();
        assertThat(at(ID, second).isReachedBy(number, unknown)).isFalse();
        assertThat(in(shared, ID).isReachedBy(number, unknown)).isFalse();
        assertThat(in(shared, ID).isReachedBy(number, remote(first))).isTrue();
        assertThat(in(shared, ID).isReachedBy(number, remote(second))).isFalse();
        assertThat(in(shared, ID).isReachedBy(number, Optional.empty())).isFalse();
    }

    private Optional<Sender.Remote> remote(ConnectionId connection) {
        var id = new SenderId("pool-" + UUIDS.next());
        write(tx -> new SenderStore(tx)
                .insert(
                        tenant,
                        Sender.fresh(
                                        id,
                                        tenant,
                                        new Sender.Role.Master(MasterType.PRIMARY),
                                        "Amira Nasser",
                                        Optional.empty(),
                                        DriverKind.CLOUD,
                                        NOW)
                                .at(DriverKind.CLOUD, Optional.of(new Sender.Remote(connection, "3" + id.value())))));
        return database.<Optional<Sender>>read(tx -> new SenderStore(tx).find(tenant, id))
                .flatMap(Sender::remote);
    }

    @Test
    void itsKeyIsReadAsItIsWritten() {
        for (ContactAddress address : List.of(in("200000000000001", ID), at(ID, first))) {
            assertThat(ContactAddress.of(address.key())).isEqualTo(address);
            assertThat(ContactAddress.parse(address.key())).contains(address);
        }
        assertThat(ContactAddress.parse(ID + "@portfolio:Marina")).isEmpty();
    }
}
