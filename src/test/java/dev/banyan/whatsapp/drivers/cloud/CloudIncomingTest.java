package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMAL;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMALS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;
import dev.banyan.whatsapp.messages.MessageContents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What contacts write, of every kind.
class CloudIncomingTest {

    private static final ChatAddress CHAT = new ChatAddress("971500000101", Optional.of(AMALS), Optional.empty());

    private final CloudWorld world = new CloudWorld();

    @BeforeEach
    void open() {
        world.opensDoor();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private HookEvent.Message message() {
        assertThat(world.told()).hasSize(1);
        return world.told(HookEvent.Message.class).getFirst();
    }

    private void sends(String type, Consumer<ObjectNode> rest) {
        world.meta.contacts().sends(world.sweets, AMAL, type, rest);
    }

    @Test
    void aTextHasItsAuthorAndItsTime() {
        String wamid = world.meta.contacts().writes(world.sweets, AMAL, "صباح الخير 👋");

        assertThat(message())
                .isEqualTo(new HookEvent.Message(
                        world.sweets.id(),
                        wamid,
                        CHAT,
                        "Amal K",
                        "صباح الخير 👋",
                        MessageContent.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        world.clock.instant()));
    }

    @Test
    void aReplyNamesWhoseMessageItIs() {
        world.meta.contacts().replies(world.sweets, AMAL, "wamid.ours", "Yes");
        sends("text", message -> {
            message.putObject("context").put("from", AMAL.digits()).put("id", "wamid.theirs");
            message.putObject("text").put("body", "I meant this");
        });
        sends("text", message -> {
            message.putObject("context").put("forwarded", true);
            message.putObject("text").put("body", "Look");
        });

        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.content().quoted())
                .containsExactly(
                        Optional.of(new Quoted("wamid.ours", true)),
                        Optional.of(new Quoted("wamid.theirs", false)),
                        Optional.empty());
    }

    @Test
    void filesKeepTheirKindCaptionAndName() {
        byte[] bytes = {1, 2, 3};
        var contacts = world.meta.contacts();
        contacts.sendsFile(world.sweets, AMAL, "image", "image/jpeg", "", "this one", bytes);
        contacts.sendsFile(world.sweets, AMAL, "document", "application/pdf", "order.pdf", "", bytes);
        contacts.sendsFile(world.sweets, AMAL, "audio", "audio/ogg; codecs=opus", "", "", bytes);
        contacts.sendsFile(world.sweets, AMAL, "video", "video/mp4", "", "", bytes);
        contacts.sendsFile(world.sweets, AMAL, "sticker", "image/webp", "", "", bytes);

        var messages = world.told(HookEvent.Message.class);
        assertThat(messages)
                .extracting(message -> message.content().detail())
                .containsExactly(
                        new MessageContent.File(Kind.IMAGE, false),
                        new MessageContent.File(Kind.DOCUMENT, false),
                        new MessageContent.File(Kind.AUDIO, true),
                        new MessageContent.File(Kind.VIDEO, false),
                        new MessageContent.File(Kind.STICKER, false));
        assertThat(messages.get(0).text()).isEqualTo("this one");
        assertThat(messages.get(1).media().orElseThrow().name()).isEqualTo("order.pdf");
        assertThat(messages)
                .allSatisfy(message ->
                        assertThat(message.media().orElseThrow().url()).startsWith("http"));
    }

    @Test
    void aPlaceIsReadByItsName() {
        world.meta.contacts().sendsLocation(world.sweets, AMAL, 25.08, 55.14, "Pier 7");

        assertThat(message().text()).isEqualTo("Pier 7");
        assertThat(message().content().detail())
                .isEqualTo(new MessageContent.Location(25.08, 55.14, "Pier 7", "Marina Walk"));
    }

    @Test
    void aPlaceWithoutANameIsReadByItsPosition() {
        sends(
                "location",
                message -> message.putObject("location").put("latitude", 25.5).put("longitude", 55.25));

        assertThat(message().text()).isEqualTo("25.5, 55.25");
    }

