package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.OutboxStore.Handed;
import dev.banyan.whatsapp.OutboxStore.Step;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.ContactMerge;
import dev.banyan.whatsapp.contacts.ContactMerges;
import dev.banyan.whatsapp.contacts.ContactsJoined;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.session.UnansweredStore;
import dev.banyan.workspaces.HeardEvents;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MessageStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final UUID NODE = UUID.randomUUID();
    private static final UUID OTHER_NODE = UUID.randomUUID();
    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("pool-" + UUID.randomUUID());

    MessageStoresContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void aMessageIsFoundAsItWasStoredAndByNobodyElse() {
        var media = new Media("price list.pdf", "application/pdf", "files/a/b");
        OutgoingMessage message = new OutgoingMessage(
                id(),
                tenant,
                pool,
                Optional.of(pool),
                CONTACT,
                "Grüße 🌿",
                Optional.of(media),
                "key",
                DeliveryState.SENT,
                Optional.of("Why."),
                NOW,
                NOW.plusMillis(1));
        assertThat(insert(message)).isTrue();

        assertThat(find(tenant, message)).contains(message);
        assertThat(find(stranger, message)).isEmpty();
        assertThat(byKey(tenant, "key")).isEqualTo(Map.of("key", message));
        assertThat(byKey(stranger, "key")).isEmpty();
    }

    @Test
    void aKeyIsTakenInItsTenantAlone() {
        OutgoingMessage first = stored(CONTACT, DeliveryState.QUEUED);
        assertThat(insert(new OutgoingMessage(
                        id(),
                        tenant,
                        pool,
                        Optional.empty(),
                        OTHER,
                        "Hi",
                        Optional.empty(),
                        first.key(),
                        DeliveryState.QUEUED,
                        Optional.empty(),
                        NOW,
                        NOW)))
                .isFalse();
        assertThat(insert(new OutgoingMessage(
                        id(),
                        stranger,
                        pool,
                        Optional.empty(),
                        OTHER,
                        "Hi",
                        Optional.empty(),
                        first.key(),
                        DeliveryState.QUEUED,
                        Optional.empty(),
                        NOW,
                        NOW)))
                .isTrue();
    }

    @Test
    void nextIsTheOldestOfEachContactThatIsDueAndNotBehindOneThatIsBeingSent() {
        OutgoingMessage first = stored(CONTACT, DeliveryState.QUEUED);
        stored(CONTACT, DeliveryState.QUEUED);
        stored(OTHER, DeliveryState.SENDING);
        stored(OTHER, DeliveryState.QUEUED);
        stored(new Phone("+971500000203"), DeliveryState.UNCERTAIN);
        OutgoingMessage free = stored(new Phone("+971500000203"), DeliveryState.QUEUED);

        assertThat(next(tenant, NOW)).containsExactly(first.id(), free.id());
        assertThat(next(tenant, NOW.minusMillis(1))).as("not due").isEmpty();
        assertThat(next(stranger, NOW)).isEmpty();
    }

    @Test
    void whatIsPutOffIsDueThenOrWhenItIsHurried() {
        OutgoingMessage message = stored(CONTACT, DeliveryState.QUEUED);
        Instant then = NOW.plus(Duration.ofMinutes(1));
        database.write(tx -> {
            new OutboxStore(tx).putOff(stranger, due(tenant), new Waiting(WaitReason.POOL_AWAY, then));
            return true;
        });
        assertThat(next(tenant, NOW)).containsExactly(message.id());
        database.write(tx -> {
            new OutboxStore(tx).putOff(tenant, due(tenant), new Waiting(WaitReason.POOL_AWAY, then));
            return true;
        });
        assertThat(next(tenant, NOW)).isEmpty();
        assertThat(database.<List<SenderKey>>read(tx -> new UnansweredStore(tx).duePools(NOW, 1_000)))
                .doesNotContain(new SenderKey(tenant, pool));
        assertThat(database.<List<SenderKey>>read(tx -> new UnansweredStore(tx).duePools(then, 1_000)))
                .contains(new SenderKey(tenant, pool));

        assertThat(due(tenant)).isEmpty();
        assertThat(postponed(tenant)).containsExactly(message.id());
        assertThat(postponed(stranger)).isEmpty();
        database.write(tx -> {
            new OutboxStore(tx).putOff(tenant, postponed(tenant), new Waiting(WaitReason.TURN, NOW));
            return true;
        });
        assertThat(due(tenant)).containsExactly(message.id());
        assertThat(due(stranger)).isEmpty();
        assertThat(next(tenant, NOW)).containsExactly(message.id());
    }

    private List<UUID> due(AccountId whose) {
        return database.read(tx -> new OutboxStore(tx).due(whose, pool, NOW));
    }

    private List<UUID> postponed(AccountId whose) {
        return database.read(tx -> new OutboxStore(tx).postponed(whose, pool, NOW));
    }

    @Test
    void onlyTheStateThatWasSeenIsChanged() {
        OutgoingMessage message = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage sending = message.by(pool).became(DeliveryState.SENDING, Optional.empty(), NOW.plusMillis(5));

        assertThat(become(stranger, message, sending)).isFalse();
        assertThat(become(tenant, message, sending)).isTrue();
        assertThat(become(tenant, message, sending)).as("a second time").isFalse();

        assertThat(find(tenant, message)).contains(sending);
    }

    @Test
    void whatIsBeingHandedOverIsTheNodesOwn() {
        OutgoingMessage waits = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage sending = waits.by(pool).became(DeliveryState.SENDING, Optional.empty(), NOW.plusMillis(5));
        write(store -> store.handOver(tenant, List.of(new Handed(waits, sending, "")), NODE));

        assertThat(handed(store -> store.unanswered(NODE, NOW.plusMillis(5), 1_000)))
                .contains(sending);
        assertThat(handed(store -> store.unanswered(NODE, NOW.plusMillis(4), 1_000)))
                .doesNotContain(sending);
        assertThat(handed(store -> store.unanswered(OTHER_NODE, NOW.plusMillis(5), 1_000)))
                .doesNotContain(sending);
        assertThat(handed(store -> store.leftBehind(List.of(of(tenant)), OTHER_NODE, 9)))
                .containsExactly(sending);
        assertThat(handed(store -> store.leftBehind(List.of(of(tenant)), NODE, 9)))
                .isEmpty();
        assertThat(handed(store -> store.leftBehind(List.of(of(stranger)), OTHER_NODE, 9)))
                .isEmpty();
        var otherPool = new SenderKey(tenant, new SenderId("another"));
        assertThat(handed(store -> store.leftBehind(List.of(otherPool), OTHER_NODE, 9)))
                .isEmpty();
        assertThat(handed(store -> store.leftBehind(List.of(otherPool, of(tenant)), OTHER_NODE, 9)))
                .containsExactly(sending);
        assertThat(free(List.of(sending))).containsExactly(sending.id());
        assertThat(isHandingOver(tenant, NODE)).isTrue();
        assertThat(database.<Boolean>read(tx -> new UnansweredStore(tx).isHandingOver(tenant, otherPool.id(), NODE)))
                .isFalse();
        assertThat(isHandingOver(tenant, OTHER_NODE)).isFalse();
        assertThat(isHandingOver(stranger, NODE)).isFalse();
    }

    private List<OutgoingMessage> some(Function<OutgoingStore, List<OutgoingMessage>> reading) {
        return database.read(tx -> reading.apply(new OutgoingStore(tx)));
    }

    private Set<UUID> free(List<OutgoingMessage> messages) {
        return database.write(tx -> new UnansweredStore(tx).free(messages));
    }

    private List<OutgoingMessage> handed(Function<UnansweredStore, List<OutgoingMessage>> reading) {
        return database.read(tx -> reading.apply(new UnansweredStore(tx)));
    }

    private boolean isHandingOver(AccountId whose, UUID node) {
        return database.read(tx -> new UnansweredStore(tx).isHandingOver(whose, pool, node));
    }

    private SenderKey of(AccountId whose) {
        return new SenderKey(whose, pool);
    }

    @Test
    void aProvidersIdFindsItsMessage() {
        OutgoingMessage waits = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage sending = waits.by(pool).became(DeliveryState.SENDING, Optional.empty(), NOW);
        OutgoingMessage message = sending.became(DeliveryState.SENT, Optional.empty(), NOW);
        write(store -> {
            store.handOver(stranger, List.of(new Handed(waits, sending, "")), NODE);
            store.handOver(tenant, List.of(new Handed(waits, sending, "")), NODE);
            store.become(stranger, List.of(new Step(sending, message, NOW, Optional.of("wrong"))));
            store.become(tenant, List.of(new Step(sending, message, NOW, Optional.of("wamid-1"))));
        });

        assertThat(byProvider(tenant, pool, "wamid-1")).contains(message);
        assertThat(byProvider(stranger, pool, "wamid-1")).isEmpty();
        assertThat(byProvider(tenant, new SenderId("another"), "wamid-1")).isEmpty();
        assertThat(database.<Integer>read(tx -> new OutgoingStore(tx).tries(tenant, message.id())))
                .isEqualTo(1);
        assertThat(database.<Integer>read(tx -> new OutgoingStore(tx).tries(stranger, message.id())))
                .isZero();
        assertThat(providers(tenant, DeliveryState.SENT)).containsExactly("wamid-1");
        assertThat(providers(stranger, DeliveryState.SENT)).isEmpty();
        assertThat(providers(tenant, DeliveryState.DELIVERED)).isEmpty();
    }

    @Test
    void whatIsUnderWayIsKnownByTheProvidersIds() {
        OutgoingMessage sent = stored(CONTACT, DeliveryState.SENT);
        OutgoingMessage read = stored(OTHER, DeliveryState.READ);
        write(store -> store.become(
                tenant,
                List.of(
                        new Step(sent, sent, NOW, Optional.of("wamid-2")),
                        new Step(read, read, NOW, Optional.of("wamid-3")))));

        assertThat(underWay(tenant, pool)).containsExactly(new OutgoingStore.UnderWay(pool, CONTACT, "wamid-2"));
        assertThat(underWay(tenant, new SenderId("another"))).isEmpty();
        assertThat(underWay(stranger, pool)).isEmpty();
    }

    private List<OutgoingStore.UnderWay> underWay(AccountId whose, SenderId sender) {
        return database.read(tx -> new OutgoingStore(tx).underWay(whose, List.of(sender), 9));
    }

    @Test
    void whatIsUnderWayIsCountedForEachPoolAndNumber() {
        stored(CONTACT, DeliveryState.QUEUED);
        stored(OTHER, DeliveryState.SENDING);
        stored(OTHER, DeliveryState.READ);

        OutgoingStore.Waiting waiting = database.read(tx -> new OutgoingStore(tx).waiting(tenant));
        assertThat(waiting.all()).isEqualTo(2);
        assertThat(waiting.pool()).isEqualTo(Map.of(pool, 2L));
        assertThat(waiting.oldest()).contains(NOW);
        assertThat(database.<OutgoingStore.Waiting>read(tx -> new OutgoingStore(tx).waiting(stranger))
                        .all())
                .isZero();
    }

    @Test
    void whatIsNextIsFoundWithoutReadingTheQueueForEachContact() {
        String plan = database.read(tx -> {
            String query = new OutgoingStore(tx).asNext(tenant, pool, NOW, 9).getSQL(ParamType.INLINED);
            boolean onFile = tx.sql().dialect() == SQLDialect.SQLITE;
            return tx.sql()
                    .fetch((onFile ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + query)
                    .formatCSV();
        });

        assertThat(plan)
                .as("of a table that PostgreSQL takes for empty")
                .containsPattern("phone(=|\\)::text = \\(outgoing_messages\\.phone)")
                .doesNotContain("Join");
    }

    @Test
    void whatIsUnderWayIsFoundWithoutReadingAllThatWasSent() {
        String plan = database.read(tx -> {
            var query = new OutgoingStore(tx).underWay(tenant);
            return tx.sql().dialect() == SQLDialect.SQLITE
                    ? tx.sql()
                            .fetch(
                                    "EXPLAIN QUERY PLAN " + query.getSQL(),
                                    query.getBindValues().toArray())
                            .format()
                    : "outgoing_messages_under_way";
        });

        assertThat(plan).contains("outgoing_messages_under_way");
    }

    @Test
    void whatWaitsAndWhomItReachedIsTheTenantsOwn() {
        OutgoingMessage waits = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage sent = stored(OTHER, DeliveryState.READ);
        stored(CONTACT, DeliveryState.FAILED);

        assertThat(database.<List<OutgoingMessage>>read(tx -> new OutgoingStore(tx).queued(tenant, pool, 9)))
                .containsExactly(waits);
        assertThat(database.<List<OutgoingMessage>>read(tx -> new OutgoingStore(tx).queued(stranger, pool, 9)))
                .isEmpty();
        assertThat(database.<List<OutgoingMessage>>read(
                        tx -> new OutgoingStore(tx).queuedBefore(tenant, pool, NOW.plusMillis(1), 9)))
                .containsExactly(waits);
        assertThat(database.<List<OutgoingMessage>>read(tx -> new OutgoingStore(tx).queuedBefore(tenant, pool, NOW, 9)))
                .isEmpty();
        assertThat(reached(tenant, OTHER)).isTrue();
        assertThat(reached(stranger, OTHER)).isFalse();
        assertThat(reached(tenant, CONTACT)).isFalse();
        assertThat(database.<List<OutgoingMessage>>read(tx -> new OutgoingStore(tx).sentTo(tenant, pool, OTHER, 9)))
                .containsExactly(sent);
        assertThat(database.<List<OutgoingMessage>>read(tx -> new OutgoingStore(tx).sentTo(stranger, pool, OTHER, 9)))
                .isEmpty();
    }

    @Test
    void whatCameInIsThereOnceAndTheTenantsOwn() {
        var media = new Media("photo.png", "image/png", "files/a/b");
        var message = TestMessages.received(id(), tenant, pool, pool, "in-1", CONTACT, "", "", Optional.of(media), NOW);
        assertThat(insert(message)).isTrue();
        assertThat(insert(TestMessages.received(
                        id(), tenant, pool, pool, "in-1", CONTACT, "Amira", "Hello", Optional.empty(), NOW)))
                .isFalse();

        assertThat(incoming(tenant)).containsExactly(message);
        assertThat(incoming(stranger)).isEmpty();
        assertThat(written(tenant)).isTrue();
        assertThat(written(stranger)).isFalse();
    }

    @Test
    void whoHasTalkedWithANumberIsKnownWithNameAndTime() {
        insert(TestMessages.received(id(), tenant, pool, pool, "in-1", CONTACT, "", "Hi", Optional.empty(), NOW));
        insert(TestMessages.received(
                id(), tenant, pool, pool, "in-2", CONTACT, "Amira Nasser", "Hi", Optional.empty(), NOW.plusMillis(7)));
        stored(OTHER, DeliveryState.SENT);

        assertThat(talkers(tenant)).isEqualTo(Map.of(CONTACT, NOW.plusMillis(7)));
        assertThat(talkers(stranger)).isEmpty();
        assertThat(names(tenant)).isEqualTo(Map.of(CONTACT, "Amira Nasser"));
        assertThat(names(stranger)).isEmpty();
        assertThat(reached(tenant)).isEqualTo(Map.of(OTHER, NOW));
        assertThat(reached(stranger)).isEmpty();
    }

    @Test
    void messagesMoveWithTheirContact() {
        for (AccountId whose : List.of(tenant, stranger)) {
            insert(TestMessages.received(id(), whose, pool, pool, "in-1", CONTACT, "", "Hi", Optional.empty(), NOW));
            insert(new OutgoingMessage(
                    id(),
                    whose,
                    pool,
                    Optional.of(pool),
                    CONTACT,
                    "Hello",
                    Optional.empty(),
                    "key",
                    DeliveryState.SENT,
                    Optional.empty(),
                    NOW,
                    NOW));
        }

        var joined = new HeardEvents<ContactsJoined>();
        new ContactAliases(database, joined, Clock.systemUTC()).moved(tenant, CONTACT, OTHER);

        assertThat(talkers(tenant).keySet()).containsExactly(OTHER);
        assertThat(reached(tenant).keySet()).containsExactly(OTHER);
        assertThat(talkers(stranger).keySet()).containsExactly(CONTACT);
        assertThat(reached(stranger).keySet()).containsExactly(CONTACT);

        insert(TestMessages.received(id(), tenant, pool, pool, "in-2", OTHER, "", "Me", Optional.empty(), NOW));
        var merge = new ContactMerge(joined.heard().getLast().merge(), CONTACT, OTHER, NOW);
        database.write(tx -> {
            new ContactMerges(database, new HeardEvents<>(), Clock.systemUTC()).undo(tx, tenant, merge, "Amira");
            return true;
        });
        assertThat(talkers(tenant).keySet()).containsExactlyInAnyOrder(CONTACT, OTHER);
        assertThat(reached(tenant).keySet()).containsExactly(CONTACT);
    }

    private Map<ContactAddress, Instant> talkers(AccountId whose) {
        return database.read(tx -> new IncomingStore(tx).contacts(whose, pool, 9));
    }

    private Map<ContactAddress, String> names(AccountId whose) {
        return database.read(tx -> new IncomingStore(tx).names(whose, pool, List.of(CONTACT, OTHER)));
    }

    private Map<ContactAddress, Instant> reached(AccountId whose) {
        return database.read(tx -> new OutgoingStore(tx).contacts(whose, pool, 9));
    }

    private boolean insert(IncomingMessage message) {
        return database.write(tx -> new IncomingStore(tx).insert(message.tenant(), message));
    }

    private List<IncomingMessage> incoming(AccountId whose) {
        return database.read(tx -> new IncomingStore(tx).of(whose, pool, CONTACT, 9));
    }

    private boolean written(AccountId whose) {
        return !database.read(tx -> new IncomingStore(tx).written(whose, List.of(pool), List.of(CONTACT)))
                .isEmpty();
    }

    private boolean reached(AccountId whose, Phone contact) {
        return !database.read(tx -> new OutboxStore(tx).reached(whose, List.of(pool), List.of(contact)))
                .isEmpty();
    }

    private List<String> providers(AccountId whose, DeliveryState state) {
        return database.read(tx -> new OutgoingStore(tx).providers(whose, pool, CONTACT, state, 9));
    }

    private Optional<OutgoingMessage> byProvider(AccountId whose, SenderId sender, String provider) {
        var wanted = new OutboxStore.Provided(sender, provider);
        return database.read(tx -> Optional.ofNullable(
                new OutboxStore(tx).findByProviders(whose, List.of(wanted)).get(wanted)));
    }

    private Map<String, OutgoingMessage> byKey(AccountId whose, String key) {
        return database.read(tx -> new OutboxStore(tx).findByKeys(whose, List.of(key)));
    }

    private boolean become(AccountId whose, OutgoingMessage before, OutgoingMessage after) {
        return database.write(tx -> new OutgoingStore(tx).become(whose, before, after, NOW));
    }

    private List<UUID> next(AccountId whose, Instant when) {
        return database.read(tx -> new OutgoingStore(tx).next(whose, pool, when, 10)).stream()
                .map(OutgoingMessage::id)
                .toList();
    }

    private interface Change {
        void on(OutboxStore store);
    }

    private void write(Change change) {
        database.write(tx -> {
            change.on(new OutboxStore(tx));
            return true;
        });
    }

    private Optional<OutgoingMessage> find(AccountId whose, OutgoingMessage message) {
        return database.read(tx -> new OutgoingStore(tx).find(whose, message.id()));
    }

    private boolean insert(OutgoingMessage message) {
        return database.write(tx -> TestMessages.insert(tx, message));
    }

    private OutgoingMessage stored(Phone to, DeliveryState state) {
        UUID id = id();
        Optional<SenderId> sender = state == DeliveryState.QUEUED ? Optional.empty() : Optional.of(pool);
        var message = new OutgoingMessage(
                id, tenant, pool, sender, to, "Hi", Optional.empty(), "key-" + id, state, Optional.empty(), NOW, NOW);
        assertThat(insert(message)).isTrue();
        return message;
    }

    /// Sorted by creation time.
    private static UUID id() {
        return new UUID(
                0x0193_0000_0000_7000L | (long) NUMBER.incrementAndGet() << 16,
                UUID.randomUUID().getLeastSignificantBits());
    }
}
