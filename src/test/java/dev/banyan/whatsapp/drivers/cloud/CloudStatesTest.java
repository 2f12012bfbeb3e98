package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How numbers are: what Meta says about them, and how their webhooks are made to come here.
class CloudStatesTest {

    private final CloudWorld world = new CloudWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private NumberStatus status() {
        return done(world.gateway.status(world.line()));
    }

    @Test
    void aConnectedNumberWorks() {
        NumberStatus status = status();

        assertThat(status.state()).isEqualTo(State.WORKING);
        assertThat(status.phone()).contains(new Phone("+971500000100"));
        assertThat(status.device()).isEqualTo("Marina Sweets");
        assertThat(status.reason()).isEmpty();
        assertThat(status.remarks())
                .isEqualTo("Up to 80 messages per second. New chats in 24 hours, for all numbers of the"
                        + " business: 2,000.");
        assertThat(world.meta.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.uri().getPath()).isEqualTo("/v26.0/300000000000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTED, WORKING",
        "FLAGGED, WORKING",
        "PENDING, STARTING",
        "UNVERIFIED, BLOCKED",
        "OFFLINE, STOPPED",
        "DISCONNECTED, STOPPED",
        "UNKNOWN, STOPPED",
        "SOMETHING_NEW, STOPPED",
        "RESTRICTED, RESTRICTED",
        "RATE_LIMITED, RESTRICTED",
        "PAUSED, RESTRICTED",
        "BANNED, BANNED",
        "MIGRATED, UNLINKED",
        "DELETED, UNLINKED"
    })
    void metasStatesAreOurs(String metas, State ours) {
        world.sweets.set("status", metas);

        assertThat(status().state()).isEqualTo(ours);
        assertThat(status().reason().isEmpty()).isEqualTo(ours == State.WORKING);
    }

    @Test
    void whereTheStatusIsLeftOutTheNodeIsTheProof() {
        world.sweets.without("status");
        world.sweets.without("health_status");

        assertThat(status().state()).isEqualTo(State.WORKING);
        assertThat(done(world.gateway.prove(world.line()))).isTrue();
    }

    /// A new business is limited until it is verified, and sends all the same.
    @Test
    void limitsOfAnUnverifiedBusinessAreARemark() {
        world.sweets.health("WABA", "LIMITED", 141010);

        assertThat(status().state()).isEqualTo(State.WORKING);
        assertThat(status().remarks())
                .contains("limits for the WhatsApp Business Account")
                .contains("141010");
    }

    @Test
    void aLimitOfTheNumberItselfKeepsItFromOpeningChats() {
        world.sweets.health("LIMITED");

        assertThat(status().state()).isEqualTo(State.RESTRICTED);
    }

    @Test
    void aBlockNamesItsCause() {
        world.sweets.health("BUSINESS", "BLOCKED", 141000);
        assertThat(status().state()).isEqualTo(State.BLOCKED);
        assertThat(status().reason()).contains("the business portfolio").contains("141000");

        world.sweets.health("WABA", "BLOCKED", 131031);
        assertThat(status().state()).isEqualTo(State.BANNED);

        world.sweets.health("WABA", "BLOCKED", 141006);
        assertThat(status().state()).isEqualTo(State.RESTRICTED);
        assertThat(status().reason()).contains("payment method");
    }

    @Test
    void qualityNameAndThroughputAreRemarks() {
        world.sweets.set("quality_rating", "RED");
        world.sweets.set("status", "FLAGGED");
        world.sweets.set("name_status", "PENDING_REVIEW");
        world.sweets.set("whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED");
        world.sweets.throughput("HIGH");

        assertThat(status().remarks())
                .contains("flagged this number")
                .contains("Quality rating: low (RED)")
                .contains("display name is being reviewed")
                .contains("1,000 messages per second")
                .contains("unlimited");
    }

