package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMAL;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each error of Meta means for a message.
class CloudErrorsTest {

    private final CloudWorld world = new CloudWorld();

    @BeforeEach
    void open() {
        world.opened();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CREDENTIALS, 0 190 3 10 200 299 131005",
        "LATER, 1 2 4 80007 80008 613 130429 131000 131016 131057 132069 133000 133004 133015 139103",
        "PAIR_LIMIT, 131056",
        "RESTRICTED, 368 131042 131048 131064",
        "BANNED, 131031 133007",
        "DISCONNECTED, 33 131037 131045 133005 133006 133008 133009 133010 133016 136025",
        "CONTACT, 130472 130497 131021 131026 131030 131049 131062 137000",
        "OPTED_OUT, 131050",
        "WINDOW_CLOSED, 131047",
        "TEMPLATE, 131063 132000 132001 132005 132007 132008 132012 132015 132016 132068",
        "MESSAGE, 100 131008 131009 131043 131051 131052 131053 135000 987654"
    })
    void everyCodeHasAMeaning(Why why, String codes) {
        for (String code : codes.split(" ")) {
            world.meta.faults().next("messages", new Fault.Code(Integer.parseInt(code)));

            SendResult.NotSent not = notSent(world.send(world.text("Hello")));

            assertThat(not.why()).as(code).isEqualTo(why);
            assertThat(not.reason()).as(code).endsWith("(Error " + code + ")").doesNotContain("Scripted");
        }
    }

    @ParameterizedTest
    @CsvSource({"4, PT5M", "80007, PT5M", "130429, PT10S", "131057, PT1M", "131056, PT6S"})
    void whereMetaSaysHowLongToWaitWeDo(int code, Duration wait) {
        world.meta.faults().next("messages", new Fault.Code(code));

        assertThat(notSent(world.send(world.text("Hello"))).until())
                .contains(world.clock.instant().plus(wait));
    }

    @Test
    void anUnknownCodeThatIsTransientCanBeTriedLater() {
        var error = new GraphError(400, 987_654, 0, true);

        assertThat(CloudErrors.notSent(error, Instant.EPOCH).why()).isEqualTo(Why.LATER);
    }

    @Test
    void moreThanEightyInASecondAreTooMany() {
        for (int i = 0; i < 81; i++) {
            var contact = new FakeContacts.Contact("97150000" + (1_000 + i), "Contact");
            world.meta.contacts().writes(world.sweets, contact, "Hello");
        }
        for (int i = 0; i < 80; i++) {
            assertThat(to("97150000" + (1_000 + i))).isInstanceOf(SendResult.Sent.class);
        }

        assertThat(notSent(to("971500001080")).why()).isEqualTo(Why.LATER);
        world.clock.forward(Duration.ofSeconds(1));
        assertThat(to("971500001080")).isInstanceOf(SendResult.Sent.class);
    }

    private SendResult to(String digits) {
        return world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.of(digits));
    }

    @Test
    void fortyFiveInARowToOneContactAreTheMost() {
        for (int i = 0; i < 45; i++) {
            assertThat(world.send(world.text("Hello " + i))).isInstanceOf(SendResult.Sent.class);
        }

        SendResult.NotSent not = notSent(world.send(world.text("Hello")));

        assertThat(not.why()).isEqualTo(Why.PAIR_LIMIT);
        world.clock.forward(Duration.between(world.clock.instant(), not.until().orElseThrow()));
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void theWindowClosesAfterADay() {
        world.clock.forward(Duration.ofHours(24).minusSeconds(1));
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Sent.class);
        world.clock.forward(Duration.ofSeconds(1));
        assertThat(notSent(world.send(world.text("Hello"))).why()).isEqualTo(Why.WINDOW_CLOSED);

        world.meta.contacts().writes(world.sweets, AMAL, "Still there?");
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aBannedNumberSendsNothing() {
        world.meta.bans(world.sweets);

        assertThat(notSent(world.send(world.text("Hello"))).why()).isEqualTo(Why.BANNED);
    }

    @Test
    void aContactWhoOptedOutIsKnown() {
        world.meta.refuses("971500000101", 131050);

        SendResult.NotSent not = notSent(world.send(world.text("Hello")));

        assertThat(not.why()).isEqualTo(Why.OPTED_OUT);
        assertThat(not.reason()).contains("stopped marketing messages");
    }
}
