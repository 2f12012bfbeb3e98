package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.MESSAGES;
import static dev.banyan.schema.Tables.SUB_CLIENTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.value;

import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Conversations.Cursor;
import dev.banyan.workspaces.Message.Author;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    private static final List<SelectFieldOrAsterisk> MESSAGE_COLUMNS = List.of(
            MESSAGES.ID, MESSAGES.POSITION, MESSAGES.ROLE, MESSAGES.BODY, MESSAGES.CLIENT_KEY, MESSAGES.CREATED_AT);

    private final DSLContext sql;

    ConversationStore(Tx tx) {
        this.sql = tx.sql();
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
        return sql.select(MESSAGE_COLUMNS)
                .from(MESSAGES)
                .where(in(whose, id), MESSAGES.POSITION.gt(after))
                .orderBy(MESSAGES.POSITION)
                .limit(limit)
                .fetch(ConversationStore::message);
    }

    /// What the user said since the assistant's last answer, in order; of many the last ones.
    List<Message> unanswered(Participant whose, ConversationId id, int limit) {
        return sql.select(MESSAGE_COLUMNS)
                .from(MESSAGES)
                .where(in(whose, id), MESSAGES.POSITION.gt(coalesce(lastAnswer(whose, id), value(0L))))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(ConversationStore::message)
                .reversed();
    }

    private static org.jooq.Field<Long> lastAnswer(Participant whose, ConversationId id) {
        var earlier = MESSAGES.as("earlier");
        return DSL.field(select(max(earlier.POSITION))
                .from(earlier)
                .where(
                        earlier.TENANT_ID.eq(whose.tenant()),
                        earlier.SUB_CLIENT_ID.eq(whose.workspace().value()),
                        earlier.CONVERSATION_ID.eq(id.toString()),
                        earlier.ROLE.eq(Author.ASSISTANT.key())));
    }

    Optional<Message> findByKey(Participant whose, ConversationId id, String clientKey) {
        return sql.select(MESSAGE_COLUMNS)
                .from(MESSAGES)
                .where(in(whose, id), MESSAGES.CLIENT_KEY.eq(clientKey))
                .fetchOptional(ConversationStore::message);
    }

    /// Adds a message to a conversation that [#lock] holds, and counts it.
    void append(Participant whose, ConversationId id, Message message) {
        sql.insertInto(MESSAGES)
                .set(MESSAGES.ID, message.id().toString())
                .set(MESSAGES.TENANT_ID, whose.tenant())
                .set(MESSAGES.SUB_CLIENT_ID, whose.workspace().value())
                .set(MESSAGES.CONVERSATION_ID, id.toString())
                .set(MESSAGES.POSITION, message.position())
                .set(MESSAGES.ROLE, message.author().key())
                .set(MESSAGES.BODY, message.text())
                .set(MESSAGES.CLIENT_KEY, message.clientKey().orElse(null))
                .set(MESSAGES.CREATED_AT, message.createdAt())
                .execute();
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

    private static Condition of(Participant whose) {
        return CONVERSATIONS
                .TENANT_ID
                .eq(whose.tenant())
                .and(CONVERSATIONS.SUB_CLIENT_ID.eq(whose.workspace().value()))
                .and(CONVERSATIONS.USER_ID.eq(whose.user()));
    }

    /// Messages know their workspace, and only their conversation knows the user.
    private static Condition in(Participant whose, ConversationId id) {
        return MESSAGES.TENANT_ID
                .eq(whose.tenant())
                .and(MESSAGES.SUB_CLIENT_ID.eq(whose.workspace().value()))
                .and(MESSAGES.CONVERSATION_ID.eq(id.toString()))
                .andExists(DSL.selectOne().from(CONVERSATIONS).where(of(whose), CONVERSATIONS.ID.eq(id.toString())));
    }

    private static Conversation conversation(Record row) {
        return new Conversation(
                ConversationId.of(row.get(CONVERSATIONS.ID)),
                row.get(CONVERSATIONS.TITLE),
                row.get(CONVERSATIONS.MESSAGE_COUNT),
                row.get(CONVERSATIONS.CREATED_AT),
                row.get(CONVERSATIONS.UPDATED_AT));
    }

    private static Message message(Record row) {
        return new Message(
                UUID.fromString(row.get(MESSAGES.ID)),
                row.get(MESSAGES.POSITION),
                Author.of(row.get(MESSAGES.ROLE)),
                row.get(MESSAGES.BODY),
                Optional.ofNullable(row.get(MESSAGES.CLIENT_KEY)),
                row.get(MESSAGES.CREATED_AT));
    }
}
