package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO_CUT_LINKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoProvider;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// People of providers whose links were cut, because the email by which they had been recognized was never proved here.
/// A row ends when the person signs in at the provider again.
final class AccountCutLinkStore {

    /// @param email of the person when the link was cut
    record CutLink(AccountId tenant, String issuer, IdentityId person, String email, Instant cutAt) {}

    private final DSLContext sql;

    AccountCutLinkStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Returns who this person at the provider was here.
    Optional<IdentityId> find(AccountId tenant, String issuer, String subject) {
        return sql.select(ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID)
                .from(ACCOUNT_SSO_CUT_LINKS)
                .where(
                        ACCOUNT_SSO_CUT_LINKS.TENANT_ID.eq(tenant),
                        at(issuer),
                        ACCOUNT_SSO_CUT_LINKS.SUBJECT.eq(subject))
                .orderBy(ACCOUNT_SSO_CUT_LINKS.CUT_AT.desc())
                .limit(1)
                .fetchOptional(ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID);
    }

    /// Whether the person has to sign in at this provider once more.
    boolean isCut(AccountId tenant, String issuer, IdentityId person) {
        return sql.fetchExists(
                ACCOUNT_SSO_CUT_LINKS,
                ACCOUNT_SSO_CUT_LINKS.TENANT_ID.eq(tenant),
                at(issuer),
                ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID.eq(person));
    }

    /// Wherever a directory was then.
    private static Condition at(String issuer) {
        return SsoProvider.isDirectory(issuer)
                ? ACCOUNT_SSO_CUT_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY)
                : ACCOUNT_SSO_CUT_LINKS.ISSUER.eq(issuer);
    }

    List<CutLink> list(AccountId tenant, int limit) {
        return sql.selectFrom(ACCOUNT_SSO_CUT_LINKS)
                .where(ACCOUNT_SSO_CUT_LINKS.TENANT_ID.eq(tenant))
                .orderBy(ACCOUNT_SSO_CUT_LINKS.EMAIL, ACCOUNT_SSO_CUT_LINKS.ISSUER)
                .limit(limit)
                .fetch(AccountCutLinkStore::link);
    }

    void delete(AccountId tenant, IdentityId person) {
        sql.deleteFrom(ACCOUNT_SSO_CUT_LINKS)
                .where(ACCOUNT_SSO_CUT_LINKS.TENANT_ID.eq(tenant), ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID.eq(person))
                .execute();
    }

    /// Returns links of which no owner was told yet, and notes that they are told now.
    @AllTenants("a job tells the owners of all accounts")
    List<CutLink> takeUntold(Instant now, int limit) {
        List<CutLink> untold = sql.selectFrom(ACCOUNT_SSO_CUT_LINKS)
                .where(ACCOUNT_SSO_CUT_LINKS.TOLD_AT.isNull())
                .orderBy(ACCOUNT_SSO_CUT_LINKS.TENANT_ID, ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID)
                .limit(limit)
                .fetch(AccountCutLinkStore::link);
        for (CutLink link : untold) {
            sql.update(ACCOUNT_SSO_CUT_LINKS)
                    .set(ACCOUNT_SSO_CUT_LINKS.TOLD_AT, now)
                    .where(
                            ACCOUNT_SSO_CUT_LINKS.TENANT_ID.eq(link.tenant()),
                            ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID.eq(link.person()))
                    .execute();
        }
        return untold;
    }

    private static CutLink link(Record row) {
        return new CutLink(
                row.get(ACCOUNT_SSO_CUT_LINKS.TENANT_ID),
                row.get(ACCOUNT_SSO_CUT_LINKS.ISSUER),
                row.get(ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID),
                row.get(ACCOUNT_SSO_CUT_LINKS.EMAIL),
                row.get(ACCOUNT_SSO_CUT_LINKS.CUT_AT));
    }
}
