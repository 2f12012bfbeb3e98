package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO_LINKS;
import static dev.banyan.schema.Tables.ACCOUNT_SSO_SESSIONS;
import static dev.banyan.schema.Tables.IDENTITIES;
import static dev.banyan.schema.Tables.MEMBERSHIPS;
import static dev.banyan.schema.Tables.SESSIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.UsedSessions;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Sessions of members that a provider opened.
final class AccountSsoSessionStore {

    /// @param issuer as in [dev.banyan.platform.sso.SsoProvider#identity]
    /// @param renewal sealed: the refresh token; empty if the provider can't be asked
    /// @param askedAt when the provider was asked last
    /// @param dueAt when it is to be asked next
    /// @param answeredAt when it said last that the person may be in
    record MemberSession(
            String tokenHash,
            AccountId tenant,
            IdentityId person,
            String issuer,
            String subject,
            Optional<String> renewal,
            Instant askedAt,
            Instant answeredAt,
            Instant dueAt) {}

    private final DSLContext sql;

    AccountSsoSessionStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, MemberSession session) {
        var renewal = session.renewal().orElse(null);
        sql.insertInto(ACCOUNT_SSO_SESSIONS)
                .set(ACCOUNT_SSO_SESSIONS.TOKEN_HASH, session.tokenHash())
                .set(ACCOUNT_SSO_SESSIONS.TENANT_ID, tenant)
                .set(ACCOUNT_SSO_SESSIONS.IDENTITY_ID, session.person())
                .set(ACCOUNT_SSO_SESSIONS.ISSUER, session.issuer())
                .set(ACCOUNT_SSO_SESSIONS.SUBJECT, session.subject())
                .set(ACCOUNT_SSO_SESSIONS.RENEWAL, renewal)
                .set(ACCOUNT_SSO_SESSIONS.ASKED_AT, session.askedAt())
                .set(ACCOUNT_SSO_SESSIONS.ANSWERED_AT, session.answeredAt())
                .set(ACCOUNT_SSO_SESSIONS.DUE_AT, session.dueAt())
                .execute();
    }

    Optional<MemberSession> find(AccountId tenant, String tokenHash) {
        return sql.selectFrom(ACCOUNT_SSO_SESSIONS)
                .where(ACCOUNT_SSO_SESSIONS.TENANT_ID.eq(tenant), ACCOUNT_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash))
                .fetchOptional(AccountSsoSessionStore::session);
    }

    /// Returns the sessions whose provider is to be asked, and notes that it is asked now. They rest until they are
    /// used.
    @AllTenants("a job asks the providers of all tenants")
    List<MemberSession> takeDue(Instant now, int limit) {
        List<MemberSession> due = sql.selectFrom(ACCOUNT_SSO_SESSIONS)
                .where(ACCOUNT_SSO_SESSIONS.DUE_AT.le(now))
                .orderBy(ACCOUNT_SSO_SESSIONS.DUE_AT, ACCOUNT_SSO_SESSIONS.TOKEN_HASH)
                .limit(limit)
                .fetch(AccountSsoSessionStore::session);
        sql.update(ACCOUNT_SSO_SESSIONS)
                .set(ACCOUNT_SSO_SESSIONS.ASKED_AT, now)
                .set(ACCOUNT_SSO_SESSIONS.DUE_AT, UsedSessions.NEVER)
                .where(ACCOUNT_SSO_SESSIONS.TOKEN_HASH.in(
                        due.stream().map(MemberSession::tokenHash).toList()))
                .execute();
        return due;
    }

    /// Finds a session that rests.
    @AllTenants("the holder of a session is known by its token alone")
    Optional<MemberSession> findResting(String tokenHash) {
        return sql.selectFrom(ACCOUNT_SSO_SESSIONS)
                .where(
                        ACCOUNT_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash),
                        ACCOUNT_SSO_SESSIONS.DUE_AT.eq(UsedSessions.NEVER),
                        ACCOUNT_SSO_SESSIONS.RENEWAL.isNotNull())
                .fetchOptional(AccountSsoSessionStore::session);
    }

    /// Notes when the provider is to be asked next.
    void setDue(AccountId tenant, String tokenHash, Instant due, Instant answered) {
        sql.update(ACCOUNT_SSO_SESSIONS)
                .set(ACCOUNT_SSO_SESSIONS.DUE_AT, due)
                .set(ACCOUNT_SSO_SESSIONS.ANSWERED_AT, answered)
                .where(ACCOUNT_SSO_SESSIONS.TENANT_ID.eq(tenant), ACCOUNT_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash))
                .execute();
    }

    /// Notes that the person may still be in, and by what the provider is asked next.
    void answered(AccountId tenant, String tokenHash, Optional<String> renewal, Instant now) {
        var update = sql.update(ACCOUNT_SSO_SESSIONS).set(ACCOUNT_SSO_SESSIONS.ANSWERED_AT, now);
        if (renewal.isPresent()) {
            update = update.set(ACCOUNT_SSO_SESSIONS.RENEWAL, renewal.get());
        }
        update.where(ACCOUNT_SSO_SESSIONS.TENANT_ID.eq(tenant), ACCOUNT_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash))
                .execute();
    }

    /// Ends a session that the account’s provider opened.
    boolean end(AccountId tenant, String tokenHash) {
        return sql.deleteFrom(SESSIONS)
                        .where(SESSIONS.TOKEN_HASH.in(DSL.select(ACCOUNT_SSO_SESSIONS.TOKEN_HASH)
                                .from(ACCOUNT_SSO_SESSIONS)
                                .where(
                                        ACCOUNT_SSO_SESSIONS.TENANT_ID.eq(tenant),
                                        ACCOUNT_SSO_SESSIONS.TOKEN_HASH.eq(tokenHash))))
                        .execute()
                == 1;
    }

    /// Ends all sessions that the account’s provider opened.
    int endAll(AccountId tenant) {
        return sql.deleteFrom(SESSIONS)
                .where(SESSIONS.TOKEN_HASH.in(DSL.select(ACCOUNT_SSO_SESSIONS.TOKEN_HASH)
                        .from(ACCOUNT_SSO_SESSIONS)
                        .where(ACCOUNT_SSO_SESSIONS.TENANT_ID.eq(tenant))))
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
                        SESSIONS.TOKEN_HASH.notIn(
                                DSL.select(ACCOUNT_SSO_SESSIONS.TOKEN_HASH).from(ACCOUNT_SSO_SESSIONS)))
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

    private static MemberSession session(Record row) {
        return new MemberSession(
                row.get(ACCOUNT_SSO_SESSIONS.TOKEN_HASH),
                row.get(ACCOUNT_SSO_SESSIONS.TENANT_ID),
                row.get(ACCOUNT_SSO_SESSIONS.IDENTITY_ID),
                row.get(ACCOUNT_SSO_SESSIONS.ISSUER),
                row.get(ACCOUNT_SSO_SESSIONS.SUBJECT),
                Optional.ofNullable(row.get(ACCOUNT_SSO_SESSIONS.RENEWAL)),
                row.get(ACCOUNT_SSO_SESSIONS.ASKED_AT),
                row.get(ACCOUNT_SSO_SESSIONS.ANSWERED_AT),
                row.get(ACCOUNT_SSO_SESSIONS.DUE_AT));
    }
}
