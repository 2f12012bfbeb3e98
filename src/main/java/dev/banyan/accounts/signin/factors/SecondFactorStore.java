package dev.banyan.accounts.signin.factors;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Stores people's second factors, those being set up, and backup codes.
public final class SecondFactorStore extends Store {

    /// A factor that is being set up.
    ///
    /// @param secret sealed
    public record Waiting(Optional<String> secret, Optional<String> codeHash) {}

    private static final SqlCache FIND = new SqlCache();
    /// How many passkeys a person has.
    private static final Field<Integer> COUNT = DSL.field(DSL.name("passkeys"), Integer.class);

    public SecondFactorStore(Tx tx) {
        super(tx);
    }

    public SecondFactor find(IdentityId identity) {
        Record row = FIND.one(
                        sql,
                        () -> sql.select(
                                        DSL.field(DSL.selectCount()
                                                        .from(PASSKEYS)
                                                        .where(PASSKEYS.IDENTITY_ID.eq(identity)))
                                                .as(COUNT),
                                        SECOND_FACTORS.EMAIL_ENABLED,
                                        SECOND_FACTORS.TOTP_ENABLED,
                                        SECOND_FACTORS.TOTP_SECRET,
                                        SECOND_FACTORS.TOTP_STEP,
                                        SECOND_FACTORS.PASSKEY_ENABLED)
                                .from(DSL.selectOne())
                                .leftJoin(SECOND_FACTORS)
                                .on(SECOND_FACTORS.IDENTITY_ID.eq(identity)),
                        identity,
                        identity)
                .orElseThrow();
        return row.get(SECOND_FACTORS.EMAIL_ENABLED) == null // there is no row of this person
                ? new SecondFactor(false, Optional.empty(), 0, false, row.get(COUNT), 0)
                : new SecondFactor(
                        row.get(SECOND_FACTORS.EMAIL_ENABLED),
                        Optional.ofNullable(row.get(SECOND_FACTORS.TOTP_SECRET))
                                .filter(_ -> row.get(SECOND_FACTORS.TOTP_ENABLED)),
                        row.get(SECOND_FACTORS.TOTP_STEP),
                        row.get(SECOND_FACTORS.PASSKEY_ENABLED),
                        row.get(COUNT),
                        backupCodes(identity).size());
    }

    /// Returns the people of a root account whose second factor is on, with their e-mails; at most `limit`.
    public Map<IdentityId, String> people(AccountId tenant, int limit) {
        return sql.select(IDENTITIES.ID, IDENTITIES.EMAIL)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .join(SECOND_FACTORS)
                .on(SECOND_FACTORS.IDENTITY_ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .where(
                        MEMBERSHIPS.TENANT_ID.eq(tenant),
                        SECOND_FACTORS
                                .TOTP_ENABLED
                                .eq(true)
                                .or(SECOND_FACTORS.EMAIL_ENABLED.eq(true))
                                .or(SECOND_FACTORS.PASSKEY_ENABLED.eq(true)))
                .orderBy(IDENTITIES.EMAIL)
                .limit(limit)
                .fetchMap(IDENTITIES.ID, IDENTITIES.EMAIL);
    }

    /// Stores a factor to be set up, replacing an earlier one; active factors stay active.
    public void putWaiting(IdentityId identity, Waiting waiting, Instant expiresAt, Instant now) {
        start(identity, now);
        sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.WAITING_SECRET, waiting.secret().orElse(null))
                .set(SECOND_FACTORS.WAITING_CODE_HASH, waiting.codeHash().orElse(null))
                .set(SECOND_FACTORS.WAITING_EXPIRES_AT, expiresAt)
                .set(SECOND_FACTORS.UPDATED_AT, now)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
    }

