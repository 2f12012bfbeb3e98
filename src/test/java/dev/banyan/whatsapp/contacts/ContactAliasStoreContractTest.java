package dev.banyan.whatsapp.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.HiddenId;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.contacts.ContactMergeStore.Kind;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.ReactionStore;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import dev.banyan.workspaces.HeardEvents;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/// Who is known by which addresses, and what moves when two turn out to be one.
@OnEveryDatabase
class ContactAliasStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final Phone PHONE = new Phone("+971500000201");
    private static final Phone NEXT = new Phone("+971500000202");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId number = new SenderId("pool-" + UUIDS.next());
    private final ContactAddress user = new UserId("AE.13491208655302741918", new ConnectionId(UUIDS.next()));
    private final ContactAddress lid = new HiddenId("200000000000101", number);

    ContactAliasStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private Optional<ContactAddress> found(AccountId whose, ContactAddress alias) {
        return database.read(tx -> new ContactAliasStore(tx).find(whose, alias));
    }

    @Test
    void anAliasIsTheTenantsOwn() {
        write(tx -> new ContactAliasStore(tx).put(tenant, user, PHONE, NOW));

        assertThat(found(tenant, user)).contains(PHONE);
        assertThat(found(stranger, user)).isEmpty();
        assertThat(found(tenant, PHONE)).isEmpty();
    }

    @Test
    void aliasesOfAnAliasFollow() {
        write(tx -> {
            var store = new ContactAliasStore(tx);
            store.put(stranger, lid, user, NOW);
            store.put(tenant, lid, user, NOW);
            store.put(tenant, user, PHONE, NOW);
            store.put(tenant, user, NEXT, NOW.plusSeconds(1));
        });

        assertThat(found(tenant, lid)).contains(PHONE);
        assertThat(found(tenant, user)).contains(NEXT);
        assertThat(found(stranger, lid)).contains(user);
    }

    @Test
    void whatPeopleTypeNamesAContact() {
        var odd = new Phone("+15550000101"); // no table of numbers knows it
        write(tx -> {
            new ContactAliasStore(tx).put(tenant, user, PHONE, NOW);
            new IncomingStore(tx).insert(tenant, message(tenant, "wamid.odd", odd));
        });

        List<String> typed = List.of(
                user.key(),
                lid.key(),
                "+52 1 55 1234 0101",
                "0055 11 8765 0101",
                "15550000101",
                "+15550000102",
                "Amal");
        assertThat(database.<Map<String, ContactAddress>>read(tx -> ContactAliases.findAll(tx, tenant, typed)))
                .isEqualTo(Map.of(
                        user.key(),
                        PHONE,
                        lid.key(),
                        lid,
                        "+52 1 55 1234 0101",
                        new Phone("+525512340101"),
                        "0055 11 8765 0101",
                        new Phone("+5511987650101"),
                        "15550000101",
                        odd));
        assertThat(database.<Map<String, ContactAddress>>read(tx -> ContactAliases.findAll(tx, stranger, typed)))
                .doesNotContainKey("15550000101")
                .containsEntry(user.key(), user);
    }

    @Test
    void messagesOfEarlierVersionsMoveToTheKeptForm() {
        var others = Stream.of(
                        "+551187650103",
                        "+5215512340103",
                        "+541155550103",
                        "+22507230103",
                        "+22541230103",
                        "+22997230103")
                .map(Phone::new)
                .toList();
        var same = Stream.of("+551133330103", "+525512340104", "+5491155550104", "+22520230103", PHONE.e164())
                .map(Phone::new)
                .toList();
        var optedOut = new Phone("+22997230104");
        write(tx -> Stream.concat(others.stream(), same.stream())
                .forEach(phone ->
                        new IncomingStore(tx).insert(tenant, message(tenant, "wamid." + phone.digits(), phone))));
        write(tx -> new OptOutStore(tx).insert(tenant, optOut(optedOut, "The contact wrote it.")));
        var joined = new HeardEvents<ContactsJoined>();
        var clock = new TestClock();

        var forms = new KeptForms(database, new ContactAliases(database, joined, clock), clock);
        forms.run();

        Stream.concat(others.stream(), same.stream())
                .forEach(phone -> assertThat(writer("wamid." + phone.digits())).contains(phone.kept()));
        assertThat(optOut(tenant, optedOut.kept())).isPresent();
        assertThat(optOut(tenant, optedOut)).isEmpty();
        assertThat(joined.heard()).extracting(ContactsJoined::from).contains(others.getLast(), optedOut);

        var left = new Phone("+22997230105");
        write(tx -> new IncomingStore(tx).insert(tenant, message(tenant, "wamid.left", left)));
        forms.run();
        assertThat(writer("wamid.left"))
                .as("a look reads everything, so the next one waits")
                .contains(left);
        clock.forward(Duration.ofDays(8));
        forms.run();
        assertThat(writer("wamid.left")).contains(left.kept());
    }

    private Optional<ContactAddress> writer(String provider) {
        return database.read(tx -> new IncomingStore(tx).writer(tenant, number, provider));
    }

    private IncomingMessage message(AccountId whose, String provider, ContactAddress from) {
        return TestMessages.received(
                UUIDS.next(), whose, number, number, provider, from, "Amal", "Hello", Optional.empty(), NOW);
    }

    @Test
    void whatIsKeptMovesWithItsContact() {
        for (AccountId whose : List.of(tenant, stranger)) {
            write(tx -> {
                new PoolContactStore(tx).assign(whose, number, user, number, NOW);
                new ReactionStore(tx).put(whose, number, "wamid.1", user, "👍", NOW);
                new OptOutStore(tx).insert(whose, optOut(user, "The contact wrote it."));
            });
        }
        write(tx -> new ContactJoinStore(tx).move(tenant, user, PHONE));

        assertThat(number(tenant, PHONE)).contains(number);
        assertThat(number(tenant, user)).isEmpty();
        assertThat(number(stranger, user)).contains(number);
        assertThat(number(stranger, PHONE)).isEmpty();
        assertThat(optOut(tenant, PHONE)).isPresent();
        assertThat(optOut(tenant, user)).isEmpty();
        assertThat(optOut(stranger, user)).isPresent();
        assertThat(optOut(stranger, PHONE)).isEmpty();
    }

    @Test
    void whereOnlyOneCanStayItIsTheOtherAddresses() {
        var other = new SenderId("pool-" + UUIDS.next());
        write(tx -> {
            new PoolContactStore(tx).assign(tenant, number, user, number, NOW);
            new PoolContactStore(tx).assign(tenant, number, PHONE, other, NOW);
            new ReactionStore(tx).put(tenant, number, "wamid.1", user, "👍", NOW);
            new ReactionStore(tx).put(tenant, number, "wamid.1", PHONE, "❤️", NOW);
            new OptOutStore(tx).insert(tenant, optOut(user, "One"));
            new OptOutStore(tx).insert(tenant, optOut(PHONE, "Other"));
        });
        write(tx -> new ContactJoinStore(tx).move(tenant, user, PHONE));

        assertThat(number(tenant, PHONE)).contains(other);
        assertThat(number(tenant, user)).isEmpty();
        assertThat(optOut(tenant, PHONE).map(OptOut::note)).contains("Other");
        assertThat(optOut(tenant, user)).isEmpty();
    }

    @Test
    void whatAMergeMovedGoesBack() {
        var joined = new HeardEvents<ContactsJoined>();
        var aliases = new ContactAliases(database, joined, Clock.fixed(NOW, ZoneOffset.UTC));
        UUID contact = UUIDS.next();
        for (AccountId whose : List.of(stranger, tenant)) {
            write(tx -> {
                new ContactAliasStore(tx).put(whose, lid, user, NOW);
                new IncomingStore(tx).insert(whose, message(whose, "wamid.hidden", user));
                new IncomingStore(tx).insert(whose, message(whose, "wamid.known", PHONE));
                new PoolContactStore(tx).assign(whose, number, user, number, NOW);
                new ReactionStore(tx).put(whose, number, "wamid.hidden", user, "👍", NOW);
                new OptOutStore(tx).insert(whose, optOut(user, "The contact wrote it."));
            });
            assertThat(aliases.learn(whose, user, PHONE)).isTrue();
            write(tx -> {
                new ContactMergeStore(tx)
                        .note(whose, joined.heard().getLast().merge(), Kind.CONTACT, contact.toString(), true);
                // Whoever of the two it was: no one else may be written to by that.
                new OptOutStore(tx).delete(whose, PHONE);
            });
        }
        var merges = new ContactMerges(
                database, new HeardEvents<>(aliases::contactsParted), Clock.fixed(NOW, ZoneOffset.UTC));
        ContactMerge merge = database.<Optional<ContactMerge>>read(tx -> merges.find(tx, tenant, contact, PHONE))
                .orElseThrow();
        assertThat(merge.former()).isEqualTo(user);
        assertThat(database.<Optional<ContactMerge>>read(tx -> merges.find(tx, tenant, contact, user)))
                .isEmpty();
        assertThat(noted(tenant, merge, contact)).contains(true);
        assertThat(noted(stranger, merge, contact)).isEmpty();

        write(tx -> merges.undo(tx, stranger, merge, "Someone else"));
        assertThat(writer(tenant, "wamid.hidden")).contains(PHONE);
        write(tx -> merges.undo(tx, tenant, merge, "Amal"));

        assertThat(writer(tenant, "wamid.hidden")).contains(user);
        assertThat(writer(tenant, "wamid.known")).contains(PHONE);
        assertThat(writer(stranger, "wamid.hidden")).contains(PHONE);
        assertThat(found(tenant, lid)).contains(user);
        assertThat(found(tenant, user)).isEmpty();
        assertThat(found(stranger, lid)).contains(PHONE);
        assertThat(number(tenant, user)).contains(number);
        assertThat(number(tenant, PHONE)).isEmpty();
        assertThat(number(stranger, PHONE)).contains(number);
        assertThat(reacted(tenant)).containsExactly(user.key());
        assertThat(reacted(stranger)).containsExactly(PHONE.key());
        assertThat(optOut(tenant, user)).isPresent();
        assertThat(optOut(tenant, PHONE)).isEmpty();
        assertThat(optOut(stranger, user)).isEmpty();
        assertThat(noted(tenant, merge, contact)).isEmpty();
        assertThat(aliases.learn(tenant, user, PHONE)).isFalse();
        assertThat(found(tenant, user)).isEmpty();
    }

    private Optional<Boolean> noted(AccountId whose, ContactMerge merge, UUID contact) {
        return database.read(
                tx -> new ContactMergeStore(tx).noted(whose, merge.id(), Kind.CONTACT, contact.toString()));
    }

    private Optional<ContactAddress> writer(AccountId whose, String provider) {
        return database.read(tx -> new IncomingStore(tx).writer(whose, number, provider));
    }

    private List<String> reacted(AccountId whose) {
        return database.read(tx -> tx.sql()
                .select(DSL.field("phone", String.class))
                .from("message_reactions")
                .where("tenant_id = ?", whose.toString())
                .fetch(row -> row.value1()));
    }

    private Optional<SenderId> number(AccountId whose, ContactAddress contact) {
        return database.read(tx -> new PoolContactStore(tx).find(whose, number, contact));
    }

    private Optional<OptOut> optOut(AccountId whose, ContactAddress contact) {
        return database.read(tx -> new OptOutStore(tx).find(whose, contact));
    }

    private static OptOut optOut(ContactAddress contact, String note) {
        return new OptOut(contact, OptOut.Cause.WORD, Optional.empty(), Optional.empty(), note, NOW);
    }
}
