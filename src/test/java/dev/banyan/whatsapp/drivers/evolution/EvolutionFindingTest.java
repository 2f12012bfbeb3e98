package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Sent;
import dev.banyan.whatsapp.drivers.SendResult.Unknown;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages whose fate is unknown are found again, or sent again where that can’t reach the contact twice.
class EvolutionFindingTest {

    @TempDir
    Path folder;

    private static SendResult send(EvolutionWorld world, OutgoingMessage message) {
        return world.gateway.send(world.line(), message, Optional.empty(), Optional.empty());
    }

    private static JsonNode body(EvolutionWorld world) {
        return world.fake.sent().getLast().body();
    }

    /// The server has sent it, and its answer never comes.
    @ParameterizedTest
    @EnumSource(names = {"V2_3_6", "V2_3_7", "V2_4_0"})
    void aMessageWithoutAnAnswerIsFoundAgain(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            OutgoingMessage message = world.text("Hello");
            world.fake.worksAndHangs("/message/");
            assertThat(send(world, message)).isInstanceOf(Unknown.class);
            world.clock.forward(Duration.ofMinutes(2));

            Optional<String> found = done(world.gateway.find(world.line(), message, Optional.empty()));

            assertThat(found).contains(world.fake.sent().getFirst().id());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_3_7", "V2_4_0"})
    void aMessageThatNeverArrivedIsNotFound(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            send(world, world.text("Something else"));
            world.fake.contact(NAME, AMAL.digits(), "Amal").writes("Hello");
            OutgoingMessage message = world.text(new UUID(9, 10), "Hello");
            world.fake.closes("/message/");
            assertThat(send(world, message)).isInstanceOf(Unknown.class);

            assertThat(done(world.gateway.find(world.line(), message, Optional.empty())))
                    .isEmpty();
        }
    }

    /// An equal message of an hour ago, or to another contact, is another one.
    @Test
    void onlyMessagesOfThisChatSinceThenAreFound() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            send(world, world.text("Hello"));
            world.clock.forward(Duration.ofHours(1));
            world.gateway.send(
                    world.line(), world.text("Hello"), Optional.empty(), Optional.of("971500000109@s.whatsapp.net"));

            assertThat(done(world.gateway.find(world.line(), world.text("Hello"), Optional.empty())))
                    .isEmpty();
        }
    }

    @Test
    void otherKindsAreFoundByWhatTheySay() throws IOException {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            Upload file =
                    new Upload(Files.write(folder.resolve("menu.pdf"), new byte[] {1}), "menu.pdf", "application/pdf");
            OutgoingMessage document = world.message(
                    "The menu", Optional.of(new Media("menu.pdf", "application/pdf", "x")), MessageContent.PLAIN);
            var place = MessageContent.of(new MessageContent.Location(25.07, 55.14, "Marina", ""));
            OutgoingMessage location = world.message("Marina", Optional.empty(), place);
            var thumb = MessageContent.of(new MessageContent.Reaction("👍")).answering(new Quoted("3AF01", false));
            OutgoingMessage reaction = world.message("👍", Optional.empty(), thumb);

            for (OutgoingMessage message : List.of(document, location, reaction)) {
                assertThat(done(world.gateway.find(world.line(), message, Optional.empty())))
                        .isEmpty();
                world.gateway.send(
                        world.line(),
                        message,
                        Optional.of(file).filter(_ -> message.media().isPresent()),
                        Optional.empty());
                assertThat(done(world.gateway.find(world.line(), message, Optional.empty())))
                        .contains(world.fake.sent().getLast().id());
            }
        }
    }

    /// From 2.4 on the id is ours, so sending again is the same message for WhatsApp.
    @Test
    void theSameMessageHasTheSameIdEachTime() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.fake.worksAndCloses("/message/");
            OutgoingMessage message = world.text("Hello");
            assertThat(send(world, message)).isInstanceOf(Unknown.class);

            assertThat(world.gateway.isRepeatable(world.line(), message)).isTrue();
            SendResult again = send(world, message);

            assertThat(world.fake.sent())
                    .extracting(FakeEvolution.Sent::id)
                    .hasSize(2)
                    .containsOnly(EvolutionBodies.ownId(message.id()));
            assertThat(again).isEqualTo(new Sent(EvolutionBodies.ownId(message.id())));
            assertThat(EvolutionBodies.ownId(message.id())).matches("3EB0[0-9A-F]{16}");
        }
    }

    /// Places take no id of ours in any version.
    @Test
    void whatHasNoIdOfOursIsNotRepeatable() {
        var place = MessageContent.of(new MessageContent.Location(25.07, 55.14, "Marina", ""));
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            assertThat(world.gateway.isRepeatable(world.line(), world.message("Marina", Optional.empty(), place)))
                    .isFalse();
        }
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(world.gateway.isRepeatable(world.line(), world.text("Hello")))
                    .isFalse();
        }
    }

    /// It is not known what an unknown version takes.
    @Test
    void anUnknownVersionGetsNoIdOfOurs() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.versionIsUnknown();
            send(world, world.text("Hello"));

            assertThat(body(world).has("messageId")).isFalse();
        }
    }
}
