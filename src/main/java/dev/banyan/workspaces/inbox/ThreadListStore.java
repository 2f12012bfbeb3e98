package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.schema.tables.SubClientUsers;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.InboxThread.State;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/// Finds threads of the inbox, with their contacts and assignees.
final class ThreadListStore extends Store {

    private static final SubClientUsers WAITING = SUB_CLIENT_USERS.as("waiting");
    private static final SubClientUsers ASSIGNEE = SUB_CLIENT_USERS.as("assignee");

    private static final List<SelectFieldOrAsterisk> COLUMNS = columns();

    private final ThreadTagStore tags;
    private final ConversationWordStore words;

    ThreadListStore(Tx tx) {
        super(tx);
        this.tags = new ThreadTagStore(tx);
        this.words = new ConversationWordStore(tx);
    }

    private static List<SelectFieldOrAsterisk> columns() {
        var columns = new ArrayList<SelectFieldOrAsterisk>(List.of(INBOX_THREADS.fields()));
        columns.addAll(List.of(CONTACTS.fields()));
        columns.addAll(List.of(
                CONVERSATIONS.MESSAGE_COUNT,
                CONVERSATIONS.IS_HANDED_OVER,
                WAITING.ID,
                WAITING.USERNAME,
                ASSIGNEE.ID,
                ASSIGNEE.USERNAME));
        return List.copyOf(columns);
    }

    /// Lists threads by last message, newest first, then by id.
    ///
    /// @param me the caller, for the list of threads assigned to them
    List<InboxThread> list(AccountId tenant, WorkspaceId workspace, int me, ThreadQuery query) {
        List<Record> found = select(tenant, workspace)
                .and(in(tenant, workspace, query.view(), me))
                .and(query.tag().map(tag -> tagged(tenant, workspace, tag)).orElseGet(DSL::noCondition))
                .and(words.matching(tenant, workspace, INBOX_THREADS.CONVERSATION_ID, query.search()))
                .and(query.after()
                        .map(cursor -> row(INBOX_THREADS.LAST_MESSAGE_AT, INBOX_THREADS.CONVERSATION_ID)
                                .lt(cursor.updatedAt(), cursor.id()))
                        .orElseGet(DSL::noCondition))
                .orderBy(INBOX_THREADS.LAST_MESSAGE_AT.desc(), INBOX_THREADS.CONVERSATION_ID.desc())
                .limit(query.limit())
                .fetch();
        Map<ConversationId, List<String>> tagged = tags.ofAll(
                tenant, workspace, found.stream().map(ThreadListStore::id).toList());
        return found.stream()
                .map(thread -> thread(thread, tagged.getOrDefault(id(thread), List.of())))
                .toList();
    }

    Optional<InboxThread> find(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return select(tenant, workspace)
                .and(INBOX_THREADS.CONVERSATION_ID.eq(id))
                .fetchOptional()
                .map(found ->
                        thread(found, tags.ofAll(tenant, workspace, List.of(id)).getOrDefault(id, List.of())));
    }

    /// Counts threads, up to `most`.
    int count(AccountId tenant, WorkspaceId workspace, int me, View view, int most) {
        return sql.fetchCount(selectOne()
                .from(INBOX_THREADS)
                .where(of(tenant, workspace), in(tenant, workspace, view, me))
                .limit(most));
    }

    /// Counts open threads with unread messages, up to `most`.
    int countUnread(AccountId tenant, WorkspaceId workspace, int most) {
        return sql.fetchCount(selectOne()
                .from(INBOX_THREADS)
                .where(
                        of(tenant, workspace),
                        // inlined to match the partial index
                        INBOX_THREADS.STATE.eq(DSL.inline(State.OPEN.key())),
                        INBOX_THREADS.UNREAD_COUNT.gt(DSL.inline(0L)))
                .limit(most));
    }

