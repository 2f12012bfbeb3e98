package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.OWN;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.Test;

/// The connection as a whole: what is checked, what can be done, and what an unusable server looks like.
class EvolutionGatewayTest {

    @Test
    void checkTellsTheVersionAndWhatIsThere() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.gateway.prepare(world.line("another", Optional.empty(), Optional.empty()));

            var checked = done(world.gateway.check(world.access()));

            assertThat(checked.version()).contains("2.3.7");
            assertThat(checked.missing()).isEmpty();
            assertThat(checked.hookRegistered()).isTrue();
            assertThat(checked.numbers()).hasSize(2);
            assertThat(checked.numbers().getFirst().status().state()).isEqualTo(State.STOPPED);
            assertThat(checked.numbers().getLast().remote()).isEqualTo(NAME);
            assertThat(checked.numbers().getLast().status().phone()).contains(OWN);
        }
    }

    /// The root asks the internet for WhatsApp's version, so it may hang while all else works.
    @Test
    void checkDoesNotNeedTheVersion() {
        try (var world = new EvolutionWorld()) {
            world.fake.linkedBefore(NAME, OWN.digits());
            world.fake.closes("/");

            var checked = done(world.gateway.check(world.access()));

            assertThat(checked.version()).isEmpty();
            assertThat(checked.missing()).isEmpty();
            assertThat(checked.numbers()).hasSize(1);
        }
    }

    @Test
    void aKeyOfOneInstanceIsNotEnoughToAddOthers() {
        try (var world = new EvolutionWorld()) {
            world.fake.linkedBefore(NAME, OWN.digits());

            var checked = done(world.gateway.check(world.access("TOKEN-" + NAME)));

            assertThat(checked.numbers()).hasSize(1);
            assertThat(checked.missing()).singleElement().asString().contains("AUTHENTICATION_API_KEY");
        }
    }

    @Test
    void aWrongKeyIsNamed() {
        try (var world = new EvolutionWorld()) {
            assertThat(trouble(world.gateway.check(world.access("wrong"))).kind())
                    .isEqualTo(Trouble.Kind.CREDENTIALS);
        }
    }

    @Test
    void aServerWithoutALicenseNeedsItsOperator() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.fake.activated(false);

            assertThat(trouble(world.gateway.check(world.access())))
                    .isEqualTo(new Trouble(Trouble.Kind.OPERATOR, EvolutionErrors.NOT_ACTIVATED));
            assertThat(trouble(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.OPERATOR);
            assertThat(trouble(world.gateway.prove(world.line())).kind()).isEqualTo(Trouble.Kind.OPERATOR);
        }
    }

    @Test
    void aDeadServerIsUnreachable() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.kill();

            assertThat(trouble(world.gateway.check(world.access())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
            assertThat(trouble(world.gateway.prove(world.line())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
            world.fake.revive(true);
        }
    }

    @Test
    void whatItCanDoIsStatedHonestly() {
        try (var world = new EvolutionWorld()) {
            var capabilities = world.gateway.capabilities(world.access().connection());

            assertThat(world.gateway.kind()).isEqualTo(DriverKind.EVOLUTION);
            assertThat(capabilities)
                    .contains(Capability.TEXT, Capability.STICKER, Capability.PAIRING_CODE, Capability.PROXY)
                    .doesNotContain(Capability.BUTTONS, Capability.LIST, Capability.TEMPLATE, Capability.PASSKEY);
            assertThat(trouble(world.gateway.templates(world.access())).kind()).isEqualTo(Trouble.Kind.UNSUPPORTED);
            assertThat(trouble(world.gateway.passkey(world.newLine())))
                    .returns(Trouble.Kind.UNSUPPORTED, Trouble::kind)
                    .returns(true, trouble -> trouble.sentence().contains("WAHA"));
            assertThat(trouble(world.gateway.answerPasskey(world.newLine(), "{}"))
                            .kind())
                    .isEqualTo(Trouble.Kind.UNSUPPORTED);
            assertThat(trouble(world.gateway.confirmPasskey(world.newLine())).kind())
                    .isEqualTo(Trouble.Kind.UNSUPPORTED);
            assertThat(world.gateway.greeting(world.access(), Map.of("hub.challenge", "1")))
                    .isEmpty();
            for (Kind kind : Kind.values()) {
                assertThat(EvolutionSending.longestFile(kind) > 0).isEqualTo(kind.isFile());
            }
        }
    }

    /// There is no stop: a logout would unlink the number.
    @Test
    void pausingDoesNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.pause(world.line()))).isFalse();
            assertThat(world.fake.requests()).isEmpty();
        }
    }

    @Test
    void versionsAreCompared() {
        assertThat(EvolutionVersion.parse("2.4.0-rc2").isAtLeast24()).isTrue();
        assertThat(EvolutionVersion.parse("v3.0").isAtLeast24()).isTrue();
        assertThat(EvolutionVersion.parse("2.3.7").isAtLeast24()).isFalse();
        assertThat(EvolutionVersion.parse("nightly").isAtLeast24()).isFalse();
        assertThat(EvolutionVersion.parse("1.8.2").isTooOld()).isTrue();
        assertThat(EvolutionVersion.parse("nightly").isTooOld()).isFalse();
    }
}
