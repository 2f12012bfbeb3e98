package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.NOTE_MENTIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Who is mentioned in notes, and whether they have read it.
final class NoteMentionStore extends Store {

    NoteMentionStore(Tx tx) {
        super(tx);
    }

    void add(AccountId tenant, WorkspaceId workspace, ConversationId thread, Message note, Message.By user) {
        sql.insertInto(NOTE_MENTIONS)
                .set(NOTE_MENTIONS.MESSAGE_ID, note.id())
                .set(NOTE_MENTIONS.USER_ID, user.user())
                .set(NOTE_MENTIONS.USERNAME, user.name())
                .set(NOTE_MENTIONS.TENANT_ID, tenant)
                .set(NOTE_MENTIONS.SUB_CLIENT_ID, workspace)
                .set(NOTE_MENTIONS.CONVERSATION_ID, thread)
                .set(NOTE_MENTIONS.CREATED_AT, note.createdAt())
                .onConflictDoNothing()
                .execute();
    }

    Map<UUID, List<Message.By>> of(
            AccountId tenant, WorkspaceId workspace, ConversationId thread, Collection<UUID> notes) {
        if (notes.isEmpty()) {
            return Map.of();
        }
        return sql
                .select(NOTE_MENTIONS.MESSAGE_ID, NOTE_MENTIONS.USER_ID, NOTE_MENTIONS.USERNAME)
                .from(NOTE_MENTIONS)
                .where(
                        in(tenant, workspace),
                        NOTE_MENTIONS.CONVERSATION_ID.eq(thread),
                        NOTE_MENTIONS.MESSAGE_ID.in(notes))
                .orderBy(NOTE_MENTIONS.USERNAME)
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.value1(),
                        Collectors.mapping(row -> new Message.By(row.value2(), row.value3()), Collectors.toList())));
    }

    /// Counts threads with mentions that the user has not read, up to `most`.
    int countUnread(AccountId tenant, WorkspaceId workspace, int user, int most) {
        return sql.fetchCount(DSL.selectDistinct(NOTE_MENTIONS.CONVERSATION_ID)
                .from(NOTE_MENTIONS)
                .where(in(tenant, workspace), unread(user))
                .limit(most));
    }

    boolean isUnread(AccountId tenant, WorkspaceId workspace, ConversationId thread, int user) {
        return sql.fetchExists(
                NOTE_MENTIONS, in(tenant, workspace).and(unread(user)).and(NOTE_MENTIONS.CONVERSATION_ID.eq(thread)));
    }

    void markRead(AccountId tenant, WorkspaceId workspace, ConversationId thread, int user, Instant now) {
        sql.update(NOTE_MENTIONS)
                .set(NOTE_MENTIONS.READ_AT, now)
                .where(in(tenant, workspace), unread(user), NOTE_MENTIONS.CONVERSATION_ID.eq(thread))
                .execute();
    }

    private static Condition unread(int user) {
        return NOTE_MENTIONS.USER_ID.eq(user).and(NOTE_MENTIONS.READ_AT.isNull());
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return NOTE_MENTIONS.TENANT_ID.eq(tenant).and(NOTE_MENTIONS.SUB_CLIENT_ID.eq(workspace));
    }
}
