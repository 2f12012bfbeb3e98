package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.HeardEvents;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Message.End;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.assistant.Answering;
import dev.banyan.workspaces.assistant.Assistant;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.Assistant.Question;
import dev.banyan.workspaces.assistant.RulesAssistant;
import dev.banyan.workspaces.chat.Conversations.Posted;
import org.junit.jupiter.api.Test;

/// Answers of the assistant: in sequence, streamed, stopped, failed, handed over.
@OnEveryDatabase
class ChatAnswersTest {

    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final HeardEvents<ConversationGrew> grown = new HeardEvents<>();
    private final HeardEvents<AnswerWritten> written = new HeardEvents<>();
    private final HeardEvents<AnswerDropped> dropped = new HeardEvents<>();
    private final HeardEvents<HandoverRequested> awaited = new HeardEvents<>();
    private final Database database;
    private final ConversationLines lines;
    private final Conversations conversations;
    private final Participant amira;

    ChatAnswersTest(Database database) {
        this.database = database;
        this.lines = new ConversationLines(
                grown,
                new ConversationEvents(
                        TestWebhooks.on(database, clock), new HeardEvents<>(), Settings.forTests(Path.of("unused"))));
        this.conversations = new Conversations(database, lines, clock, uuids, new HeardEvents<>(), awaited);
        this.amira = StoredParticipants.somebody(database);
    }

    private ChatAnswers with(Assistant assistant) {
        return new ChatAnswers(
                database,
                assistant,
                new AnswerRecorder(database, lines, awaited, uuids, clock),
                Executors.newVirtualThreadPerTaskExecutor(),
                written,
                dropped);
    }

    private static Assistant echo() {
        return (question, answering) -> {
            String text =
                    "To " + question.unanswered().stream().map(Message::text).collect(Collectors.joining(" and "));
            answering.part(text);
            return new Answer.Said(text);
        };
    }

    /// Writes one word, then waits until it may continue or is stopped.
    private static final class Paced implements Assistant {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public Answer answer(Question question, Answering answering) {
            String asked = question.unanswered().getLast().text();
            answering.part("To ");
            answering.onStop(goOn::countDown);
            begun.countDown();
            wait(goOn);
            answering.part(asked);
            return new Answer.Said("To " + asked);
        }

        void awaitBegin() {
            wait(begun);
        }

