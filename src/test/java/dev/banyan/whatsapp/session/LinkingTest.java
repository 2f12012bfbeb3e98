package dev.banyan.whatsapp.session;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.session.Linking.LinkStart;
import dev.banyan.whatsapp.session.Linking.Simulated;
import dev.banyan.whatsapp.simulator.SimulatorDriver;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LinkingTest {

    private static final Phone PHONE = new Phone("+971500000109");

    private final Database database;
    private final TestSenders world;
    private final Linking linking;
    private final AccountId tenant;
    private final AccountId stranger;
    private final Actor actor;

    LinkingTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database);
        this.linking = world.linking;
        var owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.actor = owner.actor();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void linkingShowsCodesOneAfterTheOtherToEverybodyWhoWatches() {
        Sender master = world.master(tenant);
        List<LinkEvent> first = watch(master);

        LinkStart begun = linking.link(tenant, actor, master.id());

        LinkEvent.Code code = linking.code(tenant, master.id()).orElseThrow();
        assertThat(begun).isEqualTo(new LinkStart.Done(world.now(master), Optional.of(code)));
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKING);
        assertThat(world.now(master).linkAttempts()).isEqualTo(1);
        assertThat(world.now(master).link().startedAt()).contains(world.clock.instant());
        List<LinkEvent> second = watch(master);
        assertThat(first).containsExactly(code);
        assertThat(second).containsExactly(code);

        world.forward(Duration.ofSeconds(60));

        assertThat(first).hasSize(2).isEqualTo(second);
        assertThat(linking.code(tenant, master.id()))
                .hasValueSatisfying(next -> assertThat(next.number()).isEqualTo(2))
                .isNotEqualTo(Optional.of(code));
    }

    @Test
    void aScanLinksTheSenderAndLearnsThePhoneOfAMaster() {
        Sender master = world.master(tenant);
        linking.link(tenant, actor, master.id());
        List<LinkEvent> seen = watch(master);

        Simulated scanned = linking.scan(tenant, master.id(), Optional.of(PHONE));

        Sender linked = world.now(master);
        assertThat(scanned).isEqualTo(new Simulated.Done(linked));
        assertThat(linked.state()).isEqualTo(SenderState.LINKED);
        assertThat(linked.phone()).contains(PHONE);
        assertThat(linked.link().deviceName()).contains("Simulated phone");
        assertThat(linked.link().linkedAt()).contains(world.clock.instant());
        assertThat(linked.linkAttempts()).isZero();
        assertThat(seen).last().isEqualTo(new LinkEvent.Linked(linked));
        assertThat(linking.code(tenant, master.id())).isEmpty();
        assertThat(world.liveness.isHealthy(linked)).isTrue();
        assertThat(world.events.fired()).contains(new SenderChanged(tenant, master.id()));
        assertThat(world.auditOf(master)).containsExactly("MasterAdded", "LinkingBegun", "SenderLinked");
    }

    @Test
    void withoutAGivenPhoneAMasterGetsAnInventedOneAndAServantItsOwn() {
        Sender master = world.master(tenant);
        Sender servant = world.servant(master, "+971500000102");
        linking.link(tenant, actor, master.id());
        linking.link(tenant, actor, servant.id());

        linking.scan(tenant, master.id(), Optional.empty());
        linking.scan(tenant, servant.id(), Optional.empty());

        Phone invented = world.now(master).phone().orElseThrow();
        assertThat(Phone.parse(invented.e164())).as("a valid number").contains(invented);
        assertThat(world.now(servant).phone()).contains(new Phone("+971500000102"));
        assertThat(world.now(servant).state()).isEqualTo(SenderState.LINKED);
    }

    @Test
    void aPhoneThatIsNotTheSendersOrServesAnotherIsRefused() {
        Sender master = world.master(tenant);
        Sender servant = world.servant(master, "+971500000102");
        linking.link(tenant, actor, master.id());
        linking.link(tenant, actor, servant.id());
        List<LinkEvent> seen = watch(servant);

        assertThat(linking.scan(tenant, servant.id(), Optional.of(PHONE)))
                .isEqualTo(new Simulated.Refused(
                        world.now(servant),
                        "The code was scanned with +971500000109, but this account is +971500000102."));
        assertThat(linking.scan(tenant, master.id(), Optional.of(new Phone("+971500000102"))))
                .isEqualTo(
                        new Simulated.Refused(world.now(master), "+971500000102 is already linked as “Support Desk”."));

        assertThat(seen).last().isInstanceOf(LinkEvent.Refused.class);
        for (Sender sender : List.of(world.now(master), world.now(servant))) {
            assertThat(sender.state()).isEqualTo(SenderState.PENDING);
            assertThat(sender.lastError()).isPresent();
            assertThat(world.liveness.isHealthy(sender)).isFalse();
        }
        assertThat(world.now(master).phone()).isEmpty();
    }

    @Test
    void codesThatNobodyScansLeaveThePendingSenderAsItWas() {
        Sender master = world.master(tenant);
        linking.link(tenant, actor, master.id());
        List<LinkEvent> seen = watch(master);

        world.forward(Duration.ofSeconds(160));

        assertThat(seen).hasSize(7).last().isEqualTo(new LinkEvent.TimedOut());
        assertThat(world.now(master).state()).isEqualTo(SenderState.PENDING);
        assertThat(world.now(master).lastError()).contains("No code was scanned in time");
        assertThat(linking.code(tenant, master.id())).isEmpty();
        assertThat(linking.scan(tenant, master.id(), Optional.empty())).isInstanceOf(Simulated.Impossible.class);

        linking.link(tenant, actor, master.id());
        assertThat(world.now(master).linkAttempts()).isEqualTo(2);
        assertThat(world.now(master).lastError()).isEmpty();
    }

    @Test
    void manyWhoLinkOneSenderAtOnceSeeOneCode() {
        Sender master = world.master(tenant);

        List<LinkStart> begun = AtOnce.run(12, _ -> linking.link(tenant, actor, master.id()));

        assertThat(begun).allMatch(LinkStart.Done.class::isInstance);
        assertThat(linking.code(tenant, master.id()).orElseThrow().number()).isEqualTo(1);
        assertThat(world.now(master).linkAttempts()).isEqualTo(1);
    }

    @Test
    void whatCannotBeLinkedSaysWhy() {
        Sender master = linked(world.master(tenant));
        var nobody = new SenderId("nobody");

        assertThat(linking.link(tenant, actor, master.id())).isEqualTo(new LinkStart.AlreadyLinked(world.now(master)));
        assertThat(linking.link(tenant, actor, nobody)).isEqualTo(new LinkStart.NotFound(nobody));
        assertThat(linking.link(stranger, actor, master.id())).isEqualTo(new LinkStart.NotFound(master.id()));
        assertThat(linking.scan(tenant, master.id(), Optional.empty()))
                .isEqualTo(new Simulated.Impossible(world.now(master)));
        assertThat(linking.scan(stranger, master.id(), Optional.empty()))
                .isEqualTo(new Simulated.NotFound(master.id()));
        assertThat(linking.cancel(tenant, actor, master.id())).isEqualTo(Outcome.conflict("Account is not linked"));
    }

    @Test
    void aStrangerSeesNoCodes() {
        Sender master = world.master(tenant);
        var seen = new CopyOnWriteArrayList<LinkEvent>();
        linking.watch(stranger, master.id(), seen::add);

        linking.link(tenant, actor, master.id());
        linking.scan(tenant, master.id(), Optional.empty());

        assertThat(seen).isEmpty();
        assertThat(linking.code(stranger, master.id())).isEmpty();
    }

    @Test
    void aCancelledLinkingEndsForEverybody() {
        Sender master = world.master(tenant);
        linking.link(tenant, actor, master.id());
        List<LinkEvent> seen = watch(master);

        assertThat(linking.cancel(tenant, actor, master.id())).isEqualTo(Outcome.done(world.now(master)));
        world.forward(Duration.ofSeconds(200));

        assertThat(seen).hasSize(2).last().isEqualTo(new LinkEvent.Stopped());
        assertThat(world.now(master).state()).isEqualTo(SenderState.PENDING);
        assertThat(linking.code(tenant, master.id())).isEmpty();
    }

    @Test
    void whoDoesNotWatchAnyMoreHearsNothing() {
        Sender master = world.master(tenant);
        var seen = new CopyOnWriteArrayList<LinkEvent>();
        linking.watch(tenant, master.id(), seen::add).run();

        linking.link(tenant, actor, master.id());

        assertThat(seen).isEmpty();
    }

    @Test
    void aWatcherThatFailsDisturbsNobody() {
        Sender master = world.master(tenant);
        linking.watch(tenant, master.id(), _ -> {
            throw new IllegalStateException("for this test");
        });
        List<LinkEvent> seen = watch(master);

        linking.link(tenant, actor, master.id());

        assertThat(seen).hasSize(1);
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKING);
    }

    @Test
    void aSenderThatIsRemovedWhileItLinksIsForgotten() {
        Sender master = world.master(tenant);
        Sender servant = world.servant(master, "+971500000102");
        linking.link(tenant, actor, servant.id());
        List<LinkEvent> seen = watch(servant);

        world.senders.removeServant(tenant, actor, servant.id());
        world.forward(Duration.ofSeconds(200));

        assertThat(seen).last().isEqualTo(new LinkEvent.Stopped());
        assertThat(linking.code(tenant, servant.id())).isEmpty();
        assertThat(world.simulator.answers(servant.key())).isFalse();
    }

    @Test
    void aLoggedOutSenderIsUnlinkedAndCanBeLinkedAgain() {
        Sender master = linked(world.master(tenant));

        assertThat(linking.unlink(tenant, actor, master.id())).isEqualTo(Outcome.done(world.now(master)));

        assertThat(world.now(master).state()).isEqualTo(SenderState.UNLINKED);
        assertThat(world.liveness.of(master)).isEqualTo(SenderHealth.NONE);
        assertThat(refusal(linking.unlink(tenant, actor, master.id()))).isInstanceOf(Refusal.Conflict.class);
        Phone before = world.now(master).phone().orElseThrow();
        assertThat(linked(master).phone()).contains(before);
    }

    @Test
    void faultsBecomeStates() {
        Sender master = linked(world.master(tenant));

        linking.fault(tenant, master.id(), Fault.RESTRICT);
        assertThat(world.now(master).state()).isEqualTo(SenderState.RESTRICTED);
        assertThat(world.now(master).lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("463"));

        linking.fault(tenant, master.id(), Fault.DROP);
        assertThat(world.now(master).state()).isEqualTo(SenderState.DISCONNECTED);
        assertThat(world.liveness.of(master)).isEqualTo(SenderHealth.NONE);
        world.forward(Duration.ofSeconds(30));
        assertThat(world.now(master).state())
                .as("WhatsApp does not forget while the connection is away")
                .isEqualTo(SenderState.RESTRICTED);

        linking.fault(tenant, master.id(), Fault.UNRESTRICT);
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        assertThat(linking.fault(tenant, master.id(), Fault.UNRESTRICT)).isInstanceOf(Simulated.Impossible.class);

        linking.fault(tenant, master.id(), Fault.DROP);

        world.forward(Duration.ofSeconds(30));
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        assertThat(world.now(master).lastError()).isEmpty();
        assertThat(world.liveness.isHealthy(master)).isTrue();

        linking.fault(tenant, master.id(), Fault.BAN);
        assertThat(world.now(master).state()).isEqualTo(SenderState.BANNED);
        assertThat(linking.fault(tenant, master.id(), Fault.DROP)).isInstanceOf(Simulated.Impossible.class);
    }

    @Test
    void aPhoneThatWantsAPasskeyIsScannedTwice() {
        Sender master = world.master(tenant);
        assertThat(linking.fault(tenant, master.id(), Fault.PASSKEY)).isInstanceOf(Simulated.Done.class);
        assertThat(world.simulator.lastingFaults(master.key())).containsExactly(Fault.PASSKEY);
        linking.link(tenant, actor, master.id());
        List<LinkEvent> seen = watch(master);

        linking.scan(tenant, master.id(), Optional.of(PHONE));
        assertThat(world.now(master).state()).isEqualTo(SenderState.PASSKEY_REQUIRED);
        assertThat(seen).last().isEqualTo(new LinkEvent.PasskeyRequired());
        assertThat(linking.code(tenant, master.id())).isEmpty();
        assertThat(linking.link(tenant, actor, master.id()))
                .isEqualTo(new LinkStart.Done(world.now(master), Optional.empty()));

        linking.scan(tenant, master.id(), Optional.of(PHONE));
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        assertThat(world.simulator.lastingFaults(master.key())).isEmpty();
    }

    @Test
    void aPasskeyThatNobodyShowsEndsTheLinking() {
        Sender master = world.master(tenant);
        linking.fault(tenant, master.id(), Fault.PASSKEY);
        linking.link(tenant, actor, master.id());
        linking.scan(tenant, master.id(), Optional.of(PHONE));
        List<LinkEvent> seen = watch(master);

        world.forward(SimulatorDriver.PASSKEY_WITHIN);

        assertThat(seen).containsExactly(new LinkEvent.TimedOut());
        assertThat(world.now(master).state()).isEqualTo(SenderState.PENDING);
    }

    @Test
    void aCodeCanExpireAtOnce() {
        Sender master = world.master(tenant);
        assertThat(linking.fault(tenant, master.id(), Fault.EXPIRE_CODE)).isInstanceOf(Simulated.Impossible.class);
        linking.link(tenant, actor, master.id());

        for (int number = 2; number <= SimulatorDriver.CODES; number++) {
            linking.fault(tenant, master.id(), Fault.EXPIRE_CODE);
            assertThat(linking.code(tenant, master.id()).orElseThrow().number()).isEqualTo(number);
        }
        assertThat(linking.fault(tenant, master.id(), Fault.EXPIRE_CODE)).isInstanceOf(Simulated.Done.class);

        assertThat(world.now(master).state()).isEqualTo(SenderState.PENDING);
        assertThat(linking.fault(tenant, master.id(), Fault.EXPIRE_CODE)).isInstanceOf(Simulated.Impossible.class);
    }

    @Test
    void whatIsSilentlyDeadSaysThatItIsConnectedUntilItIsHealed() {
        Sender master = linked(world.master(tenant));
        linking.fault(tenant, master.id(), Fault.SILENT_DEATH);
        world.simulator.receive(master.key(), "in-" + master.id(), PHONE, "Amira", "Hello", Optional.empty());

        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        assertThat(world.simulator.answers(master.key())).isFalse();
        assertThat(world.arrivals.fired()).isEmpty();

        assertThat(linking.fault(tenant, master.id(), Fault.HEAL)).isInstanceOf(Simulated.Done.class);
        assertThat(world.simulator.answers(master.key())).isTrue();
        assertThat(world.arrivals.fired()).hasSize(1);
        assertThat(world.simulator.lastingFaults(master.key())).isEmpty();
    }

    @Test
    void healingEndsEveryLastingFault() {
        Sender master = linked(world.master(tenant));
        for (Fault fault : List.of(
                Fault.RESTRICT, Fault.SLOW, Fault.DUPLICATE_RECEIPTS, Fault.LATE_RECEIPTS, Fault.PASSKEY, Fault.DROP)) {
            assertThat(linking.fault(tenant, master.id(), fault))
                    .as(fault.key())
                    .isInstanceOf(Simulated.Done.class);
        }

        linking.fault(tenant, master.id(), Fault.HEAL);

        assertThat(world.simulator.lastingFaults(master.key())).isEmpty();
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        world.forward(Duration.ofMinutes(1));
        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
    }

    @Test
    void everyFaultIsTypedAsItsKeyAndSaysWhatItDoes() {
        for (Fault fault : Fault.values()) {
            assertThat(Fault.of(" " + fault.key().toUpperCase(Locale.ROOT))).contains(fault);
            assertThat(fault.sentence).as(fault.key()).endsWith(".");
            assertThat(fault.title).isNotBlank();
        }
        assertThat(Fault.of("flood")).isEmpty();
        Sender bare = world.master(tenant);
        for (Fault fault :
                List.of(Fault.DROP, Fault.SILENT_DEATH, Fault.SLOW, Fault.RESTRICT, Fault.BAN, Fault.UNLINK)) {
            assertThat(linking.fault(tenant, bare.id(), fault))
                    .as(fault.key())
                    .isInstanceOf(Simulated.Impossible.class);
        }
    }

    @Test
    void lifeIsProvedAgainAndAgainElseItIsNoLife() {
        Sender master = linked(world.master(tenant));

        world.forward(Duration.ofSeconds(90));
        world.liveness.probe();
        assertThat(world.liveness.of(master).heartbeats()).isEqualTo(2);
        assertThat(world.liveness.of(master).lastProof()).contains(world.clock.instant());
        world.forward(Duration.ofSeconds(120));
        assertThat(world.liveness.isHealthy(master)).isTrue();

        world.forward(Duration.ofSeconds(1));
        assertThat(world.liveness.of(master).isConnected())
                .as("connected, which is no proof")
                .isTrue();
        assertThat(world.liveness.isHealthy(master)).isFalse();
    }

    @Test
    void aStartOfTheServerBringsBackWhatWasLinkedAndNothingElse() {
        Sender linked = linked(world.master(tenant));
        Sender dropped = linked(world.servant(linked, "+971500000102"));
        linking.fault(tenant, dropped.id(), Fault.DROP);
        Sender halfway = world.servant(linked, "+971500000103");
        linking.link(tenant, actor, halfway.id());
        Sender banned = linked(world.servant(linked, "+971500000104"));
        linking.fault(tenant, banned.id(), Fault.BAN);

        var restarted = new TestSenders(database);
        assertThat(restarted.liveness.isHealthy(linked))
                .as("before it is proved")
                .isFalse();
        restarted.resumption.begin();
        restarted.threads.runAll();

        assertThat(restarted.now(linked).state()).isEqualTo(SenderState.LINKED);
        assertThat(restarted.liveness.isHealthy(linked)).isTrue();
        assertThat(restarted.now(dropped).state()).isEqualTo(SenderState.LINKED);
        assertThat(restarted.now(halfway).state()).isEqualTo(SenderState.PENDING);
        assertThat(restarted.now(banned).state()).isEqualTo(SenderState.BANNED);
        assertThat(restarted.simulator.answers(banned.key())).isFalse();
    }

    private List<LinkEvent> watch(Sender sender) {
        var seen = new CopyOnWriteArrayList<LinkEvent>();
        linking.watch(tenant, sender.id(), seen::add);
        return seen;
    }

    private Sender linked(Sender sender) {
        linking.link(tenant, actor, sender.id());
        assertThat(linking.scan(tenant, sender.id(), Optional.empty())).isInstanceOf(Simulated.Done.class);
        return world.now(sender);
    }
}
