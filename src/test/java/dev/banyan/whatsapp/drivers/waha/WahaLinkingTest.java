package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SHOP;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WahaLinkingTest {

    private static final String CREDENTIAL = """
            {"id":"c","rawId":"c","type":"public-key","response":{"clientDataJSON":"e30","signature":"s"}}""";

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Line started() {
        done(world.gateway.prepare(world.line()));
        assertThat(done(world.gateway.start(world.line())).state()).isEqualTo(State.CODE);
        return world.line();
    }

    @Test
    void sixCodesAreOfferedThenItGivesUp() {
        var line = started();
        var codes = new HashSet<String>();

        for (int number = 1; number <= world.gateway.codes(); number++) {
            codes.add(done(world.gateway.code(line)).text());
            assertThat(world.events(HookEvent.CodeChanged.class))
                    .as("Code %d", number)
                    .hasSize(1);
            world.waha.timePasses(world.gateway.codeLasts(number));
        }

        assertThat(codes).hasSize(6).allMatch(code -> code.startsWith("2@"));
        assertThat(world.events())
                .containsExactly(new HookEvent.StatusChanged(
                        SESSION,
                        NumberStatus.of(
                                State.GIVEN_UP, "The QR codes have expired, or WAHA couldn’t start the session.")));
        assertThat(trouble(world.gateway.code(line)).kind()).isEqualTo(Trouble.Kind.LATER);
    }

    @Test
    void allCodesTogetherLast160Seconds() {
        assertThat(world.gateway.codeLasts(1)).isEqualTo(Duration.ofSeconds(60));
        assertThat(world.gateway.codeLasts(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(world.gateway.codeLasts(6)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aCodeIsShownAsItIs() {
        world.waha.showsCodesAsLinks = true;

        assertThat(done(world.gateway.code(started())).text()).startsWith("https://wa.me/settings/linked_devices#2@");
    }

    @Test
    void beforeItStartsThereIsNoCodeYet() {
        done(world.gateway.prepare(world.line()));

        assertThat(trouble(world.gateway.code(world.line())).kind()).isEqualTo(Trouble.Kind.LATER);
        assertThat(trouble(world.gateway.pairingCode(world.line(), SHOP)).kind())
                .isEqualTo(Trouble.Kind.LATER);
    }

    @Test
    void anUnknownSessionHasNoCode() {
        assertThat(trouble(world.gateway.code(world.line())).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
    }

    @Test
    void aScannedCodeLinksTheNumber() {
        started();
        world.forgetEvents();

        world.waha.phoneScans(SESSION, SHOP);

        assertThat(world.events(HookEvent.StatusChanged.class))
                .extracting(HookEvent.StatusChanged::status)
                .containsExactly(NumberStatus.of(State.STARTING), NumberStatus.working(SHOP, "Marina Sweets"));
    }

    @Test
    void aPairingCodeIsForTheWholeNumber() {
        var line = started();

        assertThat(done(world.gateway.pairingCode(line, SHOP))).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");

        world.waha.faults.next("request-code", new FakeFaults.Fault.Answers(201, "{\"code\":\"ABCDEFGH\"}"));
        assertThat(done(world.gateway.pairingCode(line, SHOP))).isEqualTo("ABCD-EFGH");
    }

    @Test
    void aPasskeyIsSignedAndComparedAndThenItWorks() {
        var line = started();
        world.waha.wantsPasskey(SESSION, true);
        assertThat(trouble(world.gateway.passkey(line)).kind()).isEqualTo(Trouble.Kind.LATER);
        world.waha.phoneScans(SESSION, SHOP);
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.PASSKEY);

        assertThat(done(world.gateway.passkey(line)))
                .isInstanceOfSatisfying(
                        Passkey.Challenge.class,
                        challenge -> assertThat(FakeJson.read(
                                        challenge.options().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                .isEqualTo(FakeSessions.challenge()));
        assertThat(done(world.gateway.answerPasskey(line, CREDENTIAL))).isTrue();
        assertThat(world.waha.session(SESSION).credential).isEqualTo(CREDENTIAL);
        assertThat(done(world.gateway.passkey(line))).isEqualTo(new Passkey.Confirmation("1234"));
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.PASSKEY);

        assertThat(done(world.gateway.confirmPasskey(line))).isTrue();
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.WORKING);
    }

    @Test
    void aPasskeyWithoutACodeWorksAtOnce() {
        var line = started();
        world.waha.wantsPasskey(SESSION, false);
        world.waha.phoneScans(SESSION, SHOP);

        assertThat(done(world.gateway.answerPasskey(line, CREDENTIAL))).isTrue();

        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.WORKING);
    }

    @Test
    void codesRotateUnderneathThePasskeyAndRunOutToo() {
        var line = started();
        world.waha.wantsPasskey(SESSION, false);
        world.waha.phoneScans(SESSION, SHOP);
        world.waha.timePasses(Duration.ofSeconds(100));
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.PASSKEY);

        world.waha.timePasses(Duration.ofSeconds(60));
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.GIVEN_UP);
    }

    @Test
    void textThatIsNoCredentialIsRefusedBeforeItIsSent() {
        var line = started();

        assertThat(trouble(world.gateway.answerPasskey(line, "not { json")).kind())
                .isEqualTo(Trouble.Kind.REFUSED);
        assertThat(trouble(world.gateway.answerPasskey(line, "\"text\"")).kind())
                .isEqualTo(Trouble.Kind.REFUSED);
        assertThat(world.waha.calls()).noneMatch(call -> call.contains("passkey"));
    }

    @Test
    void otherEnginesHaveNoPasskeyStep() {
        world.with("NOWEB", "2026.9.2");

        assertThat(trouble(world.gateway.passkey(started())).kind()).isEqualTo(Trouble.Kind.UNSUPPORTED);
    }
}
