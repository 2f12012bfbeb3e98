package dev.banyan.whatsapp.failover;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static dev.banyan.platform.outcome.Outcomes.value;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import org.junit.jupiter.api.Test;

/// Two pools of one account; the first one loses its numbers.
@OnEveryDatabase
class FailoverTest {

    private static final AtomicInteger CONTACT = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender pool;
    private final Sender servant;
    private final Sender other;

    FailoverTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database);
        this.pool = world.linked(tenant, "+971500000101");
        this.servant = linked(world.servant(pool, "+971500000102"));
        this.other = world.linked(tenant, "+971500000103");
    }

    /// It would be looked at forever.
    @Test
    void aPoolThatIsGoneBeforeItIsLookedAtIsLeftAlone() {
        var gone = new SenderKey(tenant, new SenderId("master-that-is-gone"));
        var changed = new SenderHealthChanged(gone, gone.id(), false);
        world.watch.healthChanged(changed);
        world.watch.healthChanged(changed);

        world.forward(Duration.ofSeconds(1));

        assertThat(world.failovers.decisions(tenant, gone.id(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void theQueueServantsAndContactsOfAFailedPoolMoveAndComeBack() {
        Phone known = contact();
        OutgoingMessage before = order(known);
        run(5);
        SenderId own = now(before).sender().orElseThrow();
        ban(pool);
        ban(servant);
        List<OutgoingMessage> waiting =
                IntStream.range(0, 20).mapToObj(_ -> order(contact())).toList();
        OutgoingMessage again = order(known);

        run(20);

        PoolState state = world.failovers.state(tenant, pool.id());
        assertThat(state.failover()).isEqualTo(FailoverState.FAILED_OVER);
        assertThat(state.standIn()).contains(other.id());
        run(40);
        assertThat(waiting).allMatch(message -> now(message).sender().equals(Optional.of(other.id())));
        assertThat(waiting).allMatch(message -> now(message).home().equals(Optional.of(pool.id())));
        assertThat(world.now(servant).masterId()).contains(other.id());
        assertThat(world.now(other).servants()).isEqualTo(1);
        assertThat(world.now(pool).servants()).isZero();

        OutgoingMessage late = order(contact());
        run(5);
        assertThat(now(late).sender()).as("ordered for the failed pool").contains(other.id());

        FailoverDecision decision = decisions().getFirst();
        assertThat(decision.kind()).isEqualTo(Kind.FAILOVER);
        assertThat(decision.verdict()).isEqualTo(Verdict.DONE);
        assertThat(decision.chosen()).contains(other.id());
        assertThat(decision.seen()).anyMatch(line -> line.startsWith(pool.shownName() + ": banned"));
        assertThat(decision.moved()).isEqualTo(new FailoverDecision.Moved(1, 1, 21));

        relink(pool);
        run(20);
        assertThat(world.failovers.state(tenant, pool.id()).failover())
                .as("not before it has worked for a while")
                .isEqualTo(FailoverState.FAILED_OVER);
        run(20);

        assertThat(world.failovers.state(tenant, pool.id()).failover()).isEqualTo(FailoverState.NORMAL);
        assertThat(world.now(servant).masterId()).contains(pool.id());
        assertThat(world.now(servant).assignment().home()).isEmpty();
        assertThat(world.now(other).servants()).isZero();
        assertThat(world.now(pool).servants()).isEqualTo(1);
        OutgoingMessage home = order(known);
        run(10);
        assertThat(now(home).sender()).isPresent().isNotEqualTo(Optional.of(other.id()));
        assertThat(now(again).state()).isIn(DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ);
        assertThat(own).isIn(pool.id(), servant.id());
        assertThat(decisions().getFirst().kind()).isEqualTo(Kind.FAILBACK);
    }

    @Test
    void aMasterThatFlapsEveryTenSecondsMovesNothing() {
        for (int round = 0; round < 360; round++) {
            world.linking.fault(tenant, pool.id(), round % 2 == 0 ? Fault.DROP : Fault.HEAL);
            run(10);
        }
        assertThat(decisions()).isEmpty();
    }

    @Test
    void aMasterThatFailsEveryMinuteStaysWhereItIsMoved() {
        for (int minute = 0; minute < 60; minute++) {
            world.linking.fault(tenant, pool.id(), Fault.DROP);
            run(60);
        }
        assertThat(decisions()).as("moved, perhaps back once, and moved").hasSizeBetween(1, 3);
        assertThat(world.failovers.state(tenant, pool.id()).failover()).isEqualTo(FailoverState.FAILED_OVER);
    }

    /// Once all numbers of its pool have tried.
    @Test
    void aCodeGoesToTheBackupThatMayStandInWithoutAsking() {
        assertThat(nextAfterAll()).as("none is set").isEmpty();
        configure(FailoverPolicy.SAME_BRAND_ONLY, Optional.of(other.id()));
        assertThat(nextAfterAll()).contains(other.id());

        database.write(tx -> {
            new SenderStore(tx).assign(tenant, pool.id(), Optional.of(tenant), world.clock.instant());
            return true;
        });
        assertThat(nextAfterAll()).as("of another brand").isEmpty();
        configure(FailoverPolicy.AUTO, Optional.of(other.id()));
        assertThat(nextAfterAll()).contains(other.id());
        configure(FailoverPolicy.NEVER_SILENT, Optional.of(other.id()));
        assertThat(nextAfterAll()).isEmpty();
    }

    private Optional<SenderId> nextAfterAll() {
        return database.read(tx -> NextNumber.of(tx, pool.key()).after(world.now(pool), 3))
                .map(Sender::id);
    }

    @Test
    void noBrandIsAnsweredByTheNumberOfAnother() {
        AccountId brand = tenant;
        database.write(tx -> {
            new SenderStore(tx).assign(tenant, pool.id(), Optional.of(brand), world.clock.instant());
            return true;
        });
        ban(pool);
        ban(servant);
        OutgoingMessage message = order(contact());
        run(60);

        assertThat(world.failovers.state(tenant, pool.id()).failover()).isEqualTo(FailoverState.NORMAL);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(decisions()).hasSize(1);
        assertThat(decisions().getFirst().verdict()).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(decisions().getFirst().rejected())
                .containsExactly(new FailoverDecision.Rejected(other.id(), "works for another brand"));
    }

    /// What a simulated number "sends" reaches no one.
    @Test
    void realNumbersNeverStandOnSimulatedOnes() {
        makeReal(pool);
        FailoverDecision drilled = drilled();
        assertThat(drilled.chosen()).isEmpty();
        assertThat(drilled.rejected())
                .containsExactly(new FailoverDecision.Rejected(other.id(), "its numbers are simulated"));
        assertThat(refusal(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(other.id()))))
                .isInstanceOfSatisfying(
                        Refusal.Conflict.class, not -> assertThat(not.why()).contains("simulated"));

        // Its servant is linked, healthy, and simulated.
        OutgoingMessage message = order(contact());
        run(90);
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(message).sender()).isEmpty();
        assertThat(world.failovers.state(tenant, pool.id()).failover()).isEqualTo(FailoverState.NORMAL);
    }

    @Test
    void whatAPoolHasLentWaitsIfThatOneIsSimulatedFromNowOn() {
        makeReal(pool);
        OutgoingMessage message = order(contact());
        place(other, DriverKind.WAHA, world.now(other).link());
        world.liveness.beat(other.key(), 0);
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(other.id())))
                .isInstanceOf(Outcome.Done.class);
        place(other, DriverKind.SIMULATOR, world.now(other).link());
        run(60);
        assertThat(now(message).pool()).isEqualTo(other.id());
        assertThat(now(message).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(now(message).error())
                .hasValueSatisfying(why -> assertThat(why).contains("ordered for real numbers"));
        OutgoingMessage late = order(contact());
        run(5);
        assertThat(now(late).state()).as("ordered for the real pool").isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void simulatedNumbersNeverStandOnRealOnes() {
        makeReal(other);
        assertThat(drilled().rejected())
                .containsExactly(new FailoverDecision.Rejected(
                        other.id(), "its numbers are real, and those of this pool are simulated"));
    }

    /// Makes it a number at a gateway, which WhatsApp has banned.
    private void makeReal(Sender sender) {
        place(sender, DriverKind.WAHA, Sender.Link.none(SenderState.BANNED, world.clock.instant()));
    }

    private void place(Sender sender, DriverKind driver, Sender.Link link) {
        database.write(tx -> {
            Sender placed = world.now(sender).at(driver, Optional.empty());
            new SenderStore(tx).place(tenant, placed.withLink(link, world.clock.instant()));
            return true;
        });
    }

    @Test
    void neverSilentWaitsForAPerson() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.empty());
        ban(pool);
        ban(servant);
        OutgoingMessage message = order(contact());
        run(90);
        PoolState state = world.failovers.state(tenant, pool.id());
        assertThat(state.failover()).isEqualTo(FailoverState.WAITING_FOR_APPROVAL);
        assertThat(now(message).waiting())
                .hasValueSatisfying(waiting -> assertThat(waiting.reason()).isEqualTo(WaitReason.APPROVAL));
        UUID proposed = state.decision().orElseThrow();

        assertThat(world.failovers.approve(tenant, Actor.SERVER, proposed)).isInstanceOf(Outcome.Done.class);
        assertThat(refusal(world.failovers.approve(tenant, Actor.SERVER, proposed)))
                .isInstanceOf(Refusal.Conflict.class);
        run(5);

        assertThat(now(message).sender()).contains(other.id());
        assertThat(decisions().getFirst().verdict()).isEqualTo(Verdict.APPROVED);
    }

    @Test
    void aRefusedProposalMovesNothing() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.empty());
        ban(pool);
        ban(servant);
        run(20);
        UUID proposed = world.failovers.state(tenant, pool.id()).decision().orElseThrow();
        AccountId stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        assertThat(world.failovers.refuse(stranger, Actor.SERVER, proposed)).isEqualTo(Outcome.notFound());
        assertThat(world.failovers.refuse(tenant, Actor.SERVER, proposed)).isInstanceOf(Outcome.Done.class);
        assertThat(decisions().getFirst().verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(world.now(servant).masterId()).contains(pool.id());
    }

    @Test
    void byHandTheOperatorChoosesAndEndsIt() {
        Sender third = world.linked(tenant, "+971500000104");
        Outcome<FailoverDecision> started =
                world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(third.id()));
        assertThat(value(started)).extracting(FailoverDecision::chosen).isEqualTo(Optional.of(third.id()));
        assertThat(refusal(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty())))
                .isInstanceOf(Refusal.Conflict.class);
        run(120);
        assertThat(world.failovers.state(tenant, pool.id()).failover())
                .as("what a person started, a person ends")
                .isEqualTo(FailoverState.FAILED_OVER);

        assertThat(world.failovers.back(tenant, Actor.SERVER, pool.id())).isInstanceOf(Outcome.Done.class);
        assertThat(world.failovers.state(tenant, pool.id()).failover()).isEqualTo(FailoverState.NORMAL);
        assertThat(world.now(servant).masterId()).contains(pool.id());
    }

    @Test
    void theBackupStandsInBeforeOthersAndADrillChangesNothing() {
        Sender backup = world.linked(tenant, "+971500000105");
        world.senders.setMasterType(tenant, Actor.SERVER, backup.id(), MasterType.BACKUP);
        assertThat(drilled().chosen()).contains(backup.id());
        assertThat(drilled().rejected())
                .containsExactly(new FailoverDecision.Rejected(other.id(), "not of type backup"));

        configure(FailoverPolicy.AUTO, Optional.of(other.id()));
        assertThat(drilled().chosen()).contains(other.id());
        ban(other);
        assertThat(drilled().chosen()).contains(backup.id());
        assertThat(decisions()).isEmpty();
        assertThat(world.failovers.state(tenant, pool.id())).isEqualTo(PoolState.NORMAL);
    }

    /// The numbers that stand in would be banned next if they sent everything at once.
    @Test
    void whatIsTakenOverIsSpread() {
        ban(pool);
        ban(servant);
        List<OutgoingMessage> waiting =
                IntStream.range(0, 60).mapToObj(_ -> order(contact())).toList();
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        // Any change of the pool that stands in has its queue looked at again.
        world.senders.setMasterType(tenant, Actor.SERVER, other.id(), MasterType.BACKUP);
        run(20);
        assertThat(waiting.stream().filter(this::isSent).count()).isBetween(1L, 25L);
        OutgoingMessage last = now(waiting.getLast());
        assertThat(last.pool()).isEqualTo(pool.id());
        assertThat(last.waiting().orElseThrow().reason()).isEqualTo(WaitReason.RATE);
        assertThat(last.waiting().orElseThrow().retryAt())
                .isEqualTo(world.failovers.state(tenant, pool.id()).changedAt().plusSeconds(60));
        run(60);
        assertThat(waiting).allMatch(this::isSent);
    }

    /// A long queue never moves in one transaction, nor comes back in one.
    @Test
    void aLongQueueIsLentInPortions() {
        ban(pool);
        ban(servant);
        configure(new FailoverSettings(FailoverPolicy.AUTO, Optional.empty(), true, Duration.ZERO, Detection.DEFAULT));
        List<Phone> contacts =
                Stream.generate(FailoverTest::contact).limit(1_000).toList();
        List<Order> orders = IntStream.range(0, 6_000)
                .mapToObj(turn ->
                        new Order(pool.id(), contacts.get(turn % 1_000), "Hello", Optional.empty(), "long-" + turn))
                .toList();
        database.write(tx -> world.outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.empty()));
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        assertThat(decisions().getFirst().moved().messages()).isEqualTo(6_000);
        ban(other); // so that what it got waits with it
        run(5);
        int lent = database.read(tx -> new OutgoingStore(tx).countAwayFromHome(tenant, pool.id()));
        assertThat(lent).isEqualTo(5_000);
        assertThat(world.failovers.status(tenant, pool.id()).waiting()).isEqualTo(6_000);

        relink(pool);
        world.failovers.back(tenant, Actor.SERVER, pool.id());
        int left = database.read(tx -> new OutgoingStore(tx).countAwayFromHome(tenant, pool.id()));
        assertThat(left).isZero();
    }

    @Test
    void whatIsOrderedForAContactFollowsWhatWaitsForIt() {
        ban(pool);
        ban(servant);
        IntStream.range(0, 40).forEach(_ -> order(contact()));
        Phone last = contact();
        OutgoingMessage before = order(last);
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        run(2);
        OutgoingMessage next = order(last);
        OutgoingMessage other = order(contact());
        run(5);
        assertThat(isSent(other)).as("nothing waits for this contact").isTrue();
        assertThat(now(before).home().isPresent() || !isSent(next)).isTrue();
        run(60);
        assertThat(isSent(before) && isSent(next)).isTrue();
        assertThat(now(next).changedAt()).isAfterOrEqualTo(now(before).changedAt());
    }

    @Test
    void aRefusedFailoverIsProposedAgainOnlyAfterThePoolHasWorked() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.empty());
        ban(pool);
        ban(servant);
        run(20);
        world.failovers.refuse(tenant, Actor.SERVER, proposed());
        run(180);
        assertThat(decisions()).hasSize(1);
        assertThat(state()).isEqualTo(FailoverState.NORMAL);

        relink(pool);
        run(150);
        ban(pool);
        run(30);
        assertThat(state()).isEqualTo(FailoverState.WAITING_FOR_APPROVAL);
        assertThat(decisions()).hasSize(2);
    }

    @Test
    void aProposalIsWithdrawnWhenThePoolWorksAgain() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.empty());
        ban(pool);
        ban(servant);
        run(20);
        UUID proposed = proposed();
        relink(pool);
        run(60);
        assertThat(state()).isEqualTo(FailoverState.NORMAL);
        assertThat(world.failovers.decision(tenant, proposed).orElseThrow().verdict())
                .isEqualTo(Verdict.WITHDRAWN);
        assertThat(world.failovers.approve(tenant, Actor.SERVER, proposed))
                .isEqualTo(Outcome.conflict("This was already decided."));
    }

    /// A person who agreed to one pool never gets another one.
    @Test
    void whereTheProposedPoolHasFailedTooTheNextIsProposed() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.of(other.id()));
        ban(pool);
        ban(servant);
        run(20);
        UUID first = proposed();
        Sender third = world.linked(tenant, "+971500000106");
        ban(other);

        assertThat(world.failovers.approve(tenant, Actor.SERVER, first))
                .isEqualTo(Outcome.conflict("Amira Nasser can’t stand in any more. Amira Nasser is proposed instead."));
        assertThat(world.now(servant).masterId()).contains(pool.id());
        assertThat(world.failovers.decision(tenant, first).orElseThrow().verdict())
                .isEqualTo(Verdict.WITHDRAWN);
        UUID second = proposed();
        assertThat(second).isNotEqualTo(first);
        assertThat(value(world.failovers.approve(tenant, Actor.SERVER, second)))
                .extracting(FailoverDecision::chosen)
                .isEqualTo(Optional.of(third.id()));
        assertThat(world.now(servant).masterId()).contains(third.id());
        assertThat(world.approvals.fired()).hasSize(2);
    }

    @Test
    void aPausedPoolIsLeftAlone() {
        database.write(
                tx -> new PoolStateStore(tx).save(tenant, pool.id(), PoolState.NORMAL.paused(Optional.of(Pause.HOLD))));
        ban(pool);
        ban(servant);
        run(60);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void whenTheStandInFailsTheNextTakesOverAndNothingIsLeftBehind() {
        configure(FailoverPolicy.AUTO, Optional.of(other.id()));
        Sender third = world.linked(tenant, "+971500000107");
        ban(pool);
        ban(servant);
        run(30);
        assertThat(world.failovers.state(tenant, pool.id()).standIn()).contains(other.id());
        assertThat(world.failovers.standsInFor(tenant, other.id())).containsExactly(pool.id());
        ban(other);
        run(30);

        assertThat(world.failovers.state(tenant, pool.id()).standIn()).contains(third.id());
        assertThat(world.now(servant).masterId()).contains(third.id());
        assertThat(world.now(servant).assignment().home()).contains(pool.id());
        OutgoingMessage late = order(contact());
        run(5);
        assertThat(now(late).sender()).contains(third.id());

        relink(pool);
        run(60);
        assertThat(state()).isEqualTo(FailoverState.NORMAL);
        assertThat(world.now(servant).masterId()).contains(pool.id());
    }

    /// Messages that were being handed over when the pool failed come back to its queue.
    @Test
    void whatComesBackToTheQueueOfAFailedPoolIsSentOn() {
        ban(pool);
        ban(servant);
        OutgoingMessage message = order(contact());
        run(20);
        assertThat(state()).isEqualTo(FailoverState.FAILED_OVER);
        database.write(tx -> new OutgoingStore(tx).bringHome(tenant, pool.id(), world.clock.instant()));
        run(20);
        assertThat(now(message).sender()).contains(other.id());
    }

    @Test
    void aRemovedStandInStandsInNoMore() {
        ban(pool);
        ban(servant);
        OutgoingMessage message = order(contact());
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        Sender third = world.linked(tenant, "+971500000108");
        world.senders.removeMaster(tenant, Actor.SERVER, other.id(), Optional.of(third.id()));
        world.threads.runAll();
        assertThat(world.failovers.state(tenant, pool.id()).standIn()).isEmpty();
        assertThat(decisions().getFirst().trigger()).contains("was removed");
        run(90);
        assertThat(isSent(message)).isTrue();
    }

    @Test
    void aServerThatStartsNoticesThatAStandInWasRemoved() {
        ban(pool);
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(other.id()));
        world.senders.removeMaster(
                tenant,
                Actor.SERVER,
                other.id(),
                Optional.of(world.linked(tenant, "+971500000109").id()));
        world.threads.shutdownNow(); // the server ends before it hears of the removal
        assertThat(world.failovers.state(tenant, pool.id()).standIn()).contains(other.id());

        world.watch.sweep();
        world.threads.runAll();
        assertThat(world.failovers.state(tenant, pool.id()).standIn()).isEmpty();
    }

    @Test
    void aRemovedPoolLeavesNoStateBehind() {
        ban(pool);
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(other.id()));
        world.senders.removeMaster(tenant, Actor.SERVER, pool.id(), Optional.empty());
        assertThat(world.failovers.states(tenant))
                .as("a new one with its id would inherit it")
                .isEmpty();
        world.threads.runAll();
        assertThat(world.now(servant).masterId()).contains(other.id());
        assertThat(world.now(servant).assignment().home()).isEmpty();
    }

    @Test
    void byHandWhatCannotStandInIsRefused() {
        ban(other);
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(other.id())))
                .isEqualTo(Outcome.conflict("Amira Nasser can’t stand in: none of its numbers can send."));
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(pool.id())))
                .isEqualTo(Outcome.conflict("A pool can’t stand in for itself."));
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty()))
                .isEqualTo(Outcome.conflict("No other pool can stand in."));
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.of(new SenderId("nobody"))))
                .isEqualTo(Outcome.notFound());
        assertThat(world.failovers.back(tenant, Actor.SERVER, pool.id()))
                .isEqualTo(Outcome.conflict("No other pool stands in for this one."));
        assertThat(decisions()).isEmpty();
    }

    @Test
    void startedByHandAProposalIsWithdrawn() {
        configure(FailoverPolicy.NEVER_SILENT, Optional.empty());
        ban(pool);
        ban(servant);
        run(20);
        UUID proposed = proposed();
        assertThat(world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty()))
                .isInstanceOf(Outcome.Done.class);
        assertThat(world.failovers.decision(tenant, proposed).orElseThrow().verdict())
                .isEqualTo(Verdict.WITHDRAWN);
        assertThat(world.failovers.proposed(tenant, 9)).isEmpty();
    }

    /// `bots-config.json` shows who leads the servants now.
    @Test
    void theMirrorFollows() throws IOException {
        Path data = TestSenders.newFolder();
        var here = new TestSenders(database, data);
        var owner = StoredAccounts.owner(database, Tier.FREE).root();
        Sender first = here.linked(owner.id(), "+971500000111");
        Sender second = here.linked(owner.id(), "+971500000112");
        Sender lent = here.servant(first, "+971500000113");
        here.linking.fault(owner.id(), first.id(), Fault.BAN);
        here.threads.runAll();
        here.failovers.start(owner.id(), Actor.SERVER, first.id(), Optional.empty());
        here.forward(Duration.ofSeconds(1));

        String file = Files.readString(
                data.resolve("accounts").resolve(owner.username()).resolve("bots-config.json"));
        JsonNode hierarchy = new ObjectMapper().readTree(file).path("accountHierarchy");
        for (JsonNode one : hierarchy) {
            boolean hasFailed = one.path("masterId").asText().equals(first.id().value());
            assertThat(one.path("servants").toString().contains(lent.id().value()))
                    .as(file)
                    .isEqualTo(!hasFailed);
            assertThat(one.path("status").asText().equals("failed")).isEqualTo(hasFailed);
        }
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(hierarchy).hasSize(2);
    }

    @Test
    void oldDecisionsAreForgottenExceptThoseThatStillCount() {
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        world.failovers.back(tenant, Actor.SERVER, pool.id());
        world.failovers.start(tenant, Actor.SERVER, pool.id(), Optional.empty());
        world.clock.forward(FailoverRetention.KEPT.plusDays(1));
        new FailoverRetention(database, world.clock).forgetExpired();
        assertThat(decisions()).hasSize(1);
        assertThat(world.failovers.state(tenant, pool.id()).decision())
                .contains(decisions().getFirst().id());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThat(refusal(world.failovers.configure(
                        tenant,
                        Actor.SERVER,
                        pool.id(),
                        new FailoverSettings(
                                FailoverPolicy.AUTO, Optional.of(pool.id()), true, Duration.ZERO, Detection.DEFAULT),
                        Optional.empty())))
                .isInstanceOf(Refusal.Rejected.class);
        assertThat(refusal(world.failovers.configure(
                        tenant,
                        Actor.SERVER,
                        pool.id(),
                        new FailoverSettings(
                                FailoverPolicy.AUTO, Optional.empty(), true, Duration.ZERO, new Detection(0, 3, 30, 5)),
                        Optional.empty())))
                .isInstanceOf(Refusal.Rejected.class);
    }

    private UUID proposed() {
        return world.failovers.state(tenant, pool.id()).decision().orElseThrow();
    }

    private FailoverState state() {
        return world.failovers.state(tenant, pool.id()).failover();
    }

    private boolean isSent(OutgoingMessage message) {
        return now(message).sender().isPresent();
    }

    private FailoverDecision drilled() {
        return world.failovers.drill(tenant, Actor.SERVER, pool.id()).orElseThrow();
    }

    private void configure(FailoverPolicy policy, Optional<SenderId> backup) {
        configure(new FailoverSettings(policy, backup, true, Duration.ofMinutes(5), Detection.DEFAULT));
    }

    private void configure(FailoverSettings settings) {
        assertThat(world.failovers.configure(tenant, Actor.SERVER, pool.id(), settings, Optional.empty()))
                .isInstanceOf(Outcome.Done.class);
    }

    private List<FailoverDecision> decisions() {
        return world.failovers.decisions(tenant, pool.id(), Optional.empty(), 10);
    }

    private void ban(Sender sender) {
        world.linking.fault(tenant, sender.id(), Fault.BAN);
        world.threads.runAll();
    }

    private Sender linked(Sender sender) {
        relink(sender);
        return world.now(sender);
    }

    private void relink(Sender sender) {
        world.linking.link(tenant, Actor.SERVER, sender.id());
        world.linking.scan(tenant, sender.id(), world.now(sender).phone());
        world.threads.runAll();
    }

    private void run(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.forward(Duration.ofSeconds(1));
            if (second % 5 == 4) {
                world.liveness.probe();
                world.dispatcher.sweep();
                world.threads.runAll();
            }
        }
    }

    private static Phone contact() {
        return new Phone("+97150002%04d".formatted(CONTACT.incrementAndGet()));
    }

    private OutgoingMessage order(Phone to) {
        var order = new Order(pool.id(), to, "Hello", Optional.empty(), "key-" + UUID.randomUUID());
        OutgoingMessage message = ((Ordered.Done)
                        database.<Ordered>write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order)))
                .message();
        world.threads.runAll();
        return message;
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }
}
