package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Message.Author;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ConversationStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Participant amira;
    private final List<Participant> others;

    ConversationStoreContractTest(Database database) {
        this.database = database;
        var account = StoredAccounts.owner(database, Tier.FREE).owner();
        this.amira = StoredParticipants.in(database, account);
        Participant sister = StoredParticipants.in(database, account);
        Participant stranger = StoredParticipants.somebody(database);
        this.others = List.of(
                StoredParticipants.colleague(database, amira),
                sister,
                stranger,
                new Participant(stranger.tenant(), amira.workspace(), amira.user()),
                new Participant(amira.tenant(), sister.workspace(), amira.user()));
    }

    @Test
    void aConversationIsFoundAsItWasStored() {
        Conversation stored = stored(new Conversation(newId(), "Ünïcödé <b>&amp; 🌿", 0, NOW, NOW.plusSeconds(1)));

        assertThat(find(amira, stored.id())).contains(stored);
        assertThat(lock(amira, stored.id())).contains(stored);
        assertThat(list(amira, Optional.empty(), 9)).containsExactly(stored);
    }

    @Test
    void storingItAgainChangesNothing() {
        Conversation stored = stored(conversation(NOW));

        write(store -> store.insert(amira, new Conversation(stored.id(), "Another", 0, NOW, NOW)));

        assertThat(find(amira, stored.id())).contains(stored);
    }

    @Test
    void theListRunsFromTheLastUsedOneAndGoesOnBehindACursor() {
        Conversation oldest = stored(conversation(NOW));
        Conversation first = stored(conversation(NOW.plusMillis(1)));
        Conversation second = stored(conversation(NOW.plusMillis(1)));
        Conversation newest = stored(conversation(NOW.plusMillis(2)));
        List<Conversation> twins = first.id().toString().compareTo(second.id().toString()) > 0
                ? List.of(first, second)
                : List.of(second, first);

        List<Conversation> all = list(amira, Optional.empty(), 9);
        assertThat(all).containsExactly(newest, twins.getFirst(), twins.getLast(), oldest);

        for (int i = 0; i < all.size(); i++) {
            var cursor =
                    new ConversationCursor(all.get(i).updatedAt(), all.get(i).id());
            assertThat(list(amira, Optional.of(cursor), 9)).containsExactlyElementsOf(all.subList(i + 1, all.size()));
        }
        assertThat(list(amira, Optional.empty(), 2)).hasSize(2);
    }

    @Test
    void messagesStandInTheirOrderBehindAPosition() {
        Conversation conversation = stored(conversation(NOW));
        List<Message> said = List.of(
                append(conversation, 1, Author.USER, "one\n\t🌿", Optional.of("k1")),
                append(conversation, 2, Author.ASSISTANT, "two", Optional.empty()),
                append(conversation, 3, Author.USER, "x".repeat(8_000), Optional.of("k3")));

        assertThat(messages(amira, conversation.id(), 0, 9)).containsExactlyElementsOf(said);
        assertThat(messages(amira, conversation.id(), 1, 1)).containsExactly(said.get(1));
        assertThat(messages(amira, conversation.id(), 3, 9)).isEmpty();
        assertThat(findByKey(amira, conversation.id(), "k3")).contains(said.get(2));
        assertThat(findByKey(amira, conversation.id(), "k9")).isEmpty();
        assertThat(find(amira, conversation.id()))
                .contains(new Conversation(
                        conversation.id(),
                        conversation.title(),
                        3,
                        conversation.createdAt(),
                        said.get(2).createdAt()));
    }

    @Test
    void unansweredIsWhatCameAfterTheLastAnswer() {
        Conversation conversation = stored(conversation(NOW));
        assertThat(unanswered(conversation, 9)).isEmpty();
        Message first = append(conversation, 1, Author.USER, "one", Optional.empty());
        assertThat(unanswered(conversation, 9)).containsExactly(first);
        append(conversation, 2, Author.ASSISTANT, "two", Optional.empty());
        assertThat(unanswered(conversation, 9)).isEmpty();
        Message third = append(conversation, 3, Author.USER, "three", Optional.empty());
        Message fourth = append(conversation, 4, Author.USER, "four", Optional.empty());
        assertThat(unanswered(conversation, 9)).containsExactly(third, fourth);
        assertThat(unanswered(conversation, 1)).containsExactly(fourth);
    }

    /// More messages arrived while the answer was being written.
    @Test
    void anAnswerSaysHowFarItReaches() {
        Conversation conversation = stored(conversation(NOW));
        append(conversation, 1, Author.USER, "one", Optional.empty());
        Message second = append(conversation, 2, Author.USER, "two", Optional.empty());
        append(conversation, 3, Author.ASSISTANT, "to one", Optional.of(AnswerKey.of(1)));

        assertThat(unanswered(conversation, 9)).containsExactly(second);
        assertThat(tried(amira, conversation.id())).isEqualTo(1);
        append(conversation, 4, Author.ASSISTANT, "to two", Optional.of(AnswerKey.of(2)));
        assertThat(unanswered(conversation, 9)).isEmpty();
        assertThat(this.<Boolean>read(store -> store.hasAnswer(amira, conversation.id())))
                .isTrue();
    }

    @Test
    void whatFailedIsTriedAndNotAnswered() {
        Conversation conversation = stored(conversation(NOW));
        Message question = append(conversation, 1, Author.USER, "one", Optional.empty());
        var failed = new Message(
                UUIDS.next(),
                2,
                Author.ASSISTANT,
                "The model is down",
                Optional.empty(),
                Optional.of(AnswerKey.failed(1, 2)),
                Optional.empty(),
                0,
                Message.End.FAILED,
                NOW);
        write(store -> store.append(amira, conversation.id(), failed));

        assertThat(unanswered(conversation, 9)).containsExactly(question);
        assertThat(tried(amira, conversation.id())).isEqualTo(1);
        assertThat(this.<Boolean>read(store -> store.hasAnswer(amira, conversation.id())))
                .isFalse();
        assertThat(history(amira, conversation.id())).containsExactly(question);
        assertThat(messages(amira, conversation.id(), 1, 9)).containsExactly(failed);
    }

    @Test
    void aPersonsAnswerCounts() {
        Conversation conversation = stored(conversation(NOW));
        append(conversation, 1, Author.USER, "one", Optional.empty());
        append(conversation, 2, Author.AGENT, "I look after it", Optional.empty());
        append(conversation, 3, Author.NOTE, "an internal note", Optional.empty());

        assertThat(unanswered(conversation, 9)).isEmpty();
        assertThat(history(amira, conversation.id()))
                .extracting(Message::text)
                .containsExactly("one", "I look after it");
    }

    private long tried(Participant whose, ConversationId id) {
        return read(store -> store.tried(whose, id));
    }

    private List<Message> history(Participant whose, ConversationId id) {
        return read(store -> store.history(whose, id, 40));
    }

    private List<Message> before(Participant whose, ConversationId id) {
        return read(store -> store.before(whose, id, 99, 9));
    }

    @Test
    void neitherAPositionNorAKeyIsGivenTwice() {
        Conversation conversation = stored(conversation(NOW));
        append(conversation, 1, Author.USER, "one", Optional.of("key"));

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> append(conversation, 1, Author.USER, "other", Optional.of("other")));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> append(conversation, 2, Author.USER, "other", Optional.of("key")));
    }

    @Test
    void aDeletedConversationTakesItsMessagesAndNoOthersWithIt() {
        Conversation gone = stored(conversation(NOW));
        Conversation kept = stored(conversation(NOW));
        append(gone, 1, Author.USER, "gone", Optional.empty());
        Message stays = append(kept, 1, Author.USER, "kept", Optional.empty());

        assertThat(delete(amira, gone.id())).isTrue();

        assertThat(delete(amira, gone.id())).isFalse();
        assertThat(find(amira, gone.id())).isEmpty();
        assertThat(messages(amira, gone.id(), 0, 9)).isEmpty();
        assertThat(messages(amira, kept.id(), 0, 9)).containsExactly(stays);
    }

    /// A colleague, another workspace of the same account, another tenant, and combinations of them.
    @Test
    void nobodyElseFindsOrChangesAnything() {
        Conversation mine = stored(conversation(NOW));
        Message said = append(mine, 1, Author.USER, "mine", Optional.of("key"));
        Conversation before = find(amira, mine.id()).orElseThrow();

        for (Participant other : others) {
            assertThat(list(other, Optional.empty(), 9)).isEmpty();
            assertThat(find(other, mine.id())).isEmpty();
            assertThat(lock(other, mine.id())).isEmpty();
            assertThat(messages(other, mine.id(), 0, 9)).isEmpty();
            assertThat(unanswered(other, mine.id(), 9)).isEmpty();
            assertThat(before(other, mine.id())).isEmpty();
            assertThat(history(other, mine.id())).isEmpty();
            assertThat(tried(other, mine.id())).isZero();
            assertThat(this.<Boolean>read(store -> store.hasAnswer(other, mine.id())))
                    .isFalse();
            write(store -> store.name(other, mine.id(), "Another name"));
            write(store -> store.setHandedOver(other, mine.id(), true));
            assertThat(findByKey(other, mine.id(), "key")).isEmpty();
            assertThat(delete(other, mine.id())).isFalse();
        }

        assertThat(before(amira, mine.id())).containsExactly(said);
        assertThat(find(amira, mine.id())).contains(before);
        assertThat(messages(amira, mine.id(), 0, 9)).containsExactly(said);
        write(store -> store.setTitle(amira, mine.id(), "A title"));
        assertThat(find(amira, mine.id()).orElseThrow().title()).isEqualTo("A title");
    }

    @Test
    void aWorkspaceIsNamedToItsOwnTenantOnly() {
        assertThat(workspaceName(amira)).contains("Sales Team");
        var stranger = others.get(2);
        assertThat(workspaceName(new Participant(stranger.tenant(), amira.workspace(), amira.user())))
                .isEmpty();
    }

    @Test
    void aConversationOfAUserOfAnotherWorkspaceCannotBeStored() {
        var mixed = new Participant(amira.tenant(), others.get(1).workspace(), amira.user());

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> write(store -> store.insert(mixed, conversation(NOW))));
    }

    private static ConversationId newId() {
        return new ConversationId(UUIDS.next());
    }

    private static Conversation conversation(Instant updatedAt) {
        return new Conversation(newId(), "Opening hours", 0, NOW, updatedAt);
    }

    private Conversation stored(Conversation conversation) {
        write(store -> store.insert(amira, conversation));
        return conversation;
    }

    private Message append(Conversation to, long position, Author author, String text, Optional<String> key) {
        var message = Message.of(UUIDS.next(), position, author, text, key, NOW.plusSeconds(position));
        write(store -> store.append(amira, to.id(), message));
        return message;
    }

    private List<Message> unanswered(Conversation conversation, int limit) {
        return unanswered(amira, conversation.id(), limit);
    }

    private List<Message> unanswered(Participant whose, ConversationId id, int limit) {
        return read(store -> store.unanswered(whose, id, limit));
    }

    private List<Conversation> list(Participant whose, Optional<ConversationCursor> after, int limit) {
        return read(store -> store.list(whose, "", after, limit));
    }

    private Optional<Conversation> find(Participant whose, ConversationId id) {
        return read(store -> store.find(whose, id));
    }

    private Optional<Conversation> lock(Participant whose, ConversationId id) {
        return written(store -> store.lock(whose, id));
    }

    private List<Message> messages(Participant whose, ConversationId id, long after, int limit) {
        return read(store -> store.messages(whose, id, after, limit));
    }

    private Optional<Message> findByKey(Participant whose, ConversationId id, String key) {
        return read(store -> store.findByKey(whose, id, key));
    }

    private Optional<String> workspaceName(Participant whose) {
        return read(store -> store.workspaceName(whose));
    }

    private boolean delete(Participant whose, ConversationId id) {
        return written(store -> store.delete(whose, id));
    }

    private <T> T read(Function<ConversationStore, T> work) {
        return database.read(tx -> work.apply(new ConversationStore(tx)));
    }

    private <T> T written(Function<ConversationStore, T> work) {
        return database.write(tx -> work.apply(new ConversationStore(tx)));
    }

    private void write(Consumer<ConversationStore> work) {
        written(store -> {
            work.accept(store);
            return "done";
        });
    }
}
