package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL_JID;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.Download;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Message;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is asked about contacts, files and messages of the past.
class EvolutionChatsTest {

    private static final String LID = "200000000000101@lid";

    private static boolean isRead(EvolutionWorld world, String id) {
        return world.fake.instance(NAME).checked.contains("read:" + id);
    }

    @Test
    void messagesAreMarkedAsRead() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.seen(world.line(), AMAL_JID, List.of("3AF01", "3AF02"))))
                    .isTrue();

            assertThat(isRead(world, "3AF01")).isTrue();
            assertThat(isRead(world, "3AF02")).isTrue();
            assertThat(done(world.gateway.seen(world.line(), AMAL_JID, List.of())))
                    .isFalse();
        }
    }

    /// Before 2.4, the gateway says that it was done and does nothing, so the phone number is named if it is known.
    @ParameterizedTest
    @CsvSource({"V2_3_6, false, false", "V2_3_6, true, true", "V2_4_0, false, true"})
    void hiddenChatsAreMarkedAsReadWhereThatWorks(Version version, boolean isKnown, boolean works) {
        try (var world = EvolutionWorld.linked(version)) {
            if (isKnown) {
                world.fake
                        .contact(NAME, AMAL.digits(), "Amal")
                        .hidden("200000000000101")
                        .writes("Hello");
            }

            assertThat(done(world.gateway.seen(world.line(), LID, List.of("3AF01"))))
                    .isEqualTo(works);
            assertThat(isRead(world, "3AF01")).isEqualTo(works);
        }
    }

    @Test
    void typingIsShownForAMoment() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.delaysBlock(true);
            var shown = CompletableFuture.supplyAsync(
                    () -> done(world.gateway.typing(world.line(), AMAL_JID, Optional.empty(), true)));
            while (!shown.isDone()) {
                world.fake.timePasses(Duration.ofSeconds(1));
            }

            assertThat(shown.join()).isTrue();
            world.fake.delaysBlock(false);
            assertThat(done(world.gateway.typing(world.line(), AMAL_JID, Optional.empty(), false)))
                    .isTrue();
        }
    }

    @Test
    void aContactIsAskedForByItsNumber() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.addressOf(world.line(), AMAL))).contains(AMAL_JID);
            world.fake.isNotOnWhatsApp("971500000109");
            assertThat(done(world.gateway.addressOf(world.line(), new Phone("+971500000109"))))
                    .isEmpty();
            assertThat(world.gateway.chat(AMAL)).isEqualTo(AMAL_JID);
        }
    }

    /// In some countries the address differs from the number.
    @Test
    void theAddressThatTheGatewayNamesCounts() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.answers("whatsappNumbers", 200, "[{\"jid\":\"551188880001@s.whatsapp.net\",\"exists\":true}]");

            assertThat(done(world.gateway.addressOf(world.line(), AMAL))).contains("551188880001@s.whatsapp.net");
        }
    }

    @Test
    void aDisconnectedNumberKnowsNoContacts() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME);

            assertThat(trouble(world.gateway.addressOf(world.line(), AMAL)).kind())
                    .isEqualTo(Trouble.Kind.LATER);
        }
    }

    @Test
    void thePhoneOfAHiddenContactIsLookedUp() {
        try (var world = EvolutionWorld.linked(Version.V2_3_6)) {
            assertThat(done(world.gateway.phoneOf(world.line(), AMAL_JID))).contains(AMAL);
            assertThat(done(world.gateway.phoneOf(world.line(), LID))).isEmpty();

            world.fake
                    .contact(NAME, AMAL.digits(), "Amal")
                    .hidden("200000000000101")
                    .writes("Hello");
            assertThat(done(world.gateway.phoneOf(world.line(), LID))).contains(AMAL);

            world.fake.instance(NAME).phones.clear();
            assertThat(done(world.gateway.phoneOf(world.line(), LID))).contains(AMAL);
            assertThat(done(world.gateway.phoneOf(world.line(), "200000000000999@lid")))
                    .isEmpty();
        }
    }

    @Test
    void filesAreFetchedThroughTheGateway() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            byte[] content = {9, 8, 7, 6};
            world.fake.contact(NAME, AMAL.digits(), "Amal").sends("imageMessage", "image/jpeg", "", content);
            RemoteMedia media = world.events(Message.class).getLast().media().orElseThrow();

            Download file = done(world.gateway.download(world.line(), media));

            assertThat(file.bytes()).isEqualTo(content);
            assertThat(file.type()).isEqualTo("image/jpeg");
            assertThat(file.name()).endsWith(".jpeg");
        }
    }

    @Test
    void anExpiredFileIsGone() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            FakeContact amal = world.fake.contact(NAME, AMAL.digits(), "Amal");
            String id = amal.sends("imageMessage", "image/jpeg", "", new byte[] {1});
            amal.filesExpire();

            assertThat(trouble(world.gateway.download(world.line(), new RemoteMedia(id, "", "", "")))
                            .kind())
                    .isEqualTo(Trouble.Kind.UNKNOWN);
            world.fake.refuses("getBase64", 400, "Error: Connection Closed");
            assertThat(trouble(world.gateway.download(world.line(), new RemoteMedia(id, "", "", "")))
                            .kind())
                    .isEqualTo(Trouble.Kind.LATER);
        }
    }

    /// Webhooks of an hour were lost; they are read from the database, page by page.
    @ParameterizedTest
    @EnumSource(names = {"V2_3_6", "V2_3_7"})
    void messagesOfThePastAreReadInTheirOrder(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            FakeContact amal = world.fake.contact(NAME, AMAL.digits(), "Amal").hidden("200000000000101");
            amal.writes("Before");
            world.clock.forward(Duration.ofSeconds(1));
            Instant since = world.clock.instant();
            world.gateway.send(world.line(), world.text("Ours"), Optional.empty(), Optional.empty());
            for (int i = 0; i < 250; i++) {
                amal.writes("Message " + i);
                world.clock.forward(Duration.ofSeconds(1));
            }

            List<HookEvent> all = done(world.gateway.history(world.line(), since));

            assertThat(all.getFirst())
                    .isInstanceOfSatisfying(
                            HookEvent.Echo.class,
                            echo -> assertThat(echo.message().text()).isEqualTo("Ours"));
            List<HookEvent> found = all.subList(1, all.size());
            assertThat(found).hasSize(250);
            assertThat(((Message) found.getFirst()).text()).isEqualTo("Message 0");
            assertThat(((Message) found.getFirst()).chat().phone()).contains(AMAL);
            assertThat(((Message) found.getLast()).text()).isEqualTo("Message 249");
        }
    }

    /// Some versions know no filter by time.
    @Test
    void whatIsOlderIsLeftOut() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            JsonNode old = FakeMessages.incoming(
                    world.fake.instance(NAME),
                    FakeMessages.stubKey("3AF0OLD", AMAL_JID),
                    "Amal",
                    world.clock.instant().minusSeconds(60),
                    FakeMessages.text("Old"));
            world.fake.answers("findMessages", 200, "{\"messages\":{\"pages\":9,\"records\":[" + old + "]}}");

            assertThat(done(world.gateway.history(world.line(), world.clock.instant())))
                    .isEmpty();
            assertThat(world.fake.requests()).hasSize(1);
        }
    }

    @Test
    void aGatewayThatFailsHasNoHistory() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.refuses("findMessages", 500, "broken");

            assertThat(trouble(world.gateway.history(world.line(), world.clock.instant()))
                            .kind())
                    .isEqualTo(Trouble.Kind.LATER);
        }
    }
}
