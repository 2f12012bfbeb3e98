package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Deafness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WahaProofTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aLivingSessionAsksWhatsAppForItself(String engine) {
        world.with(engine, "2026.9.2");
        var line = world.linked();

        assertThat(done(world.gateway.prove(line))).isTrue();

        assertThat(world.waha.calls())
                .last()
                .isEqualTo("GET /api/contacts/check-exists?session=shop-dubai&phone=971500000100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "WEBJS"})
    void aLostStreamIsSeenWithoutAskingWhatsApp(String engine) {
        world.with(engine, "2026.9.2");
        var line = world.linked();
        world.waha.goesDeaf(SESSION, Deafness.STREAM_LOST);
        assertThat(world.waha.status(SESSION)).isEqualTo("WORKING");

        assertThat(done(world.gateway.prove(line))).isFalse();
        assertThat(world.waha.calls()).noneMatch(call -> call.contains("check-exists"));
    }

    @Test
    void aSessionThatSaysWorkingAndDoesNotAnswerIsDead() {
        var line = world.linked();
        world.waha.goesDeaf(SESSION, Deafness.CHECKS_HANG);

        assertThat(done(world.impatient().prove(line))).isFalse();
    }

    @Test
    void aSessionThatSaysWorkingAndFailsIsDead() {
        var line = world.linked();
        world.waha.goesDeaf(SESSION, Deafness.CHECKS_FAIL);

        assertThat(done(world.gateway.prove(line))).isFalse();
    }

    @Test
    void toBeAskedToSlowDownIsAnAnswerOfWhatsApp() {
        var line = world.linked();
        world.waha.faults.next(
                "check-exists",
                new FakeFaults.Fault.Answers(
                        500, "{\"statusCode\":500,\"exception\":{\"message\":\"rate-overlimit\"}}"));

        assertThat(done(world.gateway.prove(line))).isTrue();
    }

    @Test
    void withoutAKnownNumberItShowsItselfOffline() {
        var line = world.linked();
        world.waha.session(SESSION).me = Optional.empty();

        assertThat(done(world.gateway.prove(line))).isTrue();
        assertThat(world.waha.calls()).last().isEqualTo("POST /api/shop-dubai/presence");

        world.waha.goesDeaf(SESSION, Deafness.CHECKS_FAIL);
        assertThat(done(world.gateway.prove(line))).isFalse();
    }

    @Test
    void aSessionThatIsNotWorkingIsDead() {
        var line = world.linked();
        world.waha.connectionBreaksForGood(SESSION);

        assertThat(done(world.gateway.prove(line))).isFalse();
    }

    @Test
    void aGatewayThatIsGoneProvesNothing() {
        var line = world.linked();
        world.waha.kill();

        assertThat(trouble(world.gateway.prove(line)).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
    }
}
