package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.TestSenders;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PoolMetersTest {

    private final Database database;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender number;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PoolMeters meters;

    PoolMetersTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.meters = new PoolMeters(database, world.liveness, registry, world.clock);
        world.deliveryEvents.listen(meters::deliveryChanged);
        world.poolMoves.listen(meters::poolMoved);
        this.number = world.linked(tenant, "+971500000101");
        meters.healthChanged(new SenderHealthChanged(number.key(), number.id(), true));
    }

    @Test
    void whatIsSentAndWhatFailsIsCountedForItsPool() {
        order("+971500000201");
        world.forward(Duration.ofSeconds(10));

        assertThat(find("banyan.pool.messages").tag("state", "sent").counter().count())
                .isEqualTo(1);
        assertThat(find("banyan.pool.messages").tag("state", "read").counter().count())
                .isEqualTo(1);

        world.linking.fault(tenant, number.id(), Fault.BAN);
        order("+971500000202");
        database.write(tx -> world.outgoing.stop(tx, tenant, number.id(), "The pool was closed."));
        assertThat(find("banyan.pool.messages").tag("state", "failed").counter().count())
                .isEqualTo(1);
    }

    @Test
    void whatWaitsIsCountedWithItsAge() {
        meters.measure();
        assertThat(queued()).isZero();
        assertThat(find("banyan.pool.senders.healthy").gauge().value()).isEqualTo(1);

        world.linking.fault(tenant, number.id(), Fault.BAN);
        order("+971500000201");
        order("+971500000202");
        world.clock.forward(Duration.ofSeconds(90));
        meters.measure();

        assertThat(queued()).isEqualTo(2);
        assertThat(find("banyan.pool.queue.oldest").gauge().value()).isEqualTo(90);
        assertThat(find("banyan.pool.senders.healthy").gauge().value()).isZero();
    }

    @Test
    void poolsBeyondTheLimitShareTheirSeries() {
        for (int i = 0; i < PoolMeters.MOST; i++) {
            var id = new SenderId("measured-" + i);
            meters.healthChanged(new SenderHealthChanged(new SenderKey(tenant, id), id, true));
        }
        Sender late = world.linked(tenant, "+971500000109");
        database.write(tx -> world.outgoing.order(
                tx,
                tenant,
                Actor.SERVER,
                new Outgoing.Order(
                        late.id(),
                        new Phone("+971500000203"),
                        "Hi",
                        Optional.empty(),
                        UUID.randomUUID().toString())));
        world.forward(Duration.ofSeconds(10));

        assertThat(registry.get("banyan.pool.messages")
                        .tag("pool", "other")
                        .tag("state", "sent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private double queued() {
        return find("banyan.pool.queue").tag("state", "queued").gauge().value();
    }

    private RequiredSearch find(String meter) {
        return registry.get(meter)
                .tag("account", tenant.toString())
                .tag("pool", number.id().value());
    }

    private void order(String to) {
        database.write(tx -> world.outgoing.order(
                tx,
                tenant,
                Actor.SERVER,
                new Outgoing.Order(
                        number.id(),
                        new Phone(to),
                        "Hi",
                        Optional.empty(),
                        UUID.randomUUID().toString())));
    }
}
