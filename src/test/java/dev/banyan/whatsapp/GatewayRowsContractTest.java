package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionStore;
import dev.banyan.whatsapp.connections.ContactAddressStore;
import dev.banyan.whatsapp.drivers.HookStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.history.ReactionStore;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import org.junit.jupiter.api.Test;

/// The rows of a tenant's gateways and of what comes from them, with those of a stranger.
@OnEveryDatabase
class GatewayRowsContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final Phone CONTACT = new Phone("+971500000201");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId number = new SenderId("pool-" + UUIDS.next());
    private final Connection connection;

    GatewayRowsContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.connection = connection(tenant, "Office");
        write(tx -> new ConnectionStore(tx).insert(tenant, connection, "sealed"));
        write(tx -> new SenderStore(tx)
                .insert(
                        tenant,
                        Sender.fresh(
                                        number,
                                        tenant,
                                        new Sender.Role.Master(MasterType.PRIMARY),
                                        "Amira Nasser",
                                        Optional.empty(),
                                        DriverKind.WAHA,
                                        NOW)
                                .at(DriverKind.WAHA, Optional.of(new Sender.Remote(connection.id(), "shop-dubai")))));
    }

    private static Connection connection(AccountId whose, String name) {
        return new Connection(
                new ConnectionId(UUIDS.next()),
                whose,
                name,
                DriverKind.WAHA,
                Optional.of(URI.create("http://localhost:3000")),
                Optional.of(URI.create("https://bot.example.com/hook")),
                false,
                Connection.Facts.NONE,
                NOW,
                NOW);
    }

    @Test
    void aConnectionIsTheTenantsOwn() {
        Connection others = connection(stranger, "Office");
        assertThat(wrote(tx -> new ConnectionStore(tx).insert(stranger, others, "other")))
                .isTrue();
        assertThat(wrote(tx -> new ConnectionStore(tx).insert(tenant, connection(tenant, "Office"), "again")))
                .as("a name is taken once per account")
                .isFalse();

        assertThat(found(tx -> new ConnectionStore(tx).find(tenant, connection.id())))
                .contains(new ConnectionStore.Row(connection, "sealed"));
        assertThat(found(tx -> new ConnectionStore(tx).find(stranger, connection.id())))
                .isEmpty();
        assertThat(found(tx -> new ConnectionStore(tx).find(connection.id())))
                .contains(new ConnectionStore.Row(connection, "sealed"));
        assertThat(some(tx -> new ConnectionStore(tx).list(tenant))).containsExactly(connection);
        assertThat(some(tx -> new ConnectionStore(tx).list(stranger))).containsExactly(others);
        assertThat(read(tx -> new ConnectionStore(tx).isNameTaken(tenant, "Office", others.id())))
                .isTrue();
        assertThat(read(tx -> new ConnectionStore(tx).isNameTaken(tenant, "Office", connection.id())))
                .isFalse();
        assertThat(read(tx -> new ConnectionStore(tx).isNameTaken(stranger, "Office", others.id())))
                .isFalse();
        assertThat(some(tx -> new ConnectionStore(tx).sealed())).contains("sealed", "other");
    }

    @Test
    void itsNumbersAreFoundByWhatTheGatewayCallsThem() {
        var key = new SenderKey(tenant, number);

        assertThat(found(tx -> new ConnectionStore(tx).sender(tenant, connection.id(), "shop-dubai")))
                .contains(key);
        assertThat(found(tx -> new ConnectionStore(tx).sender(stranger, connection.id(), "shop-dubai")))
                .isEmpty();
        assertThat(map(tx -> new ConnectionStore(tx).senders(tenant, connection.id())))
                .isEqualTo(Map.of("shop-dubai", key));
        assertThat(map(tx -> new ConnectionStore(tx).senders(stranger, connection.id())))
                .isEmpty();
        assertThat(map(tx -> new ConnectionStore(tx).numbers(tenant))).isEqualTo(Map.of(connection.id(), 1));
        assertThat(map(tx -> new ConnectionStore(tx).numbers(stranger))).isEmpty();
        assertThat(found(tx -> new SenderStore(tx).findByRemote(tenant, connection.id(), "shop-dubai"))
                        .map(Sender::id))
                .contains(number);
        assertThat(found(tx -> new SenderStore(tx).findByRemote(stranger, connection.id(), "shop-dubai")))
                .isEmpty();
    }

    @Test
    void aPortfolioCountsWhomItWritesToFirst() {
        var facts = new Connection.Facts(
                Optional.empty(), Optional.empty(), Optional.of(NOW), Optional.empty(), Optional.of("portfolio"));
        write(tx -> {
            new ConnectionStore(tx).checked(tenant, connection.id(), facts);
            new SenderRatingStore(tx).put(tenant, number, new SenderRating("green", "2"), NOW);
            new IncomingStore(tx)
                    .insert(
                            tenant,
                            TestMessages.received(
                                    UUIDS.next(),
                                    tenant,
                                    number,
                                    number,
                                    "wamid.open",
                                    contact(9),
                                    "",
                                    "Hello",
                                    Optional.empty(),
                                    NOW.minus(Duration.ofHours(23))));
        });
        assertThat(found(tx -> new ConnectionStore(tx).find(tenant, connection.id()))
                        .orElseThrow()
                        .connection()
                        .facts())
                .isEqualTo(facts);

        assertThat(reaching(NOW, contact(1), contact(1), contact(9), contact(2), contact(3)))
                .as("twice the same, who wrote, and one too many")
                .isEqualTo("1 1 9 2");
        assertThat(reaching(NOW.plusSeconds(60), contact(2), contact(9), contact(4)))
                .as("no one else for a day")
                .isEqualTo("2 9");
        assertThat(found(tx -> PortfolioPlaces.of(tx, tenant, List.of(number), NOW)
                                .left(List.of(number)))
                        .map(PortfolioPlaces.Left::reached))
                .contains(2L);
        Instant opens = database.<Instant>write(
                tx -> PortfolioPlaces.locked(tx, tenant, List.of(number), List.of(contact(4)), NOW)
                        .fullUntil(number, contact(4))
                        .orElseThrow());
        assertThat(opens).isBetween(NOW.plus(PortfolioPlaces.DAY), NOW.plus(Duration.ofMinutes(24 * 60 + 10)));
        assertThat(reaching(opens, contact(9), contact(1), contact(2)))
                .as("whose 24 hours are over")
                .isEqualTo("9 1");

        assertThat(found(tx ->
                        PortfolioPlaces.of(tx, stranger, List.of(number), NOW).left(List.of(number))))
                .isEmpty();
        write(tx -> {
            new SenderRatingStore(tx).put(tenant, number, new SenderRating("green", "unlimited"), NOW);
        });
        assertThat(found(tx ->
                        PortfolioPlaces.of(tx, tenant, List.of(number), NOW).left(List.of(number))))
                .isEmpty();
    }

    private static Phone contact(int one) {
        return new Phone("+97150000020" + one);
    }

    /// Returns whom the number can write to, by the last digit.
    private String reaching(Instant at, Phone... contacts) {
        return database.<String>write(tx -> {
            var places = PortfolioPlaces.locked(tx, tenant, List.of(number), List.of(contacts), at);
            var reached = new StringJoiner(" ");
            for (Phone one : contacts) {
                if (places.fullUntil(number, one).isEmpty()) {
                    places.take(number, one);
                    reached.add(one.digits().substring(11));
                }
            }
            places.save(tx, tenant, at);
            return reached.toString();
        });
    }

    @Test
    void aConnectionIsChangedAndRemovedByItsTenantOnly() {
        var facts = new Connection.Facts(
                Optional.of("2026.8"),
                Optional.of("GOWS"),
                Optional.of(NOW),
                Optional.of("No webhook."),
                Optional.empty());
        var renamed = new Connection(
                connection.id(),
                tenant,
                "Shop",
                DriverKind.WAHA,
                Optional.empty(),
                Optional.empty(),
                false,
                facts,
                NOW,
                LATER);
        for (AccountId whose : List.of(stranger, tenant)) {
            write(tx -> new ConnectionStore(tx).update(whose, renamed, "new"));
            write(tx -> new ConnectionStore(tx).checked(whose, connection.id(), facts));
            assertThat(found(tx -> new ConnectionStore(tx).find(tenant, connection.id())))
                    .contains(
                            whose.equals(tenant)
                                    ? new ConnectionStore.Row(renamed, "new")
                                    : new ConnectionStore.Row(connection, "sealed"));
        }

        write(tx -> new ConnectionStore(tx).delete(stranger, connection.id()));
        assertThat(some(tx -> new ConnectionStore(tx).list(tenant))).hasSize(1);
        write(tx -> new ConnectionStore(tx).delete(tenant, connection.id()));
        assertThat(some(tx -> new ConnectionStore(tx).list(tenant))).isEmpty();
    }

    @Test
    void aNumberThatMovesForgetsHowItsContactsWereAddressed() {
        SenderId key = number;
        learn(key, "200000000000101@lid");
        Sender moved = found(tx -> new SenderStore(tx).find(tenant, number))
                .orElseThrow()
                .at(DriverKind.CLOUD, Optional.of(new Sender.Remote(connection.id(), "300000000000001")))
                .withLink(Sender.Link.none(SenderState.PENDING, LATER), LATER);

        write(tx -> new SenderStore(tx).place(stranger, moved));
        assertThat(found(tx -> new SenderStore(tx).find(tenant, number)).orElseThrow())
                .isNotEqualTo(moved);
        write(tx -> new SenderStore(tx).place(tenant, moved));

        assertThat(found(tx -> new SenderStore(tx).find(tenant, number))).contains(moved);
        assertThat(found(tx -> new ContactAddressStore(tx).address(tenant, key, CONTACT)))
                .isEmpty();
    }

    @Test
    void addressesOfContactsAreTheNumbersOwn() {
        SenderId key = number;
        var otherNumber = new SenderId("other");
        learn(key, "200000000000101@lid");
        learn(key, "200000000000102@lid");

        assertThat(found(tx -> new ContactAddressStore(tx).address(tenant, key, CONTACT)))
                .contains("200000000000102@lid");
        assertThat(found(tx -> new ContactAddressStore(tx).phone(tenant, key, "200000000000102@lid")))
                .contains(CONTACT);
        assertThat(found(tx -> new ContactAddressStore(tx).phone(tenant, key, "200000000000101@lid")))
                .isEmpty();
        assertThat(found(tx -> new ContactAddressStore(tx).address(stranger, key, CONTACT)))
                .isEmpty();
        assertThat(found(tx -> new ContactAddressStore(tx).phone(stranger, key, "200000000000102@lid")))
                .isEmpty();
        assertThat(found(tx -> new ContactAddressStore(tx).address(tenant, otherNumber, CONTACT)))
                .isEmpty();

        forget(stranger, "200000000000102@lid");
        forget(tenant, "200000000000101@lid");
        assertThat(found(tx -> new ContactAddressStore(tx).address(tenant, key, CONTACT)))
                .contains("200000000000102@lid");
        forget(tenant, "200000000000102@lid");
        assertThat(found(tx -> new ContactAddressStore(tx).address(tenant, key, CONTACT)))
                .isEmpty();
    }

    private void forget(AccountId of, String address) {
        write(tx -> new ContactAddressStore(tx).delete(of, CONTACT, address));
    }

    private void learn(SenderId key, String address) {
        write(tx -> new ContactAddressStore(tx).put(tenant, key, CONTACT, address, NOW));
    }

    @Test
    void aWebhookWaitsOnceAndUntilItIsDone() {
        HookStore.Row row = webhook(Optional.empty(), Optional.empty(), "evt_1");
        HookStore.Row repeated = webhook(Optional.empty(), Optional.empty(), "evt_1");

        assertThat(wrote(tx -> new HookStore(tx).insert(tenant, row))).isTrue();
        assertThat(wrote(tx -> new HookStore(tx).insert(tenant, repeated))).isFalse();
        assertThat(due(NOW)).isEmpty();
        assertThat(due(LATER)).containsExactly(row);

        write(tx -> new HookStore(tx).putOff(List.of(row.id()), LATER.plusSeconds(60), true));
        assertThat(due(LATER)).isEmpty();
        assertThat(due(LATER.plusSeconds(60))).extracting(HookStore.Row::tries).containsExactly(1);

        HookStore.Row later = due(LATER.plusSeconds(60)).getFirst();
        assertThat(later.id()).isEqualTo(row.id());
        assertThat(some(tx ->
                        new HookStore(tx).due(LATER.plusSeconds(60), Optional.of(later), 1_000, Integer.MAX_VALUE)))
                .as("the next page")
                .doesNotContain(later);

        write(tx -> new HookStore(tx).delete(List.of(row.id())));
        assertThat(due(LATER.plusSeconds(60))).isEmpty();
    }

    @Test
    void aPartOfAWebhookIsForThePoolOfItsNumber() {
        var pool = new SenderKey(tenant, number);
        HookStore.Row part = webhook(Optional.of("shop-dubai"), Optional.of(pool), "evt_2");
        HookStore.Row rest = webhook(Optional.of(""), Optional.empty(), "evt_3");
        List.of(part, rest).forEach(row -> write(tx -> new HookStore(tx).insert(tenant, row)));

        assertThat(due(LATER)).containsExactlyInAnyOrder(part, rest);

        write(tx -> new HookStore(tx).hurry(stranger, List.of(number), NOW));
        write(tx -> new HookStore(tx).hurry(tenant, List.of(new SenderId("another")), NOW));
        assertThat(due(NOW)).as("of another pool").isEmpty();
        write(tx -> new HookStore(tx).hurry(tenant, List.of(number), NOW));
        assertThat(due(NOW)).containsExactly(part.dueAt(NOW));
        write(tx -> new HookStore(tx).delete(List.of(part.id(), rest.id())));
    }

    private HookStore.Row webhook(Optional<String> remote, Optional<SenderKey> pool, String key) {
        return new HookStore.Row(UUIDS.next(), tenant, connection.id(), remote, pool, key, "{}", 0, LATER, NOW);
    }

    private List<HookStore.Row> due(Instant now) {
        return some(tx -> new HookStore(tx)
                .due(now, Optional.empty(), 1_000, Integer.MAX_VALUE).stream()
                        .filter(row -> row.connection().equals(connection.id()))
                        .toList());
    }

    @Test
    void reactionsAndEditsAreTheTenantsOwn() {
        var message = TestMessages.received(
                UUIDS.next(), tenant, number, number, "in-1", CONTACT, "", "Hello", Optional.empty(), NOW);
        write(tx -> new IncomingStore(tx).insert(tenant, message));

        var known = new Phone("+971500000209");
        assertThat(phones(tx -> new IncomingStore(tx).haveWritten(tenant, number, List.of(), List.of(CONTACT, known))))
                .containsExactly(CONTACT);
        assertThat(phones(tx -> new IncomingStore(tx).haveWritten(stranger, number, List.of(), List.of(CONTACT))))
                .isEmpty();
        assertThat(some(tx -> new SenderStore(tx).masters(tenant)))
                .extracting(Sender::id)
                .containsExactly(number);
        assertThat(some(tx -> new SenderStore(tx).masters(stranger))).isEmpty();
        assertThat(found(tx -> new IncomingStore(tx).writer(tenant, number, "in-1")))
                .contains(CONTACT);
        assertThat(found(tx -> new IncomingStore(tx).writer(stranger, number, "in-1")))
                .isEmpty();
        assertThat(wrote(tx -> new IncomingStore(tx).edit(stranger, number, "in-1", "Bad", LATER)))
                .isFalse();
        assertThat(wrote(tx -> new IncomingStore(tx).delete(stranger, number, "in-1", LATER)))
                .isFalse();
        assertThat(wrote(tx -> new IncomingStore(tx).edit(tenant, number, "in-1", "Hello!", LATER)))
                .isTrue();
        assertThat(wrote(tx -> new IncomingStore(tx).edit(tenant, number, "in-1", "Hel", NOW)))
                .as("an older change came late")
                .isFalse();
        assertThat(wrote(tx -> new IncomingStore(tx).delete(tenant, number, "in-1", LATER)))
                .isTrue();
        assertThat(wrote(tx -> new IncomingStore(tx).edit(tenant, number, "in-1", "Hello?", LATER)))
                .as("it was deleted")
                .isFalse();
        assertThat(wrote(tx -> new IncomingStore(tx).edit(tenant, number, "in-2", "Hello!", LATER)))
                .isFalse();
        assertThat(some(tx -> new IncomingStore(tx).of(tenant, number, CONTACT, 9)))
                .extracting(IncomingMessage::text)
                .containsExactly("Hello!");

        assertThat(react(tenant, "👍", LATER)).isTrue();
        assertThat(react(tenant, "🎉", NOW)).as("an older one came late").isFalse();
        assertThat(react(stranger, "👎", LATER)).isTrue();
        assertThat(reactions(tenant)).isEqualTo(Map.of("in-1", "👍"));
        assertThat(reactions(stranger)).isEqualTo(Map.of("in-1", "👎"));
        assertThat(react(tenant, "", LATER)).isTrue();
        assertThat(reactions(tenant)).isEmpty();
    }

    private boolean react(AccountId whose, String emoji, Instant at) {
        return wrote(tx -> new ReactionStore(tx).put(whose, number, "in-1", CONTACT, emoji, at));
    }

    private Map<String, String> reactions(AccountId whose) {
        return map(tx -> new ReactionStore(tx).of(whose, number, List.of("in-1")));
    }

    @Test
    void theContentOfAMessageIsKept() {
        var content = MessageContent.of(new MessageContent.Location(25.08, 55.14, "Shop", "Marina Walk"))
                .answering(new MessageContent.Quoted("out-1", true));
        var message = TestMessages.received(
                new UUID(3, UUIDS.next().getLeastSignificantBits()),
                tenant,
                number,
                number,
                "in-9",
                CONTACT,
                "",
                "📍 Shop",
                Optional.empty(),
                content,
                NOW);
        write(tx -> new IncomingStore(tx).insert(tenant, message));

        assertThat(some(tx -> new IncomingStore(tx).of(tenant, number, CONTACT, 9)))
                .containsExactly(message);
    }

    private <T> Optional<T> found(Function<Tx, Optional<T>> work) {
        return database.read(work::apply);
    }

    private <T> List<T> some(Function<Tx, List<T>> work) {
        return database.read(work::apply);
    }

    private Set<ContactAddress> phones(Function<Tx, Set<ContactAddress>> work) {
        return database.read(work::apply);
    }

    private <K, V> Map<K, V> map(Function<Tx, Map<K, V>> work) {
        return database.read(work::apply);
    }

    private boolean wrote(Predicate<Tx> work) {
        return database.write(work::test);
    }

    private boolean read(Predicate<Tx> work) {
        return database.read(work::test);
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return true;
        });
    }
}
