package dev.banyan.whatsapp.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Picked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages in WhatsApp's own form, as GOWS, NOWEB and Evolution API pass them on.
class MessageShapeTest {

    private static JsonNode json(String text) {
        try {
            return GatewayHttp.JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static MessageShape.Content content(String message) {
        return MessageShape.content(MessageShape.inner(json(message))).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"extendedTextMessage":{"text":"Hi","title":"A page","description":"of links"}} | Hi
            {"deviceSentMessage":{"message":{"conversation":"Hi"}}} | Hi
            {"pollCreationMessageV3":{"name":"Which?","options":[{"optionName":"A"},{"optionName":"B"}]}} | Which?~• A~• B
            {"eventMessage":{"name":"Tasting","description":"Come","location":{"name":"Shop"}}} | Event: Tasting~Shop~Come
            {"orderMessage":{"itemCount":3,"message":"please","orderTitle":"Marina","totalAmount1000":{"low":30000,"high":0},"totalCurrencyCode":"AED"}} | Order: Marina~please~3 products~30.00 AED
            {"productMessage":{"product":{"title":"Honey cake","description":"1 kg","currencyCode":"AED","priceAmount1000":"90500"}}} | Product: Honey cake~1 kg~90.50 AED
            {"groupInviteMessage":{"groupName":"Fans","inviteCode":"x","caption":"Join us"}} | Group invite: Fans~Join us
            {"newsletterAdminInviteMessage":{"newsletterName":"News"}} | Newsletter admin invite: News
            {"requestPaymentMessage":{"amount1000":1000,"currencyCodeIso4217":"BRL","noteMessage":{"extendedTextMessage":{"text":"Lunch"}}}} | Request payment: Lunch~1.00 BRL
            {"templateMessage":{"hydratedTemplate":{"hydratedContentText":"Ready"},"hydratedFourRowTemplate":{"hydratedContentText":"Ready"}}} | Ready
            {"interactiveMessage":{"header":{"title":"Menu"},"body":{"text":"Choose"},"nativeFlowMessage":{"buttons":[{"name":"cta_url"}]}}} | Menu~Choose
            {"buttonsMessage":{"contentText":"Choose","contextInfo":{"text":"no"}}} | Choose
            {"liveLocationMessage":{"degreesLatitude":1.5,"degreesLongitude":2.5,"caption":"On my way"}} | On my way
            {"secretEncryptedMessage":{"secretEncType":2}} | The contact edited this message. Read the new text on the phone.
            {"someNewMessage":{"x":2}} | This message (some new) can’t be shown here. Read it on the phone.
            {"interactiveResponseMessage":{"body":{"text":"Sent"},"nativeFlowResponseMessage":{"name":"flow","paramsJson":"{\\"flow_token\\":\\"t\\",\\"screen_0_Name_0\\":\\"Amal\\",\\"note\\":\\"\\"}"}}} | Name: Amal
            {"interactiveResponseMessage":{"body":{"text":"Yes"},"nativeFlowResponseMessage":{"name":"quick_reply","paramsJSON":"{\\"id\\":\\"y\\"}"}}} | Yes
            {"pollUpdateMessage":{"pollCreationMessageKey":{"id":"P"},"vote":{"selectedOptions":["A",{"name":"B"}]}}} | Voted: A, B
            {"pollUpdateMessage":{"vote":{"selectedOptions":[]}}} | Vote withdrawn
            {"listResponseMessage":{"title":"Large","singleSelectReply":{"selectedRowID":"l"}}} | Large
            """)
    void peopleReadWhatWasWritten(String message, String text) {
        assertThat(content(message).text()).isEqualTo(text.replace('~', '\n'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pollUpdates\":[],\"pollUpdateMessage\":{\"vote\":{\"encPayload\":\"x\"}}}",
                "{\"callLogMesssage\":{\"isVideo\":false}}",
                "{\"messageHistoryNotice\":{}}",
                "{\"albumMessage\":{},\"messageContextInfo\":{}}"
            })
    void whatPeopleDontSeeIsNothing(String message) {
        assertThat(MessageShape.content(json(message))).isEmpty();
    }

    @Test
    void aChoiceHasItsIdInEverySpelling() {
        assertThat(content("{\"templateButtonReplyMessage\":{\"selectedID\":\"b\",\"selectedDisplayText\":\"B\"}}")
                        .detail())
                .isEqualTo(new Picked("b"));
        assertThat(content("{\"buttonsResponseMessage\":{\"selectedButtonID\":\"c\"}}"))
                .returns("c", MessageShape.Content::text)
                .returns(new Picked("c"), MessageShape.Content::detail);
    }

    @Test
    void aPlaceHasItsPosition() {
        assertThat(content("{\"locationMessage\":{\"degreesLatitude\":1.5,\"degreesLongitude\":2.5}}"))
                .returns("1.5, 2.5", MessageShape.Content::text)
                .returns(new Location(1.5, 2.5, "", ""), MessageShape.Content::detail);
    }

    @Test
    void aCardIsShownOnceForEachNumber() {
        String card =
                "BEGIN:VCARD\\nVERSION:3.0\\nFN:Amal\\\\, K\\nORG:Sweets;\\nitem1.TEL;waid=971500000102:+971 50 000 0102"
                        + "\\nitem2.TEL;type=WORK:+971 50 00\\n 0 0103\\nTEL:123\\nEND:VCARD";
        MessageShape.Content shown = content(
                "{\"contactsArrayMessage\":{\"contacts\":[{\"vcard\":\"" + card + "\"},{\"displayName\":\"Lina\"}]}}");

        assertThat(shown.text()).isEqualTo("Amal, K, Lina");
        assertThat(shown.detail())
                .isEqualTo(new Contacts(List.of(
                        new Card("Amal, K", "+971500000102", "Sweets"),
                        new Card("Amal, K", "+971500000103", "Sweets"),
                        new Card("Amal, K", "123", "Sweets"),
                        new Card("Lina", "", ""))));
        assertThat(content("{\"contactsArrayMessage\":{\"contacts\":[]}}").detail())
                .isEqualTo(new Contacts(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1784105003",
                "\"1784105003\"",
                "1784105003000",
                "\"1784105003000\"",
                "1784105003.0",
                "{\"low\":1784105003,\"high\":0,\"unsigned\":true}",
                "{\"low\":1693575160,\"high\":415,\"unsigned\":false}",
                "\"2026-07-15T08:43:23Z\""
            })
    void aTimeIsReadInEveryForm(String time) {
        assertThat(MessageShape.time(json(time))).contains(Instant.ofEpochSecond(1_784_105_003));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "\"x\"",
                "null",
                "{}",
                "{\"low\":-1,\"high\":-1}",
                "[]",
                "\"1e2147483647\"",
                "\"1e-2147483647\"",
                "\"1e300000000\""
            })
    void whatIsNoTimeIsNone(String time) {
        assertThat(MessageShape.time(json(time))).isEmpty();
    }
}
