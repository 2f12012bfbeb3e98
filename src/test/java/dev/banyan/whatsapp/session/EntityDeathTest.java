package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entities die at random moments, repeatedly, during traffic in both directions, on their own threads. The database is
/// the source of truth, from which their successors continue.
@OnEveryDatabase
class EntityDeathTest {

    private static final int NUMBERS = 4;
    private static final int MESSAGES = 200;

    private final Database database;
    private final AccountId tenant;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TestSenders world;

    EntityDeathTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database, TestSenders.newFolder(), threads);
    }

    @AfterEach
    void stop() {
        world.sessions.close();
        threads.close();
    }

    @Test
    void nothingIsLostAndNothingGoesOutTwiceHoweverOftenEntitiesDie() {
        List<Sender> numbers = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            numbers.add(world.linked(tenant, "+97150000011" + i));
        }
        var random = new Random(6);
        var ordered = new ArrayList<UUID>();
        for (int i = 0; i < MESSAGES; i++) {
            Sender number = numbers.get(i % NUMBERS);
            ordered.add(order(number, new Phone("+9715000002" + "%02d".formatted(i % 40)), "message " + i));
            world.simulator.receive(
                    number.key(), "in-" + i, new Phone("+971500000301"), "Amira", "hello " + i, Optional.empty());
            if (random.nextInt(4) == 0) {
                world.sessions.entities.replaceAll();
            }
            if (random.nextInt(4) == 0) {
                world.sessions.pools.replaceAll();
            }
            world.threads.runAll();
        }
        // Without a result after two minutes they would become uncertain, which is not tested here.
        var left = new HashSet<>(ordered);
        for (int second = 0; second < 100 && !left.isEmpty(); second++) {
            world.forward(Duration.ofSeconds(1));
            world.dispatcher.sweep();
            world.threads.runAll();
            numbers.forEach(number -> world.sessions.settle(number.key()));
            left.removeIf(id -> EnumSet.of(DeliveryState.READ, DeliveryState.DELIVERED, DeliveryState.SENT)
                    .contains(world.outgoing.find(tenant, id).orElseThrow().state()));
        }

        assertThat(left).as("not sent").isEmpty();
        List<String> wrong = database.read(tx -> tx.sql()
                .fetch("SELECT id FROM outgoing_messages WHERE attempts <> 1 AND tenant_id = ?", tenant.toString())
                .getValues(0, String.class));
        assertThat(wrong).as("handed over twice, or never").isEmpty();
        assertThat(world.arrivals.fired()).as("what came in").hasSize(MESSAGES);
    }

    private UUID order(Sender number, Phone to, String text) {
        var order = new Outgoing.Order(
                number.id(), to, text, Optional.empty(), UUID.randomUUID().toString());
        return database.<Outgoing.Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order))
                        instanceof Outgoing.Ordered.Done done
                ? done.message().id()
                : new UUID(0, 0);
    }
}
