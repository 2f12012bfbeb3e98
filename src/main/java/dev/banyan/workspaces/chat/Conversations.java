package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.Participant;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The conversations of workspace users with the assistant; [ChatAnswers] has its answers. All users have their own;
/// those of other users are not found.
@Singleton
public record Conversations(
        Database database,
        ConversationLines lines,
        Clock clock,
        Uuids uuids,
        Event<ConversationDeleted> deleted,
        Event<HandoverRequested> awaited) {

    /// The most messages in one conversation.
    public static final long FULL = 10_000;
    /// The most messages returned at once.
    public static final int PORTION = 200;

    public static final Invalid BAD_KEY =
            new Invalid("key", "Key must be 1 to 64 letters, digits, underscores or hyphens");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Text TITLE = Text.line("title", "Title", Conversation.LONGEST_TITLE);

    /// @param next the cursor of the next page, if there is one
    public record Listed(List<Conversation> conversations, Optional<ConversationCursor> next) {}

    /// A part of a conversation.
    ///
    /// @param more whether there are messages after these
    /// @param attachments of these messages, by message id
    public record Part(
            Conversation conversation, List<Message> messages, boolean more, Map<UUID, List<Attachment>> attachments) {

        /// Whether there are messages before these.
        public boolean hasEarlier() {
            return !messages.isEmpty() && messages.getFirst().position() > 1;
        }
    }

    /// Result of posting a message.
    public sealed interface Posted {

        /// The message is stored.
        ///
        /// @param again whether it was stored before with the same key
        record Done(Conversation conversation, Message message, boolean again) implements Posted {}

        record NotFound() implements Posted {}

        record Rejected(Invalid invalid) implements Posted {}

        /// The conversation has reached its limit of messages.
        record Full(long most) implements Posted {}
    }

    /// Lists the user's own conversations, newest first.
    public Listed list(Participant whose, Optional<ConversationCursor> after, int limit) {
        return search(whose, "", after, limit);
    }

    /// Lists those of the user's own conversations that contain all these words in their title or messages, newest
    /// first.
    ///
    /// @param search beginnings of words, as typed; blank finds all
    public Listed search(Participant whose, String search, Optional<ConversationCursor> after, int limit) {
        List<Conversation> found = database.read(tx -> new ConversationStore(tx).list(whose, search, after, limit + 1));
        List<Conversation> shown = found.subList(0, Math.min(limit, found.size()));
        return new Listed(
                List.copyOf(shown),
                found.size() > limit
                        ? Optional.of(new ConversationCursor(
                                shown.getLast().updatedAt(), shown.getLast().id()))
                        : Optional.empty());
    }

    public Optional<Conversation> find(Participant whose, ConversationId id) {
        return database.read(tx -> new ConversationStore(tx).find(whose, id));
    }

    /// Returns the most recently used conversation.
    public Optional<Conversation> latest(Participant whose) {
        return list(whose, Optional.empty(), 1).conversations().stream().findFirst();
    }

    /// Returns the messages after a position, at most [#PORTION]; 0 starts at the beginning.
    public Optional<Part> read(Participant whose, ConversationId id, long after) {
        return read(whose, id, after, PORTION);
    }

    /// @param limit 1 to [#PORTION]
    public Optional<Part> read(Participant whose, ConversationId id, long after, int limit) {
        return database.read(tx -> {
            var store = new ConversationStore(tx);
            return store.find(whose, id).map(found -> part(tx, whose, found, store.messages(whose, id, after, limit)));
        });
    }

    /// Returns the last messages before a position.
    ///
    /// @param limit 1 to [#PORTION]
    public Optional<Part> readBefore(Participant whose, ConversationId id, long before, int limit) {
        return database.read(tx -> {
            var store = new ConversationStore(tx);
            return store.find(whose, id).map(found -> part(tx, whose, found, store.before(whose, id, before, limit)));
        });
    }

    /// Returns the last messages, at most [#PORTION].
    public Optional<Part> readEnd(Participant whose, ConversationId id) {
        return readBefore(whose, id, Long.MAX_VALUE, PORTION);
    }

    private static Part part(Tx tx, Participant whose, Conversation conversation, List<Message> messages) {
        boolean more = !messages.isEmpty() && messages.getLast().position() < conversation.messages();
        return new Part(conversation, messages, more, Attachments.of(tx, whose.tenant(), whose.workspace(), messages));
    }

    /// Stores a user's message. Idempotent by key within a conversation.
    ///
    /// @param conversation empty starts a new one; the same key starts the same one
    /// @param key the client's id for the message: 1 to 64 letters, digits, `_`, `-`
    public Posted post(Participant whose, Optional<ConversationId> conversation, String key, String text) {
        return post(whose, conversation, key, text, List.of());
    }

    /// @param files unsent files in the conversation to attach; with files, the text may be empty
    public Posted post(
            Participant whose, Optional<ConversationId> conversation, String key, String text, List<UUID> files) {
        if (!isKey(key)) {
            return new Posted.Rejected(BAD_KEY);
        }
        return switch (MessageText.check(text, !files.isEmpty())) {
            case MessageText.Checked.Bad bad -> new Posted.Rejected(bad.invalid());
            case MessageText.Checked.Good good ->
                database.write(tx -> {
                    ConversationId id = conversation.orElseGet(() -> begin(tx, whose, key));
                    Posted posted = append(tx, whose, id, key, good.text(), files);
                    return posted instanceof Posted.Done ? posted : tx.undone(posted);
                });
        };
    }

    /// Whether a client may name a message so.
    public static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    /// Opens the conversation that a message with this key will start, so that files can be uploaded for it.
    ///
    /// @param key valid according to [#isKey]
    public ConversationId open(Participant whose, String key) {
        return database.write(tx -> begin(tx, whose, key));
    }

    private ConversationId begin(Tx tx, Participant whose, String key) {
        ConversationId id = ConversationId.begunBy(whose, key);
        Instant now = clock.instant();
        new ConversationStore(tx).insert(whose, new Conversation(id, Conversation.NEW, 0, now, now));
        return id;
    }

    private Posted append(Tx tx, Participant whose, ConversationId id, String key, String text, List<UUID> files) {
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
        UUID message = uuids.next();
        return switch (Attachments.take(
                tx, whose.tenant(), whose.workspace(), id, Optional.of(whose.user()), files, message)) {
            case Attachments.AttachResult.Refused refused -> new Posted.Rejected(refused.invalid());
            case Attachments.AttachResult.Done taken ->
                append(tx, whose, conversation, said(message, conversation, key, text, taken), taken.attachments());
        };
    }

    private Message said(
            UUID id, Conversation conversation, String key, String text, Attachments.AttachResult.Done taken) {
        return new Message(
                id,
                conversation.messages() + 1,
                Author.USER,
                text,
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                taken.attachments().size(),
                Message.End.WHOLE,
                clock.instant());
    }

    private Posted append(
            Tx tx, Participant whose, Conversation conversation, Message message, List<Attachment> files) {
        boolean first = conversation.messages() == 0 && !conversation.named();
        String title =
                message.text().isEmpty() && !files.isEmpty() ? files.getFirst().name() : message.text();
        Conversation to =
                first ? lines.title(tx, whose, conversation, Conversation.titleOf(title), false) : conversation;
        Conversation after = lines.append(tx, whose, to, message, files);
        if (after.handedOver()) {
            awaited.fire(new HandoverRequested(tx, whose, after, message));
        }
        return new Posted.Done(after, message, false);
    }

    /// Renames a conversation; later messages don't change the title.
    public Outcome<Conversation> name(Participant whose, ConversationId id, String title) {
        return switch (TITLE.check(title)) {
            case Text.Checked.Bad bad -> Outcome.rejected(bad.invalid());
            case Text.Checked.Good good ->
                database.write(tx -> {
                    Optional<Conversation> found = new ConversationStore(tx).lock(whose, id);
                    if (found.isEmpty()) {
                        return Outcome.notFound();
                    }
                    Conversation named = lines.title(tx, whose, found.get(), good.text(), true);
                    lines.changed(tx, whose, named);
                    return Outcome.done(named);
                });
        };
    }

    /// @return whether it existed
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