    @Test
    void contactCardsAreReadByTheirNames() {
        sends("contacts", message -> {
            var card = message.putArray("contacts").addObject();
            card.putObject("name").put("formatted_name", "Noura");
            card.putArray("phones").addObject().put("phone", "+971 50 000 0102").put("wa_id", "971500000102");
            card.putObject("org").put("company", "Marina Sweets");
        });

        assertThat(message().text()).isEqualTo("Noura");
        assertThat(message().content().detail())
                .isEqualTo(new MessageContent.Contacts(
                        List.of(new MessageContent.Contacts.Card("Noura", "+971500000102", "Marina Sweets"))));
    }

    @Test
    void whatWasPickedHasItsTitleAndItsId() {
        world.meta.contacts().picksButton(world.sweets, AMAL, "yes", "Yes, please");
        world.meta.contacts().picksRow(world.sweets, AMAL, "r1", "Honey");
        sends(
                "button",
                message -> message.putObject("button").put("payload", "stop").put("text", "Stop"));

        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.text() + ": "
                        + ((MessageContent.Picked) message.content().detail()).id())
                .containsExactly("Yes, please: yes", "Honey: r1", "Stop: stop");
    }

    @Test
    void aReactionIsForAMessageAndAbsentWhenWithdrawn() {
        world.meta.contacts().reacts(world.sweets, AMAL, "wamid.ours", "👍");
        world.meta.contacts().reacts(world.sweets, AMAL, "wamid.ours", "");

        assertThat(world.told())
                .containsExactly(
                        new HookEvent.Reacted(world.sweets.id(), "wamid.ours", CHAT, "👍", world.clock.instant()),
                        new HookEvent.Reacted(world.sweets.id(), "wamid.ours", CHAT, "", world.clock.instant()));
    }

    @Test
    void editsAndDeletionsNameTheOriginal() {
        world.meta.contacts().edits(world.sweets, AMAL, "wamid.1", "Two cakes");
        world.meta.contacts().deletes(world.sweets, AMAL, "wamid.2");
        sends("edit", message -> {
            ObjectNode edit = message.putObject("edit").put("original_message_id", "wamid.3");
            edit.putObject("message").put("type", "image").putObject("image").put("caption", "That one");
        });

        assertThat(world.told())
                .containsExactly(
                        new HookEvent.Edited(world.sweets.id(), "wamid.1", CHAT, "Two cakes", world.clock.instant()),
                        new HookEvent.Deleted(world.sweets.id(), "wamid.2", CHAT, world.clock.instant()),
                        new HookEvent.Edited(world.sweets.id(), "wamid.3", CHAT, "That one", world.clock.instant()));
    }

    @Test
    void aHiddenContactHasNoPhone() {
        var hidden = new Contact("", "amal.k", "AE.13491200000000000001");
        world.meta.contacts().writes(world.sweets, hidden, "Hello");
        world.meta.contacts().writes(world.sweets, new Contact(AMAL.digits(), "Amal K", hidden.user()), "Hello again");

        assertThat(world.told(HookEvent.Message.class))
                .extracting(HookEvent.Message::chat)
                .containsExactly(
                        new ChatAddress(hidden.user(), Optional.empty(), Optional.of(hidden.user())),
                        new ChatAddress(CHAT.value(), CHAT.phone(), Optional.of(hidden.user())));
        assertThat(world.told(HookEvent.Message.class).getFirst().name()).isEqualTo("amal.k");
    }

    @Test
    void aMessageWithoutAnAuthorIsFoundByItsOnlyContact() {
        var events = world.read("""
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
                "metadata":{"phone_number_id":"300000000000001"},
                "contacts":[{"profile":{"name":"Amal"},"wa_id":"971500000101"}],
                "messages":[{"id":"wamid.1","timestamp":1784105003,"type":"text","text":{"body":"Hi"}}]}}]}]}""");

        assertThat(events).singleElement().isInstanceOfSatisfying(HookEvent.Message.class, message -> {
            assertThat(message.chat()).isEqualTo(CHAT);
            assertThat(message.at()).isEqualTo(Instant.ofEpochSecond(1_784_105_003));
        });
    }

    @Test
    void messagesOfGroupsSaySo() {
        sends("text", message -> {
            message.put("group_id", "120363000000000001");
            message.putObject("text").put("body", "Hello all");
        });

        assertThat(message().group()).contains("120363000000000001");
        assertThat(message().chat()).isEqualTo(CHAT);
    }

    /// People should know that something came, although WhatsApp keeps what.
    @Test
    void whatWhatsAppDoesntPassOnIsMentioned() {
        world.meta.contacts().sendsUnsupported(world.sweets, AMAL, "poll_creation");

        assertThat(message().text()).contains("poll creation").contains("another form");
    }

    /// WhatsApp gains kinds faster than we do.
    @Test
    void kindsThatWeDontKnowAreMentioned() {
        sends("something_new", message -> message.putObject("something_new").put("x", 1));
        sends("unknown", message -> message.putArray("errors").addObject().put("code", 131_051));
        sends("interactive", message -> message.putObject("interactive").put("type", "something_newer"));
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "call_permission_reply")
                        .putObject("call_permission_reply")
                        .put("response", "accept"));

        assertThat(world.told(HookEvent.Message.class))
                .extracting(HookEvent.Message::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains("(something new)").contains("another form"),
                        second -> assertThat(second).startsWith("Message that can’t be shown here."),
                        third -> assertThat(third).contains("(something newer)"),
                        fourth -> assertThat(fourth).isEqualTo("The contact allows calls."));
    }

    @Test
    void aButtonWithoutWordsIsReadByItsId() {
        sends("button", message -> message.putObject("button").put("payload", "CONFIRM"));

        assertThat(message().text()).isEqualTo("CONFIRM");
    }

    @Test
    void theProductThatWasAskedAboutIsNamed() {
        sends("text", message -> {
            message.putObject("context").putObject("referred_product").put("product_retailer_id", "HONEY-1");
            message.putObject("text").put("body", "Is it there?");
        });

        assertThat(message().text()).isEqualTo("Is it there?\n(About the product HONEY-1.)");
    }

    @Test
    void aCardIsShownOnceForEachNumber() {
        sends("contacts", message -> {
            var phones = message.putArray("contacts").addObject().putArray("phones");
            phones.addObject().put("phone", "+971 50 000 0102");
            phones.addObject().put("phone", "050 000 0103");
        });
        sends("contacts", message -> message.putArray("contacts"));

        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.content().detail())
                .containsExactly(
                        new MessageContent.Contacts(List.of(
                                new MessageContent.Contacts.Card("+971500000102", "+971500000102", ""),
                                new MessageContent.Contacts.Card("050 000 0103", "050 000 0103", ""))),
                        new MessageContent.Contacts(List.of()));
        assertThat(MessageContents.summary(new MessageContent.Contacts(List.of())))
                .isEqualTo("👤 Contact card");
    }

    @Test
    void theAnswersOfAFormMayBeAnObject() {
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .putObject("response_json")
                        .put("size", "L")
                        .put("note", ""));

        assertThat(message().text()).isEqualTo("size: L");
    }

    @Test
    void anAddressIsShownAsWhatsAppWritesIt() {
        String answers = """
                {"saved_address_id": "a1", "values": {"name": "Amal", "address": "Street 4", "city": "Dubai"}}""";
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .put("name", "address_message")
                        .put("body", "Amal\nStreet 4, Dubai")
                        .put("response_json", answers));

        assertThat(message().text()).isEqualTo("Amal\nStreet 4, Dubai");
        assertThat(message().content().detail()).isEqualTo(new MessageContent.Picked(answers));
    }

    @Test
    void anEditWhoseTextCannotBeReadLeavesTheMessage() {
        sends(
                "edit",
                message -> message.putObject("edit")
                        .put("original_message_id", "wamid.a")
                        .putObject("message")
                        .put("type", "interactive"));

        assertThat(world.told()).hasOnlyElementsOfType(HookEvent.Alive.class);
    }

    @Test
    void aCallThatNoOneTookIsALine() {
        assertThat(calls("terminate", "USER_INITIATED", "[\"FAILED\"]"))
                .singleElement()
                .isInstanceOfSatisfying(HookEvent.Message.class, call -> {
                    assertThat(call.text()).isEqualTo("📞 Missed call");
                    assertThat(call.provider()).isEqualTo("call-wacid.1");
                    assertThat(call.name()).isEqualTo("@amal.k");
                    assertThat(call.chat().phone()).contains(new Phone("+971500000101"));
                    assertThat(call.at()).isEqualTo(Instant.ofEpochSecond(1_786_000_000));
                });
        assertThat(calls("terminate", "USER_INITIATED", "\"REJECTED\"")).hasOnlyElementsOfType(HookEvent.Message.class);
        assertThat(calls("connect", "USER_INITIATED", "\"\"")).hasOnlyElementsOfType(HookEvent.Alive.class);
        assertThat(calls("terminate", "USER_INITIATED", "\"COMPLETED\"")).hasOnlyElementsOfType(HookEvent.Alive.class);
        assertThat(calls("terminate", "USER_INITIATED", "\"Completed\"")).hasOnlyElementsOfType(HookEvent.Alive.class);
        assertThat(calls("terminate", "BUSINESS_INITIATED", "\"FAILED\"")).hasOnlyElementsOfType(HookEvent.Alive.class);
    }

    private List<HookEvent> calls(String event, String direction, String status) {
        return world.read("""
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"calls","value":{
                "messaging_product":"whatsapp","metadata":{"phone_number_id":"3"},
                "contacts":[{"profile":{"username":"amal.k"},"wa_id":"971500000101"}],
                "calls":[{"id":"wacid.1","from":"971500000101","to":"971500000100","timestamp":"1786000000",
                "event":"%s","direction":"%s","status":%s}]}}]}]}
                """.formatted(event, direction, status));
    }

    @Test
    void anOrderHasItsLines() {
        sends("order", message -> {
            var order = message.putObject("order").put("catalog_id", "354").put("text", "Please hurry");
            var items = order.putArray("product_items");
            items.addObject()
                    .put("product_retailer_id", "HAMBURGER")
                    .put("quantity", 3)
                    .put("item_price", 30)
                    .put("currency", "AED");
            items.addObject()
                    .put("product_retailer_id", "SODA")
                    .put("quantity", "2")
                    .put("item_price", "9.5")
                    .put("currency", "AED");
        });

        assertThat(message().text()).isEqualTo("""
                Order of 2 products
                3 × HAMBURGER, 30 AED each
                2 × SODA, 9.50 AED each
                Total: 109 AED
                Please hurry""");
        assertThat(message().content().detail())
                .isInstanceOfSatisfying(
                        MessageContent.Picked.class,
                        picked -> assertThat(picked.id()).contains("\"catalog_id\":\"354\""));
    }

    @Test
    void anOrderMayHaveNoPrices() {
        sends("order", message -> {
            var items = message.putObject("order").putArray("product_items");
            items.addObject().put("product_retailer_id", "HAMBURGER").put("quantity", 3);
            items.addObject().put("product_retailer_id", "SODA").put("quantity", 1);
        });

        assertThat(message().text()).isEqualTo("""
                Order of 2 products
                3 × HAMBURGER
                1 × SODA""");
    }

    @Test
    void theAnswersOfAFormCanBeRead() {
        String answers = """
                {"screen_0_Rating_0": "0_Excellent", "screen_0_Extras": ["1_Nuts", "2_Honey"], "flow_token": "AQA."}""";
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .put("name", "flow")
                        .put("body", "Sent")
                        .put("response_json", answers));
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .put("body", "Sent")
                        .put("response_json", "no JSON"));

        assertThat(world.told(HookEvent.Message.class))
                .extracting(HookEvent.Message::text)
                .containsExactly("Rating: Excellent\nExtras: Nuts, Honey", "Sent");
    }

    @Test
    void answersOfSeveralPartsAreReadableAndWordsStayAsTheyWereWritten() {
        String answers = """
                {"screen_0_Email_1": "amal_k@example.com", "note": null, "agreed": true, "flow_token": "AQA.",
                 "photos": [{"id": "790", "mime_type": "image/jpeg", "sha256": "x", "file_name": "IMG_1.jpg"}],
                 "address": {"city": "Dubai", "house_number": "12"}}""";
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .put("name", "flow")
                        .put("body", "Sent")
                        .put("response_json", answers));

        assertThat(message().text()).isEqualTo("""
                Email: amal_k@example.com
                agreed: true
                photos: IMG_1.jpg
                address: city: Dubai, house number: 12""");
    }

    @Test
    void theAdThatLedHereIsKept() {
        sends("text", message -> {
            message.putObject("text").put("body", "Hello, I saw your ad");
            message.putObject("referral")
                    .put("source_url", "https://fb.me/x")
                    .put("source_id", "120210000000000")
                    .put("source_type", "ad")
                    .put("headline", "Honey cake")
                    .put("ctwa_clid", "CLID");
        });

        MessageContent content = message().content();
        assertThat(content.ad())
                .contains(new MessageContent.Ad("ad", "120210000000000", "Honey cake", "https://fb.me/x", "CLID"));
        assertThat(MessageContent.of(content.column(), content.quoted())).isEqualTo(content);
    }

    @Test
    void formsKeepWhatWasFilledIn() {
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "nfm_reply")
                        .putObject("nfm_reply")
                        .put("name", "flow")
                        .put("body", "Sent")
                        .put("response_json", "{\"day\":\"Friday\"}"));

        assertThat(message().content().detail()).isEqualTo(new MessageContent.Picked("{\"day\":\"Friday\"}"));
    }

    @Test
    void aNewNumberIsTold() {
        world.meta.contacts().changesNumber(world.sweets, AMAL, "971500000109");

        assertThat(world.told())
                .containsExactly(new HookEvent.NumberChanged(world.sweets.id(), AMALS, new Phone("+971500000109")));
    }

    @Test
    void aNewNumberBringsANewUserIdAlong() {
        var former = "AE.13491208655302741918";
        Consumer<ObjectNode> change = message -> message.putObject("system")
                .put("type", "user_changed_number")
                .put("body", "User Amal K changed from 971500000101 to 971500000109")
                .put("wa_id", "971500000109")
                .put("user_id", "AE.24817305912873645029")
                .put("previous_user_id", former);
        sends("system", change);
        world.meta.contacts().sends(world.sweets, new Contact("", "Amal K", former), "system", change);

        var now = new Phone("+971500000109");
        var renamed = new HookEvent.UserIdChanged(former, "AE.24817305912873645029", Optional.of(now));
        assertThat(world.told())
                .containsExactly(new HookEvent.NumberChanged(world.sweets.id(), AMALS, now), renamed, renamed);
    }

    @Test
    void theNewUserIdOfANewNumberIsLearnedWithoutTheOneBefore() {
        sends(
                "system",
                message -> message.putObject("system")
                        .put("type", "customer_changed_number")
                        .put("new_wa_id", "971500000109")
                        .put("user_id", "AE.24817305912873645029"));

        var now = new Phone("+971500000109");
        assertThat(world.told())
                .containsExactly(
                        new HookEvent.NumberChanged(world.sweets.id(), AMALS, now),
                        new HookEvent.Paired(now, "AE.24817305912873645029"));
    }

    @Test
    void anotherUserIdIsToldWithTheOneBefore() {
        var amal = new Contact("", "Amal of 2 to 3", "AE.13491208655302741918");
        world.meta.contacts().changesUserId(world.sweets, amal, "AE.24817305912873645029");
        world.meta.contacts().updatesUserId("AE.24817305912873645029", "AE.35", "971500000109");

        assertThat(world.told())
                .containsExactly(
                        new HookEvent.UserIdChanged(amal.user(), "AE.24817305912873645029", Optional.empty()),
                        new HookEvent.UserIdChanged(
                                "AE.24817305912873645029", "AE.35", Optional.of(new Phone("+971500000109"))));
    }

    @Test
    void whatTheBusinessChangesInItsAppIsRead() {
        world.meta.contacts().echoesEdit(world.sweets, AMAL, "wamid.1");
        world.meta.contacts().echoesDeletion(world.sweets, AMAL, "wamid.1");

        Instant now = world.clock.instant();
        assertThat(world.told())
                .containsExactly(
                        new HookEvent.Edited(world.sweets.id(), "wamid.1", ChatAddress.UNKNOWN, "New", now),
                        new HookEvent.Deleted(world.sweets.id(), "wamid.1", ChatAddress.UNKNOWN, now));
    }

    @Test
    void aChoiceOfAKindToComeIsReadByItsTitle() {
        sends(
                "interactive",
                message -> message.putObject("interactive")
                        .put("type", "something_newer")
                        .putObject("something_newer")
                        .put("id", "c2")
                        .put("title", "The second card"));

        assertThat(message().text()).isEqualTo("The second card");
        assertThat(message().content().detail()).isEqualTo(new MessageContent.Picked("c2"));
    }

    @Test
    void whatPeopleHaveNoUseForIsASignOfLife() {
        sends("request_welcome", _ -> {});
        sends("reaction", _ -> {});

        assertThat(world.told()).hasSize(2).containsOnly(new HookEvent.Alive(world.sweets.id()));
    }
}
