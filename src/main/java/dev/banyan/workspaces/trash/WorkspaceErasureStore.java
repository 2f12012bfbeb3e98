package dev.banyan.workspaces.trash;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/// Erases the contents of an account's projects, a limited number of rows at a time.
public final class WorkspaceErasureStore extends Store {

    /// A workspace to erase.
    ///
    /// @param deleted it was deleted before, and no longer counts against the account's limit
    public record Erased(WorkspaceId id, String shortId, boolean deleted) {}

    /// Tables with many rows per workspace, in an order that respects foreign keys.
    private static final List<Part<?>> CONTENTS = List.of(
            new Part<>(
                    CONVERSATION_WORDS,
                    CONVERSATION_WORDS.CONVERSATION_ID,
                    CONVERSATION_WORDS.TENANT_ID,
                    CONVERSATION_WORDS.SUB_CLIENT_ID),
            new Part<>(ATTACHMENTS, ATTACHMENTS.ID, ATTACHMENTS.TENANT_ID, ATTACHMENTS.SUB_CLIENT_ID),
            new Part<>(MESSAGES, MESSAGES.ID, MESSAGES.TENANT_ID, MESSAGES.SUB_CLIENT_ID),
            new Part<>(THREAD_TAGS, THREAD_TAGS.CONVERSATION_ID, THREAD_TAGS.TENANT_ID, THREAD_TAGS.SUB_CLIENT_ID),
            new Part<>(
                    INBOX_THREADS, INBOX_THREADS.CONVERSATION_ID, INBOX_THREADS.TENANT_ID, INBOX_THREADS.SUB_CLIENT_ID),
            new Part<>(CONVERSATIONS, CONVERSATIONS.ID, CONVERSATIONS.TENANT_ID, CONVERSATIONS.SUB_CLIENT_ID),
            new Part<>(CONTACTS, CONTACTS.ID, CONTACTS.TENANT_ID, CONTACTS.SUB_CLIENT_ID),
            new Part<>(CANNED_REPLIES, CANNED_REPLIES.ID, CANNED_REPLIES.TENANT_ID, CANNED_REPLIES.SUB_CLIENT_ID),
            new Part<>(MOVED_ITEMS, MOVED_ITEMS.SOURCE, MOVED_ITEMS.TENANT_ID, MOVED_ITEMS.SUB_CLIENT_ID),
            new Part<>(
                    WORKSPACE_INVITATIONS,
                    WORKSPACE_INVITATIONS.TOKEN_HASH,
                    WORKSPACE_INVITATIONS.TENANT_ID,
                    WORKSPACE_INVITATIONS.SUB_CLIENT_ID),
            new Part<>(
                    SUB_CLIENT_USERS, SUB_CLIENT_USERS.ID, SUB_CLIENT_USERS.TENANT_ID, SUB_CLIENT_USERS.SUB_CLIENT_ID));

    /// @param id a column that is selective enough within a workspace to delete its rows in portions
    private record Part<T>(Table<?> table, Field<T> id, Field<AccountId> tenant, Field<WorkspaceId> workspace) {}

    public WorkspaceErasureStore(Tx tx) {
        super(tx);
    }

    /// Returns any remaining workspace of the account.
    public Optional<Erased> next(Owner owner) {
        return sql.select(SUB_CLIENTS.ID, SUB_CLIENTS.SHORT_ID, SUB_CLIENTS.DELETED_AT)
                .from(PROJECTS)
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.TENANT_ID.eq(PROJECTS.TENANT_ID), SUB_CLIENTS.PROJECT_ID.eq(PROJECTS.ID))
                .where(PROJECTS.TENANT_ID.eq(owner.tenant()), PROJECTS.ACCOUNT_ID.eq(owner.account()))
                .limit(1)
                .fetchOptional(row -> new Erased(row.value1(), row.value2(), row.value3() != null));
    }

    /// Erases what there may be much of; deleting the workspace's row then cascades to the rest.
    ///
    /// @return how many rows were deleted; fewer than `most` if nothing is left in the workspace
    public int eraseContents(AccountId tenant, WorkspaceId workspace, int most) {
        int gone = 0;
        for (Part<?> part : CONTENTS) {
            gone += erase(part, tenant, workspace, most - gone);
        }
        return gone;
    }

    /// Erases projects without workspaces.
    public int eraseProjects(Owner owner, int most) {
        return erase(
                PROJECTS,
                PROJECTS.ID,
                PROJECTS.TENANT_ID.eq(owner.tenant()).and(PROJECTS.ACCOUNT_ID.eq(owner.account())),
                most);
    }

    private <T> int erase(Part<T> part, AccountId tenant, WorkspaceId workspace, int most) {
        return erase(
                part.table(),
                part.id(),
                part.tenant().eq(tenant).and(part.workspace().eq(workspace)),
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
