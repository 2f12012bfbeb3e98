package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.workspaces.Message.Author;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/// The messages of a conversation. The caller has checked who owns it: only the conversation knows that.
public final class MessageStore extends Store {

    public static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            MESSAGES.ID,
            MESSAGES.POSITION,
            MESSAGES.ROLE,
            MESSAGES.BODY,
            MESSAGES.AUTHOR_USER_ID,
            MESSAGES.AUTHOR_NAME,
            MESSAGES.CLIENT_KEY,
            MESSAGES.OUTGOING_ID,
            MESSAGES.ATTACHMENT_COUNT,
            MESSAGES.IS_FAILED,
            MESSAGES.IS_STOPPED,
            MESSAGES.CREATED_AT,
            MESSAGES.ORIGIN);

    private static final List<String> QUESTIONS = List.of(Author.USER.key(), Author.CONTACT.key());
    private static final List<String> ANSWERS = List.of(Author.ASSISTANT.key(), Author.AGENT.key());

    public MessageStore(Tx tx) {
        super(tx);
    }

    /// Returns the messages after a position, in order.
    public List<Message> list(AccountId tenant, WorkspaceId workspace, ConversationId id, long after, int limit) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(after))
                .orderBy(MESSAGES.POSITION)
                .limit(limit)
                .fetch(MessageStore::message);
    }

    public Optional<Message> findByKey(AccountId tenant, WorkspaceId workspace, ConversationId id, String clientKey) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.CLIENT_KEY.eq(clientKey))
                .fetchOptional(MessageStore::message);
    }

    /// Appends a message; the caller updates the conversation's counter.
    void append(AccountId tenant, WorkspaceId workspace, ConversationId id, Message message) {
        sql.insertInto(MESSAGES)
                .set(MESSAGES.ID, message.id())
                .set(MESSAGES.TENANT_ID, tenant)
                .set(MESSAGES.SUB_CLIENT_ID, workspace)
                .set(MESSAGES.CONVERSATION_ID, id)
                .set(MESSAGES.POSITION, message.position())
                .set(MESSAGES.ROLE, message.author().key())
                .set(MESSAGES.BODY, message.text())
                .set(MESSAGES.AUTHOR_USER_ID, message.by().map(Message.By::user).orElse(null))
                .set(MESSAGES.AUTHOR_NAME, message.by().map(Message.By::name).orElse(null))
                .set(MESSAGES.CLIENT_KEY, message.clientKey().orElse(null))
                .set(MESSAGES.OUTGOING_ID, message.outgoing().orElse(null))
                .set(MESSAGES.ATTACHMENT_COUNT, message.attachments())
                .set(MESSAGES.IS_FAILED, message.end() == Message.End.FAILED)
                .set(MESSAGES.IS_STOPPED, message.end() == Message.End.STOPPED)
                .set(MESSAGES.CREATED_AT, message.createdAt())
                .set(
                        MESSAGES.ORIGIN,
                        message.origin().map(OutgoingMessage.Origin::key).orElse(null))
                .execute();
    }

    /// Returns the last messages before a position, in order.
    List<Message> before(AccountId tenant, WorkspaceId workspace, ConversationId id, long before, int limit) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.lt(before), MESSAGES.POSITION.gt(0L))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
    }

    /// Returns unanswered messages in order, the last ones if there are many. Includes what the assistant tried and
    /// failed to answer.
    List<Message> unanswered(AccountId tenant, WorkspaceId workspace, ConversationId id, int limit) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(
                        in(tenant, workspace, id),
                        MESSAGES.POSITION.gt(answered(tenant, workspace, id, MESSAGES.IS_FAILED.isFalse())),
                        MESSAGES.ROLE.in(QUESTIONS))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
    }

    /// Returns the position up to which the assistant or a person has answered or tried to.
    long tried(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return answered(tenant, workspace, id, DSL.noCondition());
    }

    /// Returns the messages so far in order, without failed answers and internal notes; the last ones if there are
    /// many.
    List<Message> history(AccountId tenant, WorkspaceId workspace, ConversationId id, int limit) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(
                        in(tenant, workspace, id),
                        MESSAGES.POSITION.gt(0L),
                        MESSAGES.IS_FAILED.isFalse(),
                        MESSAGES.ROLE.ne(Author.NOTE.key()))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
    }

    /// Returns whether the assistant has answered, not counting what failed.
    boolean hasAnswer(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return sql.fetchExists(
                MESSAGES,
                in(tenant, workspace, id)
                        .and(MESSAGES.POSITION.gt(0L))
                        .and(MESSAGES.ROLE.eq(Author.ASSISTANT.key()))
                        .and(MESSAGES.IS_FAILED.isFalse()));
    }

    private long answered(AccountId tenant, WorkspaceId workspace, ConversationId id, Condition which) {
        return sql.select(COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(0L), MESSAGES.ROLE.in(ANSWERS), which)
                .orderBy(MESSAGES.POSITION.desc())
                .limit(1)
                .fetchOptional(MessageStore::message)
                .map(AnswerKey::covers)
                .orElse(0L);
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return MESSAGES.TENANT_ID
                .eq(tenant)
                .and(MESSAGES.SUB_CLIENT_ID.eq(workspace))
                .and(MESSAGES.CONVERSATION_ID.eq(id));
    }

    @AllTenants("builds a message from a row that was found")
    public static Message message(Record row) {
        return new Message(
                row.get(MESSAGES.ID),
                row.get(MESSAGES.POSITION),
                Keyed.of(Author.class, row.get(MESSAGES.ROLE)),
                row.get(MESSAGES.BODY),
                Optional.ofNullable(row.get(MESSAGES.AUTHOR_USER_ID))
                        .map(user -> new Message.By(user, row.get(MESSAGES.AUTHOR_NAME))),
                Optional.ofNullable(row.get(MESSAGES.CLIENT_KEY)),
                Optional.ofNullable(row.get(MESSAGES.OUTGOING_ID)),
                row.get(MESSAGES.ATTACHMENT_COUNT),
                end(row),
                row.get(MESSAGES.CREATED_AT),
                Optional.ofNullable(row.get(MESSAGES.ORIGIN)).flatMap(OutgoingMessage.Origin::of));
    }

    private static Message.End end(Record row) {
        if (row.get(MESSAGES.IS_FAILED)) {
            return Message.End.FAILED;
        }
        return row.get(MESSAGES.IS_STOPPED) ? Message.End.STOPPED : Message.End.WHOLE;
    }
}
