package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.LinkingStore;
import org.junit.jupiter.api.Test;

/// Two accounts that chose the same id for a master know nothing of each other.
@OnEveryDatabase
class SameIdsTest {

    private static final SenderId ID = new SenderId("front-desk-of-two");

    private final Database database;
    private final TestSenders world;
    private final AccountId one;
    private final AccountId other;

    SameIdsTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database);
        this.one = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.other = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void eachIsLinkedRestoredAndRemovedAlone() {
        Sender ours = linked(one, "+971500000101");
        Sender theirs = linked(other, "+971500000102");

        assertThat(world.linking.fault(one, ID, Fault.BAN))
                .isInstanceOf(dev.banyan.whatsapp.session.Linking.Simulated.Done.class);

        assertThat(world.now(ours).state()).isEqualTo(SenderState.BANNED);
        assertThat(world.now(theirs).state()).isEqualTo(SenderState.LINKED);
        assertThat(world.simulator.answers(theirs.key())).isTrue();
        assertThat(world.simulator.answers(ours.key())).isFalse();

        var next = new TestSenders(database);
        next.resumption.begin();
        next.threads.runAll();
        next.sessions.settle(theirs.key());
        assertThat(next.simulator.answers(theirs.key())).isTrue();
        assertThat(next.simulator.answers(ours.key())).isFalse();

        world.senders.removeMaster(one, Actor.SERVER, ID, Optional.empty());
        assertThat(world.pools.sender(one, ID)).isEmpty();
        assertThat(world.now(theirs).phone()).contains(new Phone("+971500000102"));
    }

    @Test
    void aPageOfRestoredNumbersEndsBetweenThem() {
        linked(one, "+971500000101");
        linked(other, "+971500000102");

        List<SenderKey> all =
                database
                        .read(tx -> new LinkingStore(tx).restorable(Optional.empty(), Optional.empty(), 100_000))
                        .stream()
                        .map(Sender::key)
                        .toList();
        SenderKey first =
                all.stream().filter(key -> key.id().equals(ID)).findFirst().orElseThrow();
        List<SenderKey> rest =
                database
                        .read(tx -> new LinkingStore(tx).restorable(Optional.empty(), Optional.of(first), 100_000))
                        .stream()
                        .map(Sender::key)
                        .toList();

        assertThat(all)
                .contains(new SenderKey(one, ID), new SenderKey(other, ID))
                .doesNotHaveDuplicates();
        assertThat(rest).isEqualTo(all.subList(all.indexOf(first) + 1, all.size()));
    }

    private Sender linked(AccountId tenant, String phone) {
        Sender master = TestSenders.done(world.senders.addMaster(
                tenant,
                Actor.SERVER,
                new Senders.NewMaster(Optional.of(ID.value()), "Front desk", Optional.of(phone), MasterType.PRIMARY)));
        world.linking.link(tenant, Actor.SERVER, ID);
        world.linking.scan(tenant, ID, Optional.of(new Phone(phone)));
        return world.now(master);
    }
}
