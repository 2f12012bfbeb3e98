package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

public final class WorkspaceSessionStore extends Store {

    /// A session that hasn't expired, in a workspace that is open.
    ///
    /// @param zone the user's time zone; empty until they have one
    public record Found(
            String tokenHash,
            WorkspaceId workspace,
            int user,
            WorkspaceRole role,
            Instant createdAt,
            Instant renewedAt,
            Optional<ZoneId> zone) {}

    public WorkspaceSessionStore(Tx tx) {
        super(tx);
    }

    public void insert(
            AccountId tenant, WorkspaceId workspace, int user, String tokenHash, Instant now, Instant expiresAt) {
        sql.insertInto(WORKSPACE_SESSIONS)
                .set(WORKSPACE_SESSIONS.TOKEN_HASH, tokenHash)
                .set(WORKSPACE_SESSIONS.TENANT_ID, tenant)
                .set(WORKSPACE_SESSIONS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_SESSIONS.USER_ID, user)
                .set(WORKSPACE_SESSIONS.CREATED_AT, now)
                .set(WORKSPACE_SESSIONS.RENEWED_AT, now)
                .set(WORKSPACE_SESSIONS.PROVED_AT, now)
                .set(WORKSPACE_SESSIONS.EXPIRES_AT, expiresAt)
                .execute();
    }

    /// Records that the user has proved their identity.
    ///
    /// @return false if the user has no such session (any more)
    public boolean prove(AccountId tenant, WorkspaceId workspace, int user, String tokenHash, Instant now) {
        return Tx.changed(sql.update(WORKSPACE_SESSIONS)
                .set(WORKSPACE_SESSIONS.PROVED_AT, now)
                .where(
                        WORKSPACE_SESSIONS.TENANT_ID.eq(tenant),
                        WORKSPACE_SESSIONS.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_SESSIONS.USER_ID.eq(user),
                        WORKSPACE_SESSIONS.TOKEN_HASH.eq(tokenHash)));
    }

    /// Returns when the user last proved their identity; empty if no session has this token.
    @AllTenants("found by the secret of the session")
    public Optional<Instant> provedAt(String tokenHash) {
        return sql.fetchOptionalValue(WORKSPACE_SESSIONS.PROVED_AT, WORKSPACE_SESSIONS.TOKEN_HASH.eq(tokenHash));
    }

    /// Returns valid sessions of these tokens, newest first.
    @AllTenants("found by the secret of the session")
    public List<Found> find(Collection<String> tokenHashes, Instant now) {
        return sql.select(
                        WORKSPACE_SESSIONS.TOKEN_HASH,
                        WORKSPACE_SESSIONS.SUB_CLIENT_ID,
                        WORKSPACE_SESSIONS.USER_ID,
                        SUB_CLIENT_USERS.ROLE,
                        WORKSPACE_SESSIONS.CREATED_AT,
                        WORKSPACE_SESSIONS.RENEWED_AT,
                        SUB_CLIENT_USERS.TIME_ZONE)
                .from(WORKSPACE_SESSIONS)
                .join(SUB_CLIENT_USERS)
                .onKey()
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.ID.eq(WORKSPACE_SESSIONS.SUB_CLIENT_ID))
                .join(PROJECTS)
                .on(PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID))
                .where(
                        WORKSPACE_SESSIONS.TOKEN_HASH.in(tokenHashes),
                        WORKSPACE_SESSIONS.EXPIRES_AT.gt(now),
                        SUB_CLIENTS.SUSPENDED.eq(false),
                        PROJECTS.SUB_CLIENTS_ENABLED.eq(true),
                        PROJECTS.IS_ACCOUNT_SUSPENDED.eq(false))
                .orderBy(WORKSPACE_SESSIONS.CREATED_AT.desc(), WORKSPACE_SESSIONS.TOKEN_HASH)
                .fetch(row -> new Found(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        Keyed.of(WorkspaceRole.class, row.value4()),
                        row.value5(),
                        row.value6(),
                        Optional.ofNullable(row.value7()).flatMap(Zones::of)));
    }

    /// Sets the time zone of a user who has none.
    @AllTenants("found by the secret of the session")
    public void setFirstZone(String tokenHash, ZoneId zone) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.TIME_ZONE, zone.getId())
                .where(
                        SUB_CLIENT_USERS.TIME_ZONE.isNull(),
                        SUB_CLIENT_USERS.ID.eq(DSL.select(WORKSPACE_SESSIONS.USER_ID)
                                .from(WORKSPACE_SESSIONS)
                                .where(WORKSPACE_SESSIONS.TOKEN_HASH.eq(tokenHash))))
                .execute();
    }

    @AllTenants("found by the secret of the session")
    public void renew(String tokenHash, Instant now, Instant expiresAt) {
        sql.update(WORKSPACE_SESSIONS)
                .set(WORKSPACE_SESSIONS.RENEWED_AT, now)
                .set(WORKSPACE_SESSIONS.EXPIRES_AT, expiresAt)
                .where(WORKSPACE_SESSIONS.TOKEN_HASH.eq(tokenHash))
                .execute();
    }

    @AllTenants("found by the secret of the session")
    public int delete(Collection<String> tokenHashes) {
        return sql.deleteFrom(WORKSPACE_SESSIONS)
                .where(WORKSPACE_SESSIONS.TOKEN_HASH.in(tokenHashes))
                .execute();
    }

    /// Deletes the sessions of one user, or of all users in the workspace.
    public void deleteAll(AccountId tenant, WorkspaceId workspace, Optional<Integer> user) {
        Condition of = WORKSPACE_SESSIONS.TENANT_ID.eq(tenant).and(WORKSPACE_SESSIONS.SUB_CLIENT_ID.eq(workspace));
        sql.deleteFrom(WORKSPACE_SESSIONS)
                .where(user.map(id -> of.and(WORKSPACE_SESSIONS.USER_ID.eq(id))).orElse(of))
                .execute();
    }

    /// Deletes all sessions in a project.
    public void deleteAll(AccountId tenant, ProjectId project) {
        sql.deleteFrom(WORKSPACE_SESSIONS)
                .where(
                        WORKSPACE_SESSIONS.TENANT_ID.eq(tenant),
                        WORKSPACE_SESSIONS.SUB_CLIENT_ID.in(DSL.select(SUB_CLIENTS.ID)
                                .from(SUB_CLIENTS)
                                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.PROJECT_ID.eq(project))))
                .execute();
    }

    /// Deletes expired sessions, a limited number at a time.
    @AllTenants("clears expired sessions of all tenants")
    public int deleteExpired(Instant now, int limit) {
        List<String> expired = sql.select(WORKSPACE_SESSIONS.TOKEN_HASH)
                .from(WORKSPACE_SESSIONS)
                .where(WORKSPACE_SESSIONS.EXPIRES_AT.le(now))
                .limit(limit)
                .fetch(WORKSPACE_SESSIONS.TOKEN_HASH);
        return delete(expired);
    }
}
