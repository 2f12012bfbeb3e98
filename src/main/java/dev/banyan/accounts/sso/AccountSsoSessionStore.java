package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoSessionStore;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Sessions of members that a provider opened. They are sessions of a person, who may belong to several accounts.
final class AccountSsoSessionStore extends SsoSessionStore<IdentityId> {

    AccountSsoSessionStore(Tx tx) {
        super(tx, ACCOUNT_SSO_SESSIONS, ACCOUNT_SSO_SESSIONS.IDENTITY_ID, Optional.empty());
    }

    /// Ends a session that the account’s provider opened.
    boolean end(SsoOwner account, String hash) {
        return Tx.changed(
                sql.deleteFrom(SESSIONS).where(SESSIONS.TOKEN_HASH.eq(hash), SESSIONS.TOKEN_HASH.in(opened(account))));
    }

    /// Ends all sessions that the account’s provider opened.
    int endAll(SsoOwner account) {
        return sql.deleteFrom(SESSIONS)
                .where(SESSIONS.TOKEN_HASH.in(opened(account)))
                .execute();
    }

    /// Ends the sessions of members that no provider opened.
    ///
    /// @param domains only of members with such emails
    int endOthers(AccountId tenant, Collection<String> domains, Collection<IdentityId> except) {
        var ofDomains = DSL.or(domains.stream()
                .map(domain -> IDENTITIES.EMAIL.endsWith("@" + domain))
                .toList());
        return sql.deleteFrom(SESSIONS)
                .where(
                        SESSIONS.IDENTITY_ID.in(DSL.select(MEMBERSHIPS.IDENTITY_ID)
                                .from(MEMBERSHIPS)
                                .join(IDENTITIES)
                                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), ofDomains)),
                        SESSIONS.IDENTITY_ID.notIn(except),
                        unopened())
                .execute();
    }

    /// Ends the sessions of people who come from the account's provider that no provider opened.
    int endOthersOfLinked(AccountId tenant, Collection<IdentityId> except) {
        return sql.deleteFrom(SESSIONS)
                .where(
                        SESSIONS.IDENTITY_ID.in(DSL.select(ACCOUNT_SSO_LINKS.IDENTITY_ID)
                                .from(ACCOUNT_SSO_LINKS)
                                .where(ACCOUNT_SSO_LINKS.TENANT_ID.eq(tenant))),
                        SESSIONS.IDENTITY_ID.notIn(except),
                        unopened())
                .execute();
    }

    /// Ends the sessions of a person that no provider opened.
    @AllTenants("sessions belong to a person, not to an account")
    int endOthersOf(IdentityId person) {
        return sql.deleteFrom(SESSIONS)
                .where(SESSIONS.IDENTITY_ID.eq(person), unopened())
                .execute();
    }

    private static Condition unopened() {
        return SESSIONS.TOKEN_HASH.notIn(
                DSL.select(ACCOUNT_SSO_SESSIONS.TOKEN_HASH).from(ACCOUNT_SSO_SESSIONS));
    }
}
