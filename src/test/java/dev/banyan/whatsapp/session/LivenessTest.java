package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.simulator.SimulatorDriver;
import org.junit.jupiter.api.Test;

/// The state "connected" is only a claim: what proves or refutes it, and who is notified.
@OnEveryDatabase
class LivenessTest {

    private static final Phone CONTACT = new Phone("+971500000201");

    private final Database database;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender number;

    LivenessTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.number = world.linked(tenant, "+971500000101");
    }

    @Test
    void aSenderThatAnswersNoMoreIsDegradedAndThenFailedAndRecovers() {
        world.linking.fault(tenant, number.id(), Fault.SILENT_DEATH);
        probe();
        assertThat(level()).isEqualTo(SenderHealth.Level.DEGRADED);
        assertThat(world.liveness.isHealthy(number))
                .as("once is no more than once")
                .isTrue();
        probe();
        probe();
        assertThat(level()).isEqualTo(SenderHealth.Level.FAILED);
        assertThat(world.liveness.isHealthy(number)).isFalse();
        probe();

        world.linking.fault(tenant, number.id(), Fault.HEAL);
        assertThat(level()).isEqualTo(SenderHealth.Level.HEALTHY);

        assertThat(titles()).containsExactly("Linked", "Degraded", "Failed", "Recovered");
        assertThat(world.healthEvents.fired())
                .as("only what changes whether it may send")
                .containsExactly(
                        new SenderHealthChanged(number.key(), number.id(), false),
                        new SenderHealthChanged(number.key(), number.id(), true));
        assertThat(world.now(number).state()).as("WhatsApp has said nothing").isEqualTo(SenderState.LINKED);
    }

    @Test
    void everythingThatHappensToASenderIsAnEventForPeople() {
        for (Fault fault : List.of(Fault.RESTRICT, Fault.UNRESTRICT, Fault.DROP)) {
            world.linking.fault(tenant, number.id(), fault);
        }
        world.forward(SimulatorDriver.COMES_BACK_AFTER);
        world.linking.fault(tenant, number.id(), Fault.UNLINK);
        world.linking.fault(tenant, number.id(), Fault.PASSKEY);
        world.linking.link(tenant, Actor.SERVER, number.id());
        world.linking.scan(tenant, number.id(), Optional.empty());
        world.linking.scan(tenant, number.id(), Optional.empty());
        world.linking.fault(tenant, number.id(), Fault.BAN);

        assertThat(titles())
                .containsExactly(
                        "Linked",
                        "Restricted",
                        "Restriction lifted",
                        "Disconnected",
                        "No pool can stand in",
                        "Connected",
                        "Logged out",
                        "Passkey needed",
                        "Linked",
                        "Banned");
    }

    @Test
    void anythingThatComesFromItIsAProof() {
        world.linking.fault(tenant, number.id(), Fault.SILENT_DEATH);
        probe();
        world.linking.fault(tenant, number.id(), Fault.HEAL);
        world.forward(Duration.ofSeconds(115));
        world.simulator.receive(number.key(), "in-1", CONTACT, "Amira", "Hello", Optional.empty());
        world.forward(Duration.ofSeconds(60));

        assertThat(world.liveness.isHealthy(number)).isTrue();
    }

    @Test
    void whoseMessagesDoNotMoveIsNotHealthyHoweverWellItAnswers() {
        world.liveness.handed(number.key(), 1);
        for (int second = 0; second < 70; second += 5) {
            world.forward(Duration.ofSeconds(5));
            world.liveness.probe();
        }

        assertThat(level()).isEqualTo(SenderHealth.Level.FAILED);
        assertThat(world.liveness.of(number).misses()).isZero();
        assertThat(titles()).last().isEqualTo("Failed");

        // After two minutes without a result, the message proves nothing any more.
        world.forward(Liveness.ANSWERS_WITHIN);
        world.liveness.probe();
        assertThat(level()).isEqualTo(SenderHealth.Level.HEALTHY);
    }

    @Test
    void aSilentSenderIsBroughtBackWithoutANewCode() {
        world.linking.fault(tenant, number.id(), Fault.SILENT_DEATH);
        probe();

        assertThat(world.linking.recover(tenant, number.id())).isEqualTo(Outcome.done(world.now(number)));
        assertThat(level()).isEqualTo(SenderHealth.Level.HEALTHY);

        world.linking.fault(tenant, number.id(), Fault.DROP);
        assertThat(world.linking.recover(tenant, number.id())).isInstanceOf(Outcome.Done.class);

        world.linking.fault(tenant, number.id(), Fault.BAN);
        assertThat(world.linking.recover(tenant, number.id())).isEqualTo(Outcome.conflict("No valid session found."));
        var nobody = new SenderId("nobody");
        assertThat(world.linking.recover(tenant, nobody)).isEqualTo(Outcome.notFound());
    }

    @Test
    void whatCannotBeWrittenDownNowIsWrittenDownLaterAndInItsOrder() {
        var fails = new boolean[] {true};
        world.arrivals.listen(_ -> {
            if (fails[0]) {
                throw new IllegalStateException("for this test");
            }
        });
        for (int i = 0; i < 3; i++) {
            world.simulator.receive(number.key(), "in-" + i, CONTACT, "Amira", "text " + i, Optional.empty());
        }
        assertThat(texts()).isEmpty();

        fails[0] = false;
        world.forward(Duration.ofSeconds(5));

        assertThat(texts()).containsExactly("text 0", "text 1", "text 2");
    }

    private List<String> texts() {
        return database.read(tx -> tx.sql()
                .fetch("SELECT body FROM incoming_messages WHERE tenant_id = ? ORDER BY id", tenant.toString())
                .getValues(0, String.class));
    }

    private void probe() {
        world.forward(Duration.ofSeconds(5));
        world.liveness.probe();
    }

    private SenderHealth.Level level() {
        return world.liveness.of(number).level(world.clock.instant());
    }

    /// The oldest first.
    private List<String> titles() {
        return database
                .read(tx -> new SenderEventStore(tx).ofSender(tenant, number.id(), Optional.empty(), 50))
                .reversed()
                .stream()
                .map(SenderEvent::title)
                .toList();
    }
}
