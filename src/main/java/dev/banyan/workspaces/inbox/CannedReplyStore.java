package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.CANNED_REPLIES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class CannedReplyStore extends Store {

    public CannedReplyStore(Tx tx) {
        super(tx);
    }

    /// Lists saved replies by name.
    public List<CannedReply> list(AccountId tenant, WorkspaceId workspace, int limit) {
        return sql.selectFrom(CANNED_REPLIES)
                .where(in(tenant, workspace))
                .orderBy(CANNED_REPLIES.NAME)
                .limit(limit)
                .fetch(CannedReplyStore::reply);
    }

    public int count(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchCount(CANNED_REPLIES, in(tenant, workspace));
    }

    public Optional<CannedReply> find(AccountId tenant, WorkspaceId workspace, UUID id) {
        return sql.selectFrom(CANNED_REPLIES)
                .where(in(tenant, workspace), CANNED_REPLIES.ID.eq(id))
                .fetchOptional(CannedReplyStore::reply);
    }

    /// @param but the reply being changed, which may keep the name
    public boolean isTaken(AccountId tenant, WorkspaceId workspace, String name, Optional<UUID> but) {
        return sql.fetchExists(
                CANNED_REPLIES,
                in(tenant, workspace)
                        .and(CANNED_REPLIES.NAME.eq(name))
                        .and(but.map(id -> CANNED_REPLIES.ID.ne(id)).orElseGet(DSL::noCondition)));
    }

    public void insert(AccountId tenant, WorkspaceId workspace, CannedReply reply) {
        sql.insertInto(CANNED_REPLIES)
                .set(CANNED_REPLIES.ID, reply.id())
                .set(CANNED_REPLIES.TENANT_ID, tenant)
                .set(CANNED_REPLIES.SUB_CLIENT_ID, workspace)
                .set(CANNED_REPLIES.NAME, reply.name())
                .set(CANNED_REPLIES.BODY, reply.text())
                .set(CANNED_REPLIES.CREATED_AT, reply.createdAt())
                .set(CANNED_REPLIES.UPDATED_AT, reply.updatedAt())
                .execute();
    }

    public void update(AccountId tenant, WorkspaceId workspace, CannedReply reply) {
        sql.update(CANNED_REPLIES)
                .set(CANNED_REPLIES.NAME, reply.name())
                .set(CANNED_REPLIES.BODY, reply.text())
                .set(CANNED_REPLIES.UPDATED_AT, reply.updatedAt())
                .where(in(tenant, workspace), CANNED_REPLIES.ID.eq(reply.id()))
                .execute();
    }

    /// @return whether it existed
    public boolean delete(AccountId tenant, WorkspaceId workspace, UUID id) {
        return Tx.changed(sql.deleteFrom(CANNED_REPLIES).where(in(tenant, workspace), CANNED_REPLIES.ID.eq(id)));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return CANNED_REPLIES.TENANT_ID.eq(tenant).and(CANNED_REPLIES.SUB_CLIENT_ID.eq(workspace));
    }

    private static CannedReply reply(Record row) {
        return new CannedReply(
                row.get(CANNED_REPLIES.ID),
                row.get(CANNED_REPLIES.NAME),
                row.get(CANNED_REPLIES.BODY),
                row.get(CANNED_REPLIES.CREATED_AT),
                row.get(CANNED_REPLIES.UPDATED_AT));
    }
}