    private SelectConditionStep<Record> select(AccountId tenant, WorkspaceId workspace) {
        return sql.select(COLUMNS)
                .from(INBOX_THREADS)
                .join(CONVERSATIONS)
                .onKey()
                .leftJoin(CONTACTS)
                .onKey()
                .leftJoin(WAITING)
                .on(is(WAITING).and(WAITING.ID.eq(CONVERSATIONS.USER_ID)))
                .leftJoin(ASSIGNEE)
                .on(is(ASSIGNEE).and(ASSIGNEE.ID.eq(INBOX_THREADS.ASSIGNEE_ID)))
                .where(of(tenant, workspace));
    }

    private static Condition is(SubClientUsers user) {
        return user.TENANT_ID.eq(INBOX_THREADS.TENANT_ID).and(user.SUB_CLIENT_ID.eq(INBOX_THREADS.SUB_CLIENT_ID));
    }

    private static Condition of(AccountId tenant, WorkspaceId workspace) {
        return INBOX_THREADS.TENANT_ID.eq(tenant).and(INBOX_THREADS.SUB_CLIENT_ID.eq(workspace));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace, View view, int me) {
        Condition open = INBOX_THREADS.STATE.eq(State.OPEN.key());
        return switch (view) {
            case OPEN -> open;
            case MINE -> open.and(INBOX_THREADS.ASSIGNEE_ID.eq(me));
            case UNASSIGNED -> open.and(INBOX_THREADS.ASSIGNEE_ID.isNull());
            case CLOSED -> INBOX_THREADS.STATE.eq(State.CLOSED.key());
            case MENTIONS ->
                INBOX_THREADS.CONVERSATION_ID.in(DSL.select(NOTE_MENTIONS.CONVERSATION_ID)
                        .from(NOTE_MENTIONS)
                        .where(
                                NOTE_MENTIONS.TENANT_ID.eq(tenant),
                                NOTE_MENTIONS.SUB_CLIENT_ID.eq(workspace),
                                NOTE_MENTIONS.USER_ID.eq(me)));
        };
    }

    private static Condition tagged(AccountId tenant, WorkspaceId workspace, String tag) {
        return INBOX_THREADS.CONVERSATION_ID.in(DSL.select(THREAD_TAGS.CONVERSATION_ID)
                .from(THREAD_TAGS)
                .where(
                        THREAD_TAGS.TENANT_ID.eq(tenant),
                        THREAD_TAGS.SUB_CLIENT_ID.eq(workspace),
                        THREAD_TAGS.TAG.eq(tag)));
    }

    private static ConversationId id(Record row) {
        return row.get(INBOX_THREADS.CONVERSATION_ID);
    }

    private static InboxThread thread(Record row, List<String> tags) {
        return new InboxThread(
                id(row),
                Keyed.of(Channel.class, row.get(INBOX_THREADS.CHANNEL)),
                Optional.ofNullable(row.get(CONTACTS.ID)).map(_ -> ContactStore.contact(row)),
                by(row, WAITING),
                by(row, ASSIGNEE),
                State.of(row.get(INBOX_THREADS.STATE)).orElseThrow(),
                row.get(INBOX_THREADS.UNREAD_COUNT),
                row.get(INBOX_THREADS.IS_PERSON_WANTED),
                row.get(CONVERSATIONS.IS_HANDED_OVER),
                Optional.ofNullable(row.get(INBOX_THREADS.AD))
                        .map(ad -> JsonDocument.read(ad, MessageContent.Ad.class)),
                Optional.ofNullable(row.get(INBOX_THREADS.ASSISTANT_RESUMES_AT)),
                Optional.ofNullable(row.get(INBOX_THREADS.SENDER_ID)),
                new Last(
                        Keyed.of(Message.Author.class, row.get(INBOX_THREADS.LAST_ROLE)),
                        row.get(INBOX_THREADS.LAST_TEXT),
                        row.get(INBOX_THREADS.LAST_MESSAGE_AT)),
                row.get(CONVERSATIONS.MESSAGE_COUNT),
                tags,
                row.get(INBOX_THREADS.CREATED_AT));
    }

    private static Optional<Message.By> by(Record row, SubClientUsers user) {
        return Optional.ofNullable(row.get(user.ID)).map(id -> new Message.By(id, row.get(user.USERNAME)));
    }
}
