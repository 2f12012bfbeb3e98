package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.OutboxStore.Handed;
import dev.banyan.whatsapp.OutboxStore.Load;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.OutboxStore.Provided;
import dev.banyan.whatsapp.OutboxStore.Step;
import dev.banyan.whatsapp.OutboxStore.Talked;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.session.UnansweredStore;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class OutboxStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final UUID NODE = UUID.randomUUID();
    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("pool-" + UUID.randomUUID());
    private final SenderId number = new SenderId("number-" + UUID.randomUUID());

    OutboxStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void ofManyThoseAreTakenWhoseKeyIsFree() {
        OutgoingMessage first = message(CONTACT);
        OutgoingMessage again = withKey(message(OTHER), first.key());
        OutgoingMessage last = message(OTHER);
        assertThat(insert(tenant, List.of(first))).containsExactly(true);

        assertThat(insert(tenant, List.of(again, last))).containsExactly(false, true);

        assertThat(found(tenant, List.of(first.key(), last.key())))
                .isEqualTo(Map.of(first.key(), first, last.key(), last));
        assertThat(found(stranger, List.of(first.key()))).isEmpty();
        assertThat(waiting(tenant, 9)).isEqualTo(2);
        assertThat(waiting(tenant, 1)).as("counted no further").isEqualTo(1);
        assertThat(waiting(stranger, 9)).isZero();
    }

    @Test
    void whatIsHandedOverStillWaitedAndIsCountedOnce() {
        OutgoingMessage message = stored(CONTACT);
        var handed = new Handed(message, sending(message), "round-robin: number 1 of 1");

        assertThat(handOver(stranger, handed)).containsExactly(false);
        assertThat(handOver(tenant, handed)).containsExactly(true);
        assertThat(handOver(tenant, handed)).as("a second time").containsExactly(false);

        assertThat(find(message)).isEqualTo(sending(message));
        assertThat(unanswered(tenant, number, NOW)).containsExactly(sending(message));
        assertThat(unanswered(tenant, number, NOW.minusMillis(1))).isEmpty();
        assertThat(unanswered(tenant, pool, NOW)).isEmpty();
        assertThat(unanswered(stranger, number, NOW)).isEmpty();
        assertThat(unanswered(tenant, number, UUID.randomUUID(), NOW))
                .as("of another server")
                .isEmpty();
        assertThat(leftBehind(List.of(UUID.randomUUID()))).contains(sending(message));
        assertThat(leftBehind(List.of(UUID.randomUUID(), NODE))).doesNotContain(sending(message));
        UUID other = UUID.randomUUID();
        assertThat(takenOver(stranger, message, other)).isFalse();
        assertThat(leftBehind(List.of(other))).contains(sending(message));
        assertThat(takenOver(tenant, message, other)).isTrue();
        assertThat(leftBehind(List.of(other))).doesNotContain(sending(message));
        assertThat(loads(tenant, NOW)).isEqualTo(Map.of(number, new Load(1, 0)));
        assertThat(loads(stranger, NOW)).isEmpty();
        assertThat(this.<Map<UUID, Integer>>read(store -> store.tries(tenant, List.of(message.id()))))
                .isEqualTo(Map.of(message.id(), 1));
        assertThat(this.<Map<UUID, Integer>>read(store -> store.tries(stranger, List.of(message.id()))))
                .isEmpty();
    }

    @Test
    void statesAreWrittenWhereNobodyElseWasFirstAndFoundByTheProvidersIds() {
        OutgoingMessage message = sent(CONTACT, "wamid-1");
        OutgoingMessage gone = message.became(DeliveryState.FAILED, Optional.of("Why."), NOW.plusMillis(2));

        assertThat(byProvider(tenant, new Provided(number, "wamid-1"))).containsValue(message);
        assertThat(byProvider(stranger, new Provided(number, "wamid-1"))).isEmpty();
        assertThat(byProvider(tenant, new Provided(pool, "wamid-1"))).isEmpty();
        var refusal = new OutgoingMessage.Refusal("131049", true);
        assertThat(become(stranger, new Step(message, gone, NOW, Optional.empty())))
                .containsExactly(false);
        assertThat(become(tenant, new Step(message, gone, NOW, Optional.empty(), Optional.of(refusal))))
                .containsExactly(true);
        assertThat(refusals(tenant, message)).isEqualTo(Map.of(message.id(), refusal));
        assertThat(refusals(stranger, message)).isEmpty();
        assertThat(become(tenant, new Step(message, gone, NOW, Optional.empty())))
                .containsExactly(false);
        assertThat(byProvider(tenant, new Provided(number, "wamid-1")))
                .as("keeps its id")
                .containsValue(gone);
    }

    private Map<UUID, OutgoingMessage.Refusal> refusals(AccountId who, OutgoingMessage message) {
        return database.read(tx -> new OutgoingStore(tx).refusals(who, List.of(message.id())));
    }

    @Test
    void whatIsUncertainSinceThenIsALoad() {
        OutgoingMessage message = stored(CONTACT);
        handOver(tenant, new Handed(message, sending(message), "why"));
        OutgoingMessage sending = sending(message);
        become(
                tenant,
                new Step(
                        sending,
                        sending.became(DeliveryState.UNCERTAIN, Optional.empty(), NOW.plusMillis(9)),
                        NOW,
                        Optional.empty()));

        assertThat(loads(tenant, NOW)).isEqualTo(Map.of(number, new Load(0, 1)));
        assertThat(loads(tenant, NOW.plusMillis(10))).isEmpty();
    }

    @Test
    void whoTalkedWithWhomAndWhenIsTheTenantsOwn() {
        sent(CONTACT, "wamid-2");
        sent(CONTACT, "wamid-3");
        stored(OTHER);
        var pair = new Pair(number, CONTACT);
        List<ContactAddress> both = List.of(CONTACT, OTHER);

        assertThat(this.<Map<Pair, Talked>>read(store -> store.talked(tenant, pool, both, NOW)))
                .isEqualTo(Map.of(pair, new Talked(2, NOW.plusMillis(1))));
        assertThat(this.<Map<Pair, Talked>>read(store -> store.talked(tenant, pool, both, NOW.plusMillis(2))))
                .isEmpty();
        assertThat(this.<Map<Pair, Talked>>read(store -> store.talked(stranger, pool, both, NOW)))
                .isEmpty();
        assertThat(this.<Set<Pair>>read(store -> store.reached(tenant, List.of(number), both)))
                .containsExactly(pair);
        assertThat(this.<Set<Pair>>read(store -> store.reached(tenant, List.of(pool), both)))
                .isEmpty();
        assertThat(this.<Set<Pair>>read(store -> store.reached(stranger, List.of(number), both)))
                .isEmpty();
    }

    @Test
    void whatWasOrderedForRealNumbersIsKnownAndWaitsAlone() {
        OutgoingMessage tried = stored(CONTACT);
        var master = Sender.fresh(
                pool,
                tenant,
                new Sender.Role.Master(MasterType.PRIMARY),
                "Sales",
                Optional.empty(),
                DriverKind.WAHA,
                NOW);
        database.write(tx -> {
            new SenderStore(tx).insert(tenant, master);
            return true;
        });
        OutgoingMessage forPeople = stored(OTHER);
        var wait = new Waiting(WaitReason.POOL_AWAY, NOW.plusSeconds(60));

        assertThat(this.<Boolean>read(store -> store.hasReal(tenant, List.of(tried.id(), forPeople.id()))))
                .isTrue();
        assertThat(this.<Boolean>read(store -> store.hasReal(tenant, List.of(tried.id()))))
                .isFalse();
        assertThat(this.<Boolean>read(store -> store.hasReal(stranger, List.of(forPeople.id()))))
                .isFalse();
        assertThat(awaitRealNumbers(stranger, wait)).isZero();
        assertThat(awaitRealNumbers(tenant, wait)).isEqualTo(1);
        assertThat(awaitRealNumbers(tenant, wait)).as("not due").isZero();

        assertThat(find(tried)).isEqualTo(tried);
        assertThat(find(forPeople).waiting()).contains(wait);
        assertThat(find(forPeople).error()).contains("Why.");
        assertThat(this.<Integer>read(store -> store.waitingForReal(tenant, pool)))
                .isEqualTo(1);
        assertThat(this.<Integer>read(store -> store.waitingForReal(stranger, pool)))
                .isZero();
    }

    private int awaitRealNumbers(AccountId of, Waiting wait) {
        return database.write(tx -> new OutboxStore(tx).awaitRealNumbers(of, pool, wait, "Why.", NOW));
    }

    @Test
    void eachWaitsUntilItsOwnTime() {
        OutgoingMessage soon = stored(CONTACT);
        OutgoingMessage late = stored(OTHER);
        Map<UUID, Waiting> until = Map.of(
                soon.id(),
                new Waiting(WaitReason.PAIR_LIMIT, NOW.plusSeconds(1)),
                late.id(),
                new Waiting(WaitReason.TURN, NOW.plus(Duration.ofHours(1))));
        write(store -> {
            store.putOff(stranger, Map.of(soon.id(), new Waiting(WaitReason.QUOTA, NOW.plus(Duration.ofDays(1)))));
            store.putOff(tenant, until);
            return List.of();
        });

        assertThat(next(NOW)).isEmpty();
        assertThat(waiting(soon)).contains(until.get(soon.id()));
        assertThat(waiting(late)).contains(until.get(late.id()));
        assertThat(next(NOW.plusSeconds(1))).containsExactly(soon.id());
        assertThat(next(NOW.plus(Duration.ofHours(1)))).containsExactly(soon.id(), late.id());
        assertThat(database.<Optional<Instant>>read(tx -> new OutgoingStore(tx).nextDue(tenant, pool)))
                .contains(NOW.plusSeconds(1));
        assertThat(database.<Optional<Instant>>read(tx -> new OutgoingStore(tx).nextDue(stranger, pool)))
                .isEmpty();
    }

    private Optional<Waiting> waiting(OutgoingMessage message) {
        return database.read(tx -> new OutgoingStore(tx).find(tenant, message.id()))
                .flatMap(OutgoingMessage::waiting);
    }

    private List<UUID> next(Instant when) {
        return database.read(tx -> new OutgoingStore(tx).next(tenant, pool, when, 9)).stream()
                .map(OutgoingMessage::id)
                .toList();
    }

    private OutgoingMessage message(Phone to) {
        UUID id = UUID.randomUUID();
        return new OutgoingMessage(
                id,
                tenant,
                pool,
                Optional.empty(),
                to,
                "Hi",
                Optional.empty(),
                "key-" + id,
                DeliveryState.QUEUED,
                Optional.empty(),
                NOW,
                NOW);
    }

    private static OutgoingMessage withKey(OutgoingMessage message, String key) {
        return new OutgoingMessage(
                message.id(),
                message.tenant(),
                message.pool(),
                message.sender(),
                message.to(),
                message.text(),
                message.media(),
                key,
                message.state(),
                message.error(),
                message.createdAt(),
                message.changedAt());
    }

    private OutgoingMessage sending(OutgoingMessage message) {
        return message.by(number).became(DeliveryState.SENDING, Optional.empty(), NOW);
    }

    private OutgoingMessage stored(Phone to) {
        OutgoingMessage message = message(to);
        assertThat(insert(tenant, List.of(message))).containsExactly(true);
        return message;
    }

    private OutgoingMessage sent(Phone to, String provider) {
        OutgoingMessage message = stored(to);
        handOver(tenant, new Handed(message, sending(message), "why"));
        OutgoingMessage sent = sending(message).became(DeliveryState.SENT, Optional.empty(), NOW.plusMillis(1));
        assertThat(become(tenant, new Step(sending(message), sent, NOW, Optional.of(provider))))
                .containsExactly(true);
        return sent;
    }

    private List<OutgoingMessage> unanswered(AccountId whose, SenderId by, Instant before) {
        return unanswered(whose, by, NODE, before);
    }

    private List<OutgoingMessage> unanswered(AccountId whose, SenderId by, UUID node, Instant before) {
        return database.read(tx -> new UnansweredStore(tx).unansweredBy(whose, by, node, before, 9));
    }

    private List<OutgoingMessage> leftBehind(List<UUID> alive) {
        return database.read(tx -> new UnansweredStore(tx).leftBehind(alive, 10_000));
    }

    private boolean takenOver(AccountId whose, OutgoingMessage message, UUID node) {
        return database.write(tx -> new UnansweredStore(tx).takeOver(whose, message.id(), node, NOW));
    }

    private OutgoingMessage find(OutgoingMessage message) {
        return database.<Optional<OutgoingMessage>>read(tx -> new OutgoingStore(tx).find(tenant, message.id()))
                .orElseThrow();
    }

    private List<Boolean> insert(AccountId whose, List<OutgoingMessage> messages) {
        return write(store -> store.insert(whose, messages, Optional.empty()));
    }

    private List<Boolean> handOver(AccountId whose, Handed handed) {
        return write(store -> store.handOver(whose, List.of(handed), NODE));
    }

    private List<Boolean> become(AccountId whose, Step step) {
        return write(store -> store.become(whose, List.of(step)));
    }

    private Map<String, OutgoingMessage> found(AccountId whose, List<String> keys) {
        return read(store -> store.findByKeys(whose, keys));
    }

    private Map<Provided, OutgoingMessage> byProvider(AccountId whose, Provided wanted) {
        return read(store -> store.findByProviders(whose, List.of(wanted)));
    }

    private Map<SenderId, Load> loads(AccountId whose, Instant since) {
        return read(store -> store.loads(whose, pool, since));
    }

    private int waiting(AccountId whose, int most) {
        return read(store -> store.waiting(whose, pool, most));
    }

    private <T> T read(Function<OutboxStore, T> work) {
        return database.read(tx -> work.apply(new OutboxStore(tx)));
    }

    private List<Boolean> write(Function<OutboxStore, List<Boolean>> work) {
        return database.write(tx -> work.apply(new OutboxStore(tx)));
    }
}
