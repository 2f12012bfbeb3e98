package dev.banyan.workspaces.users;

import static dev.banyan.schema.Tables.WORKSPACE_INVITATIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Links for new users and for users who forgot their password. Only the SHA-256 of a token is stored.
public final class InvitationStore extends Store {

    public InvitationStore(Tx tx) {
        super(tx);
    }

    /// Replaces the earlier link to this email.
    public void put(AccountId tenant, String tokenHash, Invitation invitation) {
        delete(tenant, invitation.workspace(), invitation.email());
        sql.insertInto(WORKSPACE_INVITATIONS)
                .set(WORKSPACE_INVITATIONS.TOKEN_HASH, tokenHash)
                .set(WORKSPACE_INVITATIONS.TENANT_ID, tenant)
                .set(WORKSPACE_INVITATIONS.SUB_CLIENT_ID, invitation.workspace())
                .set(WORKSPACE_INVITATIONS.USERNAME, invitation.username().orElse(""))
                .set(WORKSPACE_INVITATIONS.EMAIL, invitation.email())
                .set(WORKSPACE_INVITATIONS.ROLE, invitation.role().key())
                .set(WORKSPACE_INVITATIONS.USER_ID, invitation.user().orElse(null))
                .set(
                        WORKSPACE_INVITATIONS.INVITED_BY_USER_ID,
                        invitation.sender().orElse(null))
                .set(WORKSPACE_INVITATIONS.IS_LINK_SHOWN, invitation.linkShown())
                .set(WORKSPACE_INVITATIONS.CREATED_AT, invitation.createdAt())
                .set(WORKSPACE_INVITATIONS.EXPIRES_AT, invitation.expiresAt())
                .execute();
    }

    public Optional<Invitation> find(AccountId tenant, WorkspaceId workspace, String tokenHash) {
        return fetch(in(tenant, workspace).and(WORKSPACE_INVITATIONS.TOKEN_HASH.eq(tokenHash)), 1).stream()
                .findFirst();
    }

    /// @param email in lower case
    public Optional<Invitation> findByEmail(AccountId tenant, WorkspaceId workspace, String email) {
        return fetch(in(tenant, workspace).and(WORKSPACE_INVITATIONS.EMAIL.eq(email)), 1).stream()
                .findFirst();
    }

    /// Lists invitations of new users by email.
    public List<Invitation> list(AccountId tenant, WorkspaceId workspace, Optional<String> after, int limit) {
        return fetch(
                in(tenant, workspace)
                        .and(WORKSPACE_INVITATIONS.USER_ID.isNull())
                        .and(after.map(WORKSPACE_INVITATIONS.EMAIL::gt).orElseGet(DSL::noCondition)),
                limit);
    }

    /// @return whether it existed: if two requests use a link at the same time, only one succeeds
    public boolean use(AccountId tenant, WorkspaceId workspace, String tokenHash) {
        return Tx.changed(sql.deleteFrom(WORKSPACE_INVITATIONS)
                .where(in(tenant, workspace), WORKSPACE_INVITATIONS.TOKEN_HASH.eq(tokenHash)));
    }

    /// @param email in lower case
    boolean delete(AccountId tenant, WorkspaceId workspace, String email) {
        return Tx.changed(sql.deleteFrom(WORKSPACE_INVITATIONS)
                .where(in(tenant, workspace), WORKSPACE_INVITATIONS.EMAIL.eq(email)));
    }

    /// Deletes the password links of a user whose password was changed.
    public void deleteOf(AccountId tenant, WorkspaceId workspace, int user) {
        sql.deleteFrom(WORKSPACE_INVITATIONS)
                .where(in(tenant, workspace), WORKSPACE_INVITATIONS.USER_ID.eq(user))
                .execute();
    }

    /// Deletes invitations sent by a former admin.
    ///
    /// @return the invited emails
    public List<String> deleteSentBy(AccountId tenant, WorkspaceId workspace, int user) {
        Condition sent = in(tenant, workspace).and(WORKSPACE_INVITATIONS.INVITED_BY_USER_ID.eq(user));
        List<String> emails = sql.select(WORKSPACE_INVITATIONS.EMAIL)
                .from(WORKSPACE_INVITATIONS)
                .where(sent)
                .orderBy(WORKSPACE_INVITATIONS.EMAIL)
                .fetch(WORKSPACE_INVITATIONS.EMAIL);
        sql.deleteFrom(WORKSPACE_INVITATIONS).where(sent).execute();
        return emails;
    }

    @AllTenants("clears expired links of all tenants")
    public int deleteExpired(Instant before, int limit) {
        return deleteSome(WORKSPACE_INVITATIONS.TOKEN_HASH, WORKSPACE_INVITATIONS.EXPIRES_AT.lt(before), limit);
    }

    private List<Invitation> fetch(Condition condition, int limit) {
        return sql.selectFrom(WORKSPACE_INVITATIONS)
                .where(condition)
                .orderBy(WORKSPACE_INVITATIONS.EMAIL)
                .limit(limit)
                .fetch(InvitationStore::invitation);
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_INVITATIONS.TENANT_ID.eq(tenant).and(WORKSPACE_INVITATIONS.SUB_CLIENT_ID.eq(workspace));
    }

    private static Invitation invitation(Record row) {
        return new Invitation(
                row.get(WORKSPACE_INVITATIONS.SUB_CLIENT_ID),
                Optional.of(row.get(WORKSPACE_INVITATIONS.USERNAME)).filter(name -> !name.isEmpty()),
                row.get(WORKSPACE_INVITATIONS.EMAIL),
                Keyed.of(WorkspaceRole.class, row.get(WORKSPACE_INVITATIONS.ROLE)),
                Optional.ofNullable(row.get(WORKSPACE_INVITATIONS.USER_ID)),
                Optional.ofNullable(row.get(WORKSPACE_INVITATIONS.INVITED_BY_USER_ID)),
                row.get(WORKSPACE_INVITATIONS.IS_LINK_SHOWN),
                row.get(WORKSPACE_INVITATIONS.CREATED_AT),
                row.get(WORKSPACE_INVITATIONS.EXPIRES_AT));
    }
}
