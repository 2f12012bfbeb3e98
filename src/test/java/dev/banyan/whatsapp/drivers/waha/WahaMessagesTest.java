package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL_CHAT;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;
import dev.banyan.whatsapp.MessageContent.File;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.MessageContent.Plain;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What contacts do, from the webhook to our own words.
class WahaMessagesTest {

    private static final ChatAddress OPEN = new ChatAddress(AMAL_CHAT, Optional.of(AMAL), Optional.empty());
    private static final byte[] BYTES = {1, 2};

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private FakeContact amal(String engine) {
        world.with(engine, "2026.9.2");
        world.linked();
        return world.amal();
    }

    /// Returns the address of a contact who hides nothing. GOWS tells what would stand for the number as well.
    private static ChatAddress open(String engine) {
        return new ChatAddress(
                AMAL_CHAT, Optional.of(AMAL), Optional.of(FakeShapes.lid(AMAL)).filter(_ -> engine.equals("GOWS")));
    }

    private HookEvent.Message received() {
        var messages = world.events(HookEvent.Message.class);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aTextSaysWhoWroteItAndWhen(String engine) {
        var wire = amal(engine).as("3EB0A1B2C3D4E5F60718").writes("Is the shop open?");

        assertThat(received())
                .isEqualTo(new HookEvent.Message(
                        SESSION,
                        wire,
                        open(engine),
                        "Amal",
                        "Is the shop open?",
                        MessageContent.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        world.clock.instant()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB"})
    void aHiddenAddressThatCarriesTheNumberIsResolved(String engine) {
        var amal = amal(engine).hidden();
        amal.writes("Hello");

        assertThat(received().chat())
                .isEqualTo(new ChatAddress(FakeShapes.lid(AMAL), Optional.of(AMAL), Optional.of(FakeShapes.lid(AMAL))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aHiddenAddressAloneIsNeverTakenForANumber(String engine) {
        amal(engine).hiddenCompletely().writes("Hello");

        assertThat(received().chat())
                .isEqualTo(new ChatAddress(FakeShapes.lid(AMAL), Optional.empty(), Optional.of(FakeShapes.lid(AMAL))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void theSameMessageUnderBothAddressesHasOneId(String engine) {
        amal(engine).toldTwice().writes("Hello");

        assertThat(world.events(HookEvent.Message.class))
                .hasSize(2)
                .extracting(HookEvent.Message::provider)
                .containsOnly(world.waha
                        .session(SESSION)
                        .messages
                        .getLast()
                        .path("id")
                        .asText()
                        .split("_", -1)[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB"})
    void aGroupMessageNamesTheGroupAndItsWriter(String engine) {
        amal(engine).in("120363000000000001@g.us").writes("Hello all");

        var message = received();
        assertThat(message.group()).contains("120363000000000001@g.us");
        assertThat(message.chat()).isEqualTo(open(engine));
    }

    @Test
    void theGroupIsNotItsWriter() {
        var edited = new WahaMessages("s", FakeJson.tree(Map.of()), Instant.EPOCH)
                .edited(FakeJson.tree(Map.of(
                        "id", "false_120363000000000001@g.us_3EB0C", "from", "120363000000000001@g.us", "body", "x")))
                .orElseThrow();

        assertThat(((HookEvent.Edited) edited).chat().value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GOWS, true", "GOWS, false", "NOWEB, true", "NOWEB, false"})
    void aReplyNamesTheMessageInBothFormsOfItsId(String engine, boolean toUs) {
        amal(engine).replies("Yes", "3EB0BBBB", toUs);

        assertThat(received().content().quoted()).contains(new Quoted("3EB0BBBB", toUs));
    }

    @ParameterizedTest
    @CsvSource({
        "GOWS, imageMessage, image/jpeg",
        "NOWEB, videoMessage, video/mp4",
        "WEBJS, documentMessage, application/pdf"
    })
    void aFileComesWithItsCaption(String engine, String kind, String type) {
        amal(engine).sendsFile(kind, type, "cake.bin", BYTES, "Look");

        var message = received();
        assertThat(message.text()).isEqualTo("Look");
        assertThat(message.content()).isEqualTo(MessageContent.PLAIN);
        assertThat(message.media()).hasValueSatisfying(media -> {
            assertThat(media.name()).isEqualTo("cake.bin");
            assertThat(media.type()).isEqualTo(type);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aStickerIsToldFromAPicture(String engine) {
        amal(engine).sendsFile("stickerMessage", "image/webp", "", BYTES, "");

        assertThat(received().content().detail()).isEqualTo(new File(Kind.STICKER, false));
    }

    @Test
    void aPictureThatWasSentAsADocumentStaysOne() {
        amal("GOWS").sendsFile("documentMessage", "image/png", "plan.png", BYTES, "");

        assertThat(received().content().detail()).isEqualTo(new File(Kind.DOCUMENT, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Message':{'secretEncryptedMessage':{'targetMessageKey':{'ID':'3EB0BBBB'}}}",
                "'message':{'secretEncryptedMessage':{'targetMessageKey':{'id':'3EB0BBBB','fromMe':true}}}"
            })
    void anEditThatIsSealedPointsToItsMessage(String data) {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0E","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"_data":{%s}}""".formatted(data.replace('\'', '"')));

        assertThat(message.text()).startsWith("The contact edited this message.");
        assertThat(message.content().quoted()).contains(new Quoted("3EB0BBBB", false));
        assertThat(events("message.any", """
                        {"id":"true_971500000101@c.us_3EB0F","from":"971500000101@c.us","fromMe":true,"body":null,
                         "source":"app","timestamp":1784105003,"_data":{%s}}""".formatted(data.replace('\'', '"'))))
                .as("changed on the phone of the number")
                .hasOnlyElementsOfType(HookEvent.Alive.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type':'buttons_response','selectedButtonId':'row-1'",
                "'type':'list_response','listResponse':{'singleSelectReply':{'selectedRowId':'row-1'}}"
            })
    void theBrowserEngineTellsWhatWasPicked(String data) {
        world.linked();

        assertThat(read("""
                {"id":"false_971500000101@c.us_3EB0P","from":"971500000101@c.us","fromMe":false,"body":"Honey",
                 "timestamp":1784105003,"_data":{%s}}""".formatted(data.replace('\'', '"'))).content().detail())
                .isEqualTo(new Picked("row-1"));
    }

    @Test
    void aFailedDownloadIsAskedForLater() {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0V","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"hasMedia":true,
                 "media":{"url":"http://x/api/files/a","mimetype":"audio/ogg; codecs=opus","error":"timeout"},
                 "_data":{"Message":{"audioMessage":{"PTT":true,"mimetype":"audio/ogg; codecs=opus"}}}}""");

        assertThat(message.content().detail()).isEqualTo(new File(Kind.AUDIO, true));
        assertThat(message.media()).hasValueSatisfying(media -> {
            assertThat(media.url()).isEmpty();
            assertThat(media.type()).isEqualTo("audio/ogg");
            assertThat(media.id()).contains("false_971500000101@c.us_3EB0V");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "WEBJS"})
    void aPlaceIsAPlaceAndItsPictureIsNoText(String engine) {
        amal(engine).sendsPlace(25.2, 55.27, "Marina Sweets");

        var message = received();
        assertThat(message.text()).isEqualTo("Marina Sweets");
        assertThat(message.content().detail()).isEqualTo(new Location(25.2, 55.27, "Marina Sweets", ""));
    }

    @Test
    void cardsAreRead() {
        amal("GOWS")
                .sendsCard("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Amira Nasser\r\nORG:Marina Sweets\\, Dubai;\r\n"
                        + "TEL;type=CELL;type=VOICE;waid=971500000102:+971 50\r\n  000 0102\r\nEND:VCARD");

        var message = received();
        assertThat(message.text()).isEqualTo("Amira Nasser");
        assertThat(message.content().detail())
                .isEqualTo(new Contacts(List.of(new Card("Amira Nasser", "+971500000102", "Marina Sweets, Dubai"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB"})
    void aChoiceCarriesItsId(String engine) {
        amal(engine).picks("box-1", "Small box");

        var message = received();
        assertThat(message.text()).isEqualTo("Small box");
        assertThat(message.content().detail()).isEqualTo(new Picked("box-1"));
    }

    /// WAHA’s own fields leave the words of a place that moves out.
    @Test
    void aLivePlaceHasTheWordsThatCameWithIt() {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0L","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"hasMedia":false,"media":null,"vCards":[],
                 "location":{"latitude":25.1,"longitude":55.1,"live":true,"name":null,"address":null,"description":null},
                 "_data":{"Message":{"liveLocationMessage":{"degreesLatitude":25.1,"degreesLongitude":55.1,
                  "caption":"On my way"}}}}""");

        assertThat(message.text()).isEqualTo("On my way");
        assertThat(message.content().detail()).isEqualTo(new Location(25.1, 55.1, "On my way", ""));
    }

    /// Its pictures come on their own.
    @Test
    void theEnvelopeOfAnAlbumIsNoMessage() {
        world.linked();
        String shape = """
                {"id":"false_971500000101@c.us_3EB0A","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"hasMedia":false,"media":null,"location":null,"vCards":[],"_data":%s}""";

        assertThat(
                        events(
                                "message.any",
                                shape.formatted(
                                        "{\"Message\":{\"albumMessage\":{\"expectedImageCount\":3},\"messageContextInfo\":{}}}")))
                .noneMatch(HookEvent.Message.class::isInstance);
        assertThat(events("message.any", shape.formatted("{\"type\":\"album\"}")))
                .noneMatch(HookEvent.Message.class::isInstance);
    }

    @Test
    void whatWasTappedIsReadFromTheMessageItself() {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0T","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"hasMedia":false,"media":null,"location":null,"vCards":[],
                 "_data":{"Message":{"interactiveResponseMessage":{"body":{"text":"Confirm"},
                  "nativeFlowResponseMessage":{"name":"quick_reply","paramsJSON":"{}"}}}}}""");

        assertThat(message.text()).isEqualTo("Confirm");
        assertThat(message.content().detail()).isEqualTo(new Picked("{}"));
    }

    @Test
    void theBrowserEngineTellsOfAnAdInItsOwnWords() {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0T","from":"971500000101@c.us","fromMe":false,"body":"Hello",
                 "timestamp":1784105003,"hasMedia":false,"media":null,"location":null,"vCards":[],
                 "_data":{"type":"chat","ctwaContext":{"conversionSource":"FB_Ads","title":"Honey cake",
                  "sourceUrl":"https://fb.me/x","mediaType":1}}}""");

        assertThat(message.content().ad())
                .contains(new MessageContent.Ad("ad", "", "Honey cake", "https://fb.me/x", ""));
    }

    /// Engines pass on the message as WhatsApp has it, and have no body for most kinds.
    @Test
    void whatHasNoBodyIsReadFromTheMessageItself() {
        world.linked();
        String head = "{\"id\":\"false_971500000101@c.us_3EB0P\",\"from\":\"971500000101@c.us\",\"fromMe\":false,";

        assertThat(read(head + "\"body\":null,\"_data\":{\"Message\":{\"eventMessage\":{\"name\":\"Tasting\"}}}}")
                        .text())
                .isEqualTo("Event: Tasting");
        assertThat(read(head + "\"body\":null,\"vCards\":null,\"_data\":{\"message\":{\"contactMessage\":"
                                + "{\"displayName\":\"Lina\",\"vcard\":\"BEGIN:VCARD\\nTEL:+971500000102\"}}}}")
                        .content()
                        .detail())
                .isEqualTo(new Contacts(List.of(new Card("Lina", "+971500000102", ""))));
        assertThat(read(head + "\"body\":\"Sent\",\"_data\":{\"message\":{\"interactiveResponseMessage\":{\"body\":"
                                + "{\"text\":\"Sent\"},\"nativeFlowResponseMessage\":{\"paramsJson\":\"{\\\"size\\\":\\\"L\\\"}\"}}}}}")
                        .text())
                .isEqualTo("size: L");
        assertThat(read(head
                                + "\"body\":\"\",\"_data\":{\"type\":\"order\",\"orderTitle\":\"Sweets\",\"itemCount\":1}}")
                        .text())
                .isEqualTo("Order: Sweets\n1 product");
        assertThat(read(head
                                + "\"body\":\"/9j/4AAQ\",\"hasMedia\":false,\"_data\":{\"type\":\"image\",\"caption\":\"Look\"}}")
                        .text())
                .isEqualTo("Image: Look");
        assertThat(read(head + "\"body\":\"\",\"_data\":{\"type\":\"call_log\",\"callOutcome\":\"Missed\"}}")
                        .text())
                .isEqualTo("📞 Missed call");
    }

    @Test
    void aChangedCaptionIsReadFromTheMessageItself() {
        amal("GOWS");

        assertThat(events("message.edited", """
                        {"id":"false_971500000101@c.us_Z","editedMessageId":"3EB0P","from":"971500000101@c.us","body":null,
                         "_data":{"Message":{"imageMessage":{"caption":"Fresh"}}}}"""))
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.Edited.class,
                        edited -> assertThat(edited.text()).isEqualTo("Fresh"));
    }

    @Test
    void aKindThatWeDoNotKnowIsShownAsUnreadable() {
        world.linked();

        var message = read("""
                {"id":"false_971500000101@c.us_3EB0P","from":"971500000101@c.us","fromMe":false,"body":null,
                 "timestamp":1784105003,"hasMedia":false,"media":null,"location":null,"vCards":[],
                 "_data":{"Message":{"someNewMessage":{"x":2}}}}""");

        assertThat(message.text()).isEqualTo("This message (some new) can’t be shown here. Read it on the phone.");
        assertThat(message.content().detail()).isEqualTo(new Plain());
    }

    @Test
    void aMessageThatIsNotDecryptedYetIsNotShown() {
        amal("GOWS");

        assertThat(events(
                        "message.any",
                        "{\"id\":\"false_971500000101@c.us_X\",\"from\":\"971500000101@c.us\",\"body\":\"\"}"))
                .containsExactly(new HookEvent.Alive(SESSION));
        assertThat(events("message.any", """
                        {"id":"false_971500000101@c.us_Y","from":"971500000101@c.us","body":"",
                         "_data":{"type":"call_log","callOutcome":"Connected"}}"""))
                .as("a call that someone took")
                .containsExactly(new HookEvent.Alive(SESSION));
    }

    @ParameterizedTest
    @CsvSource({
        "status@broadcast, ''",
        "1234@broadcast, ''",
        "120363000000000002@newsletter, ''",
        "867051314767696@bot, ''",
        "0@c.us, ''",
        "971500000101@c.us, e2e_notification",
        "971500000101@c.us, gp2",
        "971500000101@c.us, pinned_message",
        "971500000101@c.us, poll_update",
        "971500000101@c.us, reaction",
        "971500000101@c.us, revoked",
        "971500000101@c.us, ciphertext"
    })
    void whatIsNoConversationOnlyShowsThatItLives(String from, String type) {
        amal("WEBJS").isMentionedIn(from, type);

        assertThat(world.events()).containsExactly(new HookEvent.Alive(SESSION));
    }

    @Test
    void ourOwnMessagesOnlyShowThatItLives() {
        world.linked();

        world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.empty());

        assertThat(world.events()).containsExactly(new HookEvent.Alive(SESSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void reactionsNameTheMessageAndMayBeWithdrawn(String engine) {
        var amal = amal(engine);

        amal.reacts("3EB0CCCC", true, "❤️");
        amal.reacts("3EB0CCCC", true, "");

        Instant now = world.clock.instant();
        assertThat(world.events())
                .containsExactly(
                        new HookEvent.Reacted(SESSION, "3EB0CCCC", open(engine), "❤️", now),
                        new HookEvent.Reacted(SESSION, "3EB0CCCC", open(engine), "", now));
    }

    @ParameterizedTest
    @CsvSource({"app,971500000101@c.us,true", "api,971500000101@c.us,false", "app,120363000000000001@g.us,false"})
    void reactionsOnThePhoneAreOurs(String source, String chat, boolean isRead) {
        world.linked();
        List<HookEvent> events = events("message.reaction", """
                {"id":"true_%2$s_3EB0R","from":"%2$s","fromMe":true,"source":"%1$s","timestamp":1784105003.5,
                 "reaction":{"text":"🙏","messageId":"false_%2$s_3EB0CCCC"}}""".formatted(source, chat));

        assertThat(events)
                .filteredOn(HookEvent.Echo.class::isInstance)
                .map(echo -> ((HookEvent.Echo) echo).message())
                .extracting(HookEvent.Message::provider, HookEvent.Message::chat, HookEvent.Message::content)
                .isEqualTo(
                        isRead
                                ? List.of(tuple(
                                        "3EB0R",
                                        OPEN,
                                        new MessageContent(
                                                new MessageContent.Reaction("🙏"),
                                                Optional.of(new Quoted("3EB0CCCC", false)),
                                                Optional.empty())))
                                : List.of());
    }

    @Test
    void aVoteSaysWhatWasChosenInWhichPoll() {
        world.linked();
        List<HookEvent> events = events("poll.vote", """
                {"vote":{"id":"false_971500000101@c.us_3EB0V","from":"971500000101@c.us","fromMe":false,
                  "to":"971500000100@c.us","selectedOptions":["Honey","Lemon"],"timestamp":1784105003},
                 "poll":{"id":"true_971500000101@c.us_3EB0P","from":"971500000100@c.us","fromMe":true}}""");

        assertThat(events).singleElement().isInstanceOfSatisfying(HookEvent.Message.class, vote -> {
            assertThat(vote.provider()).isEqualTo("3EB0V");
            assertThat(vote.chat()).isEqualTo(OPEN);
            assertThat(vote.text()).isEqualTo("Voted: Honey, Lemon");
            assertThat(vote.content().quoted()).contains(new Quoted("3EB0P", true));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            poll_creation | Which? | "pollName":"Which?","pollOptions":[{"name":"A"},{"name":"B"}] | Which?~• A~• B
            product | | "title":"Cake","currency":"AED" | Product: Cake
            groups_v4_invite | Join us | "inviteGrpName":"Fans" | Groups v4 invite: Fans~Join us
            """)
    void aBrowsersFieldsTellMoreThanItsBody(String type, String body, String fields, String text) {
        world.linked();

        assertThat(read("""
                {"id":"false_971500000101@c.us_3EB0P","from":"971500000101@c.us","fromMe":false,"body":"%s",
                 "timestamp":1,"_data":{"type":"%s",%s}}""".formatted(body == null ? "" : body, type, fields)).text())
                .isEqualTo(text.replace('~', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void editsAndDeletionsNameTheMessage(String engine) {
        var amal = amal(engine);
        var wire = amal.writes("Helo");
        world.forgetEvents();

        amal.edits(wire, "Hello");
        amal.deletes(wire);

        Instant now = world.clock.instant();
        assertThat(world.events())
                .containsExactly(
                        new HookEvent.Edited(SESSION, wire, open(engine), "Hello", now),
                        new HookEvent.Deleted(SESSION, wire, open(engine), now));
    }

    @ParameterizedTest
    @CsvSource({
        "'{`id`:`true_971500000101@c.us_3EB0E`,`from`:`971500000101@c.us`,`fromMe`:true,`editedMessageId`:`3EB0A`}', true",
        "'{`id`:`true_971500000101@c.us_3EB0A`,`from`:`971500000100@c.us`,`to`:`971500000101@c.us`,`fromMe`:true}', true",
        "'{`id`:`true_200000000000101@lid_3EB0A`,`fromMe`:true}', true",
        "'{`id`:`true_120363000000000001@g.us_3EB0A_971500000100@c.us`,`fromMe`:true}', false",
        "'{`id`:`true_3EB0E`,`from`:`971500000100@c.us`,`to`:`120363000000000001@g.us`,`editedMessageId`:`3EB0A`}', false",
        "'{`id`:`true_status@broadcast_3EB0A`,`from`:`status@broadcast`,`fromMe`:true}', false"
    })
    void anEditOnThePhoneIsKnownByItsIdAlone(String payload, boolean isRead) {
        JsonNode json = FakeJson.read(payload.replace('`', '"').getBytes(StandardCharsets.UTF_8));
        Optional<HookEvent> edited = new WahaMessages("s", FakeJson.tree(Map.of()), Instant.EPOCH).edited(json);

        assertThat(edited.map(event -> ((HookEvent.Edited) event).provider() + ((HookEvent.Edited) event).chat()))
                .isEqualTo(Optional.of("3EB0A" + ChatAddress.UNKNOWN).filter(_ -> isRead));
    }

    @ParameterizedTest
    @CsvSource({
        "'{`revokedMessageId`:`3EB0A`,`before`:null,`after`:null}', true",
        "'{`revokedMessageId`:`false_971500000101@c.us_3EB0A`}', true",
        "'{`id`:`true_971500000101@c.us_3EB0A`,`fromMe`:true,`revokedMessageId`:`3EB0A`}', true",
        "'{`revokedMessageId`:`true_971500000101@c.us_3EB0A`,`after`:{`id`:`true_971500000101@c.us_3EB0A`,`fromMe`:true}}', true",
        "'{`revokedMessageId`:`false_status@broadcast_3EB0A_971500000101@c.us`}', false",
        "'{`before`:null,`after`:null}', false"
    })
    void aDeletionNeedsNothingButTheIdOfItsMessage(String payload, boolean isRead) {
        JsonNode json = FakeJson.read(payload.replace('`', '"').getBytes(StandardCharsets.UTF_8));
        Optional<HookEvent> deleted = new WahaMessages("s", FakeJson.tree(Map.of()), Instant.EPOCH).deleted(json);

        assertThat(deleted.map(event -> ((HookEvent.Deleted) event).provider() + ((HookEvent.Deleted) event).chat()))
                .isEqualTo(Optional.of("3EB0A" + ChatAddress.UNKNOWN).filter(_ -> isRead));
    }

    @Test
    void typingBeginsAndEnds() {
        var amal = amal("GOWS");

        amal.types(true);
        amal.types(false);

        assertThat(world.events())
                .containsExactly(new HookEvent.Typing(SESSION, OPEN, true), new HookEvent.Typing(SESSION, OPEN, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1784105003", "\"1784105003\"", "1784105003000", "1784105003.0", "\"2026-07-15T08:43:23Z\""})
    void timesAreReadInAllForms(String timestamp) {
        world.linked();

        assertThat(
                        read("{\"id\":\"false_971500000101@c.us_X\",\"from\":\"971500000101@c.us\",\"body\":\"a\",\"timestamp\":"
                                        + timestamp + "}")
                                .at())
                .isEqualTo(Instant.ofEpochSecond(1_784_105_003));
    }

    @Test
    void devicesAndOtherServersOfAddressesAreDropped() {
        world.linked();

        assertThat(read("{\"id\":\"false_971500000101:7@s.whatsapp.net_X\",\"from\":\"971500000101:7@s.whatsapp.net\","
                                + "\"body\":\"a\",\"timestamp\":1}")
                        .chat())
                .isEqualTo(OPEN);
    }

    private HookEvent.Message read(String payload) {
        var events = events("message.any", payload);
        assertThat(events).singleElement().isInstanceOf(HookEvent.Message.class);
        return (HookEvent.Message) events.getFirst();
    }

    private List<HookEvent> events(String event, String payload) {
        return WahaWebhooksTest.read(world, event, payload);
    }
}
