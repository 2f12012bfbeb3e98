package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.LentSenderStore;
import dev.banyan.whatsapp.history.IncomingStore;
import org.junit.jupiter.api.Test;

/// What a pool lends to another one, and gets back: servants, contacts and messages.
@OnEveryDatabase
class LendingContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(10));
    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");
    private static final Phone THIRD = new Phone("+971500000203");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final Sender from;
    private final Sender to;
    private final Sender servant;

    LendingContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.from = master();
        this.to = master();
        this.servant = servant(from);
    }

    @Test
    void servantsAreLentAndComeHome() {
        Sender own = servant(to);
        assertThat(this.<Integer>written(tx -> new LentSenderStore(tx).lendAll(stranger, from.id(), to.id(), NOW)))
                .isZero();
        assertThat(this.<Integer>written(tx -> new LentSenderStore(tx).lendAll(tenant, from.id(), to.id(), NOW)))
                .isEqualTo(1);

        assertThat(now(servant).masterId()).contains(to.id());
        assertThat(now(servant).assignment().home()).contains(from.id());
        assertThat(lent(tenant)).isEqualTo(Map.of(to.id(), 1));
        assertThat(lent(stranger)).isEmpty();
        assertThat(belonging(tenant, from)).containsExactly(servant.id());
        assertThat(belonging(stranger, from)).isEmpty();
        assertThat(belonging(tenant, to)).containsExactly(own.id());

        write(tx -> new LentSenderStore(tx).bringHome(stranger, from.id(), NOW));
        assertThat(now(servant).masterId()).contains(to.id());
        write(tx -> new LentSenderStore(tx).bringHome(tenant, from.id(), NOW));
        assertThat(now(servant).masterId()).contains(from.id());
        assertThat(now(servant).assignment().home()).isEmpty();
    }

    @Test
    void aPauseAndABrandAreKeptByTheirOwner() {
        write(tx -> {
            new SenderStore(tx).pause(stranger, servant.id(), Optional.of(Pause.HOLD), NOW);
            new SenderStore(tx).assign(stranger, servant.id(), Optional.of(stranger), NOW);
        });
        assertThat(now(servant).assignment()).isEqualTo(Sender.Assignment.NONE);

        write(tx -> {
            new SenderStore(tx).pause(tenant, servant.id(), Optional.of(Pause.HOLD), NOW);
            new SenderStore(tx).assign(tenant, servant.id(), Optional.of(tenant), NOW);
        });
        assertThat(now(servant).isPaused(Pause.HOLD)).isTrue();
        assertThat(now(servant).assignment().brand()).contains(tenant);
    }

    @Test
    void contactsMoveWithTheirNumberAndComeHome() {
        stick(from.id(), Map.of(CONTACT, servant.id(), OTHER, from.id(), THIRD, servant.id()));
        stick(to.id(), Map.of(THIRD, to.id()));
        assertThat(count(tenant, from)).isEqualTo(3);
        assertThat(count(stranger, from)).isZero();

        Optional<SenderId> ofServant = Optional.of(servant.id());
        assertThat(this.<Integer>written(
                        tx -> new PoolContactStore(tx).move(stranger, from.id(), to.id(), ofServant, true)))
                .isZero();
        assertThat(this.<Integer>written(
                        tx -> new PoolContactStore(tx).move(tenant, from.id(), to.id(), ofServant, true)))
                .as("one of them already talks to the other pool")
                .isEqualTo(1);
        assertThat(home(tenant, CONTACT)).contains(from.id());
        assertThat(home(stranger, CONTACT)).isEmpty();

        assertThat(this.<Integer>written(tx -> new PoolContactStore(tx).bringHome(stranger, from.id())))
                .isZero();
        assertThat(this.<Integer>written(tx -> new PoolContactStore(tx).bringHome(tenant, from.id())))
                .isEqualTo(1);
        assertThat(count(tenant, from)).isEqualTo(3);
        assertThat(home(tenant, CONTACT)).isEmpty();
    }

    @Test
    void aNewContactOfAPoolThatIsStoodInForIsLent() {
        stick(to.id(), Map.of(CONTACT, to.id()));

        write(tx -> new PoolContactStore(tx).lendTo(stranger, to.id(), from.id(), List.of(CONTACT)));
        assertThat(home(tenant, CONTACT)).isEmpty();
        write(tx -> new PoolContactStore(tx).lendTo(tenant, to.id(), from.id(), List.of(CONTACT)));
        assertThat(home(tenant, CONTACT)).contains(from.id());
    }

    @Test
    void aQueueIsLentBitByBitAndComesHome() {
        OutgoingMessage first = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage second = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage other = stored(OTHER, DeliveryState.QUEUED);
        stored(THIRD, DeliveryState.SENDING);
        OutgoingMessage behind = stored(THIRD, DeliveryState.QUEUED);
        assertThat(waiting(tenant, from)).isEqualTo(4);
        assertThat(waiting(stranger, from)).isZero();
        assertThat(awaited(tenant, from)).containsExactlyInAnyOrder(CONTACT, THIRD);
        assertThat(awaited(stranger, from)).isEmpty();

        assertThat(lend(stranger, 9)).isZero();
        assertThat(lend(tenant, 9)).as("the oldest of each contact").isEqualTo(2);
        assertThat(List.of(now(first).home(), now(other).home())).containsOnly(Optional.of(from.id()));
        assertThat(now(second).home()).as("behind the first").isEmpty();
        assertThat(lend(tenant, 9)).isEqualTo(1);
        assertThat(lend(tenant, 9)).as("one to the third is being handed over").isZero();
        assertThat(now(behind).home()).isEmpty();
        assertThat(waiting(tenant, to)).isEqualTo(3);
        assertThat(away(tenant)).isEqualTo(3);
        assertThat(away(stranger)).isZero();

        assertThat(this.<Integer>written(tx -> new OutgoingStore(tx).bringHome(stranger, from.id(), NOW)))
                .isZero();
        assertThat(this.<Integer>written(tx -> new OutgoingStore(tx).bringHome(tenant, from.id(), NOW)))
                .isEqualTo(3);
        assertThat(waiting(tenant, from)).isEqualTo(4);
        assertThat(now(first).home()).isEmpty();
    }

    @Test
    void onlyTheMessagesToTheContactsOfANumberMoveWithIt() {
        stick(from.id(), Map.of(CONTACT, servant.id(), OTHER, from.id()));
        stored(CONTACT, DeliveryState.QUEUED);
        stored(OTHER, DeliveryState.QUEUED);

        assertThat(move(stranger, Optional.of(servant.id()))).isZero();
        assertThat(move(tenant, Optional.of(servant.id()))).isEqualTo(1);
        assertThat(waiting(tenant, from)).isEqualTo(1);
    }

    @Test
    void quietHoursDoNotHoldAnAnswer() {
        OutgoingMessage answer = stored(CONTACT, DeliveryState.QUEUED);
        OutgoingMessage other = stored(OTHER, DeliveryState.QUEUED);
        write(tx -> {
            new OutboxStore(tx)
                    .putOff(tenant, List.of(answer.id(), other.id()), new Waiting(WaitReason.QUIET_HOURS, LATER));
            new IncomingStore(tx)
                    .insert(
                            tenant,
                            TestMessages.received(
                                    idAt(NOW.minusSeconds(60)),
                                    tenant,
                                    from.id(),
                                    from.id(),
                                    "in-" + UUID.randomUUID(),
                                    CONTACT,
                                    "Layla",
                                    "Are you open?",
                                    Optional.empty(),
                                    NOW.minusSeconds(60)));
        });

        answerSince(stranger, NOW.minusSeconds(3_600));
        answerSince(tenant, NOW);
        assertThat(now(answer).waiting()).contains(new Waiting(WaitReason.QUIET_HOURS, LATER));
        answerSince(tenant, NOW.minusSeconds(3_600));
        assertThat(now(answer).waiting()).contains(new Waiting(WaitReason.TURN, NOW));
        assertThat(now(other).waiting()).contains(new Waiting(WaitReason.QUIET_HOURS, LATER));
    }

    private void answerSince(AccountId whose, Instant since) {
        write(tx -> new OutgoingStore(tx).answerDuringQuietHours(whose, from.id(), since, NOW));
    }

    private int move(AccountId whose, Optional<SenderId> of) {
        return this.<Integer>written(tx -> new OutgoingStore(tx).moveQueue(whose, from.id(), to.id(), of, NOW));
    }

    private int lend(AccountId whose, int most) {
        List<OutgoingMessage> next = database.read(tx -> new OutgoingStore(tx).next(tenant, from.id(), LATER, most));
        return this.<Integer>written(tx -> new OutboxStore(tx).lend(whose, next, to.id(), NOW));
    }

    private int away(AccountId whose) {
        return database.read(tx -> new OutgoingStore(tx).countAwayFromHome(whose, from.id()));
    }

    private Set<ContactAddress> awaited(AccountId whose, Sender pool) {
        return database.read(tx -> new OutboxStore(tx).awaited(whose, pool.id(), List.of(CONTACT, THIRD)));
    }

    private int waiting(AccountId whose, Sender pool) {
        return database.read(tx -> new OutgoingStore(tx).countWaiting(whose, pool.id()));
    }

    private Map<SenderId, Integer> lent(AccountId whose) {
        return database.read(tx -> new LentSenderStore(tx).lent(whose, from.id()));
    }

    private List<SenderId> belonging(AccountId whose, Sender master) {
        return database.read(tx -> new SenderStore(tx).belonging(whose, master.id())).stream()
                .map(Sender::id)
                .toList();
    }

    private int count(AccountId whose, Sender pool) {
        return database.read(tx -> new PoolContactStore(tx).count(whose, pool.id()));
    }

    private Optional<SenderId> home(AccountId whose, Phone contact) {
        return database.read(tx -> new PoolContactStore(tx).home(whose, to.id(), contact));
    }

    private void stick(SenderId pool, Map<ContactAddress, SenderId> contacts) {
        write(tx -> new PoolContactStore(tx).assignAll(tenant, pool, contacts, NOW));
    }

    private Sender now(Sender sender) {
        return database.read(tx -> new SenderStore(tx).find(tenant, sender.id()))
                .orElseThrow();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return database.read(tx -> new OutgoingStore(tx).find(tenant, message.id()))
                .orElseThrow();
    }

    private OutgoingMessage stored(Phone contact, DeliveryState state) {
        UUID id = idAt(NOW);
        var message = new OutgoingMessage(
                id,
                tenant,
                from.id(),
                Optional.empty(),
                contact,
                "Hi",
                Optional.empty(),
                "key-" + id,
                state,
                Optional.empty(),
                NOW,
                NOW);
        assertThat(database.<Boolean>write(tx -> TestMessages.insert(tx, message)))
                .isTrue();
        return message;
    }

    /// In the order of the calls.
    private static UUID idAt(Instant time) {
        return new UUID(
                time.toEpochMilli() << 16 | 0x7000L | NUMBER.incrementAndGet(),
                UUID.randomUUID().getLeastSignificantBits());
    }

    private Sender master() {
        return inserted(new Sender.Role.Master(MasterType.PRIMARY));
    }

    private Sender servant(Sender master) {
        return inserted(new Sender.Role.Servant(master.id(), "support"));
    }

    private Sender inserted(Sender.Role role) {
        Sender sender = Sender.fresh(
                new SenderId("lending-" + UUID.randomUUID()),
                tenant,
                role,
                "Amira Nasser",
                Optional.of(new Phone("+97150000%04d".formatted(NUMBER.incrementAndGet()))),
                DriverKind.SIMULATOR,
                NOW);
        assertThat(database.<Boolean>write(tx -> new SenderStore(tx).insert(tenant, sender)))
                .isTrue();
        return sender;
    }

    private <T> T written(Function<Tx, T> work) {
        return database.write(work::apply);
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return true;
        });
    }
}
