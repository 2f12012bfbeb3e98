package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SESSIONS;
import static dev.banyan.schema.Tables.WORKSPACE_SSO_LINKS;
import static dev.banyan.schema.Tables.WORKSPACE_SSO_SESSIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Sessions that a provider opened.
final class SsoSessionStore {

    /// @param issuer as in [SsoProvider#identity]
    /// @param renewal sealed: the refresh token, or the name in the directory; empty if the provider can't be asked
    /// @param idToken sealed
    /// @param askedAt when the provider was asked last
    /// @param dueAt when it is to be asked next
    /// @param answeredAt when it said last that the person may be in
    record SsoSession(
            String tokenHash,
            AccountId tenant,
            WorkspaceId workspace,
            int user,
            String issuer,
            String subject,
            Optional<String> renewal,
            Optional<String> idToken,
            Instant askedAt,
            Instant answeredAt,
            Instant dueAt) {}

    private final DSLContext sql;

    SsoSessionStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, WorkspaceId workspace, SsoSession session) {
        var renewal = session.renewal().orElse(null);
        var idToken = session.idToken().orElse(null);
        sql.insertInto(WORKSPACE_SSO_SESSIONS)
                .set(WORKSPACE_SSO_SESSIONS.TOKEN_HASH, session.tokenHash())
                .set(WORKSPACE_SSO_SESSIONS.TENANT_ID, tenant)
                .set(WORKSPACE_SSO_SESSIONS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_SSO_SESSIONS.USER_ID, session.user())
                .set(WORKSPACE_SSO_SESSIONS.ISSUER, session.issuer())
                .set(WORKSPACE_SSO_SESSIONS.SUBJECT, session.subject())
                .set(WORKSPACE_SSO_SESSIONS.RENEWAL, renewal)
                .set(WORKSPACE_SSO_SESSIONS.ID_TOKEN, idToken)
                .set(WORKSPACE_SSO_SESSIONS.ASKED_AT, session.askedAt())
                .set(WORKSPACE_SSO_SESSIONS.ANSWERED_AT, session.answeredAt())
                .set(WORKSPACE_SSO_SESSIONS.DUE_AT, session.dueAt())
                .execute();
    }

    Optional<SsoSession> find(AccountId tenant, WorkspaceId workspace, String tokenHash) {
        return sql.selectFrom(WORKSPACE_SSO_SESSIONS)
                .where(is(tenant, workspace, tokenHash))
                .fetchOptional(SsoSessionStore::session);
    }

    /// Returns the sessions whose provider is to be asked, and notes that it is asked now. They rest until they are
    /// used.
    @AllTenants("a job asks the providers of all tenants")
    List<SsoSession> takeDue(Instant now, int limit) {
        List<SsoSession> due = sql.selectFrom(WORKSPACE_SSO_SESSIONS)
                .where(WORKSPACE_SSO_SESSIONS.DUE_AT.le(now))
                .orderBy(WORKSPACE_SSO_SESSIONS.DUE_AT, WORKSPACE_SSO_SESSIONS.TOKEN_HASH)
                .limit(limit)
                .fetch(SsoSessionStore::session);
        sql.update(WORKSPACE_SSO_SESSIONS)
                .set(WORKSPACE_SSO_SESSIONS.ASKED_AT, now)
                .set(WORKSPACE_SSO_SESSIONS.DUE_AT, UsedSessions.NEVER)
                .where(WORKSPACE_SSO_SESSIONS.TOKEN_HASH.in(
                        due.stream().map(SsoSession::tokenHash).toList()))
                .execute();
        return due;
    }

    /// Finds a session that rests.
    @AllTenants("the holder of a session is known by its token alone")
    Optional<SsoSession> findResting(String tokenHash) {
        return sql.selectFrom(WORKSPACE_SSO_SESSIONS)
                .where(
                        WORKSPACE_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash),
                        WORKSPACE_SSO_SESSIONS.DUE_AT.eq(UsedSessions.NEVER),
                        WORKSPACE_SSO_SESSIONS.RENEWAL.isNotNull())
                .fetchOptional(SsoSessionStore::session);
    }

    /// Notes when the provider is to be asked next.
    void setDue(AccountId tenant, WorkspaceId workspace, String tokenHash, Instant due, Instant answered) {
        sql.update(WORKSPACE_SSO_SESSIONS)
                .set(WORKSPACE_SSO_SESSIONS.DUE_AT, due)
                .set(WORKSPACE_SSO_SESSIONS.ANSWERED_AT, answered)
                .where(is(tenant, workspace, tokenHash))
                .execute();
    }

    /// Notes that the person may still be in, and by what the provider is asked next.
    void answered(
            AccountId tenant,
            WorkspaceId workspace,
            String tokenHash,
            Optional<String> renewal,
            Optional<String> idToken,
            Instant now) {
        var update = sql.update(WORKSPACE_SSO_SESSIONS).set(WORKSPACE_SSO_SESSIONS.ANSWERED_AT, now);
        if (renewal.isPresent()) {
            update = update.set(WORKSPACE_SSO_SESSIONS.RENEWAL, renewal.get());
        }
        if (idToken.isPresent()) {
            update = update.set(WORKSPACE_SSO_SESSIONS.ID_TOKEN, idToken.get());
        }
        update.where(is(tenant, workspace, tokenHash)).execute();
    }

    /// Returns the sessions of a person at the provider.
    List<String> ofPerson(AccountId tenant, WorkspaceId workspace, String issuer, String subject) {
        return sql.select(WORKSPACE_SSO_SESSIONS.TOKEN_HASH)
                .from(WORKSPACE_SSO_SESSIONS)
                .where(
                        in(tenant, workspace),
                        WORKSPACE_SSO_SESSIONS.ISSUER.eq(issuer),
                        WORKSPACE_SSO_SESSIONS.SUBJECT.eq(subject))
                .fetch(WORKSPACE_SSO_SESSIONS.TOKEN_HASH);
    }

    /// Ends all sessions that a provider opened in a workspace.
    int endAll(AccountId tenant, WorkspaceId workspace) {
        return end(
                tenant,
                workspace,
                WORKSPACE_SESSIONS.TOKEN_HASH.in(DSL.select(WORKSPACE_SSO_SESSIONS.TOKEN_HASH)
                        .from(WORKSPACE_SSO_SESSIONS)
                        .where(in(tenant, workspace))));
    }

    /// Ends all sessions in a workspace that no provider opened, except those of this user.
    int endOthers(AccountId tenant, WorkspaceId workspace, Collection<Integer> except) {
        return end(tenant, workspace, unopened(tenant, workspace).and(WORKSPACE_SESSIONS.USER_ID.notIn(except)));
    }

    /// Ends the sessions of people who come from a provider that no provider opened.
    int endOthersOfLinked(AccountId tenant, WorkspaceId workspace, Collection<Integer> except) {
        return end(
                tenant,
                workspace,
                unopened(tenant, workspace)
                        .and(WORKSPACE_SESSIONS.USER_ID.notIn(except))
                        .and(WORKSPACE_SESSIONS.USER_ID.in(DSL.select(WORKSPACE_SSO_LINKS.USER_ID)
                                .from(WORKSPACE_SSO_LINKS)
                                .where(
                                        WORKSPACE_SSO_LINKS.TENANT_ID.eq(tenant),
                                        WORKSPACE_SSO_LINKS.SUB_CLIENT_ID.eq(workspace)))));
    }

    /// Ends the sessions of users that no provider opened.
    int endOthersOf(AccountId tenant, WorkspaceId workspace, Collection<Integer> users) {
        return end(tenant, workspace, unopened(tenant, workspace).and(WORKSPACE_SESSIONS.USER_ID.in(users)));
    }

    private static Condition unopened(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_SESSIONS.TOKEN_HASH.notIn(DSL.select(WORKSPACE_SSO_SESSIONS.TOKEN_HASH)
                .from(WORKSPACE_SSO_SESSIONS)
                .where(in(tenant, workspace)));
    }

    private int end(AccountId tenant, WorkspaceId workspace, Condition which) {
        return sql.deleteFrom(WORKSPACE_SESSIONS)
                .where(WORKSPACE_SESSIONS.TENANT_ID.eq(tenant), WORKSPACE_SESSIONS.SUB_CLIENT_ID.eq(workspace), which)
                .execute();
    }

    private static Condition is(AccountId tenant, WorkspaceId workspace, String tokenHash) {
        return in(tenant, workspace).and(WORKSPACE_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_SSO_SESSIONS.TENANT_ID.eq(tenant).and(WORKSPACE_SSO_SESSIONS.SUB_CLIENT_ID.eq(workspace));
    }

    private static SsoSession session(Record row) {
        return new SsoSession(
                row.get(WORKSPACE_SSO_SESSIONS.TOKEN_HASH),
                row.get(WORKSPACE_SSO_SESSIONS.TENANT_ID),
                row.get(WORKSPACE_SSO_SESSIONS.SUB_CLIENT_ID),
                row.get(WORKSPACE_SSO_SESSIONS.USER_ID),
                row.get(WORKSPACE_SSO_SESSIONS.ISSUER),
                row.get(WORKSPACE_SSO_SESSIONS.SUBJECT),
                Optional.ofNullable(row.get(WORKSPACE_SSO_SESSIONS.RENEWAL)),
                Optional.ofNullable(row.get(WORKSPACE_SSO_SESSIONS.ID_TOKEN)),
                row.get(WORKSPACE_SSO_SESSIONS.ASKED_AT),
                row.get(WORKSPACE_SSO_SESSIONS.ANSWERED_AT),
                row.get(WORKSPACE_SSO_SESSIONS.DUE_AT));
    }
}
