package dev.banyan.whatsapp.drivers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.File;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.drivers.HookEvent;
import org.junit.jupiter.api.Test;

/// Messages of contacts, in shapes that Evolution API makes of them.
class EvolutionShapesTest {

    private static HookEvent.Message message(String message, String beside) {
        String body = """
                {"event": "messages.upsert", "instance": "shop-dubai", "sender": "971500000100@s.whatsapp.net",
                 "data": {"key": {"remoteJid": "971500000101@s.whatsapp.net", "fromMe": false, "id": "3AF0AD"},
                  "pushName": "Amal", "message": %s, "messageTimestamp": 1784105003%s}}""".formatted(message, beside);
        List<HookEvent> events =
                EvolutionWebhooks.read(body.getBytes(StandardCharsets.UTF_8), EvolutionVersion.parse("2.3.7"));
        assertThat(events).hasSize(1);
        return (HookEvent.Message) events.getFirst();
    }

    /// The gateway makes a plain text of a message that came from an ad, and puts its context beside it.
    @Test
    void theAdOfATextStandsBesideIt() {
        HookEvent.Message message = message("{\"conversation\": \"Hello, I saw your ad\"}", """
                , "contextInfo": {"conversionSource": "FB_Ads", "externalAdReply": {"title": "Honey cake",
                 "sourceType": "ad", "sourceId": "120", "sourceUrl": "https://fb.me/x", "ctwaClid": "CLID"}}""");

        assertThat(message.text()).isEqualTo("Hello, I saw your ad");
        assertThat(message.content().ad())
                .contains(new MessageContent.Ad("ad", "120", "Honey cake", "https://fb.me/x", "CLID"));
    }

    @Test
    void anyEnvelopeIsOpened() {
        HookEvent.Message sticker =
                message("{\"lottieStickerMessage\": {\"message\": {\"stickerMessage\": {\"mimetype\": \"a/b\"}}}}", "");

        assertThat(sticker.content().detail()).isEqualTo(new File(Kind.STICKER, false));
        assertThat(message("{\"commentMessage\": {\"message\": {\"conversation\": \"Nice\"}}}", "")
                        .text())
                .isEqualTo("Nice");
    }

    @Test
    void whatWasTappedIsRead() {
        HookEvent.Message tapped = message("""
                {"interactiveResponseMessage": {"body": {"text": "Confirm"},
                 "nativeFlowResponseMessage": {"name": "quick_reply", "paramsJson": "{\\"id\\":\\"yes\\"}"}}}""", "");

        assertThat(tapped.text()).isEqualTo("Confirm");
        assertThat(tapped.content().detail()).isEqualTo(new Picked("{\"id\":\"yes\"}"));
    }
}
