package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.Claims;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.simulator.SimulatorDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnEveryDatabase
class NumberIsBackTest {

    private final HoldingDatabase database;
    private final AccountId tenant;

    NumberIsBackTest(Database database) {
        this.database = new HoldingDatabase(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    /// A check puts messages off for a minute because their number is away. If it ends after the number is back, no one
    /// else looks for them before that.
    @Test
    @Timeout(Eventually.SECONDS)
    void aCheckThatSawItAwayDoesNotPutItsMessagesOff() throws InterruptedException {
        var world = new TestSenders(database);
        Sender number = world.linked(tenant, "+971500000301");
        world.linking.fault(tenant, number.id(), Fault.DROP);
        world.threads.runAll();
        OutgoingMessage message = ordered(world, number);
        database.holdsNextCheck();
        Thread check = Thread.ofPlatform().start(world.threads::runAll);
        database.entered.await();

        Thread back = Thread.ofPlatform().start(() -> {
            world.clock.forward(SimulatorDriver.COMES_BACK_AFTER);
            world.timers.runDue();
            world.threads.runAll();
        });
        Eventually.until(back::getState, state -> state == Thread.State.WAITING || state == Thread.State.TERMINATED);
        database.go.countDown();
        check.join();
        back.join();
        world.forward(Duration.ofSeconds(2));

        assertThat(world.outgoing.find(tenant, message.id()).orElseThrow().state())
                .isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
    }

    private OutgoingMessage ordered(TestSenders world, Sender number) {
        var order = new Outgoing.Order(
                number.id(),
                new Phone("+971500000302"),
                "Good morning",
                Optional.empty(),
                UUID.randomUUID().toString());
        return ((Outgoing.Ordered.Done)
                        database.<Outgoing.Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
    }

    /// Holds a check of a queue just before its commit.
    private static final class HoldingDatabase implements Database {

        private final Database database;
        private final AtomicBoolean holds = new AtomicBoolean();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        HoldingDatabase(Database database) {
            this.database = database;
        }

        void holdsNextCheck() {
            holds.set(true);
        }

        @Override
        public <T> T read(Function<Tx, T> work) {
            return database.read(work);
        }

        @Override
        public <T> T write(Function<Tx, T> work) {
            return database.write(tx -> {
                T result = work.apply(tx);
                if (result instanceof Claims.Claimed && holds.compareAndSet(true, false)) {
                    entered.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException failure) {
                        throw new AssertionError(failure);
                    }
                }
                return result;
            });
        }

        @Override
        public boolean isShared() {
            return database.isShared();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
