package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL_JID;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Alive;
import dev.banyan.whatsapp.drivers.HookEvent.Message;
import dev.banyan.whatsapp.drivers.HookEvent.Receipt;
import dev.banyan.whatsapp.drivers.HookEvent.Stage;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Webhooks as they arrive over HTTP: whether they are genuine, whether they repeat, and what they tell.
class EvolutionWebhooksTest {

    private EvolutionWorld world = EvolutionWorld.linked(Version.V2_3_7);
    private FakeContact amal = world.fake.contact(NAME, AMAL.digits(), "Amal");

    private void use(Version version) {
        world.close();
        world = EvolutionWorld.linked(version);
        amal = world.fake.contact(NAME, AMAL.digits(), "Amal");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Message message() {
        return world.events(Message.class).getLast();
    }

    private Genuine genuine(Map<String, String> headers) {
        return world.gateway.isGenuine(world.access(), new HookRequest(headers, new byte[0]));
    }

    @Test
    void theGatewayRepeatsOurHeader() {
        amal.writes("Hello");
        world.fake.settle();

        assertThat(world.hooks)
                .isNotEmpty()
                .allMatch(hook -> world.gateway.isGenuine(world.access(), hook) == Genuine.YES);
        assertThat(genuine(Map.of("x-banyan-secret", SECRET + "x"))).isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("x-banyan-secret", ""))).isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("x-banyan-secret", "wrong", "authorization", "Bearer a.b.c")))
                .isEqualTo(Genuine.NO);
    }

    /// The key in the body is no proof: every webhook that anyone has seen contains it.
    @Test
    void withoutHeaderAndTokenItIsUnsigned() {
        String token = world.fake.instance(NAME).token();
        var request = new HookRequest(
                Map.of("apikey", token), ("{\"apikey\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThat(world.gateway.isGenuine(world.access(), request)).isEqualTo(Genuine.UNSIGNED);
        assertThat(genuine(Map.of("authorization", "Basic eDp5"))).isEqualTo(Genuine.UNSIGNED);
    }

    @Test
    void theTokenOfTheInstanceIsNotStored() {
        amal.writes("Hello “\u0000 you”");
        world.fake.settle();

        assertThat(world.hooks).isNotEmpty().allSatisfy(hook -> {
            assertThat(new String(hook.body(), StandardCharsets.UTF_8))
                    .contains(world.fake.instance(NAME).token());
            byte[] stored = world.gateway.stored(hook.body());
            assertThat(new String(stored, StandardCharsets.UTF_8))
                    .doesNotContain(world.fake.instance(NAME).token(), "apikey");
            assertThat(world.gateway.read(world.access(), stored))
                    .isEqualTo(world.gateway.read(world.access(), hook.body()));
        });
        byte[] broken = "no {json".getBytes(StandardCharsets.UTF_8);
        assertThat(world.gateway.stored(broken)).isEqualTo(broken);
    }

    @Test
    void aTokenSignedWithOurSecretIsGenuineForADay() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putObject("headers").put("jwt_key", SECRET);
        amal.writes("Hello");
        world.fake.settle();
        HookRequest hook = world.hooks.getFirst();

        assertThat(hook.header("authorization").orElseThrow()).startsWith("Bearer ");
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.YES);
        world.clock.forward(Duration.ofHours(24));
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.YES);
        world.clock.forward(Duration.ofHours(1));
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.NO);
    }

    @Test
    void aTokenSignedOtherwiseIsNot() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putObject("headers").put("jwt_key", "another");
        amal.writes("Hello");
        world.fake.settle();

        assertThat(world.gateway.isGenuine(world.access(), world.hooks.getFirst()))
                .isEqualTo(Genuine.NO);
        // {"alg":"none"}.{"exp":9999999999}.
        assertThat(genuine(Map.of("authorization", "Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.")))
                .isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("authorization", "Bearer x"))).isEqualTo(Genuine.NO);
    }

    @Test
    void repeatsHaveTheSameKeyAndOthersDoNot() {
        String id = amal.writes("Hello");
        amal.writes("Hello");
        amal.edits(id, "Hello!");
        amal.edits(id, "Hello!!");
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "SERVER_ACK");
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "READ");
        world.fake.settle();
        var keys = world.hooks.stream().map(world.gateway::repeatKey).toList();

        assertThat(keys).hasSize(6).doesNotHaveDuplicates();
        assertThat(keys).allMatch(key -> key.matches("[0-9a-f]{64}"));
        HookRequest first = world.hooks.getFirst();
        String later = new String(first.body(), StandardCharsets.UTF_8)
                .replaceFirst("date_time\":\"....", "date_time\":\"2027");
        assertThat(world.gateway.repeatKey(new HookRequest(Map.of(), later.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(keys.getFirst());
        assertThat(world.gateway.repeatKey(new HookRequest(Map.of(), "nonsense".getBytes(StandardCharsets.UTF_8))))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void aTextIsReadWithItsOwnTime() {
        String id = amal.writes("Is the shop open?");

        assertThat(message())
                .isEqualTo(new Message(
                        NAME,
                        id,
                        new ChatAddress(AMAL_JID, Optional.of(AMAL), Optional.empty()),
                        "Amal",
                        "Is the shop open?",
                        MessageContent.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        world.clock.instant()));
    }

    /// The phone of a hidden contact stands in another field in each version, and in some messages nowhere.
    @ParameterizedTest
    @CsvSource({
        "V2_3_5, 200000000000101@lid",
        "V2_3_6, 200000000000101@lid",
        "V2_3_7, 971500000101@s.whatsapp.net",
        "V2_4_0, 971500000101@s.whatsapp.net"
    })
    void hiddenContactsAreKnownByTheirPhone(Version version, String address) {
        use(version);
        amal.hidden("200000000000101").writes("Hello");

        assertThat(message().chat())
                .isEqualTo(new ChatAddress(
                        address, Optional.of(AMAL), Optional.of(address).filter(one -> one.endsWith("@lid"))));
    }

    @ParameterizedTest
    @EnumSource
    void aHiddenAddressIsNeverAPhone(Version version) {
        use(version);
        amal.onlyHidden("200000000000101").writes("Hello");

        assertThat(message().chat())
                .isEqualTo(
                        new ChatAddress("200000000000101@lid", Optional.empty(), Optional.of("200000000000101@lid")));
    }

    /// Where the gateway knows no name, it puts digits.
    @Test
    void digitsAreNoName() {
        world.fake
                .contact(NAME, AMAL.digits(), "200000000000101")
                .onlyHidden("200000000000101")
                .writes("Hello");

        assertThat(message().name()).isEmpty();
    }

    @Test
    void filesAreReadAsWhatTheyAre() {
        String picture = amal.sends("imageMessage", "image/jpeg", "this one", new byte[] {1});
        assertThat(message().text()).isEqualTo("this one");
        assertThat(message().media()).contains(new RemoteMedia(picture, "", "", "image/jpeg"));
        assertThat(message().content().kind(Optional.empty())).isEqualTo(Kind.IMAGE);

        amal.sendsVoice(new byte[] {1});
        assertThat(message().content().detail()).isEqualTo(new MessageContent.File(Kind.AUDIO, true));
        amal.sends("videoMessage", "video/mp4", "", new byte[] {1});
        assertThat(message().content().kind(Optional.empty())).isEqualTo(Kind.VIDEO);
        amal.sends("stickerMessage", "image/webp", "", new byte[] {1});
        assertThat(message().content().kind(Optional.empty())).isEqualTo(Kind.STICKER);

        ObjectNode wrapped = FakeMessages.json();
        wrapped.putObject("documentWithCaptionMessage")
                .putObject("message")
                .putObject("documentMessage")
                .put("fileName", "menu.pdf")
                .put("mimetype", "application/pdf")
                .put("caption", "The menu");
        amal.sends("3AF0DOC", wrapped);
        assertThat(message().text()).isEqualTo("The menu");
        assertThat(message().media()).contains(new RemoteMedia("3AF0DOC", "", "menu.pdf", "application/pdf"));
    }

    @Test
    void placesAndCardsAreRead() {
        amal.sendsPlace(25.07, 55.14, "Marina", "Pier 7");
        assertThat(message().text()).isEqualTo("Marina");
        assertThat(message().content().detail()).isEqualTo(new Location(25.07, 55.14, "Marina", "Pier 7"));

        amal.sendsCard("Maya", "971500000102", "Bakery");
        assertThat(message().text()).isEqualTo("Maya");
        assertThat(message().content().detail())
                .isEqualTo(new Contacts(List.of(new Contacts.Card("Maya", "+971500000102", "Bakery"))));
    }

    @Test
    void answersNameTheMessageThatTheyAnswer() {
        amal.answering("3EB0AA", true).writes("Yes");
        assertThat(message().content().quoted()).contains(new Quoted("3EB0AA", true));

        amal.answering("3AF0BB", false).writes("I mean this");
        assertThat(message().content().quoted()).contains(new Quoted("3AF0BB", false));
    }

    @Test
    void choicesAreRead() {
        ObjectNode chosen = FakeMessages.json();
        chosen.putObject("listResponseMessage")
                .put("title", "Large")
                .putObject("singleSelectReply")
                .put("selectedRowId", "size-l");
        amal.sends("3AF0CHOICE", chosen);

        assertThat(message().text()).isEqualTo("Large");
        assertThat(message().content().detail()).isEqualTo(new Picked("size-l"));
    }

    /// Its pictures come on their own.
    @Test
    void theEnvelopeOfAnAlbumIsNoMessage() {
        ObjectNode album = FakeMessages.json();
        album.putObject("albumMessage").put("expectedImageCount", 3);
        album.putObject("messageContextInfo");
        amal.sends("3AF0ALB", album);

        assertThat(world.events()).noneMatch(HookEvent.Message.class::isInstance);
    }

    @Test
    void whatCannotBeShownIsSaid() {
        ObjectNode unknown = FakeMessages.json();
        unknown.putObject("messageContextInfo");
        unknown.putObject("someNewMessage").put("x", 2);
        amal.sends("3AF0NEW", unknown);

        assertThat(message().text()).isEqualTo("This message (some new) can’t be shown here. Read it on the phone.");
    }

    @Test
    void reactionsAreAboutAnotherMessage() {
        amal.reacts("3EB0AA", "👍");
        amal.reacts("3EB0AA", "");

        assertThat(world.events(HookEvent.Reacted.class))
                .extracting(HookEvent.Reacted::provider, HookEvent.Reacted::emoji)
                .containsExactly(tuple("3EB0AA", "👍"), tuple("3EB0AA", ""));
    }

    @Test
    void editsAndDeletionsAreRead() {
        String id = amal.writes("Helo");
        amal.edits(id, "Hello");
        amal.deletes(id);

        var address = new ChatAddress(AMAL_JID, Optional.of(AMAL), Optional.empty());
        assertThat(world.events(HookEvent.Edited.class))
                .containsExactly(new HookEvent.Edited(NAME, id, address, "Hello", world.clock.instant()));
        assertThat(world.events(HookEvent.Deleted.class))
                .hasSize(2)
                .allMatch(deleted ->
                        deleted.provider().equals(id) && deleted.chat().equals(address));
    }

    /// The key may be as the contact's phone writes it: then only the id says which message it was.
    @Test
    void anEditIsNeverTakenForOneOfOurOwnNumber() {
        String id = amal.writes("Helo");
        amal.editsAsItsPhoneSeesIt(id, "Hello");

        assertThat(world.events(HookEvent.Edited.class)).singleElement().satisfies(edit -> {
            assertThat(edit.provider()).isEqualTo(id);
            assertThat(edit.chat()).isEqualTo(new ChatAddress("", Optional.empty(), Optional.empty()));
        });
    }

    /// People edit and delete messages on the phone of the number, too.
    @Test
    void whatIsChangedOnOurPhoneIsKnownByItsIdAlone() {
        amal.seesOurEdit("3EB0A1", "Hello!");
        amal.seesOurDeletion("3EB0A1");

        assertThat(world.events(HookEvent.Edited.class))
                .extracting(HookEvent.Edited::provider, HookEvent.Edited::text, HookEvent.Edited::chat)
                .containsExactly(tuple("3EB0A1", "Hello!", ChatAddress.UNKNOWN));
        assertThat(world.events(HookEvent.Deleted.class))
                .extracting(HookEvent.Deleted::provider, HookEvent.Deleted::chat)
                .containsExactly(tuple("3EB0A1", ChatAddress.UNKNOWN), tuple("3EB0A1", ChatAddress.UNKNOWN));

        FakeContact group = amal.in("120363000000000001");
        group.seesOurEdit("3EB0A2", "Hello!");
        group.seesOurDeletion("3EB0A2");
        assertThat(world.events(HookEvent.Edited.class)).as("in a group").hasSize(1);
        assertThat(world.events(HookEvent.Deleted.class)).as("in a group").hasSize(2);
    }

    /// Newer versions tell edits as updates too, and there with the contact.
    @Test
    void anEditIsReadFromAnUpdate() {
        ObjectNode data = FakeMessages.json()
                .put("keyId", "3AF01")
                .put("remoteJid", AMAL_JID)
                .put("fromMe", false);
        data.put("status", "SERVER_ACK");
        data.putObject("message").putObject("editedMessage").set("message", FakeMessages.text("Hello"));
        world.fake.tells(NAME, "messages.update", data);
        world.fake.tells(NAME, "messages.update", data.deepCopy().put("fromMe", true));

        Instant told = world.clock.instant().plus(Duration.ofHours(4));
        var address = new ChatAddress(AMAL_JID, Optional.of(AMAL), Optional.empty());
        assertThat(world.events())
                .containsExactly(
                        new HookEvent.Edited(NAME, "3AF01", address, "Hello", told),
                        new HookEvent.Edited(NAME, "3AF01", ChatAddress.UNKNOWN, "Hello", told));
    }

    @Test
    void groupsAreNamed() {
        amal.in("120363000000000001").hidden("200000000000101").writes("Hello all");

        assertThat(message().group()).contains("120363000000000001@g.us");
        assertThat(message().chat())
                .isEqualTo(
                        new ChatAddress("200000000000101@lid", Optional.of(AMAL), Optional.of("200000000000101@lid")));
    }

    @Test
    void storiesAndHistoryAreNotNewsAndWhatLeftTheNumberIsAnEcho() {
        ObjectNode story = FakeMessages.incoming(
                world.fake.instance(NAME),
                FakeMessages.stubKey("3AF0STORY", "status@broadcast"),
                "Amal",
                world.clock.instant(),
                FakeMessages.text("My day"));
        world.fake.tells(NAME, "messages.upsert", story);
        world.fake.tells(
                NAME,
                "messages.upsert",
                FakeMessages.outgoing(
                        world.fake.instance(NAME), "3EB0OWN", AMAL_JID, world.clock.instant(), FakeMessages.text("x")));
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putArray("events");
        world.fake.floods(NAME, 2_000);

        assertThat(world.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.Echo.class,
                        echo -> assertThat(echo.message().provider()).isEqualTo("3EB0OWN"));
        assertThat(world.hooks).hasSize(3);
        assertThat(world.gateway.read(world.access(), world.hooks.getLast().body()))
                .containsExactly(new Alive(NAME));
    }

    @ParameterizedTest
    @CsvSource({"SERVER_ACK, SENT", "DELIVERY_ACK, DELIVERED", "READ, READ", "PLAYED, READ"})
    void receiptsAreRead(String status, Stage stage) {
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, status);

        assertThat(world.events()).containsExactly(new Receipt(NAME, "3EB01", Optional.empty(), stage));
    }

    /// A number that a version doesn't know is told as "deleted".
    @Test
    void otherStatesAreNoReceipts() {
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "PENDING");
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "DELETED");
        String id = amal.writes("Hello");
        world.fake.acks(NAME, id, "DELIVERY_ACK");

        assertThat(world.events()).singleElement().isInstanceOf(Message.class);
    }

    @Test
    void whatWasReadOnThePhoneIsTold() {
        String id = amal.writes("Hello");
        world.fake.acks(NAME, id, "READ");

        var address = new ChatAddress(AMAL_JID, Optional.of(new Phone("+971500000101")), Optional.empty());
        assertThat(world.events()).element(1).isEqualTo(new HookEvent.Seen(NAME, id, address));
    }

    @Test
    void aCallThatNoOneTookIsALine() {
        for (String status : List.of("offer", "ringing", "timeout", "accept", "terminate")) {
            calls("CALL1", status, AMAL_JID);
        }
        calls("CALL2", "timeout", "120363000000000001@g.us");

        assertThat(world.events())
                .filteredOn(Message.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Message.class, call -> {
                    assertThat(call.text()).isEqualTo("📞 Missed video call");
                    assertThat(call.provider()).isEqualTo("call-CALL1");
                    assertThat(call.chat().phone()).contains(new Phone("+971500000101"));
                });
    }

    private void calls(String id, String status, String from) {
        world.fake.tells(
                NAME,
                "call",
                FakeMessages.json()
                        .put("id", id)
                        .put("from", from)
                        .put("chatId", from)
                        .put("status", status)
                        .put("isVideo", true)
                        .put("offline", false));
    }

    @Test
    void aRefusalThatComesLaterNamesTheLikelyReason() {
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "ERROR");

        assertThat(world.events()).singleElement().isInstanceOfSatisfying(HookEvent.Undeliverable.class, failed -> {
            assertThat(failed.provider()).isEqualTo("3EB01");
            assertThat(failed.why().why()).isEqualTo(Why.RESTRICTED);
            assertThat(failed.why().reason()).contains("new chats");
        });
    }

    @Test
    void typingIsRead() {
        amal.types(true);
        amal.types(false);

        var address = new ChatAddress(AMAL_JID, Optional.of(new Phone("+971500000101")), Optional.empty());
        assertThat(world.events())
                .containsExactly(new HookEvent.Typing(NAME, address, true), new HookEvent.Typing(NAME, address, false));
    }

    @Test
    void whatWeHaveNoUseForIsASignOfLife() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putArray("events");
        world.fake.tells(NAME, "chats.upsert", FakeMessages.json());
        world.fake.tells(NAME, "something.new", FakeMessages.json());

        assertThat(world.hooks)
                .allMatch(
                        hook -> world.gateway.read(world.access(), hook.body()).equals(List.of(new Alive(NAME))));
    }

    @Test
    void nonsenseIsNothing() {
        for (String body : List.of("", "null", "[]", "{}", "{\"event\":\"messages.upsert\"}", "\"x\"", "{\"event\":")) {
            assertThat(world.gateway.read(world.access(), body.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
        for (String data : List.of("null", "[]", "7", "{}", "{\"key\":7}", "{\"key\":{\"id\":\"1\"},\"message\":7}")) {
            String body = "{\"event\":\"messages.upsert\",\"instance\":\"shop\",\"data\":" + data + "}";
            assertThat(world.gateway.read(world.access(), body.getBytes(StandardCharsets.UTF_8)))
                    .containsExactly(new Alive("shop"));
        }
    }

    /// Addresses by event are another way of its gateway to say the same.
    @Test
    void addressesByEventChangeNothing() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.put("webhookByEvents", true);
        amal.writes("Hello");

        assertThat(message().text()).isEqualTo("Hello");
    }

    /// A webhook that we couldn't take comes again; one that we refused does not.
    @Test
    void webhooksAreRepeatedUnlessWeRefuseThem() {
        world.receiverAnswers(503);
        amal.writes("Hello");
        assertThat(world.fake.waitingWebhooks()).isEqualTo(1);
        world.receiverAnswers(200);
        world.hooks.clear();
        world.fake.timePasses(Duration.ofSeconds(5));
        assertThat(world.hooks).hasSize(1);

        world.receiverAnswers(401);
        amal.writes("Hello again");
        assertThat(world.fake.waitingWebhooks()).isZero();
    }

    @Test
    void anHourOfWebhooksInOneBurstTellsAllOfItTwiceAndInAnyOrder() {
        world.fake.holdWebhooks();
        world.fake.copies(2);
        for (int i = 0; i < 60; i++) {
            amal.writes("3AF0BURST" + i, "Message " + i);
            world.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(world.hooks).isEmpty();

        world.fake.burst(7);

        assertThat(world.hooks).hasSize(120);
        assertThat(world.hooks.stream().map(world.gateway::repeatKey).distinct())
                .hasSize(60);
        assertThat(world.events(Message.class).stream().map(Message::provider).distinct())
                .hasSize(60);
        assertThat(world.events(Message.class).stream().map(Message::at).distinct())
                .hasSize(60);
    }
}
