package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.banyan.TestClock;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Conversations.Cursor;
import dev.banyan.workspaces.Conversations.Part;
import dev.banyan.workspaces.Conversations.Posted;
import dev.banyan.workspaces.Message.Author;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Conversations as operations, above all when the same is said twice, or much at once.
@OnEveryDatabase
class ConversationsTest {

    private final TestClock clock = new TestClock();
    private final HeardEvents<ConversationGrew> grown = new HeardEvents<>();
    private final HeardEvents<ConversationDeleted> deleted = new HeardEvents<>();
    private final Database database;
    private final Conversations conversations;
    private final Participant amira;

    ConversationsTest(Database database) {
        this.database = database;
        this.conversations = with(new RulesAssistant());
        this.amira = StoredParticipants.somebody(database);
    }

    private Conversations with(Assistant assistant) {
        return new Conversations(database, assistant, clock, new Uuids(clock), grown, deleted);
    }

    @Test
    void aFirstMessageBeginsAConversationAndNamesIt() {
        Posted.Done posted = begun("k1", "  When are you open?\nI come on Friday.");

        assertThat(posted.again()).isFalse();
        assertThat(posted.message().position()).isEqualTo(1);
        assertThat(posted.message().text()).isEqualTo("When are you open?\nI come on Friday.");
        assertThat(posted.conversation().title()).isEqualTo("When are you open?");
        assertThat(conversations.list(amira, Optional.empty(), 9).conversations())
                .containsExactly(posted.conversation());
        assertThat(grown.heard())
                .containsExactly(new ConversationGrew(amira, posted.conversation(), List.of(posted.message())));
    }

    @Test
    void aLongFirstMessageGivesAShortTitle() {
        assertThat(begun("k1", "word ".repeat(200)).conversation().title())
                .hasSizeLessThan(61)
                .endsWith("word…");
        assertThat(begun("k2", "🌿".repeat(900)).conversation().title()).isEqualTo("🌿".repeat(59) + "…");
    }

    @Test
    void whatIsSaidTwiceWithOneKeyIsStoredOnce() {
        Posted.Done first = begun("k1", "hello");

        Posted.Done again = begun("k1", "hello");
        Posted.Done second = posted(first.conversation().id(), "k2", "more");
        Posted.Done secondAgain = posted(first.conversation().id(), "k2", "more");

        assertThat(again.again()).isTrue();
        assertThat(again.message()).isEqualTo(first.message());
        assertThat(secondAgain.again()).isTrue();
        assertThat(secondAgain.message()).isEqualTo(second.message());
        assertThat(texts(first.conversation().id())).containsExactly("hello", "more");
        assertThat(grown.heard()).hasSize(2);
    }

    @Test
    void twoUsersWithTheSameKeyBeginTwoConversations() {
        Participant colleague = StoredParticipants.colleague(database, amira);

        ConversationId mine = begun("k1", "mine").conversation().id();
        ConversationId theirs = ((Posted.Done) conversations.post(colleague, Optional.empty(), "k1", "theirs"))
                .conversation()
                .id();

        assertThat(mine).isNotEqualTo(theirs);
        assertThat(texts(mine)).containsExactly("mine");
    }

    @Test
    void theSameFirstMessageSentManyTimesAtOnceBeginsOneConversation() {
        List<Posted> answers = AtOnce.run(12, _ -> conversations.post(amira, Optional.empty(), "k1", "hello"));

        assertThat(answers).allMatch(Posted.Done.class::isInstance);
        assertThat(answers.stream().filter(answer -> !((Posted.Done) answer).again()))
                .hasSize(1);
        assertThat(conversations.list(amira, Optional.empty(), 99).conversations())
                .hasSize(1);
    }

