package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.failover.FailoverState;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.numbers.TuningRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The number of a pool chosen for a visitor of a public page.
@OnEveryDatabase
class MessageUsNumbersTest {

    private static final int VISITORS = 1_000;

    private final TestSenders world;
    private final AccountContext agency;
    private final AccountId tenant;
    private final Database database;
    private final MessageUs messageUs;
    private Sender master;
    private List<Sender> all;

    MessageUsNumbersTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database);
        this.agency = StoredAccounts.agency(database);
        this.tenant = agency.root().id();
        this.messageUs = new MessageUs(database, world.liveness, world.numbers);
    }

    @BeforeEach
    void aPoolOfFour() {
        master = world.linked(tenant, "+971500000101");
        all = Stream.concat(
                        Stream.of(master),
                        IntStream.range(2, 5).mapToObj(i -> link(world.servant(master, "+97150000010" + i))))
                .toList();
    }

    private Sender link(Sender sender) {
        world.linking.link(tenant, Actor.SERVER, sender.id());
        world.linking.scan(tenant, sender.id(), Optional.empty());
        world.threads.runAll();
        return world.now(sender);
    }

    @Test
    void aVisitorKeepsItsNumberAndOnlyThoseOfALostNumberChange() {
        Map<String, Phone> before = numbers();
        assertThat(numbers()).isEqualTo(before);

        world.linking.fault(tenant, all.get(2).id(), Fault.BAN);
        world.threads.runAll();
        Phone lost = all.get(2).phone().orElseThrow();
        Map<String, Phone> after = numbers();

        assertThat(after.values()).doesNotContain(lost);
        before.forEach((visitor, number) -> {
            if (!number.equals(lost)) {
                assertThat(after.get(visitor)).isEqualTo(number);
            }
        });
    }

    @Test
    void numbersGetVisitorsByTheirWeights() {
        world.tuning.tune(
                tenant,
                Actor.SERVER,
                master.id(),
                new TuningRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(3),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));

        Map<Phone, Long> shares =
                numbers().values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(shares.get(master.phone().orElseThrow())).isBetween(VISITORS * 46L / 100, VISITORS * 54L / 100);
        assertThat(shares.get(all.get(1).phone().orElseThrow())).isBetween(VISITORS * 14L / 100, VISITORS * 20L / 100);
    }

    @Test
    void neverARestrictedOneNorOneThatDoesNotAnswer() {
        all.forEach(sender -> world.linking.fault(tenant, sender.id(), Fault.RESTRICT));
        world.threads.runAll();
        assertThat(number(master.id(), "somebody")).isEmpty();

        world.linking.fault(tenant, all.get(1).id(), Fault.UNRESTRICT);
        world.threads.runAll();
        assertThat(number(master.id(), "somebody")).isEqualTo(all.get(1).phone());

        world.clock.forward(SenderHealth.PROOF_LASTS.plus(Duration.ofSeconds(1)));
        assertThat(number(master.id(), "somebody")).isEmpty();
    }

    @Test
    void aServantOrAStrangersPoolAnswersNobody() {
        assertThat(number(all.get(1).id(), "somebody")).isEmpty();
        assertThat(number(new SenderId("nobody"), "somebody")).isEmpty();
    }

    private Map<String, Phone> numbers() {
        return IntStream.range(0, VISITORS)
                .mapToObj(i -> "visitor-" + i)
                .collect(Collectors.toMap(
                        Function.identity(),
                        visitor -> number(master.id(), visitor).orElseThrow()));
    }

    private Optional<Phone> number(SenderId pool, String visitor) {
        return chosen(pool, new StickyVisitor(visitor, List.of()));
    }

    private Optional<Phone> chosen(SenderId pool, StickyVisitor visitor) {
        return messageUs.number(tenant, pool, visitor).map(MessageUs.Chosen::phone);
    }

    @Test
    void aVisitorStaysWithTheNumberThatReplacedAnother() {
        StickyVisitor first = messageUs
                .number(tenant, master.id(), StickyVisitor.of(Optional.empty()))
                .orElseThrow()
                .visitor();
        Sender lost = all.stream()
                .filter(sender -> sender.phone().equals(chosen(master.id(), first)))
                .findFirst()
                .orElseThrow();
        world.linking.fault(tenant, lost.id(), Fault.RESTRICT);
        world.threads.runAll();
        MessageUs.Chosen second = messageUs.number(tenant, master.id(), first).orElseThrow();
        assertThat(second.phone()).isNotEqualTo(lost.phone().orElseThrow());

        world.linking.fault(tenant, lost.id(), Fault.UNRESTRICT);
        world.threads.runAll();

        assertThat(chosen(master.id(), second.visitor())).contains(second.phone());
        assertThat(chosen(master.id(), first)).as("without the newer cookie").isEqualTo(lost.phone());
    }

    @Test
    void aPausedNumberGetsNoVisitors() {
        database.write(tx -> {
            all.subList(1, 4)
                    .forEach(sender -> new SenderStore(tx)
                            .pause(tenant, sender.id(), Optional.of(Pause.DRAIN), world.clock.instant()));
            return master;
        });
        assertThat(new HashSet<>(numbers().values()))
                .containsExactly(master.phone().orElseThrow());
    }

    @Test
    void theStandInAnswersForAPoolThatFailedOver() {
        Sender backup = world.linked(tenant, "+971500000109");
        database.write(tx -> new PoolStateStore(tx)
                .save(
                        tenant,
                        master.id(),
                        new PoolState(
                                Optional.empty(),
                                FailoverState.FAILED_OVER,
                                Optional.of(backup.id()),
                                Optional.empty(),
                                world.clock.instant(),
                                0)));
        assertThat(new HashSet<>(numbers().values()))
                .containsExactly(backup.phone().orElseThrow());

        world.linking.fault(tenant, backup.id(), Fault.BAN);
        world.threads.runAll();
        assertThat(number(master.id(), "somebody"))
                .as("its own numbers, if they work")
                .isPresent();
    }

    @Test
    void anAccountWithoutItsOwnPoolUsesOneWithoutABrand() {
        AccountId brand = StoredAccounts.brandOf(database, agency).acting().id();
        Owner itself = new Owner(tenant, tenant);
        Owner brands = new Owner(tenant, brand);
        StickyVisitor visitor = StickyVisitor.of(Optional.empty());
        assertThat(messageUs.number(brands, visitor)).isPresent();

        assign(master, brand);
        assertThat(messageUs.number(brands, visitor)).isPresent();
        assertThat(messageUs.number(itself, visitor))
                .as("never another brand’s numbers")
                .isEmpty();

        Sender own = world.linked(tenant, "+971500000109");
        assertThat(messageUs.number(itself, visitor).map(MessageUs.Chosen::phone))
                .isEqualTo(own.phone());
        all.forEach(sender -> world.linking.fault(tenant, sender.id(), Fault.BAN));
        world.threads.runAll();
        assertThat(messageUs.number(brands, visitor))
                .as("its own pool has none")
                .isEmpty();
    }

    private void assign(Sender pool, AccountId brand) {
        database.write(tx -> {
            new SenderStore(tx).assign(tenant, pool.id(), Optional.of(brand), world.clock.instant());
            return pool;
        });
    }
}
