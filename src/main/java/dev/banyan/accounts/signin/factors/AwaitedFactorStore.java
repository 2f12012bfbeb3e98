package dev.banyan.accounts.signin.factors;

import static dev.banyan.schema.Tables.AWAITED_FACTORS;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Sign-ins that await a second factor, found by the secret that only the person signing in has.
public final class AwaitedFactorStore extends Store {

    /// A sign-in that has not expired.
    public record Awaited(IdentityId identity, int tries, Optional<String> codeHash, Optional<Instant> codeSentAt) {}

    public AwaitedFactorStore(Tx tx) {
        super(tx);
    }

    public void insert(IdentityId identity, String idHash, Instant expiresAt) {
        sql.insertInto(AWAITED_FACTORS)
                .set(AWAITED_FACTORS.ID_HASH, idHash)
                .set(AWAITED_FACTORS.IDENTITY_ID, identity)
                .set(AWAITED_FACTORS.TRIES, 0)
                .set(AWAITED_FACTORS.EXPIRES_AT, expiresAt)
                .execute();
    }

    @AllTenants("found by the secret of the sign-in")
    public Optional<Awaited> find(String idHash, Instant now) {
        return sql.select(
                        AWAITED_FACTORS.IDENTITY_ID,
                        AWAITED_FACTORS.TRIES,
                        AWAITED_FACTORS.CODE_HASH,
                        AWAITED_FACTORS.CODE_SENT_AT)
                .from(AWAITED_FACTORS)
                .where(AWAITED_FACTORS.ID_HASH.eq(idHash), AWAITED_FACTORS.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new Awaited(
                        row.value1(),
                        row.value2(),
                        Optional.ofNullable(row.value3()),
                        Optional.ofNullable(row.value4())));
    }

    /// Uses up one try.
    ///
    /// @return false if none is left
    @AllTenants("found by the secret of the sign-in")
    public boolean claimTry(String idHash, int most) {
        return Tx.changed(sql.update(AWAITED_FACTORS)
                .set(AWAITED_FACTORS.TRIES, AWAITED_FACTORS.TRIES.plus(1))
                .where(AWAITED_FACTORS.ID_HASH.eq(idHash), AWAITED_FACTORS.TRIES.lt(most)));
    }

    /// Stores the mailed code, unless one was mailed after `notAfter`.
    @AllTenants("found by the secret of the sign-in")
    public boolean putCode(String idHash, String codeHash, Instant now, Instant notAfter) {
        return Tx.changed(sql.update(AWAITED_FACTORS)
                .set(AWAITED_FACTORS.CODE_HASH, codeHash)
                .set(AWAITED_FACTORS.CODE_SENT_AT, now)
                .where(
                        AWAITED_FACTORS.ID_HASH.eq(idHash),
                        AWAITED_FACTORS.CODE_SENT_AT.isNull().or(AWAITED_FACTORS.CODE_SENT_AT.le(notAfter))));
    }

    /// @return false if it is already deleted
    @AllTenants("found by the secret of the sign-in")
    public boolean delete(String idHash) {
        return Tx.changed(sql.deleteFrom(AWAITED_FACTORS).where(AWAITED_FACTORS.ID_HASH.eq(idHash)));
    }

    public void deleteAll(IdentityId identity) {
        sql.deleteFrom(AWAITED_FACTORS)
                .where(AWAITED_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
    }

    @AllTenants("deletes expired sign-ins of all users")
    public int deleteExpired(Instant now) {
        return sql.deleteFrom(AWAITED_FACTORS)
                .where(AWAITED_FACTORS.EXPIRES_AT.le(now))
                .execute();
    }
}
