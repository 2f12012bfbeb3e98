package dev.banyan.whatsapp.drivers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.File;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Newer versions open the votes of polls that they know.
    @Test
    void aVoteSaysWhatWasChosenInWhichPoll() {
        HookEvent.Message vote = message("""
                {"pollUpdateMessage": {"pollCreationMessageKey": {"id": "3EB0P", "fromMe": true},
                 "vote": {"selectedOptions": ["Honey", "Lemon"]}}}""", "");

        assertThat(vote.text()).isEqualTo("Voted: Honey, Lemon");
        assertThat(vote.content().quoted()).contains(new MessageContent.Quoted("3EB0P", true));
    }

    @Test
    void aReactionOnThePhoneBelongsToItsMessage() {
        List<HookEvent> events =
                EvolutionWebhooks.read("""
                {"event": "messages.upsert", "instance": "shop-dubai",
                 "data": {"key": {"remoteJid": "971500000101@s.whatsapp.net", "fromMe": true, "id": "3AF0R"},
                  "message": {"reactionMessage": {"key": {"id": "3AF0M", "fromMe": false}, "text": "🙏"}}}}
                """.getBytes(StandardCharsets.UTF_8), EvolutionVersion.parse("2.3.7"));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.Echo.class,
                        echo -> assertThat(echo.message().content())
                                .isEqualTo(new MessageContent(
                                        new MessageContent.Reaction("🙏"),
                                        Optional.of(new MessageContent.Quoted("3AF0M", false)),
                                        Optional.empty())));
    }

    @Test
    void anEditThatIsSealedPointsToItsMessage() {
        HookEvent.Message edited = message(
                "{\"secretEncryptedMessage\": {\"targetMessageKey\": {\"id\": \"3AF0AC\"}, \"secretEncType\": 2}}", "");

        assertThat(edited.text()).startsWith("The contact edited this message.");
        assertThat(edited.content().quoted()).contains(new MessageContent.Quoted("3AF0AC", false));
    }

    @Test
    void aFileMayComeAlong() {
        HookEvent.Message picture =
                message("{\"imageMessage\": {\"mimetype\": \"image/png\"}, \"base64\": \"AQID\"}", "");

        assertThat(picture.media()).contains(new RemoteMedia("3AF0AD", "data:;base64,AQID", "", "image/png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0@s.whatsapp.net", "867051314767696@bot", "120363000000000002@newsletter", "x"})
    void neitherWhatsAppNorABotIsAContact(String chat) {
        assertThat(EvolutionAddresses.isElse(chat)).isTrue();
    }

    @Test
    void hostedAddressesAreThoseOfTheirContacts() {
        assertThat(EvolutionAddresses.phone("971500000101@hosted")).contains(new Phone("+971500000101"));
        assertThat(EvolutionAddresses.plain("200000000000101@hosted.lid")).isEqualTo("200000000000101@lid");
        assertThat(EvolutionAddresses.isElse("200000000000101@hosted.lid")).isFalse();
    }

    @Test
    void aDeletionMayComeAsAnUpdate() {
        String body = """
                {"event": "MESSAGES_UPDATE", "instance": "shop-dubai", "data": {"keyId": "3AF0AD",
                 "remoteJid": "971500000101@s.whatsapp.net", "fromMe": false, "status": "DELETED"}}""";

        assertThat(EvolutionWebhooks.read(body.getBytes(StandardCharsets.UTF_8), EvolutionVersion.parse("2.3.7")))
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.Deleted.class,
                        deleted -> assertThat(deleted.provider()).isEqualTo("3AF0AD"));
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
