package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageStore;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The messages of a thread as shown in the inbox, including what only the inbox sees: notes, and lines about actions.
/// These have positions below zero, so that readers elsewhere, who start at 1, never find them. Their position encodes
/// the message they follow.
public final class ThreadMessageStore extends Store {

    /// The most notes between two messages.
    static final int BETWEEN = 999;

    private static final long STEP = BETWEEN + 1L;

    /// Far beyond all positions: rows go there first, since no two may have the same position at any time.
    private static final long AWAY = 1L << 50;

    /// How far a message that comes late moves up at most.
    private static final int MOST_LATER = 500;

    /// A reply of ours that is later by less doesn't tell whether it was written before the message came.
    private static final Duration SKEW = Duration.ofSeconds(30);

    /// What programs and campaigns send is no answer.
    private static final Condition IS_ANSWER =
            MESSAGES.ORIGIN.isNull().or(MESSAGES.ORIGIN.eq(OutgoingMessage.Origin.PHONE.key()));

    public ThreadMessageStore(Tx tx) {
        super(tx);
    }

    /// Makes room for a message in the order of time: those that are later move on by one, with the notes after them.
    ///
    /// @param held the locked conversation
    /// @return the position of the message
    long makeRoom(AccountId tenant, WorkspaceId workspace, ThreadStore.Held held, Instant at) {
        OptionalLong later = at.isBefore(held.updatedAt())
                ? sql
                        .select(MESSAGES.POSITION, MESSAGES.ROLE, MESSAGES.CREATED_AT)
                        .from(MESSAGES)
                        .where(in(tenant, workspace, held.id()), MESSAGES.POSITION.gt(0L))
                        .orderBy(MESSAGES.POSITION.desc())
                        .limit(MOST_LATER)
                        .fetch()
                        .stream()
                        .takeWhile(row ->
                                row.value3().isAfter(row.value2().equals(Author.CONTACT.key()) ? at : at.plus(SKEW)))
                        .mapToLong(row -> row.value1())
                        .min()
                : OptionalLong.empty();
        if (later.isEmpty()) {
            return held.messages() + 1;
        }
        long first = later.getAsLong();
        Condition in = in(tenant, workspace, held.id());
        move(in.and(MESSAGES.POSITION.ge(first)), AWAY);
        move(in.and(MESSAGES.POSITION.ge(AWAY)), 1 - AWAY);
        move(in.and(MESSAGES.POSITION.lt(-first * STEP)), -AWAY);
        move(in.and(MESSAGES.POSITION.lt(-AWAY)), AWAY - STEP);
        sql.update(CONVERSATIONS)
                .set(CONVERSATIONS.MESSAGE_COUNT, CONVERSATIONS.MESSAGE_COUNT.plus(1))
                .where(
                        CONVERSATIONS.TENANT_ID.eq(tenant),
                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace),
                        CONVERSATIONS.ID.eq(held.id()))
                .execute();
        return first;
    }

    private void move(Condition which, long by) {
        sql.update(MESSAGES)
                .set(MESSAGES.POSITION, MESSAGES.POSITION.plus(by))
                .where(which)
                .execute();
    }

    /// Returns the last messages before a position, with notes, in the order they were written.
    List<Message> before(AccountId tenant, WorkspaceId workspace, ConversationId id, long before, int limit) {
        List<Message> messages = sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(0L), MESSAGES.POSITION.lt(before))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
        long first = messages.size() < limit ? 0 : messages.getFirst().position();
        return Stream.concat(messages.stream(), beside(tenant, workspace, id, first, before - 1, limit).stream())
                .sorted((one, other) -> Long.compare(place(one), place(other)))
                .toList();
    }

    /// Returns the notes after these messages; the last ones if there are many.
    private List<Message> beside(
            AccountId tenant, WorkspaceId workspace, ConversationId id, long first, long last, int limit) {
        return sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(
                        in(tenant, workspace, id),
                        MESSAGES.POSITION.lt(-first * STEP),
                        MESSAGES.POSITION.gt(-(last + 1) * STEP))
                .orderBy(MESSAGES.POSITION)
                .limit(limit)
                .fetch(MessageStore::message);
    }

    private static long place(Message message) {
        return message.position() > 0 ? message.position() * STEP : -message.position();
    }

    /// Returns the position for another note after a message; empty if there is no room.
    ///
    /// @param last the message; 0 is before the first
    Optional<Long> placeBeside(AccountId tenant, WorkspaceId workspace, ConversationId id, long last) {
        long from = -last * STEP;
        long used = Optional.ofNullable(sql.select(min(MESSAGES.POSITION))
                        .from(MESSAGES)
                        .where(in(tenant, workspace, id), MESSAGES.POSITION.lt(from), MESSAGES.POSITION.gt(from - STEP))
                        .fetchOne(min(MESSAGES.POSITION)))
                .orElse(from);
        return used > from - BETWEEN ? Optional.of(used - 1) : Optional.empty();
    }

    public Optional<Message> find(AccountId tenant, WorkspaceId workspace, ConversationId id, UUID message) {
        return sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.ID.eq(message))
                .fetchOptional(MessageStore::message);
    }

    /// @param message its id in the thread
    record Place(ConversationId thread, UUID message) {}

    /// Finds the thread that has a message of WhatsApp, in either direction.
    Optional<Place> at(AccountId tenant, WorkspaceId workspace, UUID whatsApp) {
        return at(tenant, workspace, MESSAGES.ID.eq(whatsApp))
                .or(() -> at(tenant, workspace, MESSAGES.OUTGOING_ID.eq(whatsApp)));
    }

    private Optional<Place> at(AccountId tenant, WorkspaceId workspace, Condition which) {
        return sql.select(MESSAGES.CONVERSATION_ID, MESSAGES.ID)
                .from(MESSAGES)
                .where(MESSAGES.TENANT_ID.eq(tenant), MESSAGES.SUB_CLIENT_ID.eq(workspace), which)
                .fetchOptional(row -> new Place(row.value1(), row.value2()));
    }

    /// Returns the ids that messages of WhatsApp, in either direction, have in a thread; those of others are left out.
    Map<UUID, UUID> idsOf(AccountId tenant, WorkspaceId workspace, ConversationId id, Collection<UUID> whatsApp) {
        var found = new HashMap<UUID, UUID>();
        if (!whatsApp.isEmpty()) {
            found.putAll(idsBy(MESSAGES.ID, tenant, workspace, id, whatsApp));
            found.putAll(idsBy(MESSAGES.OUTGOING_ID, tenant, workspace, id, whatsApp));
        }
        return found;
    }

    private Map<UUID, UUID> idsBy(
            Field<UUID> column, AccountId tenant, WorkspaceId workspace, ConversationId id, Collection<UUID> whatsApp) {
        return sql.select(column, MESSAGES.ID)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), column.in(whatsApp))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Changes the text of a message, and that of its thread in lists if it is the last one.
    void rewrite(AccountId tenant, WorkspaceId workspace, ConversationId id, UUID message, String text) {
        find(tenant, workspace, id, message).ifPresent(before -> {
            sql.update(MESSAGES)
                    .set(MESSAGES.BODY, text)
                    .where(in(tenant, workspace, id), MESSAGES.ID.eq(message))
                    .execute();
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.LAST_TEXT, InboxThread.Last.cut(text))
                    .where(
                            INBOX_THREADS.TENANT_ID.eq(tenant),
                            INBOX_THREADS.SUB_CLIENT_ID.eq(workspace),
                            INBOX_THREADS.CONVERSATION_ID.eq(id),
                            INBOX_THREADS.LAST_ROLE.eq(before.author().key()),
                            INBOX_THREADS.LAST_MESSAGE_AT.eq(before.createdAt()))
                    .execute();
        });
    }

    /// Returns the ids of a contact's last messages, newest first.
    List<UUID> lastOfContact(AccountId tenant, WorkspaceId workspace, ConversationId id, int limit) {
        return sql.select(MESSAGES.ID)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(0L), MESSAGES.ROLE.eq(Author.CONTACT.key()))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(row -> row.value1());
    }

    /// Returns how many messages a contact has written after this one; empty if it isn't in the conversation.
    Optional<Integer> ofContactAfter(AccountId tenant, WorkspaceId workspace, ConversationId id, UUID message) {
        return sql.fetchOptionalValue(
                        MESSAGES.POSITION, in(tenant, workspace, id).and(MESSAGES.ID.eq(message)))
                .map(position -> sql.fetchCount(
                        MESSAGES,
                        in(tenant, workspace, id),
                        MESSAGES.POSITION.gt(position),
                        MESSAGES.ROLE.eq(Author.CONTACT.key())));
    }

    /// Returns whether an answer was written on the phone after this place.
    boolean isAnsweredOnPhone(AccountId tenant, WorkspaceId workspace, ConversationId id, long position) {
        return sql.fetchExists(
                MESSAGES,
                in(tenant, workspace, id),
                MESSAGES.POSITION.gt(position),
                MESSAGES.ORIGIN.eq(OutgoingMessage.Origin.PHONE.key()));
    }

    public Optional<ContactWrote> threadOf(AccountId tenant, UUID outgoing) {
        return sql.select(MESSAGES.SUB_CLIENT_ID, MESSAGES.CONVERSATION_ID)
                .from(MESSAGES)
                .where(MESSAGES.TENANT_ID.eq(tenant), MESSAGES.OUTGOING_ID.eq(outgoing))
                .fetchOptional(row -> new ContactWrote(tenant, row.value1(), row.value2()));
    }

    /// Returns a contact's messages since the last answer, in order; the last ones if there are many. What programs
    /// and campaigns send doesn't count as an answer, but what someone gets who opts out does. Empty if the
    /// assistant must not answer: it is off for contacts, people answer, someone did on the phone, or a person was
    /// asked for.
    List<Message> waiting(AccountId tenant, WorkspaceId workspace, ConversationId id, Instant now, int limit) {
        boolean mine = sql.fetchExists(sql.selectOne()
                .from(CONVERSATIONS)
                .join(INBOX_THREADS)
                .on(INBOX_THREADS.CONVERSATION_ID.eq(CONVERSATIONS.ID))
                .join(ASSISTANTS)
                .on(ASSISTANTS
                        .TENANT_ID
                        .eq(CONVERSATIONS.TENANT_ID)
                        .and(ASSISTANTS.SUB_CLIENT_ID.eq(CONVERSATIONS.SUB_CLIENT_ID)))
                .where(
                        CONVERSATIONS.TENANT_ID.eq(tenant),
                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace),
                        CONVERSATIONS.ID.eq(id),
                        CONVERSATIONS.USER_ID.isNull(),
                        CONVERSATIONS.IS_HANDED_OVER.isFalse(),
                        INBOX_THREADS.STATE.eq(InboxThread.State.OPEN.key()),
                        INBOX_THREADS.IS_PERSON_WANTED.isFalse(),
                        INBOX_THREADS.ASSISTANT_RESUMES_AT.isNull().or(INBOX_THREADS.ASSISTANT_RESUMES_AT.le(now)),
                        ASSISTANTS.IS_FOR_CONTACTS.isTrue()));
        if (!mine) {
            return List.of();
        }
        long answered = Optional.ofNullable(sql.select(max(MESSAGES.POSITION))
                        .from(MESSAGES)
                        .where(
                                in(tenant, workspace, id),
                                MESSAGES.POSITION.gt(0L),
                                MESSAGES.ROLE.ne(Author.CONTACT.key()),
                                IS_ANSWER.or(MESSAGES.ORIGIN.eq(OutgoingMessage.Origin.AUTOMATIC.key())))
                        .fetchOne(max(MESSAGES.POSITION)))
                .orElse(0L);
        return sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(
                        in(tenant, workspace, id),
                        MESSAGES.POSITION.gt(answered),
                        MESSAGES.ROLE.eq(Author.CONTACT.key()))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
    }

    /// Returns the position of the last message of a person of the workspace; 0 if there is none.
    long lastOfPerson(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return Optional.ofNullable(sql.select(max(MESSAGES.POSITION))
                        .from(MESSAGES)
                        .where(
                                in(tenant, workspace, id),
                                MESSAGES.POSITION.gt(0L),
                                MESSAGES.ROLE.in(Author.AGENT.key(), Author.USER.key()),
                                IS_ANSWER)
                        .fetchOne(max(MESSAGES.POSITION)))
                .orElse(0L);
    }

    /// Returns when a contact wrote first since then and since the last answer; that of the assistant counts unless a
    /// person is wanted.
    Optional<Instant> waitsSince(
            AccountId tenant, WorkspaceId workspace, ConversationId id, boolean isPersonWanted, Instant from) {
        long person = lastOfPerson(tenant, workspace, id);
        long answered = (isPersonWanted ? List.<Message>of() : last(tenant, workspace, id, Author.ASSISTANT, person, 1))
                .stream().mapToLong(Message::position).findFirst().orElse(person);
        return last(tenant, workspace, id, Author.CONTACT, answered, MOST_LATER).stream()
                .map(Message::createdAt)
                .filter(written -> !written.isBefore(from))
                .min(Instant::compareTo);
    }

    /// Returns the last messages of an author after a position, the newest first.
    List<Message> last(
            AccountId tenant, WorkspaceId workspace, ConversationId id, Author author, long after, int limit) {
        return sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(after), MESSAGES.ROLE.eq(author.key()))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message);
    }

    /// Returns how often the assistant answers a contact without a person.
    int mostAnswers(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchOptionalValue(
                        ASSISTANTS.MOST_ANSWERS,
                        ASSISTANTS.TENANT_ID.eq(tenant).and(ASSISTANTS.SUB_CLIENT_ID.eq(workspace)))
                .orElse(HandOver.MOST_ANSWERS);
    }

    /// Lets the assistant leave a thread alone for as long as its workspace wants that after an answer on the phone.
    void pauseAssistant(AccountId tenant, WorkspaceId workspace, ConversationId id, Instant answered) {
        sql.fetchOptionalValue(
                        ASSISTANTS.PHONE_PAUSE_MINUTES,
                        ASSISTANTS.TENANT_ID.eq(tenant).and(ASSISTANTS.SUB_CLIENT_ID.eq(workspace)))
                .map(minutes -> answered.plus(Duration.ofMinutes(minutes)))
                .ifPresent(until -> sql.update(INBOX_THREADS)
                        .set(INBOX_THREADS.ASSISTANT_RESUMES_AT, until)
                        .where(
                                INBOX_THREADS.TENANT_ID.eq(tenant),
                                INBOX_THREADS.SUB_CLIENT_ID.eq(workspace),
                                INBOX_THREADS.CONVERSATION_ID.eq(id),
                                INBOX_THREADS
                                        .ASSISTANT_RESUMES_AT
                                        .isNull()
                                        .or(INBOX_THREADS.ASSISTANT_RESUMES_AT.lt(until)))
                        .execute());
    }

    /// Returns threads in which a contact has had the last word since then: at startup, these may have been left
    /// unanswered.
    @AllTenants("runs at server startup, for all tenants")
    List<ContactWrote> unanswered(Instant since, int limit) {
        return sql.select(INBOX_THREADS.TENANT_ID, INBOX_THREADS.SUB_CLIENT_ID, INBOX_THREADS.CONVERSATION_ID)
                .from(INBOX_THREADS)
                .join(ASSISTANTS)
                .on(ASSISTANTS
                        .TENANT_ID
                        .eq(INBOX_THREADS.TENANT_ID)
                        .and(ASSISTANTS.SUB_CLIENT_ID.eq(INBOX_THREADS.SUB_CLIENT_ID)))
                .where(
                        ASSISTANTS.IS_FOR_CONTACTS.isTrue(),
                        INBOX_THREADS.STATE.eq(
                                DSL.inline(InboxThread.State.OPEN.key())), // inlined to match the partial index
                        INBOX_THREADS.IS_PERSON_WANTED.isFalse(),
                        INBOX_THREADS.LAST_ROLE.eq(DSL.inline(Author.CONTACT.key())),
                        INBOX_THREADS.LAST_MESSAGE_AT.ge(since))
                .orderBy(INBOX_THREADS.LAST_MESSAGE_AT)
                .limit(limit)
                .fetch(row -> new ContactWrote(row.value1(), row.value2(), row.value3()));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return MESSAGES.TENANT_ID
                .eq(tenant)
                .and(MESSAGES.SUB_CLIENT_ID.eq(workspace))
                .and(MESSAGES.CONVERSATION_ID.eq(id));
    }
}
