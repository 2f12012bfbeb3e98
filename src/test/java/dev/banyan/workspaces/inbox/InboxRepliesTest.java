package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.SampleFiles;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.chat.Conversations;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages written in an inbox and where they go: over the workspace's number, into a chat, or nowhere.
@QuarkusTest
class InboxRepliesTest {

    private static final Phone RANIA = new Phone("+971500000101");
    private static final String THREADS = "/api/sub-client/inbox/threads";

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Inbox inbox;

    @Inject
    InboxReplies replies;

    @Inject
    ContactAnswers answers;

    @Inject
    Conversations conversations;

    @Inject
    WorkspaceNumbers numbers;

    @Inject
    Event<MessageArriving> arriving;

    @Inject
    Event<HandoverRequested> awaited;

    @Inject
    Uuids uuids;

    @Inject
    Clock clock;

    private Workspace sales;
    private SenderId number;
    private Guest amira;
    private Guest omar;

    @BeforeEach
    void aWorkspaceWithANumber() {
        AccountContext acme = world.context(world.acme());
        sales = world.workspace(acme, world.project(acme, "Plates"), "Sales");
        amira = world.guest(acme, sales, world.name("amira"), WorkspaceRole.ADMIN);
        omar = world.guest(acme, sales, world.name("omar"), WorkspaceRole.AGENT);
        number = Outcomes.value(numbers.create(new WorkspaceActor.ProjectSide(acme), sales.id()))
                .id();
    }

    @Test
    void aReplyIsStoredAndOrderedOnce() {
        ConversationId thread = arrives("Is the blue set back in stock?");

        Sent first = replies.reply(member(amira), thread, "k1", "Six arrive tomorrow.", List.of());
        Sent again = replies.reply(member(amira), thread, "k1", "Six arrive tomorrow.", List.of());

        Message reply = ((Sent.Done) first).message();
        assertThat(((Sent.Done) again).again()).isTrue();
        assertThat(((Sent.Done) again).message()).isEqualTo(reply);
        assertThat(reply.author()).isEqualTo(Author.AGENT);
        assertThat(reply.by()).contains(new Message.By(amira.id(), amira.username()));
        assertThat(world.select(
                        "SELECT body || phone || master_id FROM outgoing_messages WHERE idempotency_key = ?",
                        reply.id().toString()))
                .containsExactly("Six arrive tomorrow." + RANIA + number);
        InboxThread after = thread(thread);
        assertThat(after.unread()).isZero();
        assertThat(after.handedOver()).isTrue();
        assertThat(after.last().text()).isEqualTo("Six arrive tomorrow.");
    }

    @Test
    void manyRepliesAtOnceAllLeaveInPlacesWithoutGaps() {
        ConversationId thread = arrives("hello");
        long before = ordered();

        AtOnce.run(
                10,
                run -> replies.reply(
                        member(run % 2 == 0 ? amira : omar), thread, "k" + run, "reply " + run, List.of()));

        assertThat(messages(thread).stream().map(Message::position))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(ordered() - before).isEqualTo(10);
    }

    @Test
    void anUncertainReplyIsLeftByWhoMaySeeItAndByNobodyElse() {
        ConversationId thread = arrives("hello");
        Message reply = ((Sent.Done) replies.reply(member(amira), thread, "k1", "hello", List.of())).message();
        String way = reply.outgoing().orElseThrow().toString();
        world.sql("UPDATE outgoing_messages SET state = 'uncertain' WHERE id = ?", way);
        AccountContext acme = world.context(world.acme());
        Workspace support = world.workspace(acme, world.project(acme, "Elsewhere"), "Support");
        Guest neighbour = world.guest(acme, support, world.name("leila"), WorkspaceRole.ADMIN);
        String path = "/inbox/" + thread + "/messages/" + reply.id();

        assertThat(TestClient.of(neighbour)
                        .form("/s/" + support.shortPath() + path, Map.of("do", "again"))
                        .status())
                .isEqualTo(404);
        assertThat(world.select("SELECT state FROM outgoing_messages WHERE id = ?", way))
                .containsExactly("uncertain");
        assertThat(TestClient.of(omar)
                        .get("/s/" + sales.shortPath() + "/inbox/" + thread)
                        .text())
                .contains("Send again", "mark as failed");
        assertThat(TestClient.of(omar)
                        .form("/s/" + sales.shortPath() + path, Map.of("do", "leave"))
                        .status())
                .isEqualTo(303);
        assertThat(world.select("SELECT state FROM outgoing_messages WHERE id = ?", way))
                .containsExactly("failed");
    }

