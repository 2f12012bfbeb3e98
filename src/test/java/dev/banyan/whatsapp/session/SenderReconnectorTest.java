package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.TestSenders;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SenderReconnectorTest {

    /// A thousand reconnect in a second, a hundred at once.
    private static final int SENDERS = 420;

    private static final int AT_ONCE = 100;

    /// Fails at one reading.
    private record FailingAt(Database database, AtomicInteger readings, int failing) implements Database {

        @Override
        public <T> T read(Function<Tx, T> work) {
            if (readings.incrementAndGet() == failing) {
                throw new DatabaseUnavailable("For this test");
            }
            return database.read(work);
        }

        @Override
        public <T> T write(Function<Tx, T> work) {
            return database.write(work);
        }

        @Override
        public boolean isShared() {
            return database.isShared();
        }

        @Override
        public void close() {}
    }

    private final Database database;
    private final AccountId tenant;

    SenderReconnectorTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void whatWasLinkedComesBackAFewAtATimeAndWithoutANewCode() {
        var before = new TestSenders(database);
        List<Sender> linked = new ArrayList<>();
        Sender master = before.linked(tenant, "+971500001000");
        linked.add(master);
        for (int i = 1; i < SENDERS; i++) {
            Sender servant = before.servant(master, "+97150000%04d".formatted(1000 + i));
            before.linking.link(tenant, Actor.SERVER, servant.id());
            before.linking.scan(tenant, servant.id(), Optional.empty());
            linked.add(servant);
        }

        var after = new TestSenders(database);
        after.resumption.begin();
        after.threads.runAll();
        long first = back(after, linked);
        assertThat(first).as("at once").isPositive().isLessThanOrEqualTo(AT_ONCE);

        Duration gone = Duration.ZERO;
        while (back(after, linked) < SENDERS && gone.toSeconds() < 5) {
            gone = gone.plusMillis(50);
            after.clock.forward(Duration.ofMillis(50));
            after.timers.runDue();
            assertThat(back(after, linked)).as("after " + gone).isLessThanOrEqualTo(AT_ONCE + gone.toMillis());
        }

        assertThat(back(after, linked)).isEqualTo(SENDERS);
        assertThat(linked).allMatch(sender -> after.now(sender).state() == SenderState.LINKED);
        assertThat(linked).allMatch(after.liveness::isHealthy);
    }

    /// The database of a server that takes numbers over may be busy, or away for a moment.
    @Test
    void aPoolThatCouldNotBeReadIsConnectedLater() {
        var before = new TestSenders(database);
        List<Sender> masters = List.of(before.linked(tenant, "+971500002001"), before.linked(tenant, "+971500002002"));
        var after = new TestSenders(database);
        var rounds = new ReconnectRounds(
                new FailingAt(database, new AtomicInteger(), 2),
                after.sessions,
                after.timers,
                after.clock,
                Settings.forTests(TestSenders.newFolder()));

        masters.forEach(master -> rounds.add(Optional.of(List.of(master.key()))));
        after.threads.runAll();
        assertThat(back(after, masters)).isEqualTo(1);

        after.forward(Duration.ofSeconds(2));
        assertThat(back(after, masters)).isEqualTo(2);
    }

    private static long back(TestSenders world, List<Sender> senders) {
        return senders.stream()
                .filter(sender -> world.simulator.answers(sender.key()))
                .count();
    }
}
