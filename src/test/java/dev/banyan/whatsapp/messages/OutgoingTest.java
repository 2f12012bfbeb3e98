package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.messages.Outgoing.Decided;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.session.UnansweredStore;
import dev.banyan.whatsapp.simulator.DeliveryBehavior;
import dev.banyan.whatsapp.simulator.SimulatorDriver;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;

/// The way of a message from the order until the contact reads it, with all errors in between.
@OnEveryDatabase
class OutgoingTest {

    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");
    private static final AtomicInteger KEY = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final TestSenders world;
    private final Sender number;

    OutgoingTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.number = world.linked(tenant, "+971500000101");
    }

    @Test
    void aMessageIsQueuedSentDeliveredAndReadAndEachIsTold() {
        OutgoingMessage message = order(CONTACT, "Good morning");
        assertThat(message.state()).isEqualTo(DeliveryState.QUEUED);

        world.threads.runAll();
        OutgoingMessage sent = now(message);
        assertThat(sent.state()).isEqualTo(DeliveryState.SENT);
        assertThat(sent.sender()).contains(number.id());
        world.forward(Duration.ofSeconds(10));

        assertThat(now(message).state()).isEqualTo(DeliveryState.READ);
        assertThat(told(message))
                .containsExactly(
                        DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
    }

    @Test
    void oneKeyIsOneMessageHoweverOftenAndAtOnceItIsOrdered() {
        String key = newKey();
        List<Ordered> answers = AtOnce.run(8, _ -> orderAs(key, CONTACT, "Good morning"));

        assertThat(answers).allMatch(Ordered.Done.class::isInstance);
        assertThat(answers.stream()
                        .map(answer -> ((Ordered.Done) answer).message().id())
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> !((Ordered.Done) answer).again()))
                .hasSize(1);
        world.forward(Duration.ofSeconds(10));
        assertThat(world.deliveryEvents.fired())
                .filteredOn(event -> event.message().state() == DeliveryState.SENT)
                .hasSize(1);
        // The same key of another tenant is another message.
        Sender theirs = world.linked(stranger, "+971500000109");
        assertThat(database.<Ordered>write(tx -> world.outgoing.order(
                        tx,
                        stranger,
                        Actor.SERVER,
                        new Outgoing.Order(theirs.id(), CONTACT, "Hi", Optional.empty(), key))))
                .isInstanceOfSatisfying(
                        Ordered.Done.class, done -> assertThat(done.again()).isFalse());
    }

    @Test
    void whatCannotBeOrderedSaysWhy() {
        assertThat(orderAs(newKey(), CONTACT, "  "))
                .isEqualTo(new Ordered.Rejected(new Invalid("text", "Message is required")));
        assertThat(orderAs(newKey(), CONTACT, "x".repeat(4_097)))
                .isEqualTo(new Ordered.Rejected(
                        new Invalid("text", "Message must be 4096 characters or less (current: 4097)")));
        assertThat(orderAs(newKey(), CONTACT, "a\u0000b")).isInstanceOf(Ordered.Rejected.class);
        assertThat(database.<Ordered>write(tx -> world.outgoing.order(
                        tx,
                        stranger,
                        Actor.SERVER,
                        new Outgoing.Order(number.id(), CONTACT, "Hi", Optional.empty(), newKey()))))
                .as("another's number")
                .isEqualTo(new Ordered.NoPool(number.id()));
    }

    @Test
    void eachContactGetsMessagesInOrderAndWaitsForNobodyElse() {
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.SLOW);
        OutgoingMessage first = order(CONTACT, "1");
        OutgoingMessage second = order(CONTACT, "2");
        OutgoingMessage elsewhere = order(OTHER, "3");
        world.threads.runAll();

        assertThat(now(first).state()).isEqualTo(DeliveryState.SENDING);
        assertThat(now(second).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(elsewhere).state()).isEqualTo(DeliveryState.SENT);

        world.forward(SimulatorDriver.SLOW_SENDING);
        assertThat(now(first).state()).isEqualTo(DeliveryState.SENT);
        assertThat(now(second).state()).isEqualTo(DeliveryState.SENDING);
    }

    @Test
    void aMessageWaitsForItsNumberAndGoesWhenItComesBack() {
        world.linking.fault(tenant, number.id(), Fault.DROP);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.forward(Duration.ofSeconds(5));
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);

        world.forward(SimulatorDriver.COMES_BACK_AFTER);

        assertThat(now(message).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
    }

    @Test
    void aMessageThatHasWaitedTooLongFails() {
        Sender never = world.master(tenant);
        OutgoingMessage message = ordered(orderOver(never, newKey(), CONTACT, "Good morning"));
        world.threads.runAll();
        world.clock.forward(Duration.ofMinutes(4_319));
        look();
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(message).waiting())
                .hasValueSatisfying(waiting -> assertThat(waiting.reason()).isEqualTo(WaitReason.POOL_AWAY));

        world.clock.forward(Duration.ofMinutes(2));
        look();

        assertThat(now(message).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(message).error()).contains("No number of the pool could send this in time.");
    }

    @Test
    void whatWaitsForANumberThatIsGoneKeepsWaitingAndSaysSo() {
        // Otherwise its pool would stand in.
        world.senders.removeMaster(tenant, Actor.SERVER, number.id(), Optional.empty());
        assertWaits(sender -> world.linking.fault(tenant, sender.id(), Fault.BAN));
        assertWaits(sender -> world.linking.unlink(tenant, Actor.SERVER, sender.id()));
        assertWaits(sender -> world.senders.removeMaster(tenant, Actor.SERVER, sender.id(), Optional.empty()));
    }

    private interface Blow {
        Object falls(Sender sender);
    }

    private void assertWaits(Blow blow) {
        Sender sender = world.linked(tenant, "+9715000003" + "%02d".formatted(KEY.incrementAndGet()));
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.SLOW);
        OutgoingMessage onItsWay = ordered(orderOver(sender, newKey(), CONTACT, "1"));
        OutgoingMessage waiting = ordered(orderOver(sender, newKey(), CONTACT, "2"));
        OutgoingMessage another = ordered(orderOver(sender, newKey(), OTHER, "3"));
        world.threads.runAll();

        blow.falls(sender);
        world.forward(Duration.ofSeconds(60));
        look();

        assertThat(now(waiting).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(another).state()).isNotEqualTo(DeliveryState.FAILED);
        assertThat(now(waiting).waiting())
                .hasValueSatisfying(reason -> assertThat(reason.reason()).isEqualTo(WaitReason.POOL_AWAY));
        // The result of the message being handed over is unknown, and is reported as such.
        world.forward(Liveness.ANSWERS_WITHIN);
        look();
        assertThat(now(onItsWay).state()).isEqualTo(DeliveryState.UNCERTAIN);
    }

    @Test
    void threeHundredMessagesOfABannedPoolAreSentWhenItIsLinkedAgain() {
        world.linking.fault(tenant, number.id(), Fault.BAN);
        List<OutgoingMessage> messages = IntStream.range(0, 300)
                .mapToObj(i -> order(new Phone("+97150001%04d".formatted(i)), "Good morning"))
                .toList();
        for (int second = 0; second < 30; second++) {
            world.forward(Duration.ofSeconds(1));
            look();
        }
        assertThat(messages).allMatch(message -> now(message).state() == DeliveryState.QUEUED);

        world.linking.link(tenant, Actor.SERVER, number.id());
        world.linking.scan(tenant, number.id(), number.phone());
        for (int second = 0; second < 60; second++) {
            world.forward(Duration.ofSeconds(1));
            look();
        }
        assertThat(messages)
                .allMatch(message -> now(message).state() != DeliveryState.QUEUED
                        && now(message).state() != DeliveryState.FAILED);
    }

    @Test
    void aScheduledMessageIsSentAtItsTimeAndLaterOnesDoNotWaitForIt() {
        Instant later = world.clock.instant().plus(Duration.ofMinutes(1));
        OutgoingMessage scheduled =
                ordered(orderAt(new MessageSchedule(Optional.of(later), Optional.empty()), "In a minute"));
        OutgoingMessage now = order(CONTACT, "Now");
        assertThat(scheduled.state()).isEqualTo(DeliveryState.SCHEDULED);
        world.forward(Duration.ofSeconds(10));
        look();
        assertThat(now(now).state()).isEqualTo(DeliveryState.READ);
        assertThat(now(scheduled).waiting()).contains(new OutgoingMessage.Waiting(WaitReason.SCHEDULED, later));

        world.forward(Duration.ofMinutes(1));
        look();
        world.forward(Duration.ofSeconds(10));
        assertThat(now(scheduled).state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void aMessageExpiresByItsOwnTimeAndIsCountedAsFailed() {
        world.linking.fault(tenant, number.id(), Fault.BAN);
        Instant soon = world.clock.instant().plus(Duration.ofMinutes(5));
        OutgoingMessage message =
                ordered(orderAt(new MessageSchedule(Optional.empty(), Optional.of(soon)), "Until five"));
        world.clock.forward(Duration.ofMinutes(4));
        look();
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);

        world.clock.forward(Duration.ofMinutes(2));
        look();

        assertThat(now(message).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(message).error()).contains("Expired before it could be sent.");
        var totals = database.read(tx -> new SenderHoursStore(tx).totals(tenant, Instant.EPOCH));
        assertThat(totals.get(number.id()))
                .isNotNull()
                .extracting(hours -> hours.failed())
                .isEqualTo(1L);
    }

    @Test
    void aFailedMessageIsQueuedAgainAndAWaitingOneIsCanceled() {
        world.phones.setMood(tenant, OTHER, DeliveryBehavior.MISSING);
        OutgoingMessage failed = order(OTHER, "Hello");
        world.forward(Duration.ofSeconds(5));
        assertThat(now(failed).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(decide(world, tenant, failed, QueueAction.CANCEL)).isInstanceOf(Decided.NotPossible.class);
        world.phones.setMood(tenant, OTHER, DeliveryBehavior.READS);
        assertThat(decide(world, stranger, failed, QueueAction.REQUEUE)).isEqualTo(new Decided.NotFound());
        assertThat(decide(world, tenant, failed, QueueAction.REQUEUE)).isInstanceOf(Decided.Done.class);
        world.forward(Duration.ofSeconds(10));
        assertThat(now(failed).state()).isEqualTo(DeliveryState.READ);

        world.linking.fault(tenant, number.id(), Fault.BAN);
        OutgoingMessage waiting = order(CONTACT, "Never mind");
        assertThat(decide(world, tenant, waiting, QueueAction.CANCEL)).isInstanceOf(Decided.Done.class);
        world.forward(Duration.ofSeconds(10));
        assertThat(now(waiting).state()).isEqualTo(DeliveryState.CANCELED);
    }

    @Test
    void schedulesThatMakeNoSenseAreRefused() {
        Instant now = world.clock.instant();
        assertThat(orderAt(new MessageSchedule(Optional.of(now.plus(Duration.ofDays(400))), Optional.empty()), "x"))
                .isEqualTo(new Ordered.Rejected(new Invalid("sendAt", "sendAt must be within a year")));
        assertThat(orderAt(new MessageSchedule(Optional.empty(), Optional.of(now)), "x"))
                .isEqualTo(new Ordered.Rejected(new Invalid("expiresAt", "expiresAt must be in the future")));
        assertThat(orderAt(
                        new MessageSchedule(Optional.of(now.plusSeconds(60)), Optional.of(now.plusSeconds(30))), "x"))
                .isEqualTo(new Ordered.Rejected(new Invalid("expiresAt", "expiresAt must be after sendAt")));
    }

    private Ordered orderAt(MessageSchedule schedule, String text) {
        return database.write(tx -> world.outgoing.order(
                tx,
                tenant,
                Actor.SERVER,
                new Outgoing.Order(number.id(), CONTACT, text, Optional.empty(), newKey(), schedule)));
    }

    @Test
    void aRestrictedNumberAnswersOldChatsAndBeginsNone() {
        OutgoingMessage before = order(OTHER, "Good morning");
        world.forward(Duration.ofSeconds(5));
        world.simulator.receive(number.key(), "in-1", CONTACT, "Amira Nasser", "Hello", Optional.empty());
        world.linking.fault(tenant, number.id(), Fault.RESTRICT);

        OutgoingMessage answer = order(CONTACT, "Hello Amira");
        OutgoingMessage again = order(OTHER, "How are you?");
        OutgoingMessage fresh = order(new Phone("+971500000203"), "Our new offer");
        world.threads.runAll();

        assertThat(now(before).state()).isEqualTo(DeliveryState.READ);
        assertThat(now(answer).state()).isEqualTo(DeliveryState.SENT);
        assertThat(now(again).state()).isEqualTo(DeliveryState.SENT);
        assertThat(now(fresh).state()).as("waits until the restriction ends").isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void customersPhonesThatAreOffOrUnknownKeepOrRefuse() {
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.OFF);
        world.phones.setMood(tenant, OTHER, DeliveryBehavior.MISSING);
        OutgoingMessage off = order(CONTACT, "1");
        OutgoingMessage missing = order(OTHER, "2");
        world.forward(Duration.ofMinutes(1));

        assertThat(now(off).state()).isEqualTo(DeliveryState.SENT);
        assertThat(now(missing).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(missing).error()).contains("+971500000202 is not on WhatsApp.");
    }

    @Test
    void aNumberThatSaysAgainIsTriedAgainEverMoreSeldomAndGoesWhenItWorks() {
        world.simulator.stop(number.key()); // WhatsApp has disconnected without saying so
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(message).error()).contains("The number is not connected.");
        assertThat(now(message).waiting())
                .hasValueSatisfying(waiting -> assertThat(waiting.reason()).isEqualTo(WaitReason.RETRY));

        for (int second = 0; second < 600; second++) {
            world.forward(Duration.ofSeconds(1));
            look();
        }

        assertThat(now(message).state()).as("the number was connected again").isEqualTo(DeliveryState.READ);
        assertThat(told(message).stream().filter(state -> state == DeliveryState.SENDING))
                .hasSizeBetween(5, 8);
    }

    @Test
    void whatWasBeingSentWhenTheServerDiedIsUncertainUntilSomebodyDecides() {
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);

        var restarted = new TestSenders(database);
        restarted.clock.forward(Duration.ofHours(1));
        restarted.dispatcher.restore();
        restarted.resumption.begin();
        restarted.threads.runAll();

        assertThat(now(message).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(decide(restarted, stranger, message, true)).isEqualTo(new Decided.NotFound());
        assertThat(decide(restarted, tenant, message, true)).isInstanceOf(Decided.Done.class);
        restarted.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);
        assertThat(decide(restarted, tenant, message, false)).isInstanceOf(Decided.NotPossible.class);
    }

    /// A server that is slow or cut off may still store a result, for as long as its database waits for it.
    @Test
    void whatAnotherServerIsChangingHoldsNothingUp() throws Exception {
        assumeThat(database.isShared()).as("SQLite has one writer").isTrue();
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.SLOW);
        world.phones.setMood(tenant, OTHER, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(CONTACT, "Good morning");
        OutgoingMessage another = order(OTHER, "Good evening");
        world.threads.runAll();

        Thread mending = database.write(tx -> {
            assertThat(new UnansweredStore(tx).free(List.of(message))).containsExactly(message.id());
            return joined(Thread.startVirtualThread(world.restarted::restore));
        });
        assertThat(mending.isAlive()).as("it waits").isFalse();
        assertThat(now(another).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);

        world.forward(Duration.ofSeconds(2));
        assertThat(now(message).state()).isEqualTo(DeliveryState.UNCERTAIN);
    }

    private static Thread joined(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return thread;
    }

    @Test
    void whoGivesUpAnUncertainMessageLeavesItAsNotSent() {
        world.phones.setMood(tenant, CONTACT, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(CONTACT, "Good morning");
        OutgoingMessage next = order(CONTACT, "And the next");
        world.threads.runAll();
        world.restarted.restore();
        world.threads.runAll();
        assertThat(now(next).state())
                .as("what comes after an uncertain one does not wait for a person")
                .isEqualTo(DeliveryState.SENDING);

        assertThat(decide(world, tenant, message, false)).isInstanceOf(Decided.Done.class);

        assertThat(now(message).state()).isEqualTo(DeliveryState.FAILED);
        assertThat(now(message).error()).contains("Marked as failed. It may have reached the contact.");
        assertThat(decide(world, tenant, message, false)).isInstanceOf(Decided.NotPossible.class);
    }

    @Test
    void whatIsStoppedFailsWithTheReasonOfWhoStoppedIt() {
        world.linking.fault(tenant, number.id(), Fault.DROP);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.threads.runAll();

        int stopped = database.write(tx ->
                world.outgoing.stop(tx, tenant, number.id(), "The workspace was suspended before this was sent."));

        assertThat(stopped).isEqualTo(1);
        assertThat(now(message).error()).contains("The workspace was suspended before this was sent.");
    }

    @Test
    void whatComesInIsTakenOnceAndBounded() {
        for (int i = 0; i < 2; i++) {
            world.simulator.receive(
                    number.key(), "in-" + number.id(), CONTACT, "Amira\n Nasser", "y".repeat(9_000), Optional.empty());
        }
        world.simulator.receive(number.key(), "in-empty", CONTACT, "Amira", " ", Optional.empty());

        assertThat(world.arrivals.fired()).singleElement().satisfies(arrived -> {
            assertThat(arrived.tenant()).isEqualTo(tenant);
            assertThat(arrived.sender()).isEqualTo(number.id());
            assertThat(arrived.pool()).isEqualTo(number.id());
            assertThat(arrived.from()).isEqualTo(CONTACT);
            assertThat(arrived.name()).isEqualTo("Amira Nasser");
            assertThat(arrived.text()).hasSize(8_000);
        });
    }

    @Test
    void aMessageThatNobodyCouldKeepIsNotWrittenDown() {
        world.arrivals.listen(_ -> {
            throw new IllegalStateException("for this test");
        });
        String provider = "in-" + number.id();
        try {
            world.simulator.receive(number.key(), provider, CONTACT, "Amira", "Hello", Optional.empty());
        } catch (IllegalStateException _) {
            // the driver would report it again
        }

        List<IncomingMessage> written = database.read(tx -> new IncomingStore(tx).of(tenant, number.id(), CONTACT, 1));
        assertThat(written).isEmpty();
    }

    @Test
    void aSilentlyDeadNumberSwallowsWhatItIsGivenAndNobodyPretendsToKnow() {
        world.linking.fault(tenant, number.id(), Fault.SILENT_DEATH);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.forward(Duration.ofMinutes(1));
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);

        world.forward(Liveness.ANSWERS_WITHIN);
        look();

        assertThat(now(message).state()).isEqualTo(DeliveryState.UNCERTAIN);
    }

    @Test
    void receiptsThatComeTwiceChangeNothingMore() {
        world.linking.fault(tenant, number.id(), Fault.DUPLICATE_RECEIPTS);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.simulator.receive(number.key(), "in-twice", CONTACT, "Amira", "Hello", Optional.empty());
        world.forward(Duration.ofSeconds(10));

        assertThat(told(message))
                .containsExactly(
                        DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
        assertThat(world.arrivals.fired()).hasSize(1);
    }

    @Test
    void receiptsThatComeLateAreTakenThen() {
        world.linking.fault(tenant, number.id(), Fault.LATE_RECEIPTS);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.forward(Duration.ofSeconds(50));
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);

        world.forward(Duration.ofSeconds(20));

        assertThat(now(message).state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void whatADriverHasSaidIsWrittenDownWhenTheDatabaseLetsIt() {
        database.write(tx -> {
            String when = "OLD.tenant_id = '" + tenant + "' AND OLD.state = 'sending'"
                    + " AND NEW.state IN ('sent', 'delivered', 'read')";
            if (tx.sql().dialect() == SQLDialect.SQLITE) {
                tx.sql()
                        .execute("CREATE TRIGGER full_disk BEFORE UPDATE ON outgoing_messages WHEN " + when
                                + " BEGIN SELECT RAISE(ABORT, 'for this test'); END");
            } else {
                tx.sql()
                        .execute("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN RAISE EXCEPTION ''for this test''; END'");
                tx.sql()
                        .execute("CREATE TRIGGER full_disk BEFORE UPDATE ON outgoing_messages FOR EACH ROW WHEN ("
                                + when + ") EXECUTE FUNCTION full_disk()");
            }
            return true;
        });
        OutgoingMessage message = order(CONTACT, "Good morning");
        try {
            world.forward(Liveness.ANSWERS_WITHIN.plusSeconds(10));
            look();
            assertThat(now(message).state()).as("known, though not written").isEqualTo(DeliveryState.SENDING);
        } finally {
            database.write(tx -> {
                boolean isSqlite = tx.sql().dialect() == SQLDialect.SQLITE;
                return tx.sql().execute(isSqlite ? "DROP TRIGGER full_disk" : "DROP FUNCTION full_disk CASCADE");
            });
        }
        world.forward(RetryingBatch.LONGEST_PAUSE);

        assertThat(now(message).state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void aSlowNumberSendsAllTheSame() {
        world.linking.fault(tenant, number.id(), Fault.SLOW);
        OutgoingMessage message = order(CONTACT, "Good morning");
        world.forward(Duration.ofSeconds(9));
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);

        world.forward(Duration.ofSeconds(2));

        assertThat(now(message).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED);
    }

    private void look() {
        world.dispatcher.sweep();
        world.threads.runAll();
    }

    private Decided decide(TestSenders on, AccountId whose, OutgoingMessage message, boolean resend) {
        return decide(on, whose, message, resend ? QueueAction.REQUEUE : QueueAction.GIVE_UP);
    }

    private Decided decide(TestSenders on, AccountId whose, OutgoingMessage message, QueueAction action) {
        return database.write(tx -> on.outgoing.decide(tx, whose, Actor.SERVER, message.id(), action));
    }

    private OutgoingMessage order(Phone to, String text) {
        return ordered(orderAs(newKey(), to, text));
    }

    private static OutgoingMessage ordered(Ordered ordered) {
        return switch (ordered) {
            case Ordered.Done done -> done.message();
            case Ordered.NoPool _, Ordered.Rejected _, Ordered.Full _, Ordered.Draining _ ->
                throw new AssertionError(ordered);
        };
    }

    private Ordered orderAs(String key, Phone to, String text) {
        return orderOver(number, key, to, text);
    }

    private Ordered orderOver(Sender sender, String key, Phone to, String text) {
        return database.write(tx -> world.outgoing.order(
                tx, tenant, Actor.SERVER, new Outgoing.Order(sender.id(), to, text, Optional.empty(), key)));
    }

    private static String newKey() {
        return "key-" + KEY.incrementAndGet() + "-" + UUID.randomUUID();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }

    private List<DeliveryState> told(OutgoingMessage message) {
        return world.deliveryEvents.fired().stream()
                .map(DeliveryChanged::message)
                .filter(event -> event.id().equals(message.id()))
                .map(OutgoingMessage::state)
                .toList();
    }
}
