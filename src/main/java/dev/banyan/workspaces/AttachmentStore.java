package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.RemovedFileStore;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;

/// Attachment rows, and the storage used by each workspace.
public final class AttachmentStore extends Store {

    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            ATTACHMENTS.ID,
            ATTACHMENTS.CONVERSATION_ID,
            ATTACHMENTS.MESSAGE_ID,
            ATTACHMENTS.UPLOADED_BY,
            ATTACHMENTS.NAME,
            ATTACHMENTS.CONTENT_TYPE,
            ATTACHMENTS.SIZE,
            ATTACHMENTS.PATH,
            ATTACHMENTS.CREATED_AT);

    private static final int MOST_IN_LIST = 500;

    /// An attachment that was never sent, with its owner.
    public record Left(AccountId tenant, WorkspaceId workspace, UUID id) {}

    private final RemovedFileStore removed;

    public AttachmentStore(Tx tx) {
        super(tx);
        this.removed = new RemovedFileStore(tx);
    }

    /// Returns the conversation's folder below `files/`, or empty if there is no such conversation.
    public Optional<String> folder(AccountId tenant, WorkspaceId workspace, ConversationId conversation) {
        return sql.select(SUB_CLIENTS.PROJECT_ID)
                .from(CONVERSATIONS)
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.TENANT_ID.eq(CONVERSATIONS.TENANT_ID), SUB_CLIENTS.ID.eq(CONVERSATIONS.SUB_CLIENT_ID))
                .where(
                        CONVERSATIONS.TENANT_ID.eq(tenant),
                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace),
                        CONVERSATIONS.ID.eq(conversation))
                .fetchOptional(SUB_CLIENTS.PROJECT_ID)
                .map(project -> project + "/" + workspace.value() + "/" + conversation);
    }

    /// Counts one more file if there is room for it.
    ///
    /// @param most limit for the total size of all files, in bytes
    public boolean claim(AccountId tenant, WorkspaceId workspace, long bytes, long most) {
        sql.insertInto(WORKSPACE_STORAGE)
                .set(WORKSPACE_STORAGE.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_STORAGE.TENANT_ID, tenant)
                .set(WORKSPACE_STORAGE.FILES, 0L)
                .set(WORKSPACE_STORAGE.BYTES, 0L)
                .onConflictDoNothing()
                .execute();
        return Tx.changed(sql.update(WORKSPACE_STORAGE)
                .set(WORKSPACE_STORAGE.FILES, WORKSPACE_STORAGE.FILES.plus(1))
                .set(WORKSPACE_STORAGE.BYTES, WORKSPACE_STORAGE.BYTES.plus(bytes))
                .where(
                        WORKSPACE_STORAGE.TENANT_ID.eq(tenant),
                        WORKSPACE_STORAGE.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_STORAGE.BYTES.le(most - bytes)));
    }

    /// Returns the total size of a workspace's files in bytes.
    public long used(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchOptionalValue(
                        WORKSPACE_STORAGE.BYTES,
                        WORKSPACE_STORAGE.TENANT_ID.eq(tenant).and(WORKSPACE_STORAGE.SUB_CLIENT_ID.eq(workspace)))
                .orElse(0L);
    }

    public void insert(AccountId tenant, WorkspaceId workspace, Attachment attachment) {
        sql.insertInto(ATTACHMENTS)
                .set(ATTACHMENTS.ID, attachment.id())
                .set(ATTACHMENTS.TENANT_ID, tenant)
                .set(ATTACHMENTS.SUB_CLIENT_ID, workspace)
                .set(ATTACHMENTS.CONVERSATION_ID, attachment.conversation())
                .set(ATTACHMENTS.MESSAGE_ID, attachment.message().orElse(null))
                .set(ATTACHMENTS.UPLOADED_BY, attachment.uploadedBy().orElse(null))
                .set(ATTACHMENTS.NAME, attachment.name())
                .set(ATTACHMENTS.CONTENT_TYPE, attachment.type())
                .set(ATTACHMENTS.SIZE, attachment.size())
                .set(ATTACHMENTS.PATH, attachment.path())
                .set(ATTACHMENTS.CREATED_AT, attachment.createdAt())
                .execute();
    }

    public Optional<Attachment> find(AccountId tenant, WorkspaceId workspace, UUID id) {
        return sql.select(COLUMNS)
                .from(ATTACHMENTS)
                .where(in(tenant, workspace), ATTACHMENTS.ID.eq(id))
                .fetchOptional(AttachmentStore::attachment);
    }

    /// Finds an attachment in one of this user's conversations.
    public Optional<Attachment> find(Participant whose, UUID id) {
        return sql.select(COLUMNS)
                .from(ATTACHMENTS)
                .where(
                        in(whose.tenant(), whose.workspace()),
                        ATTACHMENTS.ID.eq(id),
                        exists(selectOne()
                                .from(CONVERSATIONS)
                                .where(
                                        CONVERSATIONS.TENANT_ID.eq(whose.tenant()),
                                        CONVERSATIONS.SUB_CLIENT_ID.eq(whose.workspace()),
                                        CONVERSATIONS.ID.eq(ATTACHMENTS.CONVERSATION_ID),
                                        CONVERSATIONS.USER_ID.eq(whose.user()))))
                .fetchOptional(AttachmentStore::attachment);
    }

    /// Returns the attachments of these messages in upload order.
    public List<Attachment> of(AccountId tenant, WorkspaceId workspace, Collection<UUID> messages) {
        return sql.select(COLUMNS)
                .from(ATTACHMENTS)
                .where(in(tenant, workspace), ATTACHMENTS.MESSAGE_ID.in(messages))
                .orderBy(ATTACHMENTS.CREATED_AT, ATTACHMENTS.ID)
                .fetch(AttachmentStore::attachment);
    }

    /// Returns the files that were uploaded to a conversation and not sent yet.
    ///
    /// @param by empty for the project's side
    public List<Attachment> waiting(
            AccountId tenant, WorkspaceId workspace, ConversationId conversation, Optional<Integer> by) {
        return sql.select(COLUMNS)
                .from(ATTACHMENTS)
                .where(in(tenant, workspace), isWaiting(conversation, by))
                .orderBy(ATTACHMENTS.CREATED_AT, ATTACHMENTS.ID)
                .fetch(AttachmentStore::attachment);
    }

    /// Attaches the unsent files among `ids` to a message.
    ///
    /// @return how many were attached
    public int bind(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId conversation,
            Optional<Integer> by,
            Collection<UUID> ids,
            UUID message) {
        return sql.update(ATTACHMENTS)
                .set(ATTACHMENTS.MESSAGE_ID, message)
                .where(in(tenant, workspace), isWaiting(conversation, by), ATTACHMENTS.ID.in(ids))
                .execute();
    }

    /// Removes an unsent attachment and its file.
    ///
    /// @return whether there was one
    public boolean removeWaiting(AccountId tenant, WorkspaceId workspace, UUID id, Instant now) {
        return sql.deleteFrom(ATTACHMENTS)
                .where(in(tenant, workspace), ATTACHMENTS.ID.eq(id), ATTACHMENTS.MESSAGE_ID.isNull())
                .returning(ATTACHMENTS.PATH, ATTACHMENTS.SIZE)
                .fetchOptional()
                .map(gone -> {
                    removed.add(gone.get(ATTACHMENTS.PATH), now);
                    giveBack(tenant, workspace, 1, gone.get(ATTACHMENTS.SIZE));
                    return true;
                })
                .orElse(false);
    }

    /// Releases the files of a conversation that is about to be deleted, and stops counting them. The caller holds the
    /// conversation's lock.
    public void releaseConversation(AccountId tenant, WorkspaceId workspace, ConversationId conversation, Instant now) {
        release(tenant, workspace, ATTACHMENTS.CONVERSATION_ID.eq(conversation), now);
    }

    /// Releases the files of a user who is about to be deleted, and stops counting them.
    public void releaseUser(AccountId tenant, WorkspaceId workspace, int user, Instant now) {
        List<ConversationId> theirs = RowLock.on(
                        sql.select(CONVERSATIONS.ID)
                                .from(CONVERSATIONS)
                                .where(
                                        CONVERSATIONS.TENANT_ID.eq(tenant),
                                        CONVERSATIONS.SUB_CLIENT_ID.eq(workspace),
                                        CONVERSATIONS.USER_ID.eq(user)),
                        sql)
                .fetch(CONVERSATIONS.ID);
        for (int i = 0; i < theirs.size(); i += MOST_IN_LIST) {
            release(
                    tenant,
                    workspace,
                    ATTACHMENTS.CONVERSATION_ID.in(theirs.subList(i, Math.min(i + MOST_IN_LIST, theirs.size()))),
                    now);
        }
    }

    /// Releases the folder of a workspace that is about to be deleted, and its files that are stored elsewhere.
    public void releaseWorkspace(AccountId tenant, WorkspaceId workspace, Instant now) {
        remember(tenant, workspace, noCondition(), now);
        sql.fetchOptionalValue(
                        SUB_CLIENTS.PROJECT_ID, SUB_CLIENTS.TENANT_ID.eq(tenant).and(SUB_CLIENTS.ID.eq(workspace)))
                .ifPresent(project -> removed.add(project + "/" + workspace.value(), now));
    }

    private void release(AccountId tenant, WorkspaceId workspace, Condition which, Instant now) {
        remember(tenant, workspace, which, now);
        sql.select(count(), coalesce(sum(ATTACHMENTS.SIZE), java.math.BigDecimal.ZERO))
                .from(ATTACHMENTS)
                .where(in(tenant, workspace), which)
                .fetchOptional()
                .filter(gone -> gone.value1() > 0)
                .ifPresent(gone ->
                        giveBack(tenant, workspace, gone.value1(), gone.value2().longValueExact()));
    }

    private void giveBack(AccountId tenant, WorkspaceId workspace, long files, long bytes) {
        sql.update(WORKSPACE_STORAGE)
                .set(WORKSPACE_STORAGE.FILES, WORKSPACE_STORAGE.FILES.minus(files))
                .set(WORKSPACE_STORAGE.BYTES, WORKSPACE_STORAGE.BYTES.minus(bytes))
                .where(WORKSPACE_STORAGE.TENANT_ID.eq(tenant), WORKSPACE_STORAGE.SUB_CLIENT_ID.eq(workspace))
                .execute();
    }

    private void remember(AccountId tenant, WorkspaceId workspace, Condition which, Instant now) {
        removed.addAll(select(ATTACHMENTS.PATH).from(ATTACHMENTS).where(in(tenant, workspace), which), now);
    }

    /// Returns files that were uploaded before this time and never sent.
    @AllTenants("a job looks for files that were never sent")
    public List<Left> left(Instant before, int limit) {
        return sql.select(ATTACHMENTS.TENANT_ID, ATTACHMENTS.SUB_CLIENT_ID, ATTACHMENTS.ID)
                .from(ATTACHMENTS)
                .where(ATTACHMENTS.MESSAGE_ID.isNull(), ATTACHMENTS.CREATED_AT.lt(before))
                .limit(limit)
                .fetch(row -> new Left(row.value1(), row.value2(), row.value3()));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return ATTACHMENTS.TENANT_ID.eq(tenant).and(ATTACHMENTS.SUB_CLIENT_ID.eq(workspace));
    }

    private static Condition isWaiting(ConversationId conversation, Optional<Integer> by) {
        return ATTACHMENTS
                .CONVERSATION_ID
                .eq(conversation)
                .and(ATTACHMENTS.MESSAGE_ID.isNull())
                .and(by.map(ATTACHMENTS.UPLOADED_BY::eq).orElseGet(ATTACHMENTS.UPLOADED_BY::isNull));
    }

    private static Attachment attachment(Record row) {
        return new Attachment(
                row.get(ATTACHMENTS.ID),
                row.get(ATTACHMENTS.CONVERSATION_ID),
                Optional.ofNullable(row.get(ATTACHMENTS.MESSAGE_ID)),
                Optional.ofNullable(row.get(ATTACHMENTS.UPLOADED_BY)),
                row.get(ATTACHMENTS.NAME),
                row.get(ATTACHMENTS.CONTENT_TYPE),
                row.get(ATTACHMENTS.SIZE),
                row.get(ATTACHMENTS.PATH),
                row.get(ATTACHMENTS.CREATED_AT));
    }
}
