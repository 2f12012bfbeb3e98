package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.TestSenders;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SenderReconnectorTest {

    /// At 500 per second, fifty reconnect in each tenth of a second.
    private static final int SENDERS = 120;

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
        assertThat(first).as("at once").isPositive().isLessThanOrEqualTo(50);

        long most = first;
        for (int step = 0; step < 100 && back(after, linked) < SENDERS; step++) {
            long known = back(after, linked);
            after.clock.forward(Duration.ofMillis(50));
            after.timers.runDue();
            most = Math.max(most, back(after, linked) - known);
        }

        assertThat(back(after, linked)).isEqualTo(SENDERS);
        assertThat(most).as("in a twentieth of a second").isLessThanOrEqualTo(50);
        assertThat(linked).allMatch(sender -> after.now(sender).state() == SenderState.LINKED);
        assertThat(linked).allMatch(after.liveness::isHealthy);
    }

    private static long back(TestSenders world, List<Sender> senders) {
        return senders.stream()
                .filter(sender -> world.simulator.answers(sender.key()))
                .count();
    }
}
