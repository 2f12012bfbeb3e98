package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.PASSWORD_RESETS;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Codes for people who forgot their password. They belong to an e-mail, whether or not a user has it, and are valid
/// everywhere or for one device.
final class PasswordResetStore extends Store {

    /// The device of a code that may be entered on any device.
    static final String EVERYWHERE = "";

    PasswordResetStore(Tx tx) {
        super(tx);
    }

    /// Stores a code, replacing the previous one.
    ///
    /// @param device its digest, or [#EVERYWHERE]
    @AllTenants("the e-mail may belong to a user or to no one")
    void put(String email, String device, String codeHash, int tries, Instant expiresAt) {
        put(
                PASSWORD_RESETS,
                new Columns().with(PASSWORD_RESETS.EMAIL, email).with(PASSWORD_RESETS.DEVICE_HASH, device),
                new Columns()
                        .with(PASSWORD_RESETS.CODE_HASH, codeHash)
                        .with(PASSWORD_RESETS.TRIES, tries)
                        .with(PASSWORD_RESETS.EXPIRES_AT, expiresAt));
    }

    /// Uses up one try.
    ///
    /// @return the stored form of the code; empty if there is none, or no try is left
    @AllTenants("the e-mail may belong to a user or to no one")
    Optional<String> claimTry(String email, String device, int most, Instant now) {
        int claimed = sql.update(PASSWORD_RESETS)
                .set(PASSWORD_RESETS.TRIES, PASSWORD_RESETS.TRIES.plus(1))
                .where(
                        PASSWORD_RESETS.EMAIL.eq(email),
                        PASSWORD_RESETS.DEVICE_HASH.eq(device),
                        PASSWORD_RESETS.TRIES.lt(most),
                        PASSWORD_RESETS.EXPIRES_AT.gt(now))
                .execute();
        return claimed == 0
                ? Optional.empty()
                : sql.fetchOptionalValue(
                        PASSWORD_RESETS.CODE_HASH,
                        PASSWORD_RESETS.EMAIL.eq(email).and(PASSWORD_RESETS.DEVICE_HASH.eq(device)));
    }

    @AllTenants("the e-mail may belong to a user or to no one")
    void delete(String email) {
        sql.deleteFrom(PASSWORD_RESETS).where(PASSWORD_RESETS.EMAIL.eq(email)).execute();
    }

    @AllTenants("deletes expired codes of all users")
    int deleteExpired(Instant now) {
        return sql.deleteFrom(PASSWORD_RESETS)
                .where(PASSWORD_RESETS.EXPIRES_AT.le(now))
                .execute();
    }
}
