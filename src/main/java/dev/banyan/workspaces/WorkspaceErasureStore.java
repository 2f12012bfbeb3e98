package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.ATTACHMENTS;
import static dev.banyan.schema.Tables.CANNED_REPLIES;
import static dev.banyan.schema.Tables.CONTACTS;
import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.CONVERSATION_WORDS;
import static dev.banyan.schema.Tables.INBOX_THREADS;
import static dev.banyan.schema.Tables.MESSAGES;
import static dev.banyan.schema.Tables.MOVED_ITEMS;
import static dev.banyan.schema.Tables.PROJECTS;
import static dev.banyan.schema.Tables.SUB_CLIENTS;
import static dev.banyan.schema.Tables.SUB_CLIENT_USERS;
import static dev.banyan.schema.Tables.THREAD_TAGS;
import static dev.banyan.schema.Tables.WORKSPACE_INVITATIONS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/// Erases what an account's projects hold, a bounded number of rows at a time.
final class WorkspaceErasureStore {

    /// A workspace that goes.
    record Erased(WorkspaceId id, String shortId) {}

    private final DSLContext sql;

    WorkspaceErasureStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Any workspace of the account that is left.
    Optional<Erased> next(Owner owner) {
        return sql.select(SUB_CLIENTS.ID, SUB_CLIENTS.SHORT_ID)
                .from(PROJECTS)
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.TENANT_ID.eq(PROJECTS.TENANT_ID), SUB_CLIENTS.PROJECT_ID.eq(PROJECTS.ID))
                .where(PROJECTS.TENANT_ID.eq(owner.tenant()), PROJECTS.ACCOUNT_ID.eq(owner.account()))
                .limit(1)
                .fetchOptional(row -> new Erased(new WorkspaceId(row.value1()), row.value2()));
    }

    /// What there may be many of goes here, before the row of the workspace takes the little rest with it.
    ///
    /// @return how many rows went; fewer than `most` when nothing is left in the workspace
    int eraseContents(Owner owner, WorkspaceId workspace, int most) {
        AccountId tenant = owner.tenant();
        String id = workspace.value();
        int gone = erase(
                CONVERSATION_WORDS,
                CONVERSATION_WORDS.CONVERSATION_ID,
                CONVERSATION_WORDS.TENANT_ID.eq(tenant).and(CONVERSATION_WORDS.SUB_CLIENT_ID.eq(id)),
                most);
        gone += erase(
                ATTACHMENTS,
                ATTACHMENTS.ID,
                ATTACHMENTS.TENANT_ID.eq(tenant).and(ATTACHMENTS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                MESSAGES, MESSAGES.ID, MESSAGES.TENANT_ID.eq(tenant).and(MESSAGES.SUB_CLIENT_ID.eq(id)), most - gone);
        gone += erase(
                THREAD_TAGS,
                THREAD_TAGS.CONVERSATION_ID,
                THREAD_TAGS.TENANT_ID.eq(tenant).and(THREAD_TAGS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                INBOX_THREADS,
                INBOX_THREADS.CONVERSATION_ID,
                INBOX_THREADS.TENANT_ID.eq(tenant).and(INBOX_THREADS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                CONVERSATIONS,
                CONVERSATIONS.ID,
                CONVERSATIONS.TENANT_ID.eq(tenant).and(CONVERSATIONS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                CONTACTS, CONTACTS.ID, CONTACTS.TENANT_ID.eq(tenant).and(CONTACTS.SUB_CLIENT_ID.eq(id)), most - gone);
        gone += erase(
                CANNED_REPLIES,
                CANNED_REPLIES.ID,
                CANNED_REPLIES.TENANT_ID.eq(tenant).and(CANNED_REPLIES.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                MOVED_ITEMS,
                MOVED_ITEMS.SOURCE,
                MOVED_ITEMS.TENANT_ID.eq(tenant).and(MOVED_ITEMS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                WORKSPACE_INVITATIONS,
                WORKSPACE_INVITATIONS.TOKEN_HASH,
                WORKSPACE_INVITATIONS.TENANT_ID.eq(tenant).and(WORKSPACE_INVITATIONS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        gone += erase(
                SUB_CLIENT_USERS,
                SUB_CLIENT_USERS.ID,
                SUB_CLIENT_USERS.TENANT_ID.eq(tenant).and(SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(id)),
                most - gone);
        return gone;
    }

    /// Projects without workspaces.
    int eraseProjects(Owner owner, int most) {
        return erase(
                PROJECTS,
                PROJECTS.ID,
                PROJECTS.TENANT_ID.eq(owner.tenant()).and(PROJECTS.ACCOUNT_ID.eq(owner.account())),
                most);
    }

    private <T> int erase(Table<?> table, Field<T> id, Condition which, int most) {
        if (most <= 0) {
            return 0;
        }
        List<T> ids = sql.select(id).from(table).where(which).limit(most).fetch(id);
        return ids.isEmpty()
                ? 0
                : sql.deleteFrom(table).where(which, id.in(ids)).execute();
    }
}