    @Test
    void aNoteIsSeenByColleaguesAndOrderedByNobody() {
        ConversationId thread = arrives("hello");
        long before = ordered();

        assertThat(replies.note(member(omar), thread, "k1", "Promise Thursday.", List.of()))
                .isInstanceOf(Sent.Done.class);

        assertThat(messages(thread).getLast().text()).isEqualTo("Promise Thursday.");
        assertThat(ordered()).isEqualTo(before);
    }

    @Test
    void withoutANumberNothingIsStored() {
        ConversationId thread = arrives("hello");
        world.sql(
                "UPDATE sub_clients SET whatsapp_client_id = NULL WHERE id = ?",
                sales.id().value());

        assertThat(replies.reply(member(amira), thread, "k1", "hello", List.of()))
                .isEqualTo(new Sent.NoNumber());
        assertThat(replies.begin(member(amira), "+971500000109", "k2", "hello")).isEqualTo(new Sent.NoNumber());

        assertThat(messages(thread)).hasSize(1);
        assertThat(inbox.contacts(member(amira), Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void aConversationBeginsWithANumberAndBadOnesAreRefused() {
        Sent begun = replies.begin(member(amira), "00971 50 000 0103", "k1", "Your order is ready.");
        assertThat(replies.begin(member(amira), "12", "k2", "hello")).isInstanceOf(Sent.Rejected.class);
        assertThat(replies.begin(member(amira), "+971500000103", "k3", " ")).isInstanceOf(Sent.Rejected.class);

        InboxThread thread = thread(((Sent.Done) begun).thread());
        assertThat(thread.contact().orElseThrow().address()).isEqualTo(new Phone("+971500000103"));
        assertThat(messages(thread.id())).extracting(Message::text).containsExactly("Your order is ready.");
    }

    @Test
    void anAnswerToAUserWhoWaitsStandsInTheirChat() {
        Participant whose = Participant.of(member(omar));
        Conversation chat =
                ((Conversations.Posted.Done) conversations.post(whose, Optional.empty(), "k1", "hello")).conversation();
        database.write(tx -> {
            new ThreadStore(tx).setHandedOver(whose.tenant(), whose.workspace(), chat.id(), true);
            Message message =
                    new ConversationStore(tx).messages(whose, chat.id(), 0, 1).getFirst();
            awaited.fire(new HandoverRequested(tx, whose, chat, message));
            return "handed over";
        });
        long before = ordered();

        assertThat(replies.reply(member(amira), chat.id(), "k1-agent", "I am here.", List.of()))
                .isInstanceOf(Sent.Done.class);

        assertThat(conversations.read(whose, chat.id(), 0).orElseThrow().messages())
                .extracting(Message::author)
                .containsExactly(Author.USER, Author.AGENT);
        assertThat(ordered()).isEqualTo(before);
    }

    @Test
    void theAssistantAnswersAContactOnceAndNeverAfterAPerson() {
        world.sql(
                "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone, updated_at)"
                        + " VALUES (?, ?, 'rules', 1, 'UTC', 0)",
                sales.id().value(),
                sales.owner().tenant().toString());
        world.sql(
                "UPDATE sub_clients SET language = 'de' WHERE id = ?",
                sales.id().value());
        ConversationId thread = arrives("hello");
        var wrote = new ContactWrote(sales.owner().tenant(), sales.id(), thread);

        AtOnce.run(8, _ -> answers.answer(wrote));
        assertThat(messages(thread)).extracting(Message::author).containsExactly(Author.CONTACT, Author.ASSISTANT);
        assertThat(messages(thread).getLast().outgoing()).isPresent();

        replies.reply(member(amira), thread, "k1", "Amira here.", List.of());
        arrives("hello");
        assertThat(answers.answer(wrote)).isEmpty();
        inbox.setState(member(amira), thread, InboxThread.State.CLOSED);
        arrives("hello");
        AtOnce.run(4, _ -> answers.answer(wrote));
        List<String> answered = messages(thread).stream()
                .filter(message -> message.author() == Author.ASSISTANT)
                .map(Message::text)
                .toList();
        assertThat(answered).hasSize(2);
        assertThat(answered.getFirst())
                .isEqualTo("Hier antwortet der automatische Assistent von Sales.\n\n" + answered.getLast());
    }

    /// As after an outage of the gateway: hours later, an answer by itself does more harm than good.
    @Test
    void theAssistantLeavesMessagesThatCameLateToAPerson() {
        world.sql(
                "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone, updated_at)"
                        + " VALUES (?, ?, 'rules', 1, 'UTC', 0)",
                sales.id().value(),
                sales.owner().tenant().toString());
        ConversationId thread = arrives("hello", "Rania Aziz", clock.instant().minus(Duration.ofMinutes(6)));
        var wrote = new ContactWrote(sales.owner().tenant(), sales.id(), thread);

        assertThat(answers.answer(wrote)).isEmpty();
        assertThat(messages(thread)).extracting(Message::author).containsExactly(Author.CONTACT);
        assertThat(inbox.thread(member(omar), thread).orElseThrow().unread()).isEqualTo(1);

        arrives("hello again", "Rania Aziz", clock.instant().minus(Duration.ofMinutes(4)));
        Eventually.until(
                () -> {
                    answers.answer(wrote);
                    return messages(thread);
                },
                all -> all.getLast().author() == Author.ASSISTANT);
    }

    private ContactWrote assisted(int mostAnswers) {
        world.sql(
                "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone, most_answers,"
                        + " updated_at) VALUES (?, ?, 'rules', 1, 'UTC', ?, 0)",
                sales.id().value(),
                sales.owner().tenant().toString(),
                mostAnswers);
        return new ContactWrote(sales.owner().tenant(), sales.id(), arrives("hello"));
    }

    private boolean isAnswered(ContactWrote to, String text) {
        arrives(text);
        Eventually.holds(() -> {
            answers.answer(to);
            Author last = messages(to.thread()).getLast().author();
            return last == Author.ASSISTANT || thread(to.thread()).personWanted();
        });
        return messages(to.thread()).getLast().author() == Author.ASSISTANT;
    }

    @Test
    void theAssistantStopsWhenAnAutomaticReplyAnswersIt() {
        ContactWrote to = assisted(5);
        answers.answer(to);
        assertThat(isAnswered(to, "I am out of office.")).isTrue();
        assertThat(isAnswered(to, "I am  out of office.\n")).isTrue();
        assertThat(isAnswered(to, "I am out of OFFICE.")).isFalse();

        InboxThread stopped = thread(to.thread());
        assertThat(stopped.personWanted()).isTrue();
        assertThat(stopped.handedOver()).isTrue();
        assertThat(TestClient.of(amira)
                        .get("/s/" + sales.shortPath() + "/inbox/" + to.thread())
                        .text())
                .contains("The assistant stopped: the contact sent the same text three times.");
        assertThat(isAnswered(to, "Another text"))
                .as("until a person has looked")
                .isFalse();
    }

    @Test
    void theAssistantSaysNothingToWhoOptsOut() {
        ContactWrote to = assisted(5);
        answers.answer(to);
        for (String word : List.of("STOP", "Stop please!", "start")) {
            arrives(word);
            assertThat(answers.answer(to)).as(word).isEmpty();
        }
        assertThat(messages(to.thread()))
                .filteredOn(message -> message.author() == Author.ASSISTANT)
                .hasSize(1);
        assertThat(isAnswered(to, "When do you open?")).isTrue();
        assertThat(isAnswered(to, "start"))
                .as("who hasn’t opted out begins a conversation")
                .isTrue();
    }

    @Test
    void theAssistantStopsAfterManyAnswersWithoutAPerson() {
        ContactWrote to = assisted(3);
        answers.answer(to);
        assertThat(isAnswered(to, "one")).isTrue();
        assertThat(isAnswered(to, "two")).isTrue();
        assertThat(isAnswered(to, "three")).isFalse();
        assertThat(TestClient.of(amira)
                        .get("/s/" + sales.shortPath() + "/inbox/" + to.thread())
                        .text())
                .contains("The assistant stopped after 3 answers in 10 minutes without a person.");

        replies.reply(member(amira), to.thread(), "k1", "Amira here.", List.of());
        inbox.setState(member(amira), to.thread(), InboxThread.State.CLOSED);
        assertThat(isAnswered(to, "four")).as("a person was there").isTrue();
    }

    @Test
    void theAssistantKnowsTheNameOfAContact() {
        world.sql(
                "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone, fallback,"
                        + " updated_at) VALUES (?, ?, 'rules', 1, 'UTC', 'Hello {name}, this is {workspace}.', 0)",
                sales.id().value(),
                sales.owner().tenant().toString());
        ConversationId thread = arrives("xyzzy", "Rania Aziz");
        answers.answer(new ContactWrote(sales.owner().tenant(), sales.id(), thread));
        assertThat(messages(thread).getLast().text())
                .isEqualTo("This is the automated assistant of Sales.\n\nHello Rania Aziz, this is Sales.");

        world.sql(
                "UPDATE contacts SET name = 'Rania of Aziz Ltd' WHERE sub_client_id = ?",
                sales.id().value());
        arrives("xyzzy", "Rania Aziz");
        answers.answer(new ContactWrote(sales.owner().tenant(), sales.id(), thread));
        assertThat(messages(thread).getLast().text()).isEqualTo("Hello Rania of Aziz Ltd, this is Sales.");

        world.sql(
                "UPDATE contacts SET name = phone WHERE sub_client_id = ?",
                sales.id().value());
        arrives("xyzzy again", RANIA.e164());
        answers.answer(new ContactWrote(sales.owner().tenant(), sales.id(), thread));
        assertThat(messages(thread).getLast().text()).isEqualTo("Hello, this is Sales.");
    }

    @Test
    void placeholdersOfSavedRepliesAreFilled() {
        String saved = "Hello {name}, {agent} of {workspace} here. {order} is on its way.";
        Answer created = TestClient.of(amira)
                .post(
                        "/api/sub-client/inbox/canned-replies",
                        Map.of("shortPath", sales.shortPath(), "name", "way", "text", saved));
        assertThat(created.json().at("/data/reply/unknownPlaceholders").toString())
                .as("named to programs, too")
                .isEqualTo("[\"{order}\"]");
        String filled = "Hello Rania Aziz, " + amira.username() + " of Sales here. {order} is on its way.";
        ConversationId thread = arrives("Where is it?");

        String home = "/s/" + sales.shortPath();
        assertThat(TestClient.of(amira).get(home + "/inbox/" + thread).text()).contains("data-text=\"" + filled + "\"");
        assertThat(TestClient.of(amira).get(home + "/saved-replies").text())
                .contains("<code>{name}</code> inserts the contact’s name")
                .contains("<code>{order}</code> isn’t a placeholder and is sent as written.");

        // sent as it was saved
        replies.reply(member(amira), thread, "k1", saved, List.of());
        assertThat(messages(thread).getLast().text()).isEqualTo(filled);
        replies.note(member(amira), thread, "k2", "Ask {name}.", List.of());
        assertThat(messages(thread).getLast().text()).isEqualTo("Ask {name}.");
    }

    @Test
    void anAnswerThatIsTooLongForWhatsAppIsCut() {
        world.sql(
                "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone, fallback,"
                        + " updated_at) VALUES (?, ?, 'rules', 1, 'UTC', ?, 0)",
                sales.id().value(),
                sales.owner().tenant().toString(),
                "é".repeat(4_097));
        ConversationId thread = arrives("Xyzzy?");

        answers.answer(new ContactWrote(sales.owner().tenant(), sales.id(), thread));

        Message answer = messages(thread).getLast();
        assertThat(answer.author()).isEqualTo(Author.ASSISTANT);
        assertThat(answer.text())
                .isEqualTo("This is the automated assistant of Sales.\n\n" + "é".repeat(4_095 - 43) + "…");
    }

    @Test
    void aRemovedUsersThreadsAreNobodys() {
        ConversationId thread = arrives("hello");
        inbox.assign(member(amira), thread, Optional.of(omar.id()));

        assertThat(TestClient.of(amira)
                        .delete("/api/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/users/"
                                + omar.id())
                        .status())
                .isEqualTo(200);

        assertThat(thread(thread).assignee()).isEmpty();
    }

    @Test
    void programsListReadAnswerAndGive() {
        ConversationId thread = arrives("Is the blue set back in stock?");
        TestClient client = TestClient.of(amira);
        String at = "?shortPath=" + sales.shortPath();

        var listed =
                client.get(THREADS + at + "&search=blue").json().path("data").path("threads");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("contact").path("phone").asText()).isEqualTo(RANIA.e164());
        assertThat(client.get(THREADS + at + "&list=nonsense").status()).isEqualTo(400);
        Answer sent = client.with("Idempotency-Key", "one-key-" + thread)
                .post(
                        THREADS + "/" + thread + "/messages",
                        Map.of("shortPath", sales.shortPath(), "message", "Six arrive tomorrow."));
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        assertThat(sent.json().path("data").path("message").path("delivery").asText())
                .isNotEmpty();
        client.with("Idempotency-Key", "one-key-" + thread)
                .post(
                        THREADS + "/" + thread + "/messages",
                        Map.of("shortPath", sales.shortPath(), "message", "Six arrive tomorrow."));
        assertThat(messages(thread)).hasSize(2);
        Answer changed = client.json(
                "PUT",
                THREADS + "/" + thread,
                Map.of(
                        "shortPath",
                        sales.shortPath(),
                        "assigneeId",
                        omar.id(),
                        "state",
                        "closed",
                        "tags",
                        List.of("Plates")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        var now = changed.json().path("data").path("thread");
        assertThat(now.path("assignee").path("username").asText()).isEqualTo(omar.username());
        assertThat(now.path("state").asText()).isEqualTo("closed");
        assertThat(now.path("tags").path(0).asText()).isEqualTo("plates");
        var read = client.get(THREADS + "/" + thread + "/messages" + at)
                .json()
                .path("data")
                .path("messages");
        assertThat(read.findValuesAsText("role")).startsWith("contact", "agent", "note");
    }

    @Test
    void ofTwoWhoAssignAThreadTheSecondIsToldThatSomeoneHasIt() {
        ConversationId thread = arrives("Saltmarsh");
        String page = "/s/" + sales.shortPath() + "/inbox/" + thread;
        TestClient second = TestClient.of(amira);
        assertThat(second.get(page).text()).contains("name=\"was\" value=\"nobody\"");
        assertThat(TestClient.of(omar)
                        .form(page + "/assign", "to", "me", "was", "nobody")
                        .status())
                .isEqualTo(303);

        Answer told = second.form(page + "/assign", "to", "me", "was", "nobody");

        assertThat(told.status()).isEqualTo(409);
        assertThat(told.text())
                .contains(
                        omar.username() + " has this conversation already.",
                        "Assign to me anyway",
                        "name=\"was\" value=\"" + omar.id() + "\"");
        assertThat(thread(thread).assignee().orElseThrow().user()).isEqualTo(omar.id());
        assertThat(TestClient.of(omar)
                        .form(page + "/assign", "to", "me", "was", "nobody")
                        .status())
                .as("it is as wanted")
                .isEqualTo(303);
        assertThat(second.form(page + "/assign", "to", "me", "was", "nobody", "anyway", "yes")
                        .status())
                .isEqualTo(303);
        assertThat(thread(thread).assignee().orElseThrow().user()).isEqualTo(amira.id());
        second.form(page + "/assign", "to", "nobody");
        assertThat(second.form(page + "/assign", "to", "me", "was", Integer.toString(omar.id()))
                        .text())
                .contains("This conversation isn’t assigned any more.");
    }

    @Test
    void aProgramSaysWhichAssigneeItExpects() {
        ConversationId thread = arrives("Saltmarsh");
        inbox.assign(member(omar), thread, Optional.of(omar.id()));

        Answer told = expecting(thread, 0);
        assertThat(told.status()).isEqualTo(409);
        assertThat(told.error()).isEqualTo(omar.username() + " has this conversation already");
        assertThat(thread(thread).assignee().orElseThrow().user()).isEqualTo(omar.id());
        assertThat(expecting(thread, omar.id()).status()).isEqualTo(200);
        assertThat(thread(thread).assignee().orElseThrow().user()).isEqualTo(amira.id());

        String toOmar = "\"assigneeId\":" + omar.id() + ",\"expectedAssigneeId\":null";
        assertThat(changed(thread, toOmar).status()).as("null is none").isEqualTo(409);
        assertThat(changed(thread, "\"read\":true").status()).isEqualTo(200);
        assertThat(thread(thread).assignee().orElseThrow().user())
                .as("what isn't named stays")
                .isEqualTo(amira.id());
        assertThat(changed(thread, "\"assigneeId\":null").status()).isEqualTo(200);
        assertThat(thread(thread).assignee()).isEmpty();
        assertThat(changed(thread, toOmar).status()).isEqualTo(200);
    }

    private Answer changed(ConversationId thread, String fields) {
        return TestClient.of(amira)
                .put(THREADS + "/" + thread, "{\"shortPath\":\"" + sales.shortPath() + "\"," + fields + "}");
    }

    private Answer expecting(ConversationId thread, int user) {
        return TestClient.of(amira)
                .put(
                        THREADS + "/" + thread,
                        Map.of("shortPath", sales.shortPath(), "assigneeId", amira.id(), "expectedAssigneeId", user));
    }

    @Test
    void severalFilesAreSentAsMessagesOfTheirOwnTheTextWithTheFirst() {
        ConversationId thread = arrives("Saltmarsh");
        String page = "/s/" + sales.shortPath() + "/inbox/" + thread;

        assertThat(sendFiles(page, "k1", "Our menus", "one.png", "two.png", "three.png")
                        .status())
                .isEqualTo(303);
        sendFiles(page, "k1", "Our menus", "one.png", "two.png", "three.png");

        assertThat(messages(thread).stream().skip(1).map(Message::text)).containsExactly("Our menus", "", "");
        assertThat(world.select(
                        "SELECT a.name FROM attachments a JOIN messages m ON m.id = a.message_id"
                                + " WHERE m.conversation_id = ? ORDER BY m.position",
                        thread.toString()))
                .containsExactly("one.png", "two.png", "three.png");
    }

    @Test
    void ofSeveralFilesThoseThatAreRefusedAreNamedAndTheOthersGo() {
        ConversationId thread = arrives("Saltmarsh");
        String page = "/s/" + sales.shortPath() + "/inbox/" + thread;

        Answer answer = sendFiles(page, "k1", "Our menus", "bad.exe", "two.png", "worse.exe");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("2 of 3 files weren’t sent.", "“bad.exe”: ", "“worse.exe”: ")
                .doesNotContain("“two.png”");
        assertThat(messages(thread).stream().skip(1).map(Message::text)).containsExactly("Our menus");
        Answer none = sendFiles(page, "k2", "Once more", "bad.exe", "worse.exe");
        assertThat(none.text()).contains("2 of 2 files weren’t sent.", ">Once more</textarea>");
        assertThat(messages(thread)).hasSize(2);
    }

    private Answer sendFiles(String page, String key, String text, String... names) {
        var body = new ByteArrayOutputStream();
        part(body, "name=\"key\"", key.getBytes(StandardCharsets.UTF_8));
        part(body, "name=\"message\"", text.getBytes(StandardCharsets.UTF_8));
        for (String name : names) {
            part(
                    body,
                    "name=\"file\"; filename=\"" + name + "\"",
                    name.endsWith(".exe") ? SampleFiles.EXE : SampleFiles.PNG);
        }
        body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return TestClient.of(amira)
                .with("Content-Type", "multipart/form-data; boundary=edge")
                .send("POST", page, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private static void part(ByteArrayOutputStream body, String what, byte[] content) {
        body.writeBytes(
                ("--edge\r\nContent-Disposition: form-data; " + what + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void neighboursFindNothingByAnyRoute() {
        ConversationId thread = arrives("Saltmarsh");
        AccountContext acme = world.context(world.acme());
        Workspace support = world.workspace(acme, world.project(acme, "Elsewhere"), "Support");
        Guest neighbour = world.guest(acme, support, world.name("leila"), WorkspaceRole.ADMIN);
        TestClient client = TestClient.of(neighbour);
        String at = "?shortPath=" + support.shortPath();

        for (String path : List.of(THREADS + "/" + thread + at, THREADS + "/" + thread + "/messages" + at)) {
            assertThat(client.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(client.get(THREADS + at).text()).doesNotContain("Saltmarsh", RANIA.e164());
        assertThat(client.get("/api/sub-client/inbox/contacts" + at).text()).doesNotContain(RANIA.e164());
        String page = "/s/" + support.shortPath() + "/inbox/" + thread;
        assertThat(client.get(page).status()).isEqualTo(404);
        for (String form : List.of("", "/assign", "/state", "/read", "/tags", "/contact", "/number", "/template")) {
            assertThat(client.form(
                                    page + form,
                                    Map.of("message", "x", "key", "k", "to", "me", "add", "tag", "name", "x"))
                            .status())
                    .as(form)
                    .isEqualTo(404);
        }
        Answer other = client.get("/s/" + sales.shortPath() + "/inbox/" + thread);
        assertThat(other.status()).isEqualTo(303);
        assertThat(messages(thread)).hasSize(1);
    }

    /// Thai and Hindi write vowels as marks, and some keyboards type accents apart from their letters.
    @Test
    void tagsAndSavedRepliesAreNamedInAnyScript() {
        ConversationId thread = arrives("hello");
        String thai = "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35";
        for (String tag : List.of(thai, "cafe\u0301")) {
            assertThat(inbox.tag(member(amira), thread, tag)).as(tag).isInstanceOf(Inbox.Changed.Done.class);
        }
        assertThat(thread(thread).tags()).containsExactlyInAnyOrder(thai, "caf\u00e9");
        assertThat(TestClient.of(amira)
                        .post(
                                "/api/sub-client/inbox/canned-replies",
                                Map.of("shortPath", sales.shortPath(), "name", thai, "text", "We open at nine."))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void savedRepliesAreForAllAndChangedByAdmins() {
        String path = "/api/sub-client/inbox/canned-replies";
        Answer created = TestClient.of(amira)
                .post(path, Map.of("shortPath", sales.shortPath(), "name", "Hours", "text", "We open at nine."));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().path("data").path("reply").path("id").asText();

        assertThat(TestClient.of(amira)
                        .post(path, Map.of("shortPath", sales.shortPath(), "name", "hours", "text", "Again"))
                        .status())
                .isEqualTo(409);
        assertThat(TestClient.of(omar)
                        .get(path + "?shortPath=" + sales.shortPath())
                        .text())
                .contains("We open at nine.");
        assertThat(TestClient.of(omar)
                        .delete(path + "/" + id + "?shortPath=" + sales.shortPath())
                        .status())
                .isEqualTo(403);
        assertThat(TestClient.of(amira)
                        .delete(path + "/" + id + "?shortPath=" + sales.shortPath())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void openInboxesHearWhatIsDifferentAndStrangersDoNotComeIn() {
        String path = "/s/" + sales.shortPath() + "/inbox/ws";
        AccountContext acme = world.context(world.acme());
        Workspace support = world.workspace(acme, world.project(acme, "Elsewhere"), "Support");
        Guest neighbour = world.guest(acme, support, world.name("leila"), WorkspaceRole.ADMIN);

        try (SocketClient open = SocketClient.open(path, SocketClient.headers(omar.cookie()));
                SocketClient elsewhere = SocketClient.open(
                        "/s/" + support.shortPath() + "/inbox/ws", SocketClient.headers(neighbour.cookie()))) {
            assertThat(answer(open)).isEqualTo("pong");
            assertThat(answer(elsewhere)).isEqualTo("pong");
            ConversationId thread = arrives("hello");

            var frame = TestClient.parse(open.next());
            assertThat(frame.path("type").asText()).isEqualTo("changed");
            assertThat(frame.path("thread").asText()).isEqualTo(thread.toString());
            assertThat(frame.path("what").asText()).isEqualTo("message");
            assertThat(answer(elsewhere)).as("nothing came before").isEqualTo("pong");
        }
        assertThat(SocketClient.knock(path, SocketClient.headers(neighbour.cookie())))
                .isEqualTo(401);
        assertThat(SocketClient.knock(path, Map.of("Cookie", omar.cookie(), "Origin", "https://evil.example")))
                .isEqualTo(403);
    }

    private static String answer(SocketClient socket) {
        socket.say("ping");
        return TestClient.parse(socket.next()).path("type").asText();
    }

    private ConversationId arrives(String text) {
        return arrives(text, "Rania Aziz");
    }

    private ConversationId arrives(String text, String name) {
        return arrives(text, name, clock.instant());
    }

    private ConversationId arrives(String text, String name, Instant at) {
        return database.write(tx -> {
            arriving.fire(TestMessages.arriving(
                    tx, uuids.next(), sales.owner().tenant(), number, number, RANIA, name, text, Optional.empty(), at));
            return Contact.conversationOf(sales.id(), RANIA);
        });
    }

    private Member member(Guest guest) {
        Member found = database.read(tx -> new Member(
                Actor.SERVER,
                new WorkspaceStore(tx).findById(sales.id()).orElseThrow().workspace(),
                false,
                new WorkspaceUserStore(tx)
                        .find(sales.owner().tenant(), sales.id(), guest.id())
                        .orElseThrow(),
                "no session"));
        return found;
    }

    private InboxThread thread(ConversationId id) {
        return inbox.read(member(amira), id, Optional.empty(), 1).orElseThrow().thread();
    }

    private List<Message> messages(ConversationId id) {
        return inbox.read(member(amira), id, Optional.empty(), 100)
                .orElseThrow()
                .messages();
    }

    private long ordered() {
        return world.count("SELECT count(*) FROM outgoing_messages WHERE master_id = ?", number.value());
    }
}