    @Test
    void anOlderFieldTellsTheLimitToo() {
        world.sweets.without("whatsapp_business_manager_messaging_limit");
        world.sweets.set("messaging_limit_tier", "TIER_10K");

        assertThat(CloudNumbers.status(world.sweets.node("id,messaging_limit_tier"))
                        .remarks())
                .contains("10,000");
    }

    @Test
    void aTokenThatExpiredIsNamed() {
        Trouble trouble = failed(world.gateway.status(world.lineWith("old")));

        assertThat(trouble.kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(trouble.sentence())
                .contains("expired")
                .contains("Enter a new one")
                .contains("190");
    }

    @Test
    void aNumberThatMetaDoesntKnowIsUnknown() {
        Trouble trouble = failed(world.gateway.status(world.line(world.access(), "300000000009999")));

        assertThat(trouble.kind()).isEqualTo(Trouble.Kind.UNKNOWN);
        assertThat(trouble.sentence()).contains("phone number ID");
    }

    @Test
    void anErrorMayTellTheState() {
        world.meta.faults().next("node", new Fault.Code(131031), new Fault.Code(368));

        assertThat(status().state()).isEqualTo(State.BANNED);
        assertThat(status().state()).isEqualTo(State.RESTRICTED);
    }

    @Test
    void aServerThatIsDownCanBeTriedLater() {
        world.meta.faults().next("node", new Fault.Bare(502), new Fault.Code(2), new Fault.Code(80007));
        for (int i = 0; i < 3; i++) {
            assertThat(failed(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.LATER);
        }

        world.meta.kill();
        assertThat(failed(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);

        world.meta.restart();
        assertThat(status().state()).isEqualTo(State.WORKING);
    }

    @Test
    void aNumberProvesItselfOnlyIfWhatsAppSaysThatItIsConnected() {
        assertThat(done(world.gateway.prove(world.line()))).isTrue();
        world.sweets.set("status", "DISCONNECTED");
        assertThat(done(world.gateway.prove(world.line()))).isFalse();
        world.sweets.set("status", "BANNED");
        assertThat(done(world.gateway.prove(world.line()))).isFalse();
        assertThat(failed(world.gateway.prove(world.lineWith("old"))).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
    }

    // All numbers at once.

    private List<Line> lines(GatewayAccess access) {
        return List.of(world.line(access, world.sweets.id()), world.line(access, world.cakes.id()));
    }

    @Test
    void oneCallTellsAboutAllNumbers() {
        world.cakes.set("status", "BANNED");

        var all = done(world.gateway.statuses(world.access(), lines(world.access())));

        assertThat(all)
                .hasEntrySatisfying(
                        world.sweets.id(), one -> assertThat(one.state()).isEqualTo(State.WORKING));
        assertThat(all)
                .hasEntrySatisfying(
                        world.cakes.id(), one -> assertThat(one.state()).isEqualTo(State.BANNED));
        assertThat(world.meta.requests()).hasSize(1);
    }

    @Test
    void manyNumbersComePageByPage() {
        for (int i = 0; i < 250; i++) {
            world.meta.number("31" + i, "9715000" + (10_000 + i), "Number " + i);
        }
        var lines = List.of(world.line(world.access(), "310"), world.line(world.access(), "31249"));

        assertThat(done(world.gateway.statuses(world.access(), lines))).containsOnlyKeys("310", "31249");
        assertThat(world.meta.requests()).hasSize(3);
    }

    @Test
    void withoutAnAccountIdEachNumberIsAsked() {
        var access = world.access(world.meta.url().toString(), CloudWorld.HOOK, FakeCloud.TOKEN, Optional.empty());

        assertThat(done(world.gateway.statuses(access, lines(access)))).hasSize(2);
        assertThat(world.meta.requests()).hasSize(2);
    }

    @Test
    void aListWithoutStatusesIsCompletedByAsking() {
        world.cakes.without("status");

        assertThat(done(world.gateway.statuses(world.access(), lines(world.access()))))
                .hasSize(2);
    }

    @Test
    void aNumberThatIsGoneIsLeftOut() {
        var lines = List.of(world.line(), world.line(world.access(), "300000000009999"));

        assertThat(done(world.gateway.statuses(world.access(), lines))).containsOnlyKeys(world.sweets.id());
    }

    @Test
    void whatConcernsAllNumbersIsToldOnce() {
        var access = world.access(world.meta.url().toString(), CloudWorld.HOOK, "old", Optional.of(FakeCloud.WABA));

        assertThat(failed(world.gateway.statuses(access, lines(access))).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(world.meta.requests()).hasSize(1);
    }

    // Webhooks are registered.

    @Test
    void preparingSubscribesTheAppAndSetsOurAddressOnce() {
        world.meta.greetsAt(world.doorAddress());

        assertThat(done(world.gateway.prepare(world.line())).state()).isEqualTo(State.WORKING);
        assertThat(world.meta.isSubscribed()).isTrue();
        assertThat(world.meta.override()).contains(CloudWorld.HOOK.toString());

        int before = world.meta.requests().size();
        assertThat(done(world.gateway.prepare(world.line())).remarks()).doesNotContain("Webhooks");
        assertThat(world.meta.requests().subList(before, world.meta.requests().size()))
                .extracting(FakeRequest::method)
                .containsOnly("GET");
    }

    @Test
    void anAddressThatDoesntAnswerIsARemarkAndNoFailure() {
        world.meta.greetsAt(URI.create("http://127.0.0.1:1/"));

        NumberStatus status = done(world.gateway.prepare(world.line()));

        assertThat(status.state()).isEqualTo(State.WORKING);
        assertThat(status.remarks())
                .contains("couldn’t be registered")
                .contains("enter the callback URL " + CloudWorld.HOOK)
                .doesNotContain(FakeCloud.VERIFY_TOKEN);
    }

    /// Meta calls encrypted addresses only; the app is subscribed all the same, for an address entered by hand.
    @Test
    void anOpenAddressIsNotOffered() {
        var access = world.access(
                world.meta.url().toString(),
                URI.create("http://127.0.0.1:8080/hooks"),
                FakeCloud.TOKEN,
                Optional.of(FakeCloud.WABA));

        done(world.gateway.prepare(world.line(access, world.sweets.id())));

        assertThat(world.meta.isSubscribed()).isTrue();
        assertThat(world.meta.override()).isEmpty();
    }

    /// Subscribing again without an address would take another one away.
    @Test
    void anOpenAddressTakesNoOtherAway() {
        world.meta.greetsAt(world.doorAddress());
        done(world.gateway.prepare(world.line()));
        var open = world.access(
                world.meta.url().toString(),
                URI.create("http://127.0.0.1:8080/hooks"),
                FakeCloud.TOKEN,
                Optional.of(FakeCloud.WABA));

        done(world.gateway.prepare(world.line(open, world.sweets.id())));

        assertThat(world.meta.override()).contains(CloudWorld.HOOK.toString());
    }

    @Test
    void anAddressEnteredInTheDashboardIsEnough() {
        world.meta.subscribe();
        world.sweets.hook("application", CloudWorld.HOOK.toString());

        assertThat(done(world.gateway.prepare(world.line())).remarks()).doesNotContain("Webhooks");
        assertThat(world.meta.override()).isEmpty();
    }

    @Test
    void withoutAnAccountIdPreparingSaysWhatIsMissing() {
        var access = world.access(world.meta.url().toString(), CloudWorld.HOOK, FakeCloud.TOKEN, Optional.empty());

        NumberStatus status = done(world.gateway.prepare(world.line(access, world.sweets.id())));

        assertThat(status.state()).isEqualTo(State.WORKING);
        assertThat(status.remarks()).contains("Enter the WhatsApp Business Account ID");
    }
}
