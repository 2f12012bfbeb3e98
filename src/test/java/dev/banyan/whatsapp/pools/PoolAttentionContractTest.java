package dev.banyan.whatsapp.pools;

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
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import org.junit.jupiter.api.Test;

/// What a dashboard reports about numbers is about those of the tenant alone.
@OnEveryDatabase
class PoolAttentionContractTest {

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final TestSenders world;

    PoolAttentionContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
    }

    @Test
    void aBannedNumberAndWhatWaitsForItAreTheTenantsOwn() {
        Sender number = world.linked(tenant, "+971500000131");
        world.linking.fault(tenant, number.id(), Fault.DROP);
        world.threads.runAll();
        database.write(tx -> world.outgoing.order(
                tx,
                tenant,
                Actor.SERVER,
                new Order(
                        number.id(),
                        new Phone("+971500000231"),
                        "Hello",
                        Optional.empty(),
                        UUID.randomUUID().toString())));

        assertThat(needy(tenant)).isEqualTo(Map.of(SenderState.DISCONNECTED, 1));
        assertThat(needy(stranger)).isEmpty();
        assertThat(some(tenant)).isEqualTo(1);
        assertThat(some(stranger)).isZero();
        assertThat(waiting(tenant)).isEqualTo(1);
        assertThat(waiting(stranger)).isZero();
    }

    private Map<SenderState, Integer> needy(AccountId whose) {
        return database.read(tx -> new PoolAttentionStore(tx).needy(whose));
    }

    private int some(AccountId whose) {
        return database.<Integer>read(
                tx -> new PoolAttentionStore(tx).some(whose, 5).size());
    }

    private int waiting(AccountId whose) {
        return database.<Integer>read(tx -> new PoolAttentionStore(tx)
                .waitingSince(whose, world.clock.instant().plusSeconds(1), 100));
    }
}