    @Test
    void manyMessagesAtOnceGetPositionsWithoutGaps() {
        ConversationId id = begun("k0", "hello").conversation().id();

        AtOnce.run(30, number -> conversations.post(amira, Optional.of(id), "m" + number, "message " + number));

        Part part = conversations.read(amira, id, 0).orElseThrow();
        assertThat(part.messages().stream().map(Message::position))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 31).boxed().toList());
        assertThat(part.conversation().messages()).isEqualTo(31);
    }

    @Test
    void readingGoesOnBehindAPosition() {
        ConversationId id = begun("k0", "hello").conversation().id();
        for (int i = 0; i < Conversations.PORTION + 4; i++) {
            posted(id, "m" + i, "message " + i);
        }

        Part first = conversations.read(amira, id, 0).orElseThrow();
        Part rest = conversations
                .read(amira, id, first.messages().getLast().position())
                .orElseThrow();

        assertThat(first.messages()).hasSize(Conversations.PORTION);
        assertThat(first.more()).isTrue();
        assertThat(rest.messages()).hasSize(5);
        assertThat(rest.more()).isFalse();
        assertThat(conversations.readEnd(amira, id).orElseThrow().messages().getLast())
                .isEqualTo(rest.messages().getLast());
        assertThat(conversations.readEnd(amira, id).orElseThrow().messages()).hasSize(Conversations.PORTION);
    }

    @Test
    void theListIsInTheOrderOfUseAndGoesOn() {
        ConversationId oldest = begun("k1", "one").conversation().id();
        clock.forward(Duration.ofSeconds(1));
        ConversationId middle = begun("k2", "two").conversation().id();
        clock.forward(Duration.ofSeconds(1));
        posted(oldest, "k3", "three");

        var first = conversations.list(amira, Optional.empty(), 1);
        var second = conversations.list(amira, first.next(), 1);

        assertThat(first.conversations().getFirst().id()).isEqualTo(oldest);
        assertThat(second.conversations().getFirst().id()).isEqualTo(middle);
        assertThat(second.next()).isEmpty();
        assertThat(conversations.latest(amira).orElseThrow().id()).isEqualTo(oldest);
    }

    @Test
    void badWordsAndKeysAreRefusedBeforeAnythingIsStored() {
        assertThat(conversations.post(amira, Optional.empty(), "k1", " ")).isInstanceOf(Posted.Rejected.class);
        assertThat(conversations.post(amira, Optional.empty(), "", "hello")).isInstanceOf(Posted.Rejected.class);
        assertThat(conversations.post(amira, Optional.empty(), "k".repeat(65), "hello"))
                .isInstanceOf(Posted.Rejected.class);
        assertThat(conversations.latest(amira)).isEmpty();
    }

    @Test
    void anythingOfSomebodyElseIsNotFound() {
        ConversationId mine = begun("k1", "mine").conversation().id();
        Participant colleague = StoredParticipants.colleague(database, amira);

        assertThat(conversations.read(colleague, mine, 0)).isEmpty();
        assertThat(conversations.readEnd(colleague, mine)).isEmpty();
        assertThat(conversations.post(colleague, Optional.of(mine), "k2", "yours?"))
                .isEqualTo(new Posted.NotFound());
        assertThat(conversations.answer(colleague, mine, _ -> {})).isEmpty();
        assertThat(conversations.delete(colleague, mine)).isFalse();
        assertThat(conversations.list(colleague, Optional.empty(), 9).conversations())
                .isEmpty();
        assertThat(texts(mine)).containsExactly("mine");
        assertThat(deleted.heard()).isEmpty();
    }

    @Test
    void theAssistantAnswersWithTheWorkspacesName() {
        ConversationId id = begun("k1", "hello").conversation().id();
        var parts = new ArrayList<String>();

        Message answer = conversations.answer(amira, id, parts::add).orElseThrow();

        assertThat(answer.author()).isEqualTo(Author.ASSISTANT);
        assertThat(answer.position()).isEqualTo(2);
        assertThat(answer.text()).contains("Sales Team").isEqualTo(String.join("", parts));
        assertThat(texts(id)).containsExactly("hello", answer.text());
        assertThat(grown.heard().getLast().added()).containsExactly(answer);
    }

    @Test
    void whatIsAnsweredIsNotAnsweredAgain() {
        ConversationId id = begun("k1", "hello").conversation().id();
        conversations.answer(amira, id, _ -> {});

        assertThat(conversations.answer(amira, id, _ -> {})).isEmpty();
        assertThat(texts(id)).hasSize(2);
    }

    /// As after a crash between the question and its answer.
    @Test
    void aQuestionThatLostItsAnswerIsAnsweredByTheNextWhoAsks() {
        ConversationId id = begun("k1", "hello").conversation().id();
        assertThatIllegalStateException()
                .isThrownBy(() -> with((_, _) -> {
                            throw new IllegalStateException("The power went");
                        })
                        .answer(amira, id, _ -> {}));
        assertThat(texts(id)).containsExactly("hello");

        assertThat(conversations.answer(amira, id, _ -> {})).isPresent();
        assertThat(texts(id)).hasSize(2);
    }

    @Test
    void ofManyAnswersAtOnceOneIsKept() {
        ConversationId id = begun("k1", "hello").conversation().id();

        List<Optional<Message>> answers = AtOnce.run(12, _ -> conversations.answer(amira, id, _ -> {}));

        assertThat(answers.stream().flatMap(Optional::stream)).hasSize(1);
        assertThat(texts(id)).hasSize(2);
    }

    @Test
    void whoSaysMoreMeanwhileGetsOneAnswerToBoth() {
        ConversationId id = begun("k1", "hello").conversation().id();
        var slow = with((question, part) -> {
            if (question.unanswered().size() == 1) {
                posted(id, "k2", "thanks");
            }
            return new RulesAssistant().answer(question, part);
        });

        assertThat(slow.answer(amira, id, _ -> {})).isEmpty();
        String answer = slow.answer(amira, id, _ -> {}).orElseThrow().text();

        assertThat(answer).contains("Hello, and welcome").contains("You are welcome");
        assertThat(texts(id)).containsExactly("hello", "thanks", answer);
    }

    @Test
    void aDeletedConversationIsGoneAndSaidToBe() {
        ConversationId id = begun("k1", "hello").conversation().id();

        assertThat(conversations.delete(amira, id)).isTrue();

        assertThat(conversations.read(amira, id, 0)).isEmpty();
        assertThat(conversations.post(amira, Optional.of(id), "k2", "more")).isEqualTo(new Posted.NotFound());
        assertThat(deleted.heard()).containsExactly(new ConversationDeleted(amira, id));
    }

    @Test
    void aFullConversationTakesNoMore() {
        ConversationId id = begun("k1", "hello").conversation().id();
        database.write(tx -> tx.sql()
                .execute("UPDATE conversations SET message_count = ? WHERE id = ?", Conversations.FULL, id.toString()));

        assertThat(conversations.post(amira, Optional.of(id), "k2", "more"))
                .isEqualTo(new Posted.Full(Conversations.FULL));
    }

    @Test
    void aCursorNamesAPlaceNotAConversation() {
        ConversationId kept = begun("k1", "one").conversation().id();
        clock.forward(Duration.ofSeconds(1));
        Conversation gone = begun("k2", "two").conversation();
        conversations.delete(amira, gone.id());

        var behind = conversations.list(amira, Optional.of(new Cursor(gone.updatedAt(), gone.id())), 9);

        assertThat(behind.conversations()).extracting(Conversation::id).containsExactly(kept);
    }

    private Posted.Done begun(String key, String text) {
        return (Posted.Done) conversations.post(amira, Optional.empty(), key, text);
    }

    private Posted.Done posted(ConversationId to, String key, String text) {
        return (Posted.Done) conversations.post(amira, Optional.of(to), key, text);
    }

    private List<String> texts(ConversationId id) {
        return conversations.read(amira, id, 0).orElseThrow().messages().stream()
                .map(Message::text)
                .toList();
    }
}
