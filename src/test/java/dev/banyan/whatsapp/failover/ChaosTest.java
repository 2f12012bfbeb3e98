package dev.banyan.whatsapp.failover;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.FailingDatabase;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import org.jooq.Record;
import org.junit.jupiter.api.Test;

/// Twenty pools under a steady load, while their numbers drop, die silently, are banned, restricted and slow, the
/// server is killed every minute, and the database is away for twenty seconds. `./banyan bench --chaos` does the same
/// to a real server, for as long as wanted.
@OnEveryDatabase
class ChaosTest {

    private static final long SEED = 18;
    private static final int POOLS = 20;
    private static final int CONTACTS = 60;
    private static final int SECONDS = 150;
    private static final int KILLED_EVERY = 60;
    private static final int AWAY_FROM = 80;
    private static final int AWAY_UNTIL = 100;
    private static final List<Fault> FAULTS = List.of(
            Fault.DROP,
            Fault.SILENT_DEATH,
            Fault.BAN,
            Fault.UNLINK,
            Fault.RESTRICT,
            Fault.UNRESTRICT,
            Fault.SLOW,
            Fault.DUPLICATE_RECEIPTS,
            Fault.HEAL);

    private final FailingDatabase database;
    private final AccountId tenant;
    private final Random random = new Random(SEED);
    private final List<Sender> numbers = new ArrayList<>();
    private final List<Sender> masters = new ArrayList<>();
    /// What was accepted for each contact, in order, with its last known state.
    private final Map<Phone, Map<UUID, DeliveryState>> accepted = new LinkedHashMap<>();
    private final Map<UUID, Integer> handedOver = new HashMap<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private TestSenders world;

    ChaosTest(Database database) {
        this.database = new FailingDatabase(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(this.database);
        for (int pool = 0; pool < POOLS; pool++) {
            Sender master = world.linked(tenant, "+97150001%04d".formatted(2 * pool));
            Sender servant = world.servant(master, "+97150001%04d".formatted(2 * pool + 1));
            masters.add(master);
            numbers.add(master);
            numbers.add(servant);
            link(servant);
        }
        world.deliveryEvents.listen(changed -> changed(changed.message()));
    }

    @Test
    void nothingIsLostDoubledOrOutOfOrderAndEverythingEndsWithAReason() {
        for (int second = 1; second <= SECONDS; second++) {
            for (int i = 0; i < 3; i++) {
                order(random.nextInt(CONTACTS));
            }
            if (random.nextInt(3) == 0) {
                fault();
            }
            if (second % KILLED_EVERY == 0) {
                kill();
            }
            if (second == AWAY_FROM) {
                database.goesAway();
            }
            if (second == AWAY_UNTIL) {
                database.comesBack();
            }
            aSecond(second);
        }
        numbers.forEach(this::repair);
        for (int second = 1; second <= 300; second++) {
            aSecond(second);
        }

        List<Record> rows = database.read(tx -> List.copyOf(tx.sql()
                .fetch(
                        "SELECT id, state, attempts, reason, error FROM outgoing_messages WHERE tenant_id = ?",
                        tenant.toString())));
        assertThat(rows.stream().map(row -> UUID.fromString(row.get("id", String.class))))
                .as("nothing is lost")
                .containsExactlyInAnyOrderElementsOf(accepted.values().stream()
                        .flatMap(all -> all.keySet().stream())
                        .toList());
        assertThat(rows)
                .as("nothing waits for ever")
                .noneMatch(row -> List.of("queued", "sending").contains(row.get("state", String.class)));
        assertThat(rows).as("every end has a reason").allMatch(ChaosTest::hasReason);
        assertThat(rows.stream().filter(row -> row.get("attempts", Integer.class) > 1))
                .as("what was handed over again says why")
                .allMatch(row -> row.get("reason", String.class).contains("retried after: "));
        assertThat(outOfOrder).as("order of each contact").isEmpty();
        assertThat(rows.stream().filter(row -> row.get("state", String.class).equals("read")))
                .as("most arrive")
                .hasSizeGreaterThan(rows.size() / 2);
        assertThat(handedOver).isNotEmpty();
    }

    private static boolean hasReason(Record row) {
        return switch (row.get("state", String.class)) {
            case "failed", "uncertain" -> row.get("error", String.class) != null;
            default -> row.get("reason", String.class) != null;
        };
    }

    private void changed(OutgoingMessage message) {
        Map<UUID, DeliveryState> all = accepted.get(message.to());
        if (all == null || !all.containsKey(message.id())) {
            return;
        }
        if (message.state() == DeliveryState.SENDING) {
            handedOver.merge(message.id(), 1, Integer::sum);
            for (var before : all.entrySet()) {
                if (before.getKey().equals(message.id())) {
                    break;
                }
                if (before.getValue() == DeliveryState.QUEUED || before.getValue() == DeliveryState.SENDING) {
                    outOfOrder.add(message.id() + " before " + before.getKey() + ", which is " + before.getValue());
                }
            }
        }
        all.put(message.id(), message.state());
    }

    private void order(int contact) {
        var to = new Phone("+97152000%04d".formatted(contact));
        Sender pool = masters.get(contact % POOLS);
        var order = new Order(pool.id(), to, "Hello", Optional.empty(), "key-" + UUID.randomUUID());
        try {
            var done = (Ordered.Done) database.<Ordered>write(tx -> {
                Ordered ordered = world.outgoing.order(tx, tenant, Actor.SERVER, order);
                OutgoingMessage message = ((Ordered.Done) ordered).message();
                tx.afterCommit(() -> accepted.computeIfAbsent(to, _ -> new LinkedHashMap<>())
                        .put(message.id(), DeliveryState.QUEUED));
                return ordered;
            });
            assertThat(done.again()).isFalse();
        } catch (DatabaseUnavailable _) {
            // The caller was told that it was not accepted.
        }
    }

    private void fault() {
        Sender number = numbers.get(random.nextInt(numbers.size()));
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        if (random.nextInt(4) == 0) {
            repair(number);
        } else {
            quietly(() -> world.linking.fault(tenant, number.id(), fault));
        }
    }

    private void repair(Sender number) {
        quietly(() -> world.linking.fault(tenant, number.id(), Fault.HEAL));
        quietly(() -> {
            if (!world.now(number).state().isActive()) {
                link(number);
            }
        });
    }

    private void link(Sender number) {
        world.linking.link(tenant, Actor.SERVER, number.id());
        world.linking.scan(tenant, number.id(), world.now(number).phone());
        world.threads.runAll();
    }

    /// What was only in memory is gone; what was being handed over is uncertain.
    private void kill() {
        Instant now = world.clock.instant();
        world = new TestSenders(database);
        world.clock.forward(Duration.between(world.clock.instant(), now));
        world.deliveryEvents.listen(changed -> changed(changed.message()));
        quietly(world.dispatcher::restore);
        quietly(world.resumption::begin);
    }

    private void aSecond(int second) {
        quietly(() -> world.forward(Duration.ofSeconds(1)));
        if (second % 5 == 0) {
            quietly(world.liveness::probe);
            quietly(world.dispatcher::sweep);
            quietly(world.watch::sweep);
        }
        quietly(world.threads::runAll);
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (DatabaseUnavailable _) {
            // As on a real server: whoever wanted something tries again.
        }
    }
}
