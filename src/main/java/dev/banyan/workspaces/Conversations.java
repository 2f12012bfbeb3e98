package dev.banyan.workspaces;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Message.Author;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What users of a workspace say to the assistant, and what it answers. Everybody has conversations of their own;
/// somebody else's are not found.
@Singleton
public final class Conversations {

    /// Messages that one conversation holds at most.
    static final long FULL = 10_000;
    /// Messages given out at once.
    static final int PORTION = 200;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int ANSWERED_AT_ONCE = 50;

    /// Where a list goes on: behind this conversation.
    public record Cursor(Instant updatedAt, ConversationId id) {

        private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,15})_([0-9a-f-]{36})");

        static Optional<Cursor> parse(String text) {
            Matcher written = WRITTEN.matcher(text);
            return written.matches()
                    ? ConversationId.parse(written.group(2))
                            .map(id -> new Cursor(Instant.ofEpochMilli(Long.parseLong(written.group(1))), id))
                    : Optional.empty();
        }

        /// As addresses carry it.
        @Override
        public String toString() {
            return updatedAt.toEpochMilli() + "_" + id;
        }
    }

    /// @param next where the list goes on, if it does
    public record Listed(List<Conversation> conversations, Optional<Cursor> next) {}

    /// A part of a conversation.
    ///
    /// @param more whether there are messages behind the last of these
    public record Part(Conversation conversation, List<Message> messages, boolean more) {}

    /// What came of posting a message.
    public sealed interface Posted {

        /// It is stored.
        ///
        /// @param again whether it was stored before, with the same key
        record Done(Conversation conversation, Message message, boolean again) implements Posted {}

        record NotFound() implements Posted {}

        record Rejected(Invalid invalid) implements Posted {}

        /// The conversation takes no more messages.
        record Full(long most) implements Posted {}
    }

    private final Database database;
    private final Assistant assistant;
    private final Clock clock;
    private final Uuids uuids;
    private final Event<ConversationGrew> grew;
    private final Event<ConversationDeleted> deleted;

    Conversations(
            Database database,
            Assistant assistant,
            Clock clock,
            Uuids uuids,
            Event<ConversationGrew> grew,
            Event<ConversationDeleted> deleted) {
        this.database = database;
        this.assistant = assistant;
        this.clock = clock;
        this.uuids = uuids;
        this.grew = grew;
        this.deleted = deleted;
    }

    /// The user's own, newest first.
    public Listed list(Participant whose, Optional<Cursor> after, int limit) {
        List<Conversation> found = database.read(tx -> new ConversationStore(tx).list(whose, after, limit + 1));
        List<Conversation> shown = found.subList(0, Math.min(limit, found.size()));
        return new Listed(
                List.copyOf(shown),
                found.size() > limit
                        ? Optional.of(new Cursor(
                                shown.getLast().updatedAt(), shown.getLast().id()))
                        : Optional.empty());
    }

    /// The one that was used last.
    public Optional<Conversation> latest(Participant whose) {
        return list(whose, Optional.empty(), 1).conversations().stream().findFirst();
    }

    /// The messages behind a position, [#PORTION] at most; 0 begins at the beginning.
    public Optional<Part> read(Participant whose, ConversationId id, long after) {
        return database.read(tx ->
                new ConversationStore(tx).find(whose, id).map(conversation -> part(tx, whose, conversation, after)));
    }

    /// The last messages, [#PORTION] at most.
    public Optional<Part> readEnd(Participant whose, ConversationId id) {
        return database.read(tx -> new ConversationStore(tx)
                .find(whose, id)
                .map(conversation -> part(tx, whose, conversation, Math.max(0, conversation.messages() - PORTION))));
    }

    private static Part part(Tx tx, Participant whose, Conversation conversation, long after) {
        List<Message> messages = new ConversationStore(tx).messages(whose, conversation.id(), after, PORTION);
        boolean more = !messages.isEmpty() && messages.getLast().position() < conversation.messages();
        return new Part(conversation, messages, more);
    }

    /// Stores what the user says. The same key in the same conversation is the same message.
    ///
    /// @param conversation empty begins a new one; the same key begins the same one
    /// @param key the sender's own name for the message: 1 to 64 letters, digits, `_`, `-`
    public Posted post(Participant whose, Optional<ConversationId> conversation, String key, String text) {
        if (!KEY.matcher(key).matches()) {
            return new Posted.Rejected(
                    new Invalid("key", "Key must be 1 to 64 letters, digits, underscores or hyphens"));
        }
        return switch (MessageText.check(text)) {
            case MessageText.Checked.Bad bad -> new Posted.Rejected(bad.invalid());
            case MessageText.Checked.Good good ->
                database.write(tx -> {
                    ConversationId id = conversation.orElseGet(() -> ConversationId.begunBy(whose, key));
                    if (conversation.isEmpty()) {
                        Instant now = clock.instant();
                        new ConversationStore(tx)
                                .insert(whose, new Conversation(id, Conversation.titleOf(good.text()), 0, now, now));
                    }
                    return append(tx, whose, id, key, good.text());
                });
        };
    }

    private Posted append(Tx tx, Participant whose, ConversationId id, String key, String text) {
        var store = new ConversationStore(tx);
        Optional<Conversation> locked = store.lock(whose, id);
        if (locked.isEmpty()) {
            return new Posted.NotFound();
        }
        Conversation conversation = locked.get();
        Optional<Message> known = store.findByKey(whose, id, key);
        if (known.isPresent()) {
            return new Posted.Done(conversation, known.get(), true);
        }
        if (conversation.messages() >= FULL) {
            return new Posted.Full(FULL);
        }
        var message = Message.of(
                uuids.next(), conversation.messages() + 1, Author.USER, text, Optional.of(key), clock.instant());
        return new Posted.Done(append(tx, whose, conversation, message), message, false);
    }

    private Message append(Tx tx, Participant whose, Conversation to, String answer, Message.End end) {
        var message = new Message(
                uuids.next(),
                to.messages() + 1,
                Author.ASSISTANT,
                answer,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                end,
                clock.instant());
        append(tx, whose, to, message);
        return message;
    }

    private Conversation append(Tx tx, Participant whose, Conversation to, Message message) {
        new ConversationStore(tx).append(whose, to.id(), message);
        var after = new Conversation(to.id(), to.title(), message.position(), to.createdAt(), message.createdAt());
        tx.afterCommit(() -> grew.fire(new ConversationGrew(whose, after, List.of(message))));
        return after;
    }

    /// Lets the assistant answer what it has not answered yet, such as a message before a crash; nothing happens where
    /// all is answered. Where the user says more meanwhile, this answer is dropped: the one after covers both.
    ///
    /// @param part hears the answer while it is written
    /// @return the answer, if one was stored
    public Optional<Message> answer(Participant whose, ConversationId id, Consumer<String> part) {
        Optional<Assistant.Question> question = database.read(tx -> question(tx, whose, id));
        if (question.isEmpty()) {
            return Optional.empty();
        }
        var answering = new Answering(part);
        Assistant.Answer answer = assistant.answer(question.get(), answering);
        Message.End end = switch (answer) {
            case Assistant.Answer.Failed _ -> Message.End.FAILED;
            case Assistant.Answer.Said _, Assistant.Answer.HandedOver _ ->
                answering.isStopped() ? Message.End.STOPPED : Message.End.WHOLE;
        };
        long answered = question.get().unanswered().getLast().position();
        return database.write(tx -> new ConversationStore(tx)
                .lock(whose, id)
                .filter(conversation -> conversation.messages() == answered)
                .map(conversation -> append(tx, whose, conversation, answer.text(), end)));
    }

    private static Optional<Assistant.Question> question(Tx tx, Participant whose, ConversationId id) {
        var store = new ConversationStore(tx);
        return store.workspaceName(whose)
                .map(name -> new Assistant.Question(
                        whose.tenant(),
                        whose.workspace(),
                        name,
                        List.of(),
                        store.unanswered(whose, id, ANSWERED_AT_ONCE)))
                .filter(found -> !found.unanswered().isEmpty());
    }

    /// @return whether there was one to delete
    public boolean delete(Participant whose, ConversationId id) {
        return database.write(tx -> {
            var store = new ConversationStore(tx);
            boolean there = store.lock(whose, id).isPresent();
            if (there) {
                new AttachmentStore(tx).releaseConversation(whose.tenant(), whose.workspace(), id, clock.instant());
                store.delete(whose, id);
                tx.afterCommit(() -> deleted.fire(new ConversationDeleted(whose, id)));
            }
            return there;
        });
    }
}
