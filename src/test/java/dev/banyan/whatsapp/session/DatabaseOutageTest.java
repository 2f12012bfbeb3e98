package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.FailingDatabase;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.Outgoing;
import org.junit.jupiter.api.Test;

/// Reports of WhatsApp while the database is unavailable, and reports that the database itself refuses.
@OnEveryDatabase
class DatabaseOutageTest {

    private static final Duration OUTAGE = Duration.ofMinutes(5);
    private static final int CONTACTS = 5;

    private final FailingDatabase database;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender number;
    private final Map<Phone, List<String>> written = new LinkedHashMap<>();
    private int count;

    DatabaseOutageTest(Database database) {
        this.database = new FailingDatabase(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(this.database);
        this.number = world.linked(tenant, "+971500000101");
    }

    @Test
    void fiveMinutesUnderIncomingLoadLoseNothingAndKeepTheOrderOfEachContact() {
        everybodyWrites();
        database.goesAway();
        for (int second = 0; second < OUTAGE.toSeconds(); second += 3) {
            everybodyWrites();
            world.forward(Duration.ofSeconds(3));
        }
        assertThat(world.arrivals.fired()).hasSize(CONTACTS);

        database.comesBack();
        everybodyWrites();
        world.forward(SenderEntity.LONGEST_PAUSE);

        written.forEach((contact, texts) ->
                assertThat(arrivedFrom(contact)).as("from " + contact).containsExactlyElementsOf(texts));
        assertThat(setAside()).isEmpty();
    }

    @Test
    void whatFindsNoRoomIsRefusedToTheContactAndNothingThatWasTakenIsLost() {
        database.goesAway();
        var taken = new ArrayList<String>();
        boolean hasRoom = true;
        while (hasRoom) {
            String text = "text " + count;
            hasRoom = receives(contact(0), text);
            if (hasRoom) {
                taken.add(text);
            }
            assertThat(count).as("memory is bounded").isLessThan(10_000);
        }
        world.forward(OUTAGE);
        assertThat(receives(contact(0), "still no room")).isFalse();

        database.comesBack();
        world.forward(SenderEntity.LONGEST_PAUSE.multipliedBy(2));

        assertThat(arrivedFrom(contact(0))).containsExactlyElementsOf(taken);
        assertThat(receives(contact(0), "room again")).isTrue();
    }

    @Test
    void whatWasSentWhenTheDatabaseWentAwayIsNeitherForgottenNorSentTwice() {
        world.linking.fault(tenant, number.id(), Fault.SLOW);
        UUID sent = order("Good morning");
        world.threads.runAll();
        database.goesAway();
        world.forward(OUTAGE);

        database.comesBack();
        world.dispatcher.sweep();
        world.forward(SenderEntity.LONGEST_PAUSE.multipliedBy(2));

        assertThat(world.outgoing.find(tenant, sent).orElseThrow().state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void whatWasTakenFromTheQueueWhenTheDatabaseWentAwayIsSentLater() {
        UUID taken = order("Good morning");
        database.goesAwayAfterNextWrite();
        world.threads.runAll();
        database.comesBack();
        assertThat(world.outgoing.find(tenant, taken).orElseThrow().state()).isEqualTo(DeliveryState.SENDING);

        world.forward(RetryingBatch.LONGEST_PAUSE);
        world.dispatcher.sweep();
        world.forward(Liveness.ANSWERS_WITHIN.plusSeconds(1));
        world.dispatcher.sweep();

        assertThat(world.outgoing.find(tenant, taken).orElseThrow().state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void aNumberThatFailsWhileTheDatabaseIsAwayIsToldWhenItIsBack() {
        world.linking.fault(tenant, number.id(), Fault.SILENT_DEATH);
        database.goesAway();
        for (int probe = 0; probe < 4; probe++) {
            world.forward(Duration.ofSeconds(5));
            world.liveness.probe();
        }
        database.comesBack();
        world.forward(SenderEntity.LONGEST_PAUSE);

        assertThat(database.<List<SenderEvent>>read(
                        tx -> new SenderEventStore(tx).ofSender(tenant, number.id(), Optional.empty(), 50)))
                .extracting(SenderEvent::title)
                .contains("Failed");
    }

    @Test
    void whatCannotBeStoredIsSetAsideAndHoldsUpNobodyElse() {
        world.arrivals.listen(arriving -> {
            if (arriving.text().equals("text 0")) {
                throw new IllegalStateException("poison, for this test");
            }
        });
        everybodyWrites();
        everybodyWrites();
        assertThat(arrivedFrom(contact(0))).as("waits behind the first").isEmpty();
        assertThat(arrivedFrom(contact(1))).containsExactlyElementsOf(texts(contact(1)));

        world.forward(Duration.ofMinutes(2));

        assertThat(arrivedFrom(contact(0))).containsExactly(texts(contact(0)).getLast());
        assertThat(setAside())
                .singleElement()
                .asString()
                .contains("text 0", contact(0).e164());
        assertThat(database.<List<SenderEvent>>read(
                        tx -> new SenderEventStore(tx).ofSender(tenant, number.id(), Optional.empty(), 50)))
                .extracting(SenderEvent::title)
                .contains("Event set aside");
    }

    @Test
    void anOutageIsNotCountedAsTheFaultOfWhatWaitsForIt() {
        var fails = new boolean[] {true};
        world.arrivals.listen(_ -> {
            if (fails[0]) {
                throw new IllegalStateException("for this test");
            }
        });
        everybodyWrites();
        world.forward(Duration.ofSeconds(10));
        database.goesAway();
        world.forward(OUTAGE);
        fails[0] = false;
        database.comesBack();
        world.forward(SenderEntity.LONGEST_PAUSE.multipliedBy(2));

        assertThat(arrivedFrom(contact(0))).containsExactlyElementsOf(texts(contact(0)));
        assertThat(setAside()).isEmpty();
    }

    private void everybodyWrites() {
        for (int i = 0; i < CONTACTS; i++) {
            String text = "text " + count;
            assertThat(receives(contact(i), text)).isTrue();
            written.computeIfAbsent(contact(i), _ -> new ArrayList<>()).add(text);
        }
    }

    private boolean receives(Phone from, String text) {
        return world.simulator.receive(
                number.key(), "in-" + number.id() + count++, from, "Amira", text, Optional.empty());
    }

    private static Phone contact(int i) {
        return new Phone("+97150000020" + i);
    }

    private List<String> texts(Phone contact) {
        return written.getOrDefault(contact, List.of());
    }

    private UUID order(String text) {
        var order = new Outgoing.Order(
                number.id(),
                contact(0),
                text,
                Optional.empty(),
                UUID.randomUUID().toString());
        return database.<Outgoing.Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order))
                        instanceof Outgoing.Ordered.Done done
                ? done.message().id()
                : new UUID(0, 0);
    }

    private List<String> arrivedFrom(Phone contact) {
        return database.read(tx -> new IncomingStore(tx).of(tenant, number.id(), contact, 10_000)).reversed().stream()
                .map(IncomingMessage::text)
                .toList();
    }

    private List<String> setAside() {
        return database.read(tx -> tx.sql()
                .fetch("SELECT event FROM set_aside_events WHERE tenant_id = ?", tenant.toString())
                .getValues(0, String.class));
    }
}
