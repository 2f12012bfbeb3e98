package dev.banyan.whatsapp.failover;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import org.junit.jupiter.api.Test;

/// A pool of two numbers, of which one fails; the other one is the master and never does.
@OnEveryDatabase
class NumberWatchTest {

    private final Database database;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender pool;
    private final Sender sick;
    private int contacts;

    NumberWatchTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.pool = world.linked(tenant, "+971500000301");
        Sender servant = world.servant(pool, "+971500000302");
        world.linking.link(tenant, Actor.SERVER, servant.id());
        world.linking.scan(tenant, servant.id(), servant.phone());
        world.threads.runAll();
        this.sick = world.now(servant);
    }

    @Test
    void aNumberThatFlapsEveryTenSecondsForAnHourMovesItsContactsOnce() {
        List<ContactAddress> talking = contactsOf(sick, 5);
        int moves = 0;
        Map<ContactAddress, SenderId> before = numbers(talking);
        for (int round = 0; round < 360; round++) {
            world.linking.fault(tenant, sick.id(), round % 2 == 0 ? Fault.DROP : Fault.HEAL);
            order(talking);
            run(10);
            Map<ContactAddress, SenderId> after = numbers(talking);
            Map<ContactAddress, SenderId> earlier = before;
            moves += (int) talking.stream()
                    .filter(contact -> !Objects.equals(after.get(contact), earlier.get(contact)))
                    .count();
            before = after;
        }

        assertThat(moves).isEqualTo(talking.size());
        assertThat(before.values()).hasSize(talking.size()).containsOnly(pool.id());
        assertThat(world.judgements.fired()).as("one verdict").hasSize(1);

        world.linking.fault(tenant, sick.id(), Fault.HEAL);
        run(40);
        assertThat(world.judgements.fired().getLast().failed()).isFalse();
        assertThat(world.numbers.fitness(world.now(sick))).isEqualTo(Eligibility.FIT);
        talking.forEach(this::order);
        run(10);
        assertThat(talking)
                .as("stays where it went")
                .allMatch(contact -> number(contact).equals(pool.id()));
    }

    @Test
    void aShortBreakMovesNobody() {
        ContactAddress contact = contactsOf(sick, 1).getFirst();
        world.linking.fault(tenant, sick.id(), Fault.DROP);
        OutgoingMessage message = order(contact);
        run(5);
        assertThat(now(message).waiting())
                .hasValueSatisfying(waiting -> assertThat(waiting.reason()).isEqualTo(WaitReason.NUMBER_AWAY));
        world.linking.fault(tenant, sick.id(), Fault.HEAL);
        run(5);

        assertThat(now(message).sender()).contains(sick.id());
        assertThat(world.judgements.fired()).isEmpty();
    }

    @Test
    void aContactOfADisconnectedNumberWaitsForTheDetectionAndThenMovesWithTheReason() {
        ContactAddress contact = contactsOf(sick, 1).getFirst();
        world.linking.fault(tenant, sick.id(), Fault.DROP);
        OutgoingMessage message = order(contact);
        run(13);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        run(4);

        assertThat(now(message).sender()).contains(pool.id());
        assertThat(reason(message)).startsWith("the contact’s number is away (disconnected)");
        assertThat(number(contact)).isEqualTo(pool.id());
    }

    @Test
    void theSettingsOfThePoolSayWhenANumberHasFailed() {
        configure(new Detection(1, 2, 10, 0));
        ContactAddress contact = contactsOf(sick, 1).getFirst();
        world.linking.fault(tenant, sick.id(), Fault.SILENT_DEATH);
        run(4);
        assertThat(world.judgements.fired()).hasSize(1);
        assertThat(world.judgements.fired().getFirst().sender()).isEqualTo(sick.key());

        OutgoingMessage message = order(contact);
        run(1);
        assertThat(now(message).sender()).contains(pool.id());
        run(60);
        assertThat(world.reconnections.fired()).as("none was wanted").isEmpty();
    }

    @Test
    void silentDeathIsNoticedWithinHalfAMinuteAndWhatWasHandedOverIsUncertainWithinAMinute() {
        List<ContactAddress> talking = contactsOf(sick, 3);
        world.linking.fault(tenant, sick.id(), Fault.SILENT_DEATH);
        List<OutgoingMessage> lost = talking.stream().map(this::order).toList();
        OutgoingMessage next = order(talking.getFirst());
        assertThat(lost).allMatch(message -> now(message).state() == DeliveryState.SENDING);
        run(30);
        assertThat(world.judgements.fired())
                .anyMatch(one -> one.failed() && one.sender().equals(sick.key()));
        run(25);

        assertThat(lost).allMatch(message -> now(message).state() == DeliveryState.UNCERTAIN);
        assertThat(now(lost.getFirst()).error())
                .contains("The number failed while this was being sent. It may have reached the contact.");
        assertThat(now(next).sender()).as("goes over another one").contains(pool.id());
    }

    @Test
    void uncertainMessagesFollowThePolicyOfThePool() {
        database.write(tx -> {
            PoolSettings settings = new PoolSettingsStore(tx).find(tenant, pool.id());
            new PoolSettingsStore(tx)
                    .save(
                            tenant,
                            pool.id(),
                            new PoolSettings(
                                    settings.strategy(),
                                    UncertainPolicy.RESEND,
                                    settings.pace(),
                                    settings.pair(),
                                    settings.quiet(),
                                    settings.zone(),
                                    settings.mostWaiting()),
                            world.clock.instant());
            return true;
        });
        ContactAddress contact = contactsOf(sick, 1).getFirst();
        world.linking.fault(tenant, sick.id(), Fault.SILENT_DEATH);
        OutgoingMessage message = order(contact);
        run(60);

        assertThat(now(message).sender()).contains(pool.id());
        assertThat(now(message).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
        assertThat(reason(message)).contains("retried after: The number failed while this was being sent.");
    }

    @Test
    void aNumberThatRefusesMessagesHasFailedAndIsTriedAgain() {
        world.liveness.refused(sick.key(), false, 4);
        assertThat(world.liveness.isHealthy(sick)).isTrue();
        world.liveness.refused(sick.key(), false, 1);
        world.threads.runAll();
        assertThat(world.numbers.fitness(world.now(sick))).isEqualTo(Eligibility.FAILED);
        run(40);
        assertThat(world.liveness.isHealthy(sick)).isTrue();
        world.liveness.refused(sick.key(), false, 1);
        assertThat(world.liveness.isHealthy(sick)).as("one more is enough").isFalse();
        run(40);
        assertThat(world.liveness.isHealthy(sick)).isTrue();
        world.liveness.refused(sick.key(), true, 0);
        world.liveness.refused(sick.key(), false, 4);
        assertThat(world.liveness.isHealthy(sick)).isTrue();
    }

    @Test
    void aSilentNumberIsConnectedAgainAndABannedOneIsNot() {
        world.linking.fault(tenant, sick.id(), Fault.SILENT_DEATH);
        run(60);
        assertThat(world.reconnections.fired()).isNotEmpty().hasSizeLessThanOrEqualTo(Detection.DEFAULT.tries());
        assertThat(world.liveness.isHealthy(sick)).isTrue();
        int tries = world.reconnections.fired().size();

        world.linking.fault(tenant, sick.id(), Fault.BAN);
        run(120);
        assertThat(world.reconnections.fired()).hasSize(tries);
        assertThat(world.numbers.fitness(world.now(sick))).isEqualTo(Eligibility.FAILED);
    }

    private void configure(Detection detection) {
        assertThat(world.failovers.configure(
                        tenant,
                        Actor.SERVER,
                        pool.id(),
                        new FailoverSettings(
                                FailoverPolicy.AUTO, Optional.empty(), true, Duration.ofMinutes(5), detection),
                        Optional.empty()))
                .isInstanceOf(Outcome.Done.class);
        run(1);
    }

    /// Writes to new contacts until this many talk to the number.
    private List<ContactAddress> contactsOf(Sender number, int wanted) {
        List<ContactAddress> all =
                IntStream.range(0, 4 * wanted).mapToObj(_ -> contact()).toList();
        order(all);
        run(5);
        Map<ContactAddress, SenderId> numbers = numbers(all);
        List<ContactAddress> found = all.stream()
                .filter(contact -> number.id().equals(numbers.get(contact)))
                .limit(wanted)
                .toList();
        assertThat(found).hasSize(wanted);
        return found;
    }

    private SenderId number(ContactAddress contact) {
        return database.read(tx -> new PoolContactStore(tx).find(tenant, pool.id(), contact))
                .orElseThrow();
    }

    private Map<ContactAddress, SenderId> numbers(List<ContactAddress> all) {
        return database.read(tx -> new PoolContactStore(tx).findAll(tenant, pool.id(), all));
    }

    private String reason(OutgoingMessage message) {
        return database.read(tx -> tx.sql()
                .fetchSingle(
                        "SELECT reason FROM outgoing_messages WHERE id = ?",
                        message.id().toString())
                .get(0, String.class));
    }

    private void run(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.forward(Duration.ofSeconds(1));
            if (world.clock.instant().getEpochSecond() % 5 == 0) {
                world.liveness.probe();
                world.dispatcher.sweep();
                world.threads.runAll();
            }
        }
    }

    private ContactAddress contact() {
        return new Phone("+97150003%04d".formatted(++contacts));
    }

    /// One message to each of them.
    private void order(List<ContactAddress> all) {
        List<Order> orders = all.stream().map(this::orderTo).toList();
        List<Ordered> done =
                database.write(tx -> world.outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.empty()));
        assertThat(done).hasOnlyElementsOfType(Ordered.Done.class);
        world.threads.runAll();
    }

    private Order orderTo(ContactAddress to) {
        return new Order(pool.id(), to, "Hello", Optional.empty(), "key-" + UUID.randomUUID());
    }

    private OutgoingMessage order(ContactAddress to) {
        Order order = orderTo(to);
        OutgoingMessage message = ((Ordered.Done)
                        database.<Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
        world.threads.runAll();
        return message;
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }
}