        private static void wait(CountDownLatch latch) {
            try {
                assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Test
    void anAnswerIsHeardWhileItIsWrittenAndKept() {
        ConversationId id = begun("hello");

        assertThat(with(new RulesAssistant()).await(amira, id, Eventually.LONGEST))
                .isTrue();

        Message answer = messages(id).getLast();
        assertThat(answer.author()).isEqualTo(Author.ASSISTANT);
        assertThat(answer.position()).isEqualTo(2);
        assertThat(answer.end()).isEqualTo(End.WHOLE);
        assertThat(answer.text()).contains("Sales Team");
        assertThat(written.heard())
                .containsExactly(
                        new AnswerWritten(amira, id, 1, "", true),
                        new AnswerWritten(amira, id, 1, answer.text(), false));
        assertThat(grown.heard().getLast().added()).containsExactly(answer);
        assertThat(dropped.heard()).isEmpty();
    }

    @Test
    void whatIsAnsweredIsNotAnsweredAgain() {
        ConversationId id = begun("hello");
        ChatAnswers answers = with(echo());

        answers.await(amira, id, Eventually.LONGEST);
        answers.await(amira, id, Eventually.LONGEST);
        AtOnce.run(12, _ -> answers.await(amira, id, Eventually.LONGEST));
        with(echo()).await(amira, id, Eventually.LONGEST);

        assertThat(texts(id)).containsExactly("hello", first("To hello"));
    }

    /// As on two nodes.
    @Test
    void ofManyAnswersAtOnceOneIsKept() {
        ConversationId id = begun("hello");

        AtOnce.run(8, _ -> with(echo()).await(amira, id, Eventually.LONGEST));

        assertThat(texts(id)).containsExactly("hello", first("To hello"));
    }

    @Test
    void somebodyElsesConversationIsNotAnswered() {
        ConversationId id = begun("hello");
        Participant colleague = StoredParticipants.colleague(database, amira);
        ChatAnswers answers = with(echo());

        answers.await(colleague, id, Eventually.LONGEST);

        assertThat(texts(id)).containsExactly("hello");
        assertThat(written.heard()).isEmpty();
    }

    /// As after a crash between the question and its answer.
    @Test
    void aQuestionThatLostItsAnswerIsAnsweredByTheNextWhoAsks() {
        ConversationId id = begun("hello");
        assertThat(with((_, _) -> {
                            throw new IllegalStateException("The power went");
                        })
                        .await(amira, id, Eventually.LONGEST))
                .isFalse();
        assertThat(texts(id)).containsExactly("hello");
        assertThat(dropped.heard()).containsExactly(new AnswerDropped(amira, id));

        assertThat(with(echo()).await(amira, id, Eventually.LONGEST)).isTrue();
        assertThat(texts(id)).containsExactly("hello", first("To hello"));
    }

    @Test
    void whatIsSaidMeanwhileIsAnsweredAfterwards() {
        ConversationId id = begun("one");
        var paced = new Paced();
        ChatAnswers answers = with(paced);
        var end = answers.begin(amira, id);
        paced.awaitBegin();

        posted(id, "k2", "two");
        answers.begin(amira, id);
        posted(id, "k3", "three");
        assertThat(answers.begin(amira, id)).as("one run for all").isSameAs(end);
        assertThat(answers.isWriting(amira, id)).isTrue();
        paced.goOn.countDown();
        end.join();

        assertThat(texts(id)).containsExactly("one", "two", "three", first("To one"), "To three");
        assertThat(written.heard()).contains(new AnswerWritten(amira, id, 3, "", true));
        assertThat(answers.isWriting(amira, id)).isFalse();
        answers.await(amira, id, Eventually.LONGEST);
        assertThat(texts(id)).hasSize(5);
    }

    @Test
    void aStoppedAnswerKeepsWhatWasSaidAndWhatWaitsIsAnswered() {
        ConversationId id = begun("one");
        var paced = new Paced();
        ChatAnswers answers = with(paced);
        var end = answers.begin(amira, id);
        paced.awaitBegin();

        answers.stop(StoredParticipants.colleague(database, amira), id);
        assertThat(answers.isWriting(amira, id)).isTrue();
        answers.stop(amira, id);
        end.join();

        assertThat(messages(id).getLast().text()).isEqualTo(first("To "));
        assertThat(messages(id).getLast().end()).isEqualTo(End.STOPPED);
        answers.await(amira, id, Eventually.LONGEST);
        assertThat(texts(id)).hasSize(2);
        posted(id, "k2", "two");
        answers.await(amira, id, Eventually.LONGEST);
        assertThat(texts(id)).containsExactly("one", first("To "), "two", "To two");
    }

    @Test
    void whoComesInTheMiddleHearsAllUntilNow() {
        ConversationId id = begun("one");
        var paced = new Paced();
        ChatAnswers answers = with(paced);
        var end = answers.begin(amira, id);
        paced.awaitBegin();
        var heard = new ArrayList<AnswerWritten>();

        answers.tell(amira, id, heard::add);
        answers.tell(StoredParticipants.colleague(database, amira), id, heard::add);
        paced.goOn.countDown();
        end.join();
        answers.tell(amira, id, heard::add);

        assertThat(heard).containsExactly(new AnswerWritten(amira, id, 1, first("To "), true));
    }

    @Test
    void aFailedAnswerIsKeptAndTriedAgainOnlyWhenAsked() {
        ConversationId id = begun("one");
        var times = new AtomicInteger();
        ChatAnswers answers = with((question, answering) -> times.incrementAndGet() < 3
                ? new Answer.Failed("The model cannot be reached.")
                : echo().answer(question, answering));

        answers.await(amira, id, Eventually.LONGEST);
        answers.await(amira, id, Eventually.LONGEST);
        assertThat(times).hasValue(1);
        assertThat(messages(id).getLast().end()).isEqualTo(End.FAILED);
        assertThat(texts(id)).containsExactly("one", "The model cannot be reached.");

        answers.tryAgain(amira, id).join();
        answers.tryAgain(amira, id).join();
        answers.tryAgain(amira, id).join();
        assertThat(times).hasValue(3);
        assertThat(texts(id))
                .containsExactly(
                        "one", "The model cannot be reached.", "The model cannot be reached.", first("To one"));
    }

    @Test
    void whatFailedIsPartOfTheNextQuestionAndNotOfItsHistory() {
        ConversationId id = begun("one");
        with((_, _) -> new Answer.Failed("down")).await(amira, id, Eventually.LONGEST);
        posted(id, "k2", "two");
        var asked = new ArrayList<Question>();
        with((question, _) -> {
                    asked.add(question);
                    return new Answer.Said("To both");
                })
                .await(amira, id, Eventually.LONGEST);

        assertThat(asked.getFirst().unanswered()).extracting(Message::text).containsExactly("one", "two");
        assertThat(asked.getFirst().history()).isEmpty();
    }

    @Test
    void theAssistantReadsTheLastMessages() {
        ConversationId id = begun("m0");
        for (int i = 1; i < 30; i++) {
            with(echo()).await(amira, id, Eventually.LONGEST);
            posted(id, "k" + i, "m" + i);
        }
        var asked = new ArrayList<Question>();
        with((question, _) -> {
                    asked.add(question);
                    return new Answer.Said("Done");
                })
                .await(amira, id, Eventually.LONGEST);

        List<String> history =
                asked.getFirst().history().stream().map(Message::text).toList();
        assertThat(history).hasSize(ChatAnswers.HISTORY).endsWith("m28", "To m28");
        assertThat(asked.getFirst().unanswered()).extracting(Message::text).containsExactly("m29");
    }

    @Test
    void whoIsHandedOverIsAnsweredByAPerson() {
        ConversationId id = begun("I need a person");
        ChatAnswers answers = with((_, _) -> new Answer.HandedOver("Somebody will answer you here."));

        answers.await(amira, id, Eventually.LONGEST);

        assertThat(conversations.find(amira, id).orElseThrow().handedOver()).isTrue();
        assertThat(awaited.heard()).hasSize(1);
        assertThat(awaited.heard().getFirst().message().text()).isEqualTo(first("Somebody will answer you here."));
        posted(id, "k2", "Hello?");
        answers.await(amira, id, Eventually.LONGEST);
        assertThat(texts(id)).containsExactly("I need a person", first("Somebody will answer you here."), "Hello?");
        assertThat(awaited.heard()).hasSize(2);
    }

    @Test
    void anAnswerToWhatIsGoneIsDropped() {
        ConversationId id = begun("one");
        var paced = new Paced();
        var end = with(paced).begin(amira, id);
        paced.awaitBegin();
        conversations.delete(amira, id);
        paced.goOn.countDown();
        end.join();

        assertThat(dropped.heard()).containsExactly(new AnswerDropped(amira, id));
        assertThat(conversations.find(amira, id)).isEmpty();
    }

    @Test
    void anEndlessAnswerIsCut() {
        ConversationId id = begun("one");
        with((_, _) -> new Answer.Said("🌿".repeat(9_000))).await(amira, id, Eventually.LONGEST);

        assertThat(messages(id).getLast().text())
                .hasSizeLessThanOrEqualTo(8_000)
                .endsWith("🌿…");
    }

    @Test
    void theFirstAnswerSaysThatNoPersonWritesIt() {
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE sub_clients SET language = 'de' WHERE id = ?",
                        amira.workspace().toString()));
        ConversationId id = begun("eins");
        ChatAnswers answers = with(echo());
        answers.await(amira, id, Eventually.LONGEST);
        posted(id, "k2", "zwei");
        answers.await(amira, id, Eventually.LONGEST);

        String first = "Hier antwortet der automatische Assistent von Sales Team.\n\nTo eins";
        assertThat(texts(id)).containsExactly("eins", first, "zwei", "To zwei");
        assertThat(written.heard()).contains(new AnswerWritten(amira, id, 1, first, false));
        with(echo()).await(amira, begun("drei"), Eventually.LONGEST);
        assertThat(written.heard().getLast().text()).as("in each thread").startsWith("Hier antwortet");
    }

    /// The first answer of a conversation.
    private static String first(String text) {
        return "This is the automated assistant of Sales Team.\n\n" + text;
    }

    private ConversationId begun(String text) {
        return ((Posted.Done) conversations.post(amira, Optional.empty(), "k-" + uuids.next(), text))
                .conversation()
                .id();
    }

    private void posted(ConversationId to, String key, String text) {
        assertThat(conversations.post(amira, Optional.of(to), key, text)).isInstanceOf(Posted.Done.class);
    }

    private List<Message> messages(ConversationId id) {
        return conversations.read(amira, id, 0).orElseThrow().messages();
    }

    private List<String> texts(ConversationId id) {
        return messages(id).stream().map(Message::text).toList();
    }
}
