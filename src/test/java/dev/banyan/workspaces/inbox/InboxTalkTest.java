package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld.Guest;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.history.QuotedMessageStore;
import dev.banyan.whatsapp.messages.Deliveries;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.SendCounters;
import dev.banyan.whatsapp.messages.SendingAbilities;
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.whatsapp.messages.Wake;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages of all kinds in an inbox, over simulated numbers on the running server.
@QuarkusTest
class InboxTalkTest {

    private static final AtomicInteger PHONE = new AtomicInteger(8_000);
    private static final String IN = "/api/whatsapp/simulator/messages";
    private static final Phone RANIA = new Phone("+971500000301");

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    Database database;

    @Inject
    Inbox inbox;

    @Inject
    InboxReplies replies;

    @Inject
    AnsweringNumbers numbers;

    @Inject
    AgentTyping typing;

    @Inject
    SimulatedContacts customers;

    @Inject
    Senders senders;

    @Inject
    Pools pools;

    @Inject
    NumberWatch health;

    @Inject
    InboxLines lines;

    @Inject
    Attachments attachments;

    @Inject
    Event<Mentioned> mentioned;

    @Inject
    Wake wake;

    @Inject
    Deliveries deliveries;

    @Inject
    SendCounters counters;

    @Inject
    Audit audit;

    @Inject
    Uuids uuids;

    private Workspace sales;
    private Guest omar;
    private TestClient acme;
    private TestClient agent;
    private String client = "";
    private String page = "";

    @BeforeEach
    void aWorkspaceWithALinkedNumber() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        AccountContext owner = rooms.world().context(rooms.world().acme());
        omar = rooms.world().guest(owner, sales, rooms.world().name("omar"), WorkspaceRole.AGENT);
        agent = TestClient.of(omar);
        client = acme.post(
                        "/api/whatsapp/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, client, "+97150000" + PHONE.incrementAndGet());
        page = "/s/" + sales.shortPath() + "/inbox/" + thread();
    }

    private ConversationId thread() {
        return Contact.conversationOf(sales.id(), RANIA);
    }

    private Member member() {
        return database.read(tx -> new Member(
                Actor.SERVER,
                new WorkspaceStore(tx).findById(sales.id()).orElseThrow().workspace(),
                false,
                new WorkspaceUserStore(tx)
                        .find(sales.owner().tenant(), sales.id(), omar.id())
                        .orElseThrow(),
                "no session"));
    }

