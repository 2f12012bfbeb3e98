package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.row;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

public final class ConversationStore extends Store {

    private static final String WITH_ASSISTANT = "assistant";
    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            CONVERSATIONS.ID,
            CONVERSATIONS.TITLE,
            CONVERSATIONS.MESSAGE_COUNT,
            CONVERSATIONS.CREATED_AT,
            CONVERSATIONS.UPDATED_AT,
            CONVERSATIONS.IS_NAMED,
            CONVERSATIONS.IS_HANDED_OVER);

    private final MessageStore messages;
    private final ThreadStore threads;
    private final ConversationWordStore words;

    public ConversationStore(Tx tx) {
        super(tx);
        this.messages = new MessageStore(tx);
        this.threads = new ThreadStore(tx);
        this.words = new ConversationWordStore(tx);
    }

    /// Lists conversations by last message, newest first, then by id. Leaves out those that were only opened for a
    /// file.
    ///
    /// @param search words of the title or of messages, as typed; blank finds all
    public List<Conversation> list(Participant whose, String search, Optional<ConversationCursor> after, int limit) {
        return sql.select(COLUMNS)
                .from(CONVERSATIONS)
                .where(of(whose), DSL.not(isEmpty()))
                .and(words.matching(whose.tenant(), whose.workspace(), CONVERSATIONS.ID, search))
                .and(after.map(cursor ->
                                row(CONVERSATIONS.UPDATED_AT, CONVERSATIONS.ID).lt(cursor.updatedAt(), cursor.id()))
                        .orElseGet(DSL::noCondition))
                .orderBy(CONVERSATIONS.UPDATED_AT.desc(), CONVERSATIONS.ID.desc())
                .limit(limit)
                .fetch(ConversationStore::conversation);
    }

    public Optional<Conversation> find(Participant whose, ConversationId id) {
        return sql.select(COLUMNS)
                .from(CONVERSATIONS)
                .where(of(whose), CONVERSATIONS.ID.eq(id))
                .fetchOptional(ConversationStore::conversation);
    }

    /// Locks the conversation until the commit, so that positions are assigned one after the other.
    public Optional<Conversation> lock(Participant whose, ConversationId id) {
        return RowLock.on(sql.select(COLUMNS).from(CONVERSATIONS).where(of(whose), CONVERSATIONS.ID.eq(id)), sql)
                .fetchOptional(ConversationStore::conversation);
    }

    /// Inserts a conversation; does nothing if it exists already.
    public void insert(Participant whose, Conversation conversation) {
        sql.insertInto(CONVERSATIONS)
                .set(CONVERSATIONS.ID, conversation.id())
                .set(CONVERSATIONS.TENANT_ID, whose.tenant())
                .set(CONVERSATIONS.SUB_CLIENT_ID, whose.workspace())
                .set(CONVERSATIONS.KIND, WITH_ASSISTANT)
                .set(CONVERSATIONS.USER_ID, whose.user())
                .set(CONVERSATIONS.TITLE, conversation.title())
                .set(CONVERSATIONS.MESSAGE_COUNT, conversation.messages())
                .set(CONVERSATIONS.CREATED_AT, conversation.createdAt())
                .set(CONVERSATIONS.UPDATED_AT, conversation.updatedAt())
                .onConflictDoNothing()
                .execute();
    }

    /// @return whether it existed
    public boolean delete(Participant whose, ConversationId id) {
        if (isOf(whose, id)) {
            threads.forget(whose.tenant(), whose.workspace(), id);
        }
        return Tx.changed(sql.deleteFrom(CONVERSATIONS).where(of(whose), CONVERSATIONS.ID.eq(id)));
    }

    /// Returns the messages after a position, in order.
    public List<Message> messages(Participant whose, ConversationId id, long after, int limit) {
        return isOf(whose, id) ? messages.list(whose.tenant(), whose.workspace(), id, after, limit) : List.of();
    }

    /// Returns the last messages before a position, in order.
    public List<Message> before(Participant whose, ConversationId id, long before, int limit) {
        return isOf(whose, id) ? messages.before(whose.tenant(), whose.workspace(), id, before, limit) : List.of();
    }

    /// Returns what the assistant may know of the conversation so far, in order; the last messages if there are more.
    public List<Message> history(Participant whose, ConversationId id, int limit) {
        return isOf(whose, id) ? messages.history(whose.tenant(), whose.workspace(), id, limit) : List.of();
    }

    /// Returns the position up to which the assistant has answered or tried to.
    public long tried(Participant whose, ConversationId id) {
        return isOf(whose, id) ? messages.tried(whose.tenant(), whose.workspace(), id) : 0;
    }

    /// Returns the user's unanswered messages in order; the last ones if there are more.
    public List<Message> unanswered(Participant whose, ConversationId id, int limit) {
        return isOf(whose, id) ? messages.unanswered(whose.tenant(), whose.workspace(), id, limit) : List.of();
    }

    public Optional<Message> findByKey(Participant whose, ConversationId id, String clientKey) {
        return isOf(whose, id)
                ? messages.findByKey(whose.tenant(), whose.workspace(), id, clientKey)
                : Optional.empty();
    }

    /// Checks the owner first: messages know their workspace, but only their conversation knows the user.
    private boolean isOf(Participant whose, ConversationId id) {
        return sql.fetchExists(CONVERSATIONS, of(whose).and(CONVERSATIONS.ID.eq(id)));
    }

    /// Sets the title from the first message.
    public void setTitle(Participant whose, ConversationId id, String title) {
        set(whose, id, CONVERSATIONS.TITLE, title);
    }

    /// Sets a title that later messages don't change.
    public void name(Participant whose, ConversationId id, String title) {
        setTitle(whose, id, title);
        set(whose, id, CONVERSATIONS.IS_NAMED, true);
    }

    /// Sets whether a person answers instead of the assistant.
    public void setHandedOver(Participant whose, ConversationId id, boolean handedOver) {
        set(whose, id, CONVERSATIONS.IS_HANDED_OVER, handedOver);
    }

    private <T> void set(Participant whose, ConversationId id, Field<T> field, T value) {
        sql.update(CONVERSATIONS)
                .set(field, value)
                .where(of(whose), CONVERSATIONS.ID.eq(id))
                .execute();
    }

    /// Returns ids of conversations that were opened before this time and have no messages.
    @AllTenants("a job looks for conversations without messages")
    public List<ConversationId> empty(Instant before, int limit) {
        return sql.select(CONVERSATIONS.ID)
                .from(CONVERSATIONS)
                .where(isEmpty(), hasNoFile(), CONVERSATIONS.CREATED_AT.lt(before))
                .limit(limit)
                .fetch(CONVERSATIONS.ID);
    }

    /// Deletes those conversations that are still empty.
    @AllTenants("a job deletes conversations without messages")
    public void deleteEmpty(List<ConversationId> ids) {
        sql.deleteFrom(CONVERSATIONS)
                .where(isEmpty(), hasNoFile(), CONVERSATIONS.ID.in(ids))
                .execute();
    }

    /// Matches the assistant's conversations that have no messages and no name of their own. The number is inlined in
    /// the statement because only then do the databases use the partial index on empty conversations.
    private static Condition isEmpty() {
        return CONVERSATIONS
                .MESSAGE_COUNT
                .eq(DSL.inline(0L))
                .and(CONVERSATIONS.KIND.eq(WITH_ASSISTANT))
                .and(CONVERSATIONS.TITLE.eq(Conversation.NEW))
                .and(CONVERSATIONS.IS_NAMED.isFalse());
    }

    /// Not even a file that was uploaded and not sent yet.
    private static Condition hasNoFile() {
        return DSL.notExists(DSL.selectOne()
                .from(ATTACHMENTS)
                .where(
                        ATTACHMENTS.TENANT_ID.eq(CONVERSATIONS.TENANT_ID),
                        ATTACHMENTS.SUB_CLIENT_ID.eq(CONVERSATIONS.SUB_CLIENT_ID),
                        ATTACHMENTS.CONVERSATION_ID.eq(CONVERSATIONS.ID)));
    }

    /// Adds a message to a conversation that [#lock] holds, and counts it.
    public void append(Participant whose, ConversationId id, Message message) {
        messages.append(whose.tenant(), whose.workspace(), id, message);
        sql.update(CONVERSATIONS)
                .set(CONVERSATIONS.MESSAGE_COUNT, message.position())
                .set(CONVERSATIONS.UPDATED_AT, message.createdAt())
                .where(of(whose), CONVERSATIONS.ID.eq(id))
                .execute();
    }

    /// Returns whether the assistant has answered in a conversation, not counting what failed.
    public boolean hasAnswer(Participant whose, ConversationId id) {
        return find(whose, id).isPresent() && messages.hasAnswer(whose.tenant(), whose.workspace(), id);
    }

    public Optional<String> workspaceName(Participant whose) {
        return sql.fetchOptionalValue(
                SUB_CLIENTS.NAME, SUB_CLIENTS.TENANT_ID.eq(whose.tenant()).and(SUB_CLIENTS.ID.eq(whose.workspace())));
    }

    public Optional<String> username(Participant whose) {
        return sql.select(SUB_CLIENT_USERS.USERNAME)
                .from(SUB_CLIENT_USERS)
                .where(
                        SUB_CLIENT_USERS.TENANT_ID.eq(whose.tenant()),
                        SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(whose.workspace()),
                        SUB_CLIENT_USERS.ID.eq(whose.user()))
                .fetchOptional(SUB_CLIENT_USERS.USERNAME);
    }

    private static Condition of(Participant whose) {
        return CONVERSATIONS
                .TENANT_ID
                .eq(whose.tenant())
                .and(CONVERSATIONS.SUB_CLIENT_ID.eq(whose.workspace()))
                .and(CONVERSATIONS.USER_ID.eq(whose.user()));
    }

    private static Conversation conversation(Record row) {
        return new Conversation(
                row.get(CONVERSATIONS.ID),
                row.get(CONVERSATIONS.TITLE),
                row.get(CONVERSATIONS.MESSAGE_COUNT),
                row.get(CONVERSATIONS.CREATED_AT),
                row.get(CONVERSATIONS.UPDATED_AT),
                row.get(CONVERSATIONS.IS_NAMED),
                row.get(CONVERSATIONS.IS_HANDED_OVER));
    }
}
