package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMAL;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.MessageContent.Choices;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages of all kinds without files, to people who wrote in the last 24 hours; and what happens when sending breaks.
class CloudSendingTest {

    private final CloudWorld world = new CloudWorld();

    @BeforeEach
    void open() {
        world.opened();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode sent(MessageContent.Detail detail, String text) {
        assertThat(world.send(detail, text)).isInstanceOf(SendResult.Sent.class);
        return world.accepted();
    }

    @Test
    void aTextCarriesOurId() {
        OutgoingMessage message = world.text("Yes, until 22:00");

        SendResult result = world.send(message);

        JsonNode body = world.accepted();
        assertThat(result)
                .isEqualTo(new SendResult.Sent(
                        world.meta.sending().sent().getFirst().wamid(), Optional.of("971500000101"), Optional.empty()));
        assertThat(body.path("to").asText()).isEqualTo("971500000101");
        assertThat(body.path("text").path("body").asText()).isEqualTo("Yes, until 22:00");
        assertThat(body.path("text").path("preview_url").asBoolean()).isFalse();
        assertThat(body.path("biz_opaque_callback_data").asText())
                .isEqualTo(message.id().toString());
        assertThat(world.meta.requests()).singleElement().satisfies(request -> {
            assertThat(request.uri().getPath()).isEqualTo("/v26.0/300000000000001/messages");
            assertThat(request.header("authorization")).contains("Bearer " + FakeCloud.TOKEN);
        });
    }

    @ParameterizedTest
    @CsvSource({"held_for_quality_assessment, holds back messages until", "paused, has paused messages because"})
    void whatIsTakenAndNotDeliveredYetIsSaid(String status, String why) {
        world.meta.sending().answersWith(status);

        assertThat(world.send(world.text("New in our shop")))
                .isInstanceOfSatisfying(
                        SendResult.Sent.class,
                        sent -> assertThat(sent.held().orElseThrow()).contains(why));
    }

    @Test
    void aLinkIsPreviewed() {
        assertThat(sent(new MessageContent.Plain(), "See https://shop.example")
                        .path("text")
                        .path("preview_url")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aReplyNamesItsMessage() {
        var content = MessageContent.PLAIN.answering(new Quoted("wamid.abc", false));

        world.send(world.message("Yes", content, Optional.empty()));

        assertThat(world.accepted().path("context").path("message_id").asText()).isEqualTo("wamid.abc");
    }

    @Test
    void aReactionIsForAMessageAndCanBeWithdrawn() {
        String wamid = world.meta.contacts().writes(world.sweets, AMAL, "Thank you");
        var quoted = new Quoted(wamid, false);
        for (String emoji : List.of("👍", "")) {
            assertThat(world.send(world.message(
                            "",
                            MessageContent.of(new MessageContent.Reaction(emoji))
                                    .answering(quoted),
                            Optional.empty())))
                    .isInstanceOf(SendResult.Sent.class);
        }

        assertThat(world.meta.sending().sent())
                .extracting(one -> one.body().path("reaction").toString())
                .containsExactly(
                        "{\"message_id\":\"" + wamid + "\",\"emoji\":\"👍\"}",
                        "{\"message_id\":\"" + wamid + "\",\"emoji\":\"\"}");
        assertThat(notSent(world.send(new MessageContent.Reaction("👍"), "")).why())
                .isEqualTo(Why.MESSAGE);
    }

    @Test
    void aPlaceHasANameOnlyIfThereIsOne() {
        JsonNode body = sent(new MessageContent.Location(25.08, 55.14, "Shop", ""), "Shop");

        assertThat(body.path("location").toString())
                .isEqualTo("{\"latitude\":25.08,\"longitude\":55.14,\"name\":\"Shop\"}");
    }

    @Test
    void contactCardsHaveTwoNames() {
        JsonNode cards = sent(
                        new Contacts(List.of(
                                new Contacts.Card("Noura Al Hashimi", "+971500000102", "Marina Sweets"),
                                new Contacts.Card("", "+971500000103", ""))),
                        "")
                .path("contacts");

        assertThat(cards.path(0).path("name").toString())
                .isEqualTo("{\"formatted_name\":\"Noura Al Hashimi\",\"first_name\":\"Noura\",\"last_name\":\"Al"
                        + " Hashimi\"}");
        assertThat(cards.path(0).path("phones").path(0).path("wa_id").asText()).isEqualTo("971500000102");
        assertThat(cards.path(0).path("org").path("company").asText()).isEqualTo("Marina Sweets");
        assertThat(cards.path(1).path("name").path("formatted_name").asText()).isEqualTo("+971500000103");
    }

    @Test
    void buttonsAreInteractive() {
        JsonNode interactive = sent(
                        new MessageContent.Buttons(
                                "Order",
                                "Marina Sweets",
                                List.of(new Choice("yes", "Yes", ""), new Choice("", "No", ""))),
                        "Shall we deliver?")
                .path("interactive");

        assertThat(interactive.path("type").asText()).isEqualTo("button");
        assertThat(interactive.path("header").path("text").asText()).isEqualTo("Order");
        assertThat(interactive.path("body").path("text").asText()).isEqualTo("Shall we deliver?");
        assertThat(interactive.path("footer").path("text").asText()).isEqualTo("Marina Sweets");
        assertThat(interactive.path("action").path("buttons"))
                .extracting(button -> button.path("reply").path("id").asText())
                .containsExactly("yes", "No");
    }

    @Test
    void aListHasSections() {
        JsonNode interactive = sent(
                        new Choices(
                                "",
                                "",
                                "Choose",
                                List.of(new Choices.Section("Cakes", List.of(new Choice("r1", "Honey", "1 kg"))))),
                        "What would you like?")
                .path("interactive");

        assertThat(interactive.has("header")).isFalse();
        assertThat(interactive.path("action").toString())
                .isEqualTo("{\"button\":\"Choose\",\"sections\":[{\"title\":\"Cakes\",\"rows\":[{\"id\":\"r1\","
                        + "\"title\":\"Honey\",\"description\":\"1 kg\"}]}]}");
    }

    @Test
    void whatMetaRefusesIsAnErrorOfTheMessage() {
        var four = new MessageContent.Buttons(
                "",
                "",
                List.of(
                        new Choice("1", "One", ""),
                        new Choice("2", "Two", ""),
                        new Choice("3", "Three", ""),
                        new Choice("4", "Four", "")));

        assertThat(notSent(world.send(four, "Choose")).why()).isEqualTo(Why.MESSAGE);
        assertThat(notSent(world.send(world.text("x".repeat(4_097)))).why()).isEqualTo(Why.MESSAGE);
        assertThat(world.meta.sending().sent()).isEmpty();
    }

    /// WhatsApp hides the number of contacts with a user name; they are answered by an id.
    @Test
    void aHiddenContactIsARecipient() {
        String hidden = "AE.13491200000000000001";
        world.meta.contacts().writes(world.sweets, new FakeContacts.Contact("", "Amal", hidden), "Hello");

        SendResult result =
                world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.of(hidden));

        assertThat(result).isInstanceOf(SendResult.Sent.class);
        assertThat(world.accepted().path("recipient").asText()).isEqualTo(hidden);
        assertThat(world.accepted().has("to")).isFalse();
    }

    @Test
    void aContactWithAnotherIdIsSentToThatId() {
        world.meta.contacts().writes(world.sweets, new FakeContacts.Contact("5215500000001", "Luz"), "Hola");

        world.gateway.send(world.line(), world.text("Hola"), Optional.empty(), Optional.of("5215500000001"));

        assertThat(world.accepted().path("to").asText()).isEqualTo("5215500000001");
    }

    // Read receipts and typing.

    @Test
    void theLastMessageIsMarkedAsRead() {
        String first = world.meta.contacts().writes(world.sweets, AMAL, "Hello");
        String last = world.meta.contacts().writes(world.sweets, AMAL, "Anyone there?");

        assertThat(done(world.gateway.seen(world.line(), "971500000101", List.of(first, last))))
                .isTrue();

        assertThat(world.meta.sending().receipts())
                .singleElement()
                .satisfies(body -> assertThat(body.toString())
                        .isEqualTo("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"" + last
                                + "\"}"));
        assertThat(done(world.gateway.seen(world.line(), "971500000101", List.of())))
                .isTrue();
        assertThat(failed(world.gateway.seen(world.line(), "971500000101", List.of("wamid.unknown")))
                        .kind())
                .isEqualTo(Trouble.Kind.REFUSED);
    }

    @Test
    void typingNeedsAMessageToAnswer() {
        String wamid = world.meta.contacts().writes(world.sweets, AMAL, "Hello");

        assertThat(done(world.gateway.typing(world.line(), "971500000101", Optional.of(wamid), true)))
                .isTrue();
        assertThat(done(world.gateway.typing(world.line(), "971500000101", Optional.empty(), true)))
                .isFalse();
        assertThat(done(world.gateway.typing(world.line(), "971500000101", Optional.of(wamid), false)))
                .isTrue();

        assertThat(world.meta.sending().receipts())
                .singleElement()
                .satisfies(body -> assertThat(
                                body.path("typing_indicator").path("type").asText())
                        .isEqualTo("text"));
    }

    // What breaks.

    @Test
    void nothingIsSentToAServerThatIsDown() {
        world.meta.kill();

        SendResult.NotSent not = notSent(world.send(world.text("Hello")));

        assertThat(not.why()).isEqualTo(Why.LATER);
        world.meta.restart();
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aConnectionThatBreaksLeavesItUnknown() {
        OutgoingMessage message = world.text("Hello");
        world.meta.faults().next("messages", new Fault.Broken(true), new Fault.Broken(false));

        assertThat(world.send(message)).isInstanceOf(SendResult.Unknown.class);
        assertThat(world.meta.sending().copies(message.id().toString())).isEqualTo(1);
        assertThat(world.send(world.text("Again"))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void anAnswerThatDoesntComeLeavesItUnknown() {
        OutgoingMessage message = world.text("Hello");
        world.meta.faults().next("messages", new Fault.Hang(true));

        SendResult result =
                world.gateway(Duration.ofMillis(200)).send(world.line(), message, Optional.empty(), Optional.empty());

        assertThat(result).isInstanceOf(SendResult.Unknown.class);
        Eventually.holds(() -> world.meta.sending().copies(message.id().toString()) == 1);
    }

    @Test
    void aServerThatDiesWhileItSendsLeavesItUnknown() {
        world.meta.faults().next("messages", new Fault.Hang(false));
        var result = CompletableFuture.supplyAsync(() -> world.send(world.text("Hello")));
        Eventually.holds(() -> !world.meta.requests().isEmpty());

        world.meta.kill();

        assertThat(result.join()).isInstanceOf(SendResult.Unknown.class);
    }

    /// Meta's own error is an answer. An error page of a server in between is none, unless nobody was there.
    @Test
    void errorsOfServersAreToldApart() {
        world.meta
                .faults()
                .next(
                        "messages",
                        new Fault.Code(131000),
                        new Fault.Code(131016),
                        new Fault.Bare(503),
                        new Fault.Bare(429),
                        new Fault.Bare(500),
                        new Fault.Bare(502));

        for (int i = 0; i < 4; i++) {
            SendResult.NotSent not = notSent(world.send(world.text("Hello")));
            assertThat(not.why()).isEqualTo(Why.LATER);
            assertThat(not.until())
                    .hasValueSatisfying(until -> assertThat(until).isAfter(world.clock.instant()));
        }
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Unknown.class);
        assertThat(world.send(world.text("Hello"))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void aTokenThatExpiresStopsTheNumberNotTheMessage() {
        world.meta.token("EAAnew");

        SendResult.NotSent not = notSent(world.send(world.text("Hello")));

        assertThat(not.why()).isEqualTo(Why.CREDENTIALS);
        assertThat(not.why().isTemporary()).isTrue();
        assertThat(not.reason()).contains("Enter a new one").doesNotContain(FakeCloud.TOKEN);
        assertThat(world.gateway.send(
                        world.lineWith("EAAnew"), world.text("Hello"), Optional.empty(), Optional.empty()))
                .isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aPrivateAddressThatMayNotBeCalledIsNamed() {
        var access = world.access("http://10.1.2.3:8080", CloudWorld.HOOK, "x", Optional.empty());

        SendResult.NotSent not = notSent(world.gateway.send(
                world.line(access, world.sweets.id()), world.text("Hello"), Optional.empty(), Optional.empty()));

        assertThat(not.why()).isEqualTo(Why.DISCONNECTED);
        assertThat(not.reason()).contains("BANYAN_OUTBOUND_ALLOW");
    }

    @Test
    void anAnswerWithoutAnIdLeavesItUnknown() throws Exception {
        try (var odd = new OddServer("{\"messaging_product\":\"whatsapp\",\"messages\":[]}")) {
            var access = world.access(odd.url().toString(), CloudWorld.HOOK, "x", Optional.empty());

            assertThat(world.gateway.send(
                            world.line(access, "1"), world.text("Hello"), Optional.empty(), Optional.empty()))
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    /// Answers everything alike.
    private static final class OddServer implements AutoCloseable {

        private final HttpServer server;

        OddServer(String answer) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
