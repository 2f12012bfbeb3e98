package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.OnBehalf;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

public final class SessionStore extends Store {

    /// A session that has not expired.
    ///
    /// @param zone the person's time zone; empty until they have one
    /// @param support what an operator began to act with in it; whether they still may is [SupportStore]'s
    public record Found(
            IdentityId identity,
            boolean operator,
            Instant createdAt,
            Instant renewedAt,
            Instant expiresAt,
            Optional<UUID> support,
            Optional<ZoneId> zone) {

        public Found in(ZoneId other) {
            return new Found(identity, operator, createdAt, renewedAt, expiresAt, support, Optional.of(other));
        }
    }

    /// The account that a session is switched to.
    ///
    /// @param account empty for the person's own account, and for an erased one
    /// @param ended true if the account was suspended or deleted since, so that the session acts for no account
    /// @param page the account that our own pages open with, if the person has switched there
    public record Active(Optional<AccountId> account, boolean ended, Optional<AccountId> page) {
        static final Active NONE = new Active(Optional.empty(), false, Optional.empty());
    }

    private static final SqlCache FIND = new SqlCache();
    private static final SqlCache ACTIVE = new SqlCache();

    public SessionStore(Tx tx) {
        super(tx);
    }

    public void insert(String tokenHash, IdentityId identity, Device device, Instant now, Instant expiresAt) {
        sql.insertInto(SESSIONS)
                .set(SESSIONS.TOKEN_HASH, tokenHash)
                .set(SESSIONS.IDENTITY_ID, identity)
                .set(SESSIONS.USER_AGENT, device.userAgent())
                .set(SESSIONS.NETWORK, device.network())
                .set(SESSIONS.CREATED_AT, now)
                .set(SESSIONS.RENEWED_AT, now)
                .set(SESSIONS.PROVED_AT, now)
                .set(SESSIONS.EXPIRES_AT, expiresAt)
                .execute();
    }

    public Optional<Found> find(String tokenHash, Instant now) {
        return FIND.one(
                        sql,
                        () -> sql.select(
                                        SESSIONS.IDENTITY_ID,
                                        OPERATORS.IDENTITY_ID,
                                        SESSIONS.CREATED_AT,
                                        SESSIONS.RENEWED_AT,
                                        SESSIONS.EXPIRES_AT,
                                        SESSIONS.SUPPORT_ACCESS_ID,
                                        IDENTITIES.TIME_ZONE)
                                .from(SESSIONS)
                                .join(IDENTITIES)
                                .on(IDENTITIES.ID.eq(SESSIONS.IDENTITY_ID))
                                .leftJoin(OPERATORS)
                                .on(OPERATORS.IDENTITY_ID.eq(SESSIONS.IDENTITY_ID))
                                .where(SESSIONS.TOKEN_HASH.eq(tokenHash), SESSIONS.EXPIRES_AT.gt(now)),
                        tokenHash,
                        now)
                .map(row -> new Found(
                        row.get(SESSIONS.IDENTITY_ID),
                        row.get(OPERATORS.IDENTITY_ID) != null,
                        row.get(SESSIONS.CREATED_AT),
                        row.get(SESSIONS.RENEWED_AT),
                        row.get(SESSIONS.EXPIRES_AT),
                        Optional.ofNullable(row.get(SESSIONS.SUPPORT_ACCESS_ID)),
                        Optional.ofNullable(row.get(IDENTITIES.TIME_ZONE)).flatMap(Zones::of)));
    }

    /// Returns the sessions of a person that have not expired, most recently used first; at most `limit`.
    public List<OpenSession> list(IdentityId identity, Instant now, int limit) {
        return sql.select(
                        SESSIONS.TOKEN_HASH,
                        SESSIONS.USER_AGENT,
                        SESSIONS.NETWORK,
                        SESSIONS.CREATED_AT,
                        SESSIONS.RENEWED_AT)
                .from(SESSIONS)
                .where(SESSIONS.IDENTITY_ID.eq(identity), SESSIONS.EXPIRES_AT.gt(now))
                .orderBy(SESSIONS.RENEWED_AT.desc(), SESSIONS.TOKEN_HASH)
                .limit(limit)
                .fetch(row -> new OpenSession(
                        row.value1(),
                        Optional.ofNullable(row.value2()).orElse(""),
                        Optional.ofNullable(row.value3()).orElse(""),
                        row.value4(),
                        row.value5()));
    }

    /// Ends a session of this person.
    public boolean deleteOwn(IdentityId identity, String tokenHash) {
        return Tx.changed(
                sql.deleteFrom(SESSIONS).where(SESSIONS.IDENTITY_ID.eq(identity), SESSIONS.TOKEN_HASH.eq(tokenHash)));
    }

    public void renew(String tokenHash, Instant now, Instant expiresAt) {
        change(tokenHash, new Columns().with(SESSIONS.RENEWED_AT, now).with(SESSIONS.EXPIRES_AT, expiresAt));
    }

    /// Gives a session that has not expired another token.
    ///
    /// @param formerEnds until when [#successor] knows the old one
    public boolean rotate(String tokenHash, String newHash, Instant now, Instant expiresAt, Instant formerEnds) {
        return Tx.changed(sql.update(SESSIONS)
                .set(SESSIONS.TOKEN_HASH, newHash)
                .set(SESSIONS.FORMER_HASH, tokenHash)
                .set(SESSIONS.FORMER_ENDS_AT, formerEnds)
                .set(SESSIONS.RENEWED_AT, now)
                .set(SESSIONS.EXPIRES_AT, expiresAt)
                .where(SESSIONS.TOKEN_HASH.eq(tokenHash), SESSIONS.EXPIRES_AT.gt(now)));
    }

