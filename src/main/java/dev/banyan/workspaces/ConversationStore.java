package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.SUB_CLIENTS;
import static dev.banyan.schema.Tables.SUB_CLIENT_USERS;
import static org.jooq.impl.DSL.row;

import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Conversations.Cursor;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

final class ConversationStore {

    private static final String WITH_ASSISTANT = "assistant";
    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            CONVERSATIONS.ID,
            CONVERSATIONS.TITLE,
            CONVERSATIONS.MESSAGE_COUNT,
            CONVERSATIONS.CREATED_AT,
            CONVERSATIONS.UPDATED_AT);

    private final DSLContext sql;
    private final MessageStore messages;

    ConversationStore(Tx tx) {
        this.sql = tx.sql();
        this.messages = new MessageStore(tx);
    }

    /// Newest first: by the last message, then by id.
    List<Conversation> list(Participant whose, Optional<Cursor> after, int limit) {
        return sql.select(COLUMNS)
                .from(CONVERSATIONS)
                .where(of(whose))
                .and(after.map(cursor -> row(CONVERSATIONS.UPDATED_AT, CONVERSATIONS.ID)
                                .lt(cursor.updatedAt(), cursor.id().toString()))
                        .orElseGet(DSL::noCondition))
                .orderBy(CONVERSATIONS.UPDATED_AT.desc(), CONVERSATIONS.ID.desc())
                .limit(limit)
                .fetch(ConversationStore::conversation);
    }

    Optional<Conversation> find(Participant whose, ConversationId id) {
        return sql.select(COLUMNS)
                .from(CONVERSATIONS)
                .where(of(whose), CONVERSATIONS.ID.eq(id.toString()))
                .fetchOptional(ConversationStore::conversation);
    }

    /// Holds it until the commit: positions are given one after the other.
    Optional<Conversation> lock(Participant whose, ConversationId id) {
        return RowLock.on(
                        sql.select(COLUMNS).from(CONVERSATIONS).where(of(whose), CONVERSATIONS.ID.eq(id.toString())),
                        sql)
                .fetchOptional(ConversationStore::conversation);
    }

    /// Does nothing where it is there already.
    void insert(Participant whose, Conversation conversation) {
        sql.insertInto(CONVERSATIONS)
                .set(CONVERSATIONS.ID, conversation.id().toString())
                .set(CONVERSATIONS.TENANT_ID, whose.tenant())
                .set(CONVERSATIONS.SUB_CLIENT_ID, whose.workspace().value())
                .set(CONVERSATIONS.KIND, WITH_ASSISTANT)
                .set(CONVERSATIONS.USER_ID, whose.user())
                .set(CONVERSATIONS.TITLE, conversation.title())
                .set(CONVERSATIONS.MESSAGE_COUNT, conversation.messages())
                .set(CONVERSATIONS.CREATED_AT, conversation.createdAt())
                .set(CONVERSATIONS.UPDATED_AT, conversation.updatedAt())
                .onConflictDoNothing()
                .execute();
    }

    /// @return whether there was one
    boolean delete(Participant whose, ConversationId id) {
        return sql.deleteFrom(CONVERSATIONS)
                        .where(of(whose), CONVERSATIONS.ID.eq(id.toString()))
                        .execute()
                == 1;
    }

    /// The messages behind a position, in their order.
    List<Message> messages(Participant whose, ConversationId id, long after, int limit) {
        return isOf(whose, id) ? messages.list(whose.tenant(), whose.workspace(), id, after, limit) : List.of();
    }

    /// What the user said since the assistant's last answer, in order; of many the last ones.
    List<Message> unanswered(Participant whose, ConversationId id, int limit) {
        return isOf(whose, id) ? messages.unanswered(whose.tenant(), whose.workspace(), id, limit) : List.of();
    }

    Optional<Message> findByKey(Participant whose, ConversationId id, String clientKey) {
        return isOf(whose, id)
                ? messages.findByKey(whose.tenant(), whose.workspace(), id, clientKey)
                : Optional.empty();
    }

    /// Messages know their workspace, and only their conversation knows the user.
    private boolean isOf(Participant whose, ConversationId id) {
        return sql.fetchExists(CONVERSATIONS, of(whose).and(CONVERSATIONS.ID.eq(id.toString())));
    }

    /// Adds a message to a conversation that [#lock] holds, and counts it.
    void append(Participant whose, ConversationId id, Message message) {
        messages.append(whose.tenant(), whose.workspace(), id, message);
        sql.update(CONVERSATIONS)
                .set(CONVERSATIONS.MESSAGE_COUNT, message.position())
                .set(CONVERSATIONS.UPDATED_AT, message.createdAt())
                .where(of(whose), CONVERSATIONS.ID.eq(id.toString()))
                .execute();
    }

    Optional<String> workspaceName(Participant whose) {
        return sql.select(SUB_CLIENTS.NAME)
                .from(SUB_CLIENTS)
                .where(
                        SUB_CLIENTS.TENANT_ID.eq(whose.tenant()),
                        SUB_CLIENTS.ID.eq(whose.workspace().value()))
                .fetchOptional(SUB_CLIENTS.NAME);
    }

    Optional<String> username(Participant whose) {
        return sql.select(SUB_CLIENT_USERS.USERNAME)
                .from(SUB_CLIENT_USERS)
                .where(
                        SUB_CLIENT_USERS.TENANT_ID.eq(whose.tenant()),
                        SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(whose.workspace().value()),
                        SUB_CLIENT_USERS.ID.eq(whose.user()))
                .fetchOptional(SUB_CLIENT_USERS.USERNAME);
    }

    private static Condition of(Participant whose) {
        return CONVERSATIONS
                .TENANT_ID
                .eq(whose.tenant())
                .and(CONVERSATIONS.SUB_CLIENT_ID.eq(whose.workspace().value()))
                .and(CONVERSATIONS.USER_ID.eq(whose.user()));
    }

    private static Conversation conversation(Record row) {
        return new Conversation(
                ConversationId.of(row.get(CONVERSATIONS.ID)),
                row.get(CONVERSATIONS.TITLE),
                row.get(CONVERSATIONS.MESSAGE_COUNT),
                row.get(CONVERSATIONS.CREATED_AT),
                row.get(CONVERSATIONS.UPDATED_AT));
    }
}
