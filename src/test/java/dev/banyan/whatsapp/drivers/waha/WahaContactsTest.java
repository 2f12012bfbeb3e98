package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL_CHAT;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Deafness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WahaContactsTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void readReceiptsNameEachMessageInFull() {
        var line = world.linked();

        assertThat(done(world.gateway.seen(line, AMAL_CHAT, List.of("3EB0A", "3EB0B"))))
                .isTrue();

        assertThat(world.waha.session(SESSION).seen).singleElement().satisfies(seen -> {
            assertThat(seen.path("chatId").asText()).isEqualTo(AMAL_CHAT);
            assertThat(seen.path("messageIds"))
                    .extracting(JsonNode::asText)
                    .containsExactly("false_971500000101@c.us_3EB0A", "false_971500000101@c.us_3EB0B");
        });
    }

    @Test
    void typingIsShownAndEnds() {
        var line = world.linked();

        done(world.gateway.typing(line, AMAL_CHAT, Optional.empty(), true));
        done(world.gateway.typing(line, AMAL_CHAT, Optional.empty(), false));

        assertThat(world.waha.session(SESSION).typing).containsExactly("start " + AMAL_CHAT, "stop " + AMAL_CHAT);
    }

    @Test
    void aNumberHasAnAddressOrIsNotOnWhatsApp() {
        var line = world.linked();
        assertThat(done(world.gateway.addressOf(line, AMAL))).contains(AMAL_CHAT);
        assertThat(world.gateway.chat(AMAL)).isEqualTo(AMAL_CHAT);

        world.waha.isNotOnWhatsApp(AMAL);
        assertThat(done(world.gateway.addressOf(line, AMAL))).isEmpty();
    }

    @Test
    void aCheckThatFailsSaysNothingAboutTheNumber() {
        var line = world.linked();
        world.waha.goesDeaf(SESSION, Deafness.CHECKS_FAIL);

        assertThat(trouble(world.gateway.addressOf(line, AMAL)).kind()).isEqualTo(Trouble.Kind.LATER);
    }

    @Test
    void aHiddenAddressIsResolvedIfWahaKnowsIt() {
        var line = world.linked();
        String hidden = FakeShapes.lid(AMAL);
        assertThat(done(world.gateway.phoneOf(line, hidden))).isEmpty();

        world.amal().hidden();
        assertThat(done(world.gateway.phoneOf(line, hidden))).contains(AMAL);
        assertThat(done(world.gateway.phoneOf(line, hidden.replace("@", ":4@"))))
                .contains(AMAL);
        assertThat(done(world.gateway.phoneOf(line, "971500000101:3@s.whatsapp.net")))
                .contains(AMAL);
    }
}
