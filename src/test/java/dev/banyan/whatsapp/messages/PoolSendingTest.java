package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountLockStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;
import dev.banyan.whatsapp.simulator.DeliveryBehavior;
import org.junit.jupiter.api.Test;

/// A pool of three numbers: which number sends what, within which limits, and what happens when one of them fails.
@OnEveryDatabase
class PoolSendingTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private TestSenders world;
    private final Sender master;
    private final Sender first;
    private final Sender second;

    PoolSendingTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.master = world.linked(tenant, "+971500000101");
        this.first = servant("+971500000102");
        this.second = servant("+971500000103");
    }

    @Test
    void newContactsAreSharedAndEachStaysWithItsNumber() {
        List<OutgoingMessage> messages = order(30);
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 10, first.id(), 10, second.id(), 10));
        assertThat(messages).allMatch(message -> reason(message).startsWith("round-robin: number "));

        for (OutgoingMessage before : messages) {
            OutgoingMessage again = order(before.to());
            run(5);
            assertThat(now(again).sender()).isEqualTo(now(before).sender());
            assertThat(reason(again)).isEqualTo("the contact’s number");
        }
    }

    @Test
    void weightsArePaidToTheMessage() {
        tune(settings(Strategy.WEIGHTED));
        weigh(first, 3);
        weigh(second, 6);
        List<OutgoingMessage> messages = order(100);
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 10, first.id(), 30, second.id(), 60));
    }

    /// More than all numbers send at once: that they are busy for a moment is no reason to use a red one.
    @Test
    void aRedNumberGetsNoNewContactsWhileOthersAreBusy() {
        rateYellowAndRed();

        List<OutgoingMessage> messages = order(300);
        run(1);
        Map<SenderId, Integer> begun = shares(messages.stream()
                .filter(message -> now(message).sender().isPresent())
                .toList());
        assertThat(begun).doesNotContainKey(second.id());
        assertThat(begun.getOrDefault(first.id(), 0)).isLessThan(begun.getOrDefault(master.id(), 0));

        run(60);
        assertThat(shares(messages)).containsOnlyKeys(master.id(), first.id());
    }

    /// WhatsApp's rating of the Cloud API's numbers.
    @Test
    void aYellowNumberGetsHalfItsShareOfNewContactsAndARedOneNone() {
        Phone contact = contactOf(second);
        rateYellowAndRed();

        List<OutgoingMessage> messages = order(30);
        OutgoingMessage known = order(contact);
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 20, first.id(), 10));
        assertThat(messages).anyMatch(message -> reason(message).contains("skipped: its quality is red"));
        assertThat(now(known).sender())
                .as("its own contacts stay with a red number")
                .contains(second.id());
    }

    private void rateYellowAndRed() {
        database.write(tx -> {
            var ratings = new SenderRatingStore(tx);
            ratings.put(tenant, first.id(), new SenderRating("yellow", ""), Instant.EPOCH);
            ratings.put(tenant, second.id(), new SenderRating("red", ""), Instant.EPOCH);
            return true;
        });
        run((int) SendCounter.TRUSTED_FOR.toSeconds() + 1);
    }

    @Test
    void whoWritesToANumberIsAnsweredByIt() {
        Phone contact = contact();
        world.simulator.receive(second.key(), "in-" + UUID.randomUUID(), contact, "Amira", "Hello", Optional.empty());
        OutgoingMessage answer = order(contact);
        run(5);
        assertThat(now(answer).sender()).contains(second.id());

        world.simulator.receive(first.key(), "in-" + UUID.randomUUID(), contact, "Amira", "And you?", Optional.empty());
        OutgoingMessage other = order(contact);
        run(5);
        assertThat(now(other).sender()).contains(first.id());
        assertThat(hours(first).received()).isEqualTo(1);
    }

    @Test
    void nothingLeavesAnAccountThatIsSwitchedOff() {
        root(AccountStatus.SUSPENDED);
        OutgoingMessage message = order(contact());
        run(10);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(message).waiting().orElseThrow().reason()).isEqualTo(WaitReason.PAUSED);

        root(AccountStatus.ACTIVE);
        run(310);
        assertThat(sent(List.of(message))).isEqualTo(1);
    }

    private void root(AccountStatus status) {
        database.write(tx -> {
            new AccountLockStore(tx).setRootStatus(tenant, status, world.clock.instant());
            return true;
        });
    }

    @Test
    void aContactWaitsForItsNumberForAWhileAndThenGoesToASibling() {
        Phone contact = contactOf(first);
        world.simulator.stop(first.key());
        world.liveness.gone(first.key());
        OutgoingMessage message = order(contact);
        run(30);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);

        run(60);
        assertThat(now(message).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
        assertThat(now(message).sender()).isPresent().isNotEqualTo(Optional.of(first.id()));
        assertThat(reason(message)).startsWith("the contact’s number is away (not responding); round-robin: ");
    }

    @Test
    void aContactOfABannedNumberGoesToASiblingAtOnceAndStaysThere() {
        Phone contact = contactOf(first);
        world.linking.fault(tenant, first.id(), Fault.BAN);
        OutgoingMessage message = order(contact);
        run(5);
        SenderId other = now(message).sender().orElseThrow();
        assertThat(other).isNotEqualTo(first.id());
        assertThat(reason(message)).startsWith("the contact’s number is banned by WhatsApp; round-robin: ");

        OutgoingMessage next = order(contact);
        run(5);
        assertThat(now(next).sender()).contains(other);
    }

    @Test
    void aRestrictedNumberGetsNoNewContactAndKeepsItsOwn() {
        Phone contact = contactOf(first);
        world.linking.fault(tenant, first.id(), Fault.RESTRICT);
        List<OutgoingMessage> messages = order(20);
        OutgoingMessage own = order(contact);
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 10, second.id(), 10));
        assertThat(now(own).sender()).contains(first.id());
    }

    @Test
    void aDailyQuotaIsNeverExceededAndTheRestGoesTomorrow() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(4), Optional.empty())));
        List<OutgoingMessage> messages = order(20);
        run(20);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 4, first.id(), 4, second.id(), 4));

        restart();
        run(20);
        assertThat(shares(messages))
                .as("after a restart")
                .hasSize(3)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(4));

        Instant now = world.clock.instant();
        world.clock.forward(Duration.between(now, DailySendLimit.nextDay(now, ZoneOffset.UTC)));
        connectAll();
        look();
        assertThat(messages).allMatch(message -> now(message).state() != DeliveryState.QUEUED);
    }

    @Test
    void whatWaitsForAPoolGoesWhenItGetsServants() {
        Sender full = world.linked(tenant, "+971500000104");
        PoolSettings oneADay =
                with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(1), Optional.empty()));
        world.tuning.tunePool(tenant, Actor.SERVER, full.id(), oneADay);
        List<OutgoingMessage> messages = List.of(orderTo(full), orderTo(full), orderTo(full));
        run(20);
        assertThat(sent(messages)).isEqualTo(1);

        world.senders.moveServants(tenant, Actor.SERVER, master.id(), full.id());
        run(2);
        assertThat(sent(messages)).isEqualTo(3);
    }

    @Test
    void whatWasCertainlyNotSentIsQueuedAgainFromEachStateInWhichItMayBeSent() {
        OutgoingMessage message = underWayOver(first);
        notSent(message, second);
        assertThat(now(message).state()).as("told by another number").isEqualTo(DeliveryState.SENDING);
        notSent(message, first);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);

        OutgoingMessage uncertain = uncertainOver(first);
        notSent(uncertain, first);
        assertThat(now(uncertain).state()).isEqualTo(DeliveryState.QUEUED);

        OutgoingMessage givenUp = uncertainOver(first);
        database.write(tx -> world.outgoing.decide(tx, tenant, Actor.SERVER, givenUp.id(), QueueAction.GIVE_UP));
        notSent(givenUp, first);
        assertThat(now(givenUp).state()).isEqualTo(DeliveryState.FAILED);
    }

    @Test
    void whatWhatsAppTakesBackForAWhileIsSentAgainAFewTimes() {
        OutgoingMessage message = sentOver(first);
        notSent(message, first);
        assertThat(now(message).state()).as("an answer that came late").isEqualTo(DeliveryState.SENT);

        undeliverable(message, first, true);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        OutgoingMessage often = sentOver(first);
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE outgoing_messages SET attempts = 5 WHERE id = ?",
                        often.id().toString()));
        undeliverable(often, first, true);
        assertThat(now(often).state()).as("often enough").isEqualTo(DeliveryState.FAILED);

        OutgoingMessage refused = sentOver(first);
        undeliverable(refused, first, false);
        assertThat(now(refused).state()).isEqualTo(DeliveryState.FAILED);
    }

    private OutgoingMessage sentOver(Sender sender) {
        OutgoingMessage message = underWayOver(sender);
        world.deliveries.reported(
                new DriverReport(new DriverEvent.Sent(sender.key(), message.id(), "wamid." + message.id())));
        world.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);
        return message;
    }

    private void undeliverable(OutgoingMessage message, Sender by, boolean again) {
        world.deliveries.reported(new DriverReport(new DriverEvent.Undeliverable(
                by.key(), "wamid." + message.id(), "Not now after all.", again, Optional.empty())));
        world.threads.runAll();
    }

    private OutgoingMessage underWayOver(Sender sender) {
        Phone contact = contactOf(sender);
        world.phones.setMood(tenant, contact, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(contact);
        world.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);
        return message;
    }

    private OutgoingMessage uncertainOver(Sender sender) {
        OutgoingMessage message = underWayOver(sender);
        database.write(tx -> {
            world.deliveries.uncertain(tx, List.of(now(message)), "It may have reached the contact.");
            return true;
        });
        assertThat(now(message).state()).isEqualTo(DeliveryState.UNCERTAIN);
        return message;
    }

    private void notSent(OutgoingMessage message, Sender by) {
        world.deliveries.reported(new DriverReport(new DriverEvent.NotSent(by.key(), message.id(), "Not now.", true)));
        world.threads.runAll();
    }

    /// What a simulated number "sends" reaches no one, and no one waits for what was ordered for one.
    @Test
    void whatWaitsIsNotMovedBetweenRealAndSimulatedNumbers() {
        Sender real = real(world.linked(tenant, "+971500000104"));
        Sender simulated = world.master(tenant);
        OutgoingMessage forPeople = orderTo(real);
        OutgoingMessage forNobody = orderTo(simulated);

        assertThat(removed(real, master)).isEqualTo(1);
        assertThat(now(forPeople).pool()).isEqualTo(real.id());
        Sender otherReal = real(world.master(tenant));
        assertThat(removed(simulated, otherReal)).isEqualTo(1);
        assertThat(now(forNobody).pool()).isEqualTo(simulated.id());

        OutgoingMessage moving = orderTo(otherReal);
        Sender lastReal = real(world.master(tenant));
        assertThat(removed(otherReal, lastReal)).isZero();
        assertThat(now(moving).pool()).isEqualTo(lastReal.id());
    }

    @Test
    void whatWasOrderedForRealNumbersWaitsWhenTheLastOneIsRemoved() {
        waitsAfter(real -> world.senders.removeServant(tenant, Actor.SERVER, real.id()));
    }

    @Test
    void whatWasOrderedForRealNumbersWaitsWhenTheLastOneMovesToAnotherPool() {
        Sender other = world.linked(tenant, "+971500000105");
        waitsAfter(real -> world.senders.changeMaster(tenant, Actor.SERVER, real.id(), other.id()));
    }

    @Test
    void whatWasOrderedForRealNumbersWaitsWhenTheLastOneIsSimulatedFromNowOn() {
        waitsAfter(this::simulated);
    }

    /// The only real number is banned; the other numbers of the pool are simulated, linked and healthy.
    private void waitsAfter(Consumer<Sender> change) {
        world.linking.fault(tenant, first.id(), Fault.BAN);
        Sender real = real(first);
        OutgoingMessage forPeople = order(contact());
        run(5);
        change.accept(real);
        run(90);
        assertThat(now(forPeople).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(forPeople).waiting().orElseThrow().reason()).isEqualTo(WaitReason.POOL_AWAY);
        assertThat(now(forPeople).error()).contains("This was ordered for real numbers. Simulated ones don’t send it.");
        FailoverDecision drilled =
                world.failovers.drill(tenant, Actor.SERVER, master.id()).orElseThrow();
        assertThat(drilled.seen()).contains("1 message waits for real numbers, and the pool has only simulated ones");

        OutgoingMessage tried = order(contact());
        run(5);
        assertThat(sent(List.of(tried))).as("ordered for simulated numbers").isEqualTo(1);

        world.linking.fault(tenant, second.id(), Fault.BAN);
        real(second);
        world.senders.setMasterType(tenant, Actor.SERVER, master.id(), MasterType.BACKUP);
        run(5);
        assertThat(sent(List.of(forPeople))).as("a banned real number is there").isZero();
        simulated(second);
        run(90);
        assertThat(sent(List.of(forPeople))).isZero();
    }

    private void simulated(Sender real) {
        database.write(tx -> {
            new SenderStore(tx).place(tenant, world.now(real).at(DriverKind.SIMULATOR, Optional.empty()));
            return true;
        });
    }

    @Test
    void aRealServantTakesAlongWhatWaitsForItsContacts() {
        Sender pool = real(world.master(tenant));
        Sender servant = real(world.servant(pool, "+971500000104"));
        OutgoingMessage theirs = orderTo(pool);
        database.write(tx -> {
            new PoolContactStore(tx).assign(tenant, pool.id(), theirs.to(), servant.id(), world.clock.instant());
            return true;
        });
        OutgoingMessage other = orderTo(pool);

        world.senders.changeMaster(tenant, Actor.SERVER, servant.id(), master.id());
        assertThat(now(theirs).pool()).isEqualTo(master.id());
        world.senders.changeMaster(tenant, Actor.SERVER, servant.id(), pool.id());
        assertThat(now(theirs).pool()).isEqualTo(pool.id());
        assertThat(now(other).pool()).isEqualTo(pool.id());
    }

    /// Makes it a number at a gateway.
    private Sender real(Sender sender) {
        database.write(tx -> {
            new SenderStore(tx).place(tenant, world.now(sender).at(DriverKind.WAHA, Optional.empty()));
            return true;
        });
        return world.now(sender);
    }

    /// @return how many messages stay in the queue of a pool that is removed
    private int removed(Sender pool, Sender to) {
        return ((Senders.Removed.Done)
                        world.senders.removeMaster(tenant, Actor.SERVER, pool.id(), Optional.of(to.id())))
                .waiting();
    }

    private OutgoingMessage orderTo(Sender pool) {
        var order = new Order(pool.id(), contact(), "Hi", Optional.empty(), "key-" + UUID.randomUUID());
        return ((Ordered.Done) database.<Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
    }

    @Test
    void onlyTheTimeWithoutANumberCountsAsWaitingForIt() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(1), Optional.empty())));
        List<OutgoingMessage> messages = order(9);
        run(5);
        world.clock.forward(Duration.ofDays(4));
        connectAll();
        dropAll();
        run(20);
        assertThat(states(messages)).as("away for seconds").doesNotContain(DeliveryState.FAILED);
        assertThat(sent(messages)).isLessThan(9);

        run(20);
        dropAll();
        int left = (int) (9 - sent(messages));
        world.clock.forward(Duration.ofMinutes(4_321));
        look();
        assertThat(states(messages).stream().filter(DeliveryState.FAILED::equals))
                .as("away for three days")
                .hasSize(left)
                .isNotEmpty();
    }

    @Test
    void whatMayNotGoOverARestrictedNumberWaitsForTheOthersFromWhenTheyWent() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(1), Optional.empty())));
        List<OutgoingMessage> messages = order(9);
        run(5);
        world.clock.forward(Duration.ofHours(2));
        connectAll();
        world.linking.fault(tenant, first.id(), Fault.RESTRICT);
        world.linking.fault(tenant, master.id(), Fault.DROP);
        world.linking.fault(tenant, second.id(), Fault.DROP);
        tune(settings(Strategy.ROUND_ROBIN));
        run(10);
        assertThat(states(messages)).doesNotContain(DeliveryState.FAILED);

        run(100);
        assertThat(sent(messages)).as("when they are back").isEqualTo(9);
        assertThat(states(messages)).doesNotContain(DeliveryState.FAILED);
    }

    @Test
    void aRestrictedNumberAnswersHoweverManyNewChatsWaitForTheOthers() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(4), Optional.empty())));
        Phone contact = contactOf(first);
        world.linking.fault(tenant, first.id(), Fault.RESTRICT);
        List<OutgoingMessage> messages = order(8 + 2 * world.simulator.atOnce());
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 4, second.id(), 4));

        OutgoingMessage answer = order(contact);
        run(5);
        assertThat(now(answer).sender()).contains(first.id());
        assertThat(sent(messages)).isEqualTo(8);
    }

    @Test
    void whatARemovedNumberWasToSendGoesOverASiblingAndWaitsWithoutAPool() {
        Phone contact = contactOf(first);
        world.phones.setMood(tenant, contact, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(contact);
        world.threads.runAll();
        assertThat(now(message).sender()).contains(first.id());
        world.senders.removeServant(tenant, Actor.SERVER, first.id());
        world.life.send(first.key(), List.of(now(message)));
        run(30);
        assertThat(now(message).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
        assertThat(now(message).sender()).isPresent().isNotEqualTo(Optional.of(first.id()));

        Sender alone = world.linked(tenant, "+971500000104");
        var order = new Order(alone.id(), contact, "Hi", Optional.empty(), "key-" + UUID.randomUUID());
        OutgoingMessage last = ((Ordered.Done)
                        database.<Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
        world.threads.runAll();
        assertThat(now(last).state()).isEqualTo(DeliveryState.SENDING);
        world.senders.removeMaster(tenant, Actor.SERVER, alone.id(), Optional.empty());
        world.life.send(alone.key(), List.of(now(last)));
        run(10);
        assertThat(now(last).state()).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void aYoungNumberSendsLittle() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.empty(), Optional.of(true))));
        List<OutgoingMessage> messages = order(100);
        run(5);
        assertThat(shares(messages)).isEqualTo(Map.of(master.id(), 20, first.id(), 20, second.id(), 20));
    }

    @Test
    void aRateIsKept() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.of(6), Optional.empty(), Optional.empty())));
        run(120);
        List<OutgoingMessage> messages = order(60);
        run(2);
        assertThat(shares(messages).values()).containsOnly(1);
        run(57);
        assertThat(shares(messages).values()).as("in a minute").containsOnly(6);
        run(60);
        assertThat(shares(messages).values()).containsOnly(12);
    }

    @Test
    void contactsThatWaitForAFullNumberDoNotHoldUpOthers() {
        tune(with(settings(Strategy.PRIORITY), new Pace(Optional.of(6), Optional.empty(), Optional.empty())));
        var theirs = new ArrayList<Phone>();
        for (int i = 0; i < 10; i++) {
            Phone contact = contact();
            theirs.add(contact);
            database.write(tx -> {
                new PoolContactStore(tx).assign(tenant, master.id(), contact, first.id(), world.clock.instant());
                return true;
            });
        }
        List<OutgoingMessage> stuck = theirs.stream().map(this::order).toList();
        run(1);
        OutgoingMessage other = order(contact());
        run(1);
        assertThat(sent(List.of(other))).isEqualTo(1);
        run(110);
        assertThat(stuck).allMatch(message -> now(message).sender().equals(Optional.of(first.id())));
    }

    @Test
    void onePairTalksNoFasterThanItMayAndOthersGoOn() {
        tune(new PoolSettings(
                Strategy.ROUND_ROBIN,
                UncertainPolicy.ASK,
                Pace.AS_POOL,
                Optional.of(new PairLimit(Duration.ofSeconds(30), 2)),
                Optional.empty(),
                ZoneOffset.UTC,
                1_000));
        Phone contact = contact();
        List<OutgoingMessage> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(order(contact));
        }
        run(10);
        assertThat(sent(messages)).isEqualTo(2);
        OutgoingMessage other = order(contact());
        restart();
        run(10);
        assertThat(sent(messages)).as("a restart forgets no pair").isEqualTo(2);
        assertThat(sent(List.of(other))).isEqualTo(1);
        run(30);
        assertThat(sent(messages)).isEqualTo(3);
        run(30);
        assertThat(sent(messages)).isEqualTo(4);
    }

    @Test
    void inQuietHoursNothingGoes() {
        Instant now = world.clock.instant();
        LocalTime from = LocalTime.ofInstant(now, ZoneOffset.UTC)
                .minusHours(1)
                .withSecond(0)
                .withNano(0);
        tune(new PoolSettings(
                Strategy.ROUND_ROBIN,
                UncertainPolicy.ASK,
                Pace.AS_POOL,
                Optional.empty(),
                Optional.of(new QuietHours(from, from.plusHours(3), QuietHours.ANSWERS_WITHIN)),
                ZoneOffset.UTC,
                1_000));
        OutgoingMessage message = order(contact());
        run(60);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        world.clock.forward(Duration.ofMinutes(121));
        connectAll();
        look();
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);

        OutgoingMessage other = order(contact());
        run(2);
        assertThat(sent(List.of(other))).isEqualTo(1);
    }

    @Test
    void otherSettingsLetWhatWaitedGo() {
        tune(with(settings(Strategy.ROUND_ROBIN), new Pace(Optional.empty(), Optional.of(1), Optional.empty())));
        List<OutgoingMessage> messages = order(9);
        run(5);
        assertThat(sent(messages)).isEqualTo(3);
        tune(settings(Strategy.ROUND_ROBIN));
        run(5);
        assertThat(sent(messages)).isEqualTo(9);
    }

    @Test
    void aQueueThatIsFullTakesNoMoreUntilSomethingHasLeft() {
        tune(new PoolSettings(
                Strategy.ROUND_ROBIN,
                UncertainPolicy.ASK,
                Pace.AS_POOL,
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                5));
        List<Ordered> ordered = orderAll(8);
        assertThat(ordered.subList(0, 5)).allMatch(Ordered.Done.class::isInstance);
        assertThat(ordered.subList(5, 8))
                .allMatch(one -> one.equals(new Ordered.Full(master.id(), Outgoing.TRY_AGAIN_AFTER)));
        run(5);
        assertThat(orderAll(5)).allMatch(Ordered.Done.class::isInstance);
    }

    @Test
    void manyAreOrderedTogetherAndEachSaysWhatCameOfIt() {
        String key = "key-" + UUID.randomUUID();
        UUID batch = UUID.randomUUID();
        List<Order> orders = List.of(
                new Order(master.id(), contact(), "One", Optional.empty(), key),
                new Order(master.id(), contact(), " ", Optional.empty(), "key-" + UUID.randomUUID()),
                new Order(new SenderId("nobody"), contact(), "Hi", Optional.empty(), "key-" + UUID.randomUUID()),
                new Order(master.id(), contact(), "Another text", Optional.empty(), key),
                new Order(first.id(), contact(), "No master", Optional.empty(), "key-" + UUID.randomUUID()));
        List<Ordered> once =
                database.write(tx -> world.outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.of(batch)));
        List<Ordered> twice =
                database.write(tx -> world.outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.of(batch)));

        assertThat(once.get(0))
                .isInstanceOfSatisfying(
                        Ordered.Done.class, done -> assertThat(done.again()).isFalse());
        assertThat(once.get(1)).isInstanceOf(Ordered.Rejected.class);
        assertThat(once.get(2)).isEqualTo(new Ordered.NoPool(new SenderId("nobody")));
        assertThat(once.get(3)).isInstanceOfSatisfying(Ordered.Done.class, done -> {
            assertThat(done.again()).isTrue();
            assertThat(done.message().text()).isEqualTo("One");
        });
        assertThat(once.get(4)).isEqualTo(new Ordered.NoPool(first.id()));
        assertThat(twice.get(0))
                .isInstanceOfSatisfying(
                        Ordered.Done.class, done -> assertThat(done.again()).isTrue());
    }

    @Test
    void whatMayHaveLeftIsSentOnceMoreWhereThePoolSaysSo() {
        tune(new PoolSettings(
                Strategy.ROUND_ROBIN,
                UncertainPolicy.RESEND,
                Pace.AS_POOL,
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                1_000));
        Phone contact = contact();
        world.phones.setMood(tenant, contact, DeliveryBehavior.SLOW);
        OutgoingMessage message = order(contact);
        run(1);
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENDING);

        restart();
        assertThat(now(message).state()).isIn(DeliveryState.QUEUED, DeliveryState.SENT);
        run(5);
        assertThat(sent(List.of(message))).isEqualTo(1);
        assertThat(reason(message)).contains("retried after: The server stopped while this was being sent.");
    }

    @Test
    void countersSayWhatHappened() {
        List<OutgoingMessage> messages = order(9);
        Phone missing = contact();
        world.phones.setMood(tenant, missing, DeliveryBehavior.MISSING);
        OutgoingMessage failed = order(missing);
        run(10);
        assertThat(now(failed).state()).isEqualTo(DeliveryState.FAILED);
        SenderHours all = hours(master).plus(hours(first)).plus(hours(second));
        assertThat(messages).hasSize(9);
        assertThat(List.of(all.sent(), all.delivered(), all.seen(), all.failed()))
                .containsExactly(9L, 9L, 9L, 1L);
    }

    /// Starts a server that knows only what is in the database.
    private void restart() {
        var before = world.clock.instant();
        world = new TestSenders(database);
        world.clock.forward(Duration.between(world.clock.instant(), before));
        world.dispatcher.restore();
        world.resumption.begin();
        world.threads.runAll();
    }

    private void connectAll() {
        for (Sender sender : List.of(master, first, second)) {
            world.liveness.beat(sender.key(), 0);
        }
    }

    private void dropAll() {
        for (Sender sender : List.of(master, first, second)) {
            world.linking.fault(tenant, sender.id(), Fault.DROP);
        }
        world.threads.runAll();
    }

    private Sender servant(String phone) {
        Sender servant = world.servant(master, phone);
        world.linking.link(tenant, Actor.SERVER, servant.id());
        world.linking.scan(tenant, servant.id(), Optional.of(new Phone(phone)));
        world.threads.runAll();
        return world.now(servant);
    }

    private void tune(PoolSettings settings) {
        new Tuning(world.changes).tunePool(tenant, Actor.SERVER, master.id(), settings);
        world.threads.runAll();
    }

    private void weigh(Sender sender, int weight) {
        TuningRequest nothing = TuningRequest.NOTHING;
        new Tuning(world.changes)
                .tune(
                        tenant,
                        Actor.SERVER,
                        sender.id(),
                        new TuningRequest(
                                nothing.displayName(),
                                nothing.purpose(),
                                nothing.tags(),
                                nothing.region(),
                                Optional.of(weight),
                                nothing.priority(),
                                nothing.perMinute(),
                                nothing.perDay(),
                                nothing.warmsUp()));
    }

    private static PoolSettings settings(Strategy strategy) {
        return new PoolSettings(
                strategy, UncertainPolicy.ASK, Pace.AS_POOL, Optional.empty(), Optional.empty(), ZoneOffset.UTC, 1_000);
    }

    private static PoolSettings with(PoolSettings settings, Pace pace) {
        return new PoolSettings(
                settings.strategy(),
                settings.uncertain(),
                pace,
                settings.pair(),
                settings.quiet(),
                settings.zone(),
                settings.mostWaiting());
    }

    private static Phone contact() {
        return new Phone("+97150000%04d".formatted(300 + NUMBER.incrementAndGet() % 700));
    }

    /// Returns a contact that talks to this number.
    private Phone contactOf(Sender sender) {
        Phone contact = contact();
        world.simulator.receive(sender.key(), "in-" + UUID.randomUUID(), contact, "Amira", "Hi", Optional.empty());
        world.threads.runAll();
        return contact;
    }

    private List<OutgoingMessage> order(int count) {
        return orderAll(count).stream()
                .map(ordered -> ((Ordered.Done) ordered).message())
                .toList();
    }

    private List<Ordered> orderAll(int count) {
        var orders = new ArrayList<Order>();
        for (int i = 0; i < count; i++) {
            orders.add(new Order(master.id(), contact(), "Hi " + i, Optional.empty(), "key-" + UUID.randomUUID()));
        }
        return database.write(tx -> world.outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.empty()));
    }

    private OutgoingMessage order(ContactAddress to) {
        var order = new Order(master.id(), to, "Hi", Optional.empty(), "key-" + UUID.randomUUID());
        return ((Ordered.Done) database.<Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
    }

    /// Lets this many seconds pass, running the jobs of the server.
    private void run(int seconds) {
        world.threads.runAll();
        for (int second = 0; second < seconds; second++) {
            world.forward(Duration.ofSeconds(1));
            if (second % 30 == 29) {
                world.liveness.probe();
            }
            if (second % 5 == 4) {
                look();
            }
        }
    }

    private void look() {
        world.dispatcher.sweep();
        world.threads.runAll();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }

    private List<DeliveryState> states(List<OutgoingMessage> messages) {
        return messages.stream().map(message -> now(message).state()).toList();
    }

    private long sent(List<OutgoingMessage> messages) {
        return messages.stream()
                .map(message -> now(message).state())
                .filter(state -> state != DeliveryState.QUEUED)
                .count();
    }

    private Map<SenderId, Integer> shares(List<OutgoingMessage> messages) {
        var shares = new HashMap<SenderId, Integer>();
        messages.stream()
                .map(this::now)
                .filter(message -> message.state() != DeliveryState.QUEUED)
                .forEach(message -> shares.merge(message.sender().orElseThrow(), 1, Integer::sum));
        return shares;
    }

    private String reason(OutgoingMessage message) {
        return database.read(tx -> tx.sql()
                .fetch(
                        "SELECT reason FROM outgoing_messages WHERE id = ?",
                        message.id().toString())
                .getValues(0, String.class)
                .getFirst());
    }

    private SenderHours hours(Sender sender) {
        Instant from = world.clock.instant().minus(Duration.ofDays(2));
        return database
                .read(tx -> new SenderHoursStore(tx).of(tenant, sender.id(), from, from.plus(Duration.ofDays(3))))
                .stream()
                .reduce(SenderHours.none(from), SenderHours::plus);
    }
}
