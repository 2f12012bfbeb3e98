package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.HeardEvents;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.chat.Conversations.Part;
import dev.banyan.workspaces.chat.Conversations.Posted;
import org.junit.jupiter.api.Test;

/// Operations on conversations, above all repeated and concurrent ones.
@OnEveryDatabase
class ConversationsTest {

    private final TestClock clock = new TestClock();
    private final HeardEvents<ConversationGrew> grown = new HeardEvents<>();
    private final HeardEvents<ConversationDeleted> deleted = new HeardEvents<>();
    private final HeardEvents<HandoverRequested> awaited = new HeardEvents<>();
    private final Uuids uuids = new Uuids(clock);
    private final Database database;
    private final Conversations conversations;
    private final Participant amira;

    ConversationsTest(Database database) {
        this.database = database;
        this.conversations = new Conversations(
                database,
                new ConversationLines(
                        grown,
                        new ConversationEvents(
                                TestWebhooks.on(database, clock),
                                new HeardEvents<>(),
                                Settings.forTests(Path.of("unused")))),
                clock,
                uuids,
                deleted,
                awaited);
        this.amira = StoredParticipants.somebody(database);
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
                .containsExactly(
                        new ConversationGrew(amira, posted.conversation(), List.of(posted.message()), Map.of()));
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
        assertThat(conversations.readBefore(colleague, mine, 99, 9)).isEmpty();
        assertThat(conversations.find(colleague, mine)).isEmpty();
        assertThat(conversations.name(colleague, mine, "Yours")).isEqualTo(Outcome.notFound());
        assertThat(conversations.search(colleague, "mine", Optional.empty(), 9).conversations())
                .isEmpty();
        assertThat(conversations.delete(colleague, mine)).isFalse();
        assertThat(conversations.list(colleague, Optional.empty(), 9).conversations())
                .isEmpty();
        assertThat(texts(mine)).containsExactly("mine");
        assertThat(deleted.heard()).isEmpty();
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

        var behind = conversations.list(amira, Optional.of(new ConversationCursor(gone.updatedAt(), gone.id())), 9);

        assertThat(behind.conversations()).extracting(Conversation::id).containsExactly(kept);
    }

    @Test
    void aNameStaysAndKeepsThePlaceInTheList() {
        ConversationId first = begun("k1", "one").conversation().id();
        clock.forward(Duration.ofSeconds(1));
        ConversationId second = begun("k2", "two").conversation().id();

        Conversation named = conversations
                .name(amira, first, "  Opening hours ")
                .fold(done -> done, refusal -> {
                    throw new AssertionError(refusal);
                });
        posted(second, "k3", "more");

        assertThat(named.title()).isEqualTo("Opening hours");
        assertThat(named.named()).isTrue();
        assertThat(grown.heard()).contains(new ConversationGrew(amira, named, List.of(), Map.of()));
        assertThat(conversations.list(amira, Optional.empty(), 9).conversations())
                .extracting(Conversation::title)
                .containsExactly("two", "Opening hours");
    }

    @Test
    void aNameHasRules() {
        ConversationId id = begun("k1", "one").conversation().id();
        for (String title : List.of("", "  ", "x".repeat(61), "a\u202Eb", "a\nb")) {
            assertThat(conversations.name(amira, id, title))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Rejected.class));
        }
        assertThat(conversations.find(amira, id).orElseThrow().title()).isEqualTo("one");
    }

    @Test
    void aSearchFindsBeginningsOfAllWordsInTitlesAndMessages() {
        ConversationId hours =
                begun("k1", "When do you open on Friday?").conversation().id();
        clock.forward(Duration.ofSeconds(1));
        ConversationId price =
                begun("k2", "Price of the blue set").conversation().id();
        posted(price, "k3", "We open the parcel on Friday");
        conversations.name(amira, hours, "Öffnungszeiten");

        assertThat(found("fri ope")).containsExactly(price, hours);
        assertThat(found("OFFNUNG")).containsExactly(hours);
        assertThat(found("parcel")).containsExactly(price);
        assertThat(found("parcel öffnung")).isEmpty();
        assertThat(found("%")).isEmpty();
        assertThat(found(" ")).containsExactly(price, hours);
        var first = conversations.search(amira, "friday", Optional.empty(), 1);
        assertThat(conversations.search(amira, "friday", first.next(), 1).conversations())
                .extracting(Conversation::id)
                .containsExactly(hours);
    }

    private List<ConversationId> found(String search) {
        return conversations.search(amira, search, Optional.empty(), 9).conversations().stream()
                .map(Conversation::id)
                .toList();
    }

    @Test
    void historyIsReadInBothDirections() {
        ConversationId id = begun("k0", "hello").conversation().id();
        for (int i = 2; i <= 9; i++) {
            posted(id, "m" + i, "message " + i);
        }

        Part before = conversations.readBefore(amira, id, 6, 3).orElseThrow();
        Part beginning = conversations.readBefore(amira, id, 3, 9).orElseThrow();
        Part after = conversations.read(amira, id, 6, 2).orElseThrow();

        assertThat(before.messages()).extracting(Message::position).containsExactly(3L, 4L, 5L);
        assertThat(before.hasEarlier()).isTrue();
        assertThat(before.more()).isTrue();
        assertThat(beginning.messages()).extracting(Message::position).containsExactly(1L, 2L);
        assertThat(beginning.hasEarlier()).isFalse();
        assertThat(after.messages()).extracting(Message::position).containsExactly(7L, 8L);
    }

    @Test
    void whatIsOpenedForAFileShowsOnceSomethingIsSaidAndIsForgottenElse() {
        ConversationId opened = conversations.open(amira, "k1");
        ConversationId left = conversations.open(amira, "k2");
        assertThat(conversations.open(amira, "k1")).isEqualTo(opened);
        assertThat(conversations.list(amira, Optional.empty(), 9).conversations())
                .isEmpty();

        assertThat(begun("k1", "hello").conversation().id()).isEqualTo(opened);
        assertThat(conversations.latest(amira).orElseThrow().title()).isEqualTo("hello");
        database.write(tx -> {
            var store = new ConversationStore(tx);
            store.deleteEmpty(store.empty(clock.instant().plusSeconds(1), 9));
            return left;
        });
        assertThat(conversations.find(amira, left)).isEmpty();
        assertThat(conversations.find(amira, opened)).isPresent();
    }

    @Test
    void whatIsSaidToAPersonIsToldInItsTransaction() {
        ConversationId id = begun("k1", "hello").conversation().id();
        assertThat(awaited.heard()).isEmpty();
        database.write(tx -> {
            new ConversationStore(tx).setHandedOver(amira, id, true);
            return id;
        });

        Posted.Done said = posted(id, "k2", "Is somebody there?");
        posted(id, "k2", "Is somebody there?");

        assertThat(awaited.heard()).hasSize(1);
        assertThat(awaited.heard().getFirst().message()).isEqualTo(said.message());
        assertThat(awaited.heard().getFirst().conversation().handedOver()).isTrue();
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