    /// Returns the token of a session that had this one until a moment ago.
    public Optional<String> successor(String formerHash, Instant now) {
        return sql.fetchOptionalValue(
                SESSIONS.TOKEN_HASH, SESSIONS.FORMER_HASH.eq(formerHash).and(SESSIONS.FORMER_ENDS_AT.gt(now)));
    }

    /// Returns when the person last proved their identity; empty if no session has this token.
    public Optional<Instant> provedAt(String tokenHash) {
        return sql.fetchOptionalValue(SESSIONS.PROVED_AT, SESSIONS.TOKEN_HASH.eq(tokenHash));
    }

    /// Records that the person has proved their identity.
    public boolean prove(String tokenHash, Instant now) {
        return Tx.changed(sql.update(SESSIONS).set(SESSIONS.PROVED_AT, now).where(SESSIONS.TOKEN_HASH.eq(tokenHash)));
    }

    /// Ends all sessions of a person but one.
    public void deleteOthers(IdentityId identity, String tokenHash) {
        sql.deleteFrom(SESSIONS)
                .where(SESSIONS.IDENTITY_ID.eq(identity), SESSIONS.TOKEN_HASH.ne(tokenHash))
                .execute();
    }

    public Active active(String tokenHash) {
        return ACTIVE.one(
                        sql,
                        () -> sql.select(
                                        SESSIONS.ACTIVE_ACCOUNT_ID, SESSIONS.CONTEXT_ENDED_AT, SESSIONS.PAGE_ACCOUNT_ID)
                                .from(SESSIONS)
                                .where(SESSIONS.TOKEN_HASH.eq(tokenHash)),
                        tokenHash)
                .map(row -> new Active(
                        Optional.ofNullable(row.get(SESSIONS.ACTIVE_ACCOUNT_ID)),
                        row.get(SESSIONS.CONTEXT_ENDED_AT) != null,
                        Optional.ofNullable(row.get(SESSIONS.PAGE_ACCOUNT_ID))))
                .orElse(Active.NONE);
    }

    /// @param account empty for the person's own
    public void setActiveAccount(String tokenHash, Optional<AccountId> account) {
        change(
                tokenHash,
                new Columns()
                        .with(SESSIONS.ACTIVE_ACCOUNT_ID, account)
                        .with(SESSIONS.CONTEXT_ENDED_AT, Optional.empty()));
    }

    public void setPageAccount(String tokenHash, AccountId account) {
        change(tokenHash, new Columns().with(SESSIONS.PAGE_ACCOUNT_ID, account));
    }

    /// Makes the session act for an account of others, and makes that account its context. Once the access has ended,
    /// the context has too, so that nothing that was meant for that account lands elsewhere.
    public void actFor(String tokenHash, OnBehalf of) {
        change(
                tokenHash,
                new Columns()
                        .with(SESSIONS.SUPPORT_ACCESS_ID, of.access())
                        .with(SESSIONS.ACTIVE_ACCOUNT_ID, of.account())
                        .with(SESSIONS.PAGE_ACCOUNT_ID, of.account())
                        .with(SESSIONS.CONTEXT_ENDED_AT, Optional.empty()));
    }

    /// Makes the session act for its own person again.
    public void actForOneself(String tokenHash) {
        change(
                tokenHash,
                new Columns()
                        .with(SESSIONS.SUPPORT_ACCESS_ID, Optional.empty())
                        .with(SESSIONS.ACTIVE_ACCOUNT_ID, Optional.empty())
                        .with(SESSIONS.PAGE_ACCOUNT_ID, Optional.empty())
                        .with(SESSIONS.CONTEXT_ENDED_AT, Optional.empty()));
    }

    /// Ends the context of every session that acts for one of these accounts. The session stays switched to it, so that
    /// changes meant for it land nowhere else.
    void endContexts(Collection<AccountId> accounts, Instant now) {
        sql.update(SESSIONS)
                .set(SESSIONS.CONTEXT_ENDED_AT, now)
                .where(SESSIONS.ACTIVE_ACCOUNT_ID.in(accounts))
                .execute();
    }

    public void delete(String tokenHash) {
        sql.deleteFrom(SESSIONS).where(SESSIONS.TOKEN_HASH.eq(tokenHash)).execute();
    }

    public void deleteAll(IdentityId identity) {
        sql.deleteFrom(SESSIONS).where(SESSIONS.IDENTITY_ID.eq(identity)).execute();
    }

    /// Deletes expired sessions, a bounded number at a time.
    public int deleteExpired(Instant now, int limit) {
        List<String> expired = sql.select(SESSIONS.TOKEN_HASH)
                .from(SESSIONS)
                .where(SESSIONS.EXPIRES_AT.le(now))
                .limit(limit)
                .fetch(SESSIONS.TOKEN_HASH);
        return sql.deleteFrom(SESSIONS).where(SESSIONS.TOKEN_HASH.in(expired)).execute();
    }

    private void change(String tokenHash, Columns changed) {
        sql.update(SESSIONS)
                .set(changed)
                .where(SESSIONS.TOKEN_HASH.eq(tokenHash))
                .execute();
    }
}
