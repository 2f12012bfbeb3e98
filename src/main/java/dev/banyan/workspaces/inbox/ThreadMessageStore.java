package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.ASSISTANTS;
import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.INBOX_THREADS;
import static dev.banyan.schema.Tables.MESSAGES;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageStore;
import dev.banyan.workspaces.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The messages of a thread as the people of the inbox read them, with what stands beside them: notes, and lines about
/// what was done. These have positions below zero, so that nobody else, who reads from 1, ever meets one; and they know
/// behind which message they stand.
public final class ThreadMessageStore {

    /// So many notes fit between two messages.
    static final int BETWEEN = 999;

    private static final long STEP = BETWEEN + 1L;

    private final DSLContext sql;

    public ThreadMessageStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// The last ones before a position with what stands beside them, in the order in which they were written.
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

    /// What stands behind these messages; of much the last.
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

    /// The place for one more behind a message; empty where there is no more room.
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
                .where(in(tenant, workspace, id), MESSAGES.ID.eq(message.toString()))
                .fetchOptional(MessageStore::message);
    }

    /// Where in the inbox a message on its way stands.
    public Optional<ContactWrote> threadOf(AccountId tenant, UUID outgoing) {
        return sql.select(MESSAGES.SUB_CLIENT_ID, MESSAGES.CONVERSATION_ID)
                .from(MESSAGES)
                .where(MESSAGES.TENANT_ID.eq(tenant), MESSAGES.OUTGOING_ID.eq(outgoing.toString()))
                .fetchOptional(row ->
                        new ContactWrote(tenant, new WorkspaceId(row.value1()), ConversationId.of(row.value2())));
    }

    /// What a contact said since anybody answered, in order; of much the last. Nothing where the assistant has no part:
    /// it is not for contacts, people answer, or one was asked for.
    List<Message> waiting(AccountId tenant, WorkspaceId workspace, ConversationId id, int limit) {
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
                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace.value()),
                        CONVERSATIONS.ID.eq(id.toString()),
                        CONVERSATIONS.USER_ID.isNull(),
                        CONVERSATIONS.IS_HANDED_OVER.isFalse(),
                        INBOX_THREADS.STATE.eq(InboxThread.State.OPEN.key()),
                        INBOX_THREADS.IS_PERSON_WANTED.isFalse(),
                        ASSISTANTS.IS_FOR_CONTACTS.isTrue()));
        if (!mine) {
            return List.of();
        }
        long answered = Optional.ofNullable(sql.select(max(MESSAGES.POSITION))
                        .from(MESSAGES)
                        .where(
                                in(tenant, workspace, id),
                                MESSAGES.POSITION.gt(0L),
                                MESSAGES.ROLE.ne(Author.CONTACT.key()))
                        .fetchOne(max(MESSAGES.POSITION)))
                .orElse(0L);
        return sql.select(MessageStore.COLUMNS)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), MESSAGES.POSITION.gt(answered))
                .orderBy(MESSAGES.POSITION.desc())
                .limit(limit)
                .fetch(MessageStore::message)
                .reversed();
    }

    /// Threads in which a contact had the last word since then: a start looks for what a stop left unanswered.
    @AllTenants("a start of the server, for everybody")
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
                                DSL.inline(InboxThread.State.OPEN.key())), // as the index on them says it
                        INBOX_THREADS.IS_PERSON_WANTED.isFalse(),
                        INBOX_THREADS.LAST_ROLE.eq(DSL.inline(Author.CONTACT.key())),
                        INBOX_THREADS.LAST_MESSAGE_AT.ge(since))
                .orderBy(INBOX_THREADS.LAST_MESSAGE_AT)
                .limit(limit)
                .fetch(row ->
                        new ContactWrote(row.value1(), new WorkspaceId(row.value2()), ConversationId.of(row.value3())));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return MESSAGES.TENANT_ID
                .eq(tenant)
                .and(MESSAGES.SUB_CLIENT_ID.eq(workspace.value()))
                .and(MESSAGES.CONVERSATION_ID.eq(id.toString()));
    }
}