    private void customer(Object... more) {
        var body = new HashMap<String, Object>(
                Map.of("subClientId", sales.id().value(), "from", RANIA.e164(), "name", "Rania Aziz"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        Answer answer = acme.post(IN, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private String upload(String name, String content) {
        return acme.upload(
                        "/api/whatsapp/media",
                        Map.of(),
                        name,
                        content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .json()
                .at("/data/id")
                .asText();
    }

    private List<Message> messages() {
        return inbox.read(member(), thread(), Optional.empty(), 100)
                .map(ThreadPart::messages)
                .orElse(List.of());
    }

    @Test
    void everyKindIsShownAndUnknownFilesAreOnlyDownloaded() {
        customer("type", "location", "location", Map.of("latitude", 25.0805, "longitude", 55.1403, "name", "Marina"));
        customer("type", "contact", "contact", Map.of("name", "Amal K", "phone", "+971500000309"));
        customer("type", "document", "media", upload("menu.pdf", "%PDF-1.7 menu"));
        customer("type", "audio", "media", upload("voice.ogg", "OggS\u0000\u0002voice"));
        customer("type", "video", "media", upload("shop.mp4", "\u0000\u0000\u0000\u0020ftypisomvideo"));
        Eventually.holds(() -> messages().size() == 5);

        String html = agent.get(page).text();
        assertThat(html)
                .contains("25.08050, 55.14030", "Amal K", "+971500000309", "menu.pdf")
                .contains("<audio controls", "<video controls")
                .doesNotContain("<img src=\"http");
        assertThat(agent.get(page).header("Content-Security-Policy").orElseThrow())
                .contains("media-src 'self'");
        String file = html.replaceAll("(?s).*?href=\"([^\"]+/files/[^\"]+)\" download><svg.*?menu.pdf.*", "$1");
        Answer pdf = agent.get(file);
        assertThat(pdf.status()).as(file).isEqualTo(200);
        assertThat(pdf.header("Content-Disposition").orElseThrow()).startsWith("attachment");
        Answer part = agent.with("Range", "bytes=1-3").get(file);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PDF");
        assertThat(part.header("Content-Range")).contains("bytes 1-3/13");
        assertThat(agent.with("Range", "bytes=99-").get(file).status()).isEqualTo(200);
        JsonNode listed = agent.get(
                        "/api/sub-client/inbox/threads/" + thread() + "/messages?shortPath=" + sales.shortPath())
                .json()
                .at("/data/messages");
        assertThat(listed.at("/0/content/type").asText()).isEqualTo("location");
        assertThat(listed.at("/3/content/media/type").asText()).isEqualTo("audio/ogg");
    }

    @Test
    void whatContactsChangeIsShownAndOpenInboxesHearOfIt() {
        customer("text", "Blu set?");
        Eventually.holds(() -> messages().size() == 1);
        String id = messages().getFirst().id().toString();
        String path = "/s/" + sales.shortPath() + "/inbox/ws";
        try (SocketClient open = SocketClient.open(path, SocketClient.headers(omar.cookie()))) {
            open.say("ping");
            assertThat(open.next()).contains("pong");
            customer("type", "typing");
            JsonNode types = TestClient.parse(open.next());
            assertThat(types.path("type").asText()).isEqualTo("typing");
            assertThat(types.path("thread").asText()).isEqualTo(thread().toString());
            assertThat(types.path("typing").asBoolean()).isTrue();
            customer("type", "edit", "message", id, "text", "Blue set?");
            assertThat(open.next()).contains("\"changed\"", thread().toString());
        }
        assertThat(agent.get(page).text()).contains("Blue set?", "edited").doesNotContain("Blu set?");
        assertThat(lastText()).isEqualTo("Blue set?");
        customer("type", "delete", "message", id);
        Eventually.holds(() -> agent.get(page).text().contains("This message was deleted."));
        assertThat(agent.get(page).text()).doesNotContain("Blue set?");
        assertThat(lastText()).isEqualTo(ContactActs.DELETED);
    }

    private String lastText() {
        return inbox.thread(member(), thread())
                .map(InboxThread::last)
                .orElseThrow()
                .text();
    }

    @Test
    void aCertainMessageIsAnsweredAndTheQuestionStandsAboveIt() {
        customer("text", "Is it blue?");
        customer("text", "And how much?");
        Eventually.holds(() -> messages().size() == 2);
        Message question = messages().getFirst();

        assertThat(agent.get(page + "?reply=" + question.id()).text()).contains("value=\"" + question.id() + "\"");
        Answer sent = agent.form(
                page,
                "key",
                "k1",
                "kind",
                "reply",
                "message",
                "Yes, it is.",
                "replyTo",
                question.id().toString());
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);

        String html = agent.get(page).text();
        assertThat(html).contains("href=\"#m-" + question.id() + "\"", "id=\"m-" + question.id() + "\"");
        Eventually.holds(() -> customers
                                .screen(sales.owner().tenant(), new SenderId(client), RANIA)
                                .lines()
                                .size()
                        == 3
                || forward());
        assertThat(customers
                        .screen(sales.owner().tenant(), new SenderId(client), RANIA)
                        .lines()
                        .getLast()
                        .quoted())
                .contains("Is it blue?");
    }

    @Test
    void anAnswerNamesAMessageOfTheThread() {
        customer("text", "Is it blue?");
        Eventually.holds(() -> messages().size() == 1);
        String api = "/api/sub-client/inbox/threads/" + thread() + "/messages";
        JsonNode ours = write(api, "Yes, it is.", messages().getFirst().id().toString());
        assertThat(ours.at("/content/replyTo").asText())
                .isEqualTo(messages().getFirst().id().toString());
        String ordered = messages().getLast().outgoing().orElseThrow().toString();
        Eventually.holds(() -> forwarded(() -> !customers
                        .screen(sales.owner().tenant(), new SenderId(client), RANIA)
                        .lines()
                        .isEmpty()
                && isSent(ordered)));

        customer("text", "Then I take it", "replyTo", ordered);
        Eventually.holds(() -> messages().size() == 3);

        JsonNode listed =
                agent.get(api + "?shortPath=" + sales.shortPath()).json().at("/data/messages");
        assertThat(listed.at("/2/content/replyTo").asText())
                .isEqualTo(listed.at("/1/id").asText())
                .isNotEqualTo(ordered);
        JsonNode again = write(api, "Great", listed.at("/1/id").asText());
        assertThat(again.at("/content/replyTo").asText())
                .isEqualTo(listed.at("/1/id").asText());
        for (String wrong : List.of("nonsense", ordered, UUID.randomUUID().toString())) {
            assertThat(agent.post(api, body("Great", wrong)).error())
                    .isEqualTo("replyTo must be the id of a message of this conversation");
        }
    }

    private Map<String, String> body(String text, String replyTo) {
        return Map.of("shortPath", sales.shortPath(), "message", text, "replyTo", replyTo);
    }

    private JsonNode write(String api, String text, String replyTo) {
        Answer sent = agent.post(api, body(text, replyTo));
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        return sent.json().at("/data/message");
    }

    private boolean isSent(String outgoing) {
        return !database.<Map<UUID, QuotedMessageStore.OnWhatsApp>>read(tx -> new QuotedMessageStore(tx)
                        .onWhatsApp(sales.owner().tenant(), List.of(UUID.fromString(outgoing))))
                .isEmpty();
    }

    private boolean forwarded(BooleanSupplier done) {
        return done.getAsBoolean() || forward();
    }

    private boolean forward() {
        clock.forward(java.time.Duration.ofSeconds(2));
        return false;
    }

    @Test
    void anAgentReactsWithAnEmojiOfItsOwnThreadsAlone() {
        customer("text", "Thank you");
        Eventually.holds(() -> messages().size() == 1);
        String at = page + "/messages/" + messages().getFirst().id() + "/reaction";

        assertThat(agent.form(at, "emoji", "👍").status()).isEqualTo(303);
        assertThat(agent.get(page).text()).contains("<span class=\"badge\">👍</span>");
        assertThat(messages()).hasSize(1);
        assertThat(agent.form(at, "emoji", "ok").status()).isEqualTo(422);
        assertThat(agent.form(page + "/messages/" + UUID.randomUUID() + "/reaction", "emoji", "👍")
                        .status())
                .isEqualTo(404);
        assertThat(agent.form(at, "emoji", "").status()).isEqualTo(303);
        assertThat(agent.get(page).text()).doesNotContain("<span class=\"badge\">👍</span>");

        customer(
                "type",
                "reaction",
                "replyTo",
                messages().getFirst().id().toString(),
                "reaction",
                Map.of("emoji", "🎉"));
        Eventually.holds(() -> agent.get(page).text().contains("<span class=\"badge\">🎉</span>"));
    }

    @Test
    void readersAndTypistsAreSeenByTheContact() {
        customer("text", "Hello?");
        Eventually.holds(() -> messages().size() == 1);

        assertThat(agent.form(page + "/read", "read", "yes").status()).isEqualTo(303);

        Eventually.holds(() -> customers
                .screen(sales.owner().tenant(), new SenderId(client), RANIA)
                .lines()
                .getLast()
                .read());
        assertThat(typing.types(member(), thread())).isTrue();
        assertThat(typing.types(member(), thread())).as("once in ten seconds").isFalse();
        Eventually.holds(() -> customers
                .screen(sales.owner().tenant(), new SenderId(client), RANIA)
                .typing());
        clock.forward(AgentTyping.EVERY);
        assertThat(typing.types(member(), thread())).isTrue();
    }

    @Test
    void anotherHealthyNumberOfThePoolAnswersWhenItIsChosen() {
        customer("text", "Hello?");
        Eventually.holds(() -> messages().size() == 1);
        var tenant = sales.owner().tenant();
        Sender servant = ((Senders.Added.Done) senders.addServant(
                        tenant,
                        Actor.SERVER,
                        new Senders.NewServant(
                                new SenderId(client),
                                "+97150000" + PHONE.incrementAndGet(),
                                "Second desk",
                                Optional.of("support"))))
                .sender();
        assertThat(agent.form(page + "/number", "sender", servant.id().value()).status())
                .as("not linked yet")
                .isEqualTo(422);
        linked(servant);

        assertThat(agent.get(page).text()).contains("Reply from another number", "Second desk");
        assertThat(agent.form(page + "/number", "sender", servant.id().value()).status())
                .isEqualTo(303);

        assertThat(numbers.of(
                                member().workspace(),
                                inbox.thread(member(), thread()).orElseThrow())
                        .current()
                        .map(Sender::id))
                .contains(servant.id());
        replies.reply(member(), thread(), "k1", "From the second desk", List.of());
        Eventually.holds(() -> rooms.world()
                .select(
                        "SELECT sender_id FROM outgoing_messages WHERE tenant_id = ? AND body = 'From the second desk'"
                                + " AND sender_id IS NOT NULL",
                        tenant.toString())
                .equals(List.of(servant.id().value())));
        assertThat(agent.form(page + "/number", "sender", "nonsense").status()).isEqualTo(422);
    }

    private void linked(Sender servant) {
        acme.post("/api/whatsapp/servants/" + servant.id() + "/link", "{}");
        rooms.scan(sales, servant.id().value(), servant.phone().orElseThrow().e164());
        Eventually.holds(() -> pools.sender(servant.tenant(), servant.id())
                .filter(now -> now.state().isActive())
                .isPresent());
    }

    @Test
    void afterADayWithoutAMessageOnlyTemplatesAreSent() {
        customer("text", "Hello?");
        Eventually.holds(() -> messages().size() == 1);
        rooms.world().sql("UPDATE senders SET driver = 'cloud' WHERE id = ?", client);
        assertThat(agent.get(page).text()).doesNotContain("The 24-hour window is closed.");
        rooms.world()
                .sql(
                        "UPDATE incoming_messages SET created_at = ? WHERE master_id = ?",
                        clock.instant().minus(AnsweringNumbers.WINDOW).toEpochMilli(),
                        client);

        assertThat(agent.get(page).text()).contains("The 24-hour window is closed.", "no approved templates yet");
        assertThat(replies.reply(member(), thread(), "k1", "Hello", List.of()))
                .isInstanceOfSatisfying(
                        Sent.Rejected.class,
                        refused ->
                                assertThat(refused.invalid().apiMessage()).startsWith("The 24-hour window is closed"));

        var entry = new TemplateBook.Entry(
                "order_ready",
                "en_US",
                "Hello {{1}}, order {{2}} is ready.",
                0,
                List.of("1", "2"),
                false,
                List.of(new TemplateBook.Button("Track", "url")));
        TemplateBook book = (_, _) -> List.of(entry);
        InboxReplies cloud = over(book);
        assertThat(cloud.template(member(), thread(), "k2", "order_ready|en_US", List.of("Rania")))
                .isInstanceOf(Sent.Rejected.class);
        assertThat(cloud.template(member(), thread(), "k2", "other|en_US", List.of()))
                .isInstanceOf(Sent.Rejected.class);
        Sent sent = cloud.template(member(), thread(), "k2", "order_ready|en_US", List.of("Rania", "42", "abc"));
        assertThat(sent).isInstanceOf(Sent.Done.class);
        Message message = ((Sent.Done) sent).message();
        assertThat(message.text()).isEqualTo("Hello Rania, order 42 is ready.");
        assertThat(database.read(tx -> new dev.banyan.whatsapp.OutgoingStore(tx)
                                .find(sales.owner().tenant(), message.outgoing().orElseThrow()))
                        .orElseThrow()
                        .content()
                        .detail())
                .isEqualTo(new MessageContent.Template(
                        "order_ready",
                        "en_US",
                        List.of(),
                        List.of("Rania", "42"),
                        List.of(),
                        List.of(new MessageContent.TemplateButton(0, "url", "abc"))));
        var answering = new AnsweringNumbers(database, health, book, lines, clock)
                .of(member().workspace(), inbox.thread(member(), thread()).orElseThrow());
        assertThat(answering.isClosed()).isTrue();
        assertThat(answering.templates()).containsExactly(entry);
    }

    /// The replies of a server whose number is of the business platform.
    private InboxReplies over(TemplateBook book) {
        var abilities = new SendingAbilities(List.of(new Platform()));
        var outgoing = new Outgoing(database, wake, deliveries, counters, abilities, audit, uuids, clock);
        var numbersOfIt = new AnsweringNumbers(database, health, book, lines, clock);
        return new InboxReplies(
                database,
                attachments,
                lines,
                new WhatsAppReplies(outgoing, numbersOfIt),
                book,
                mentioned,
                uuids,
                clock);
    }

    private record Platform() implements Driver {

        @Override
        public DriverKind kind() {
            return DriverKind.CLOUD;
        }

        @Override
        public void listen(DriverListener listener) {}

        @Override
        public Set<Capability> capabilities(SenderKey sender) {
            return Set.of(Capability.values());
        }

        @Override
        public void link(SenderKey sender) {}

        @Override
        public Optional<String> pairingCode(SenderKey sender, Phone phone) {
            return Optional.empty();
        }

        @Override
        public void cancel(SenderKey sender) {}

        @Override
        public void connect(SenderKey sender) {}

        @Override
        public void stop(SenderKey sender) {}

        @Override
        public void release(SenderKey sender) {}

        @Override
        public void send(SenderKey sender, OutgoingMessage message) {}

        @Override
        public boolean answers(SenderKey sender) {
            return true;
        }
    }
}