    private void start(IdentityId identity, Instant now) {
        sql.insertInto(SECOND_FACTORS)
                .set(SECOND_FACTORS.IDENTITY_ID, identity)
                .set(SECOND_FACTORS.TOTP_ENABLED, false)
                .set(SECOND_FACTORS.EMAIL_ENABLED, false)
                .set(SECOND_FACTORS.TOTP_STEP, 0L)
                .set(SECOND_FACTORS.PASSKEY_ENABLED, false)
                .set(SECOND_FACTORS.UPDATED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    public Optional<Waiting> waiting(IdentityId identity, Instant now) {
        return sql.select(SECOND_FACTORS.WAITING_SECRET, SECOND_FACTORS.WAITING_CODE_HASH)
                .from(SECOND_FACTORS)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity), SECOND_FACTORS.WAITING_EXPIRES_AT.gt(now))
                .fetchOptional(
                        row -> new Waiting(Optional.ofNullable(row.value1()), Optional.ofNullable(row.value2())));
    }

    /// Activates the waiting app secret, unless another one waits meanwhile.
    public boolean enableTotp(IdentityId identity, String secret, long step, Instant now) {
        return Tx.changed(sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.TOTP_ENABLED, true)
                .set(SECOND_FACTORS.TOTP_SECRET, secret)
                .set(SECOND_FACTORS.TOTP_STEP, step)
                .setNull(SECOND_FACTORS.WAITING_SECRET)
                .set(SECOND_FACTORS.ADDED_AT, added(now))
                .set(SECOND_FACTORS.UPDATED_AT, now)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity), SECOND_FACTORS.WAITING_SECRET.eq(secret)));
    }

    /// Activates codes by mail, unless the mailed code that proved it no longer waits.
    ///
    /// @param codeHash empty if an app's code has proved both
    public boolean enableEmail(IdentityId identity, Optional<String> codeHash, Instant now) {
        return Tx.changed(sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.EMAIL_ENABLED, true)
                .setNull(SECOND_FACTORS.WAITING_CODE_HASH)
                .set(SECOND_FACTORS.ADDED_AT, added(now))
                .set(SECOND_FACTORS.UPDATED_AT, now)
                .where(
                        SECOND_FACTORS.IDENTITY_ID.eq(identity),
                        codeHash.map(SECOND_FACTORS.WAITING_CODE_HASH::eq).orElse(DSL.noCondition())));
    }

    /// Returns the stored time, or `now` if there is none. The row is deleted when nothing is on, so the stored time is
    /// that of the oldest active factor.
    private static Field<Instant> added(Instant now) {
        return DSL.coalesce(SECOND_FACTORS.ADDED_AT, DSL.val(now, SECOND_FACTORS.ADDED_AT));
    }

    /// Discards a factor that is being set up; active factors stay active.
    public void forgetWaiting(IdentityId identity) {
        sql.update(SECOND_FACTORS)
                .setNull(SECOND_FACTORS.WAITING_SECRET)
                .setNull(SECOND_FACTORS.WAITING_CODE_HASH)
                .setNull(SECOND_FACTORS.WAITING_EXPIRES_AT)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
        deleteCodes(identity, true);
    }

    public void enablePasskeys(IdentityId identity, Instant now) {
        start(identity, now);
        setPasskeys(identity, true, now);
        sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.ADDED_AT, added(now))
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
    }

    /// Stops asking for passkeys. If no other factor is on, the backup codes are deleted too.
    public void disablePasskeys(IdentityId identity, Instant now) {
        setPasskeys(identity, false, now);
        if (!find(identity).isOn()) {
            delete(identity);
        }
    }

    private void setPasskeys(IdentityId identity, boolean wanted, Instant now) {
        sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.PASSKEY_ENABLED, wanted)
                .set(SECOND_FACTORS.UPDATED_AT, now)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
    }

    /// Uses up a time step and all before it.
    ///
    /// @return false if a code of this step or a later one was already accepted
    public boolean acceptStep(IdentityId identity, long step) {
        return Tx.changed(sql.update(SECOND_FACTORS)
                .set(SECOND_FACTORS.TOTP_STEP, step)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity), SECOND_FACTORS.TOTP_STEP.lt(step)));
    }

    /// Returns the valid backup codes, as stored.
    public List<String> backupCodes(IdentityId identity) {
        return sql.fetchValues(
                BACKUP_CODES.CODE_HASH, BACKUP_CODES.IDENTITY_ID.eq(identity).and(BACKUP_CODES.IS_WAITING.eq(false)));
    }

    /// @return false if another request used it first
    public boolean useBackupCode(IdentityId identity, String codeHash) {
        return Tx.changed(sql.deleteFrom(BACKUP_CODES)
                .where(
                        BACKUP_CODES.IDENTITY_ID.eq(identity),
                        BACKUP_CODES.CODE_HASH.eq(codeHash),
                        BACKUP_CODES.IS_WAITING.eq(false)));
    }

    /// Stores backup codes until the factor being set up is active, replacing those that waited before.
    public void putWaitingCodes(IdentityId identity, List<String> codeHashes) {
        deleteCodes(identity, true);
        codeHashes.forEach(hash -> sql.insertInto(BACKUP_CODES)
                .set(BACKUP_CODES.IDENTITY_ID, identity)
                .set(BACKUP_CODES.CODE_HASH, hash)
                .set(BACKUP_CODES.IS_WAITING, true)
                .execute());
    }

    /// Activates the waiting codes in place of the previous ones; if none wait, the previous ones stay valid.
    public void takeWaitingCodes(IdentityId identity) {
        if (!sql.fetchExists(BACKUP_CODES, BACKUP_CODES.IDENTITY_ID.eq(identity), BACKUP_CODES.IS_WAITING.eq(true))) {
            return;
        }
        deleteCodes(identity, false);
        sql.update(BACKUP_CODES)
                .set(BACKUP_CODES.IS_WAITING, false)
                .where(BACKUP_CODES.IDENTITY_ID.eq(identity))
                .execute();
    }

    private void deleteCodes(IdentityId identity, boolean waiting) {
        sql.deleteFrom(BACKUP_CODES)
                .where(BACKUP_CODES.IDENTITY_ID.eq(identity), BACKUP_CODES.IS_WAITING.eq(waiting))
                .execute();
    }

    /// Deletes all factors, and any set-up, if one of them was added before `end` or none is active.
    public void deleteAddedBefore(IdentityId identity, Instant end) {
        if (sql.fetchExists(
                SECOND_FACTORS,
                SECOND_FACTORS.IDENTITY_ID.eq(identity),
                SECOND_FACTORS.ADDED_AT.isNull().or(SECOND_FACTORS.ADDED_AT.lt(end)))) {
            delete(identity);
        }
    }

    /// Switches codes of a kind off, or all that is on. If nothing else is on, the backup codes are deleted too.
    ///
    /// @return false if it was off
    public boolean disable(IdentityId identity, FactorKind kind, Instant now) {
        if (kind == FactorKind.BOTH) {
            return delete(identity);
        }
        var enabled = kind == FactorKind.TOTP ? SECOND_FACTORS.TOTP_ENABLED : SECOND_FACTORS.EMAIL_ENABLED;
        var update = sql.update(SECOND_FACTORS).set(enabled, false).set(SECOND_FACTORS.UPDATED_AT, now);
        boolean done = (kind == FactorKind.TOTP ? update.setNull(SECOND_FACTORS.TOTP_SECRET) : update)
                        .where(SECOND_FACTORS.IDENTITY_ID.eq(identity), enabled.eq(true))
                        .execute()
                == 1;
        if (done && !find(identity).isOn()) {
            delete(identity);
        }
        return done;
    }

    public boolean delete(IdentityId identity) {
        boolean on = find(identity).isOn();
        sql.deleteFrom(BACKUP_CODES)
                .where(BACKUP_CODES.IDENTITY_ID.eq(identity))
                .execute();
        sql.deleteFrom(SECOND_FACTORS)
                .where(SECOND_FACTORS.IDENTITY_ID.eq(identity))
                .execute();
        return on;
    }
}
