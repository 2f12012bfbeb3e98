package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_CUT_LINKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// People of providers whose links were cut, because the address by which they had been recognized was never proved
/// here. A row ends when the person signs in at the provider again.
final class CutLinkStore {

    /// @param email of the user when the link was cut
    record CutLink(AccountId tenant, WorkspaceId workspace, String issuer, int user, String email, Instant cutAt) {}

    private final DSLContext sql;

    CutLinkStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Returns the user who was this person.
    Optional<Integer> find(AccountId tenant, WorkspaceId workspace, String issuer, String subject) {
        return sql.select(WORKSPACE_SSO_CUT_LINKS.USER_ID)
                .from(WORKSPACE_SSO_CUT_LINKS)
                .where(in(tenant, workspace), at(issuer), WORKSPACE_SSO_CUT_LINKS.SUBJECT.eq(subject))
                .orderBy(WORKSPACE_SSO_CUT_LINKS.CUT_AT.desc())
                .limit(1)
                .fetchOptional(WORKSPACE_SSO_CUT_LINKS.USER_ID);
    }

    /// Whether the user has to sign in at this provider once more.
    boolean isCut(AccountId tenant, WorkspaceId workspace, String issuer, int user) {
        return sql.fetchExists(
                WORKSPACE_SSO_CUT_LINKS, in(tenant, workspace), at(issuer), WORKSPACE_SSO_CUT_LINKS.USER_ID.eq(user));
    }

    /// Wherever a directory was then.
    private static Condition at(String issuer) {
        return SsoProvider.isDirectory(issuer)
                ? WORKSPACE_SSO_CUT_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY)
                : WORKSPACE_SSO_CUT_LINKS.ISSUER.eq(issuer);
    }

    List<CutLink> list(AccountId tenant, WorkspaceId workspace, int limit) {
        return sql.selectFrom(WORKSPACE_SSO_CUT_LINKS)
                .where(in(tenant, workspace))
                .orderBy(WORKSPACE_SSO_CUT_LINKS.EMAIL, WORKSPACE_SSO_CUT_LINKS.ISSUER)
                .limit(limit)
                .fetch(CutLinkStore::link);
    }

    void delete(AccountId tenant, WorkspaceId workspace, int user) {
        sql.deleteFrom(WORKSPACE_SSO_CUT_LINKS)
                .where(in(tenant, workspace), WORKSPACE_SSO_CUT_LINKS.USER_ID.eq(user))
                .execute();
    }

    /// Returns links of which no admin was told yet, and notes that they are told now.
    @AllTenants("a job tells the admins of all tenants")
    List<CutLink> takeUntold(Instant now, int limit) {
        List<CutLink> untold = sql.selectFrom(WORKSPACE_SSO_CUT_LINKS)
                .where(WORKSPACE_SSO_CUT_LINKS.TOLD_AT.isNull())
                .orderBy(WORKSPACE_SSO_CUT_LINKS.SUB_CLIENT_ID, WORKSPACE_SSO_CUT_LINKS.USER_ID)
                .limit(limit)
                .fetch(CutLinkStore::link);
        for (CutLink link : untold) {
            sql.update(WORKSPACE_SSO_CUT_LINKS)
                    .set(WORKSPACE_SSO_CUT_LINKS.TOLD_AT, now)
                    .where(in(link.tenant(), link.workspace()), WORKSPACE_SSO_CUT_LINKS.USER_ID.eq(link.user()))
                    .execute();
        }
        return untold;
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_SSO_CUT_LINKS.TENANT_ID.eq(tenant).and(WORKSPACE_SSO_CUT_LINKS.SUB_CLIENT_ID.eq(workspace));
    }

    private static CutLink link(Record row) {
        return new CutLink(
                row.get(WORKSPACE_SSO_CUT_LINKS.TENANT_ID),
                row.get(WORKSPACE_SSO_CUT_LINKS.SUB_CLIENT_ID),
                row.get(WORKSPACE_SSO_CUT_LINKS.ISSUER),
                row.get(WORKSPACE_SSO_CUT_LINKS.USER_ID),
                row.get(WORKSPACE_SSO_CUT_LINKS.EMAIL),
                row.get(WORKSPACE_SSO_CUT_LINKS.CUT_AT));
    }
}
