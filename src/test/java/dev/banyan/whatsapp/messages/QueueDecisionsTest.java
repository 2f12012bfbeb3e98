package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.QueueDecisions.Report;
import dev.banyan.whatsapp.numbers.Pausing;
import org.junit.jupiter.api.Test;

/// Decisions about many messages, and pauses of numbers and pools.
@OnEveryDatabase
class QueueDecisionsTest {

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final TestSenders world;
    private final Sender number;
    private final QueueDecisions decisions;
    private final PoolPauses pauses;
    private final Pausing pausing;

    QueueDecisionsTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.number = world.linked(tenant, "+971500000101");
        this.decisions = new QueueDecisions(database, world.outgoing, TestAudit.on(database, world.clock));
        this.pauses = new PoolPauses(world.changes);
        this.pausing = new Pausing(world.changes);
    }

    @Test
    void whatFailedIsQueuedAgainAfterADryRun() {
        world.linking.fault(tenant, number.id(), Fault.BAN);
        Instant soon = world.clock.instant().plusSeconds(60);
        List<OutgoingMessage> messages = order(7, new MessageSchedule(Optional.empty(), Optional.of(soon)));
        world.clock.forward(Duration.ofMinutes(2));
        look();
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.FAILED);

        QueueFilter failed = QueueFilter.ofPool(number.id(), Set.of(DeliveryState.FAILED));
        assertThat(run(tenant, QueueAction.REQUEUE, failed, true)).isEqualTo(new Report(true, 7, 0, false));
        assertThat(run(stranger, QueueAction.REQUEUE, failed, true).matched()).isZero();
        assertThat(run(stranger, QueueAction.REQUEUE, failed, false).done()).isZero();
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.FAILED);

        assertThat(run(tenant, QueueAction.REQUEUE, failed, false)).isEqualTo(new Report(false, 7, 7, false));
        look();
        assertThat(messages)
                .as("it does not expire again")
                .allMatch(message -> now(message).state() == DeliveryState.QUEUED);
        assertThat(run(tenant, QueueAction.REQUEUE, failed, false).done())
                .as("a second time")
                .isZero();
    }

    @Test
    void aFilterChoosesByContactAndTime() {
        world.linking.fault(tenant, number.id(), Fault.BAN);
        List<OutgoingMessage> early = order(2, MessageSchedule.NONE);
        world.clock.forward(Duration.ofMinutes(5));
        Instant between = world.clock.instant();
        List<OutgoingMessage> late = order(3, MessageSchedule.NONE);

        assertThat(matched(filter(Optional.of(late.getFirst().to()), Optional.empty(), Optional.empty())))
                .as("both orders begin with this contact")
                .isEqualTo(2);
        assertThat(matched(filter(Optional.empty(), Optional.of(between), Optional.empty())))
                .isEqualTo(3);
        assertThat(matched(filter(Optional.empty(), Optional.empty(), Optional.of(between))))
                .isEqualTo(2);
        assertThat(run(tenant, QueueAction.GIVE_UP, QueueFilter.ofPool(number.id(), Set.of()), true)
                        .matched())
                .as("none is uncertain")
                .isZero();

        run(tenant, QueueAction.CANCEL, filter(Optional.empty(), Optional.of(between), Optional.empty()), false);
        assertThat(late).allMatch(message -> now(message).state() == DeliveryState.CANCELED);
        assertThat(early).allMatch(message -> now(message).state() == DeliveryState.QUEUED);
    }

    @Test
    void idsOfOthersAndInOtherStatesAreLeftAlone() {
        world.linking.fault(tenant, number.id(), Fault.BAN);
        List<UUID> ids =
                order(3, MessageSchedule.NONE).stream().map(OutgoingMessage::id).toList();
        assertThat(decisions
                        .run(stranger, Actor.SERVER, QueueAction.CANCEL, ids, false)
                        .done())
                .isZero();
        assertThat(decisions
                        .run(tenant, Actor.SERVER, QueueAction.REQUEUE, ids, false)
                        .done())
                .isZero();
        assertThat(decisions.run(tenant, Actor.SERVER, QueueAction.CANCEL, ids, true))
                .isEqualTo(new Report(true, 3, 0, false));
        assertThat(decisions.run(tenant, Actor.SERVER, QueueAction.CANCEL, ids, false))
                .isEqualTo(new Report(false, 3, 3, false));
    }

    @Test
    void aPoolOnHoldKeepsItsMessagesAndSendsThemWhenItIsResumed() {
        assertThat(pauses.pause(stranger, Actor.SERVER, number.id(), Optional.of(Pause.HOLD)))
                .isEqualTo(Outcome.notFound());
        assertThat(pauses.pause(tenant, Actor.SERVER, number.id(), Optional.of(Pause.HOLD)))
                .isInstanceOf(Outcome.Done.class);
        List<OutgoingMessage> messages = order(3, MessageSchedule.NONE);
        world.forward(Duration.ofSeconds(10));
        look();
        assertThat(messages).allSatisfy(message -> {
            assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
            assertThat(now(message).waiting().orElseThrow().reason()).isEqualTo(WaitReason.PAUSED);
        });

        pauses.pause(tenant, Actor.SERVER, number.id(), Optional.empty());
        world.forward(Duration.ofSeconds(10));
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.READ);
    }

    @Test
    void aPoolThatIsEmptiedSendsWhatItHasAndTakesNothingNew() {
        List<OutgoingMessage> messages = order(1, MessageSchedule.NONE);
        pauses.pause(tenant, Actor.SERVER, number.id(), Optional.of(Pause.DRAIN));
        assertThat(orderOne(new Phone("+971500000299"), MessageSchedule.NONE)).isInstanceOf(Ordered.Draining.class);
        world.forward(Duration.ofSeconds(10));
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.READ);
    }

    @Test
    void aNumberOnHoldSendsNothingAndWaitingMessagesSaySo() {
        assertThat(pausing.pause(stranger, Actor.SERVER, number.id(), Optional.of(Pause.HOLD)))
                .isEqualTo(Outcome.notFound());
        pausing.pause(tenant, Actor.SERVER, number.id(), Optional.of(Pause.HOLD));
        world.threads.runAll();
        List<OutgoingMessage> messages = order(2, MessageSchedule.NONE);
        world.forward(Duration.ofSeconds(70));
        look();
        assertThat(messages).allSatisfy(message -> {
            assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
            assertThat(now(message).waiting().orElseThrow().reason()).isEqualTo(WaitReason.PAUSED);
        });

        pausing.pause(tenant, Actor.SERVER, number.id(), Optional.empty());
        world.forward(Duration.ofSeconds(10));
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.READ);
        assertThat(world.auditOf(number)).contains("SenderPaused", "SenderResumed");
    }

    @Test
    void whatIsNotPausedIsNotResumed() {
        assertThat(pausing.pause(tenant, Actor.SERVER, number.id(), Optional.empty()))
                .isEqualTo(Outcome.conflict("Account isn’t paused"));
        assertThat(pauses.pause(tenant, Actor.SERVER, number.id(), Optional.empty()))
                .isEqualTo(Outcome.conflict("Pool isn’t paused"));
        assertThat(world.auditOf(number)).doesNotContain("SenderResumed", "PoolResumed");
    }

    private QueueFilter filter(Optional<ContactAddress> to, Optional<Instant> from, Optional<Instant> until) {
        return new QueueFilter(
                Optional.of(number.id()), Set.of(), to, Optional.empty(), from, until, Optional.of("key-"), false);
    }

    private int matched(QueueFilter filter) {
        return run(tenant, QueueAction.CANCEL, filter, true).matched();
    }

    private Report run(AccountId whose, QueueAction action, QueueFilter filter, boolean dryRun) {
        return decisions.run(whose, Actor.SERVER, action, filter, dryRun);
    }

    private void look() {
        world.dispatcher.sweep();
        world.threads.runAll();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }

    private List<OutgoingMessage> order(int count, MessageSchedule schedule) {
        return IntStream.range(0, count)
                .mapToObj(i -> orderOne(new Phone("+97150000%04d".formatted(2_000 + i)), schedule))
                .map(ordered -> ((Ordered.Done) ordered).message())
                .toList();
    }

    private Ordered orderOne(ContactAddress to, MessageSchedule schedule) {
        SenderId pool = number.id();
        String key = "key-" + UUID.randomUUID();
        return database.write(tx -> world.outgoing.order(
                tx, tenant, Actor.SERVER, new Outgoing.Order(pool, to, "Hello", Optional.empty(), key, schedule)));
    }
}
