package dev.banyan.workspaces.migration;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;

/// Queries on conversations that only a migration needs.
public final class MigratedConversationStore extends Store {

    public MigratedConversationStore(Tx tx) {
        super(tx);
    }

    /// Returns the last message of a user or contact with fewer than `most` files; else the last message.
    public Optional<UUID> carrier(AccountId tenant, WorkspaceId workspace, ConversationId id, int most) {
        return last(
                        tenant,
                        workspace,
                        id,
                        MESSAGES.ROLE
                                .in(List.of(Author.USER.key(), Author.CONTACT.key()))
                                .and(MESSAGES.ATTACHMENT_COUNT.lt(most)))
                .or(() -> last(tenant, workspace, id, MESSAGES.POSITION.gt(0L)));
    }

    private Optional<UUID> last(AccountId tenant, WorkspaceId workspace, ConversationId id, Condition condition) {
        return sql.select(MESSAGES.ID)
                .from(MESSAGES)
                .where(in(tenant, workspace, id), condition)
                .orderBy(MESSAGES.POSITION.desc())
                .limit(1)
                .fetchOptional(MESSAGES.ID);
    }

    /// Adds one to a message's count of files.
    public void carry(AccountId tenant, WorkspaceId workspace, ConversationId id, UUID message) {
        sql.update(MESSAGES)
                .set(MESSAGES.ATTACHMENT_COUNT, MESSAGES.ATTACHMENT_COUNT.plus(1))
                .where(in(tenant, workspace, id), MESSAGES.ID.eq(message))
                .execute();
    }

    /// Returns the conversation's user; empty if it is with a contact, or deleted.
    public Optional<Integer> user(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return sql.select(CONVERSATIONS.USER_ID)
                .from(CONVERSATIONS)
                .where(
                        CONVERSATIONS.TENANT_ID.eq(tenant),
                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace),
                        CONVERSATIONS.ID.eq(id))
                .fetchOptional(CONVERSATIONS.USER_ID);
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return MESSAGES.TENANT_ID
                .eq(tenant)
                .and(MESSAGES.SUB_CLIENT_ID.eq(workspace))
                .and(MESSAGES.CONVERSATION_ID.eq(id));
    }
}
