package dev.banyan.whatsapp.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.registry.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The number of a pool chosen for a visitor of a public page.
@OnEveryDatabase
class MessageUsNumbersTest {

    private static final int VISITORS = 1_000;

    private final TestSenders world;
    private final AccountId tenant;
    private final MessageUs messageUs;
    private Sender master;
    private List<Sender> all;

    MessageUsNumbersTest(Database database) {
        this.world = new TestSenders(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.messageUs = new MessageUs(world.pools, world.liveness);
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
                new Tuning.TuningRequest(
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
        assertThat(messageUs.number(tenant, master.id(), "somebody")).isEmpty();

        world.linking.fault(tenant, all.get(1).id(), Fault.UNRESTRICT);
        world.threads.runAll();
        assertThat(messageUs.number(tenant, master.id(), "somebody"))
                .isEqualTo(all.get(1).phone());

        world.clock.forward(SenderHealth.PROOF_LASTS.plus(Duration.ofSeconds(1)));
        assertThat(messageUs.number(tenant, master.id(), "somebody")).isEmpty();
    }

    @Test
    void aServantOrAStrangersPoolAnswersNobody() {
        assertThat(messageUs.number(tenant, all.get(1).id(), "somebody")).isEmpty();
        assertThat(messageUs.number(tenant, new SenderId("nobody"), "somebody")).isEmpty();
    }

    private Map<String, Phone> numbers() {
        return IntStream.range(0, VISITORS)
                .mapToObj(i -> "visitor-" + i)
                .collect(Collectors.toMap(
                        Function.identity(),
                        visitor ->
                                messageUs.number(tenant, master.id(), visitor).orElseThrow()));
    }
}
