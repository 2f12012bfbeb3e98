package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoSessionStore;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Sessions of users that a provider opened.
final class WorkspaceSsoSessionStore extends SsoSessionStore<Integer> {

    WorkspaceSsoSessionStore(Tx tx) {
        super(tx, WORKSPACE_SSO_SESSIONS, WORKSPACE_SSO_SESSIONS.USER_ID, Optional.of(WORKSPACE_SSO_SESSIONS.ID_TOKEN));
    }

    /// Notes what the provider calls a session.
    void setProviderSession(SsoOwner workspace, String hash, String session) {
        sql.update(WORKSPACE_SSO_SESSIONS)
                .set(WORKSPACE_SSO_SESSIONS.PROVIDER_SESSION, session)
                .where(in(workspace), WORKSPACE_SSO_SESSIONS.TOKEN_HASH.eq(hash))
                .execute();
    }

    /// Returns the sessions that began with a session at the provider.
    List<String> ofSession(SsoOwner workspace, String issuer, String session) {
        return sql.fetchValues(
                WORKSPACE_SSO_SESSIONS.TOKEN_HASH,
                in(workspace)
                        .and(WORKSPACE_SSO_SESSIONS.ISSUER.eq(issuer))
                        .and(WORKSPACE_SSO_SESSIONS.PROVIDER_SESSION.eq(session)));
    }

    /// Ends all sessions that a provider opened in a workspace.
    int endAll(SsoOwner workspace) {
        return end(workspace, WORKSPACE_SESSIONS.TOKEN_HASH.in(opened(workspace)));
    }

    /// Ends all sessions in a workspace that no provider opened, except those of this user.
    int endOthers(SsoOwner workspace, Collection<Integer> except) {
        return end(workspace, unopened(workspace).and(WORKSPACE_SESSIONS.USER_ID.notIn(except)));
    }

    /// Ends the sessions of people who come from a provider that no provider opened.
    int endOthersOfLinked(SsoOwner workspace, Collection<Integer> except) {
        return end(
                workspace,
                unopened(workspace)
                        .and(WORKSPACE_SESSIONS.USER_ID.notIn(except))
                        .and(WORKSPACE_SESSIONS.USER_ID.in(DSL.select(WORKSPACE_SSO_LINKS.USER_ID)
                                .from(WORKSPACE_SSO_LINKS)
                                .where(
                                        WORKSPACE_SSO_LINKS.TENANT_ID.eq(workspace.tenant()),
                                        WORKSPACE_SSO_LINKS.SUB_CLIENT_ID.eq(new WorkspaceId(workspace.id()))))));
    }

    /// Ends the sessions of users that no provider opened.
    int endOthersOf(SsoOwner workspace, Collection<Integer> users) {
        return end(workspace, unopened(workspace).and(WORKSPACE_SESSIONS.USER_ID.in(users)));
    }

    private Condition unopened(SsoOwner workspace) {
        return WORKSPACE_SESSIONS.TOKEN_HASH.notIn(opened(workspace));
    }

    private int end(SsoOwner workspace, Condition which) {
        return sql.deleteFrom(WORKSPACE_SESSIONS)
                .where(
                        WORKSPACE_SESSIONS.TENANT_ID.eq(workspace.tenant()),
                        WORKSPACE_SESSIONS.SUB_CLIENT_ID.eq(new WorkspaceId(workspace.id())),
                        which)
                .execute();
    }
}
