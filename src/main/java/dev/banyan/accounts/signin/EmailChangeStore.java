package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.EMAIL_CHANGES;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The e-mails that people want to sign in with, until their links are opened.
public final class EmailChangeStore extends Store {

    record EmailChange(IdentityId identity, String email, Instant expiresAt) {}

    public EmailChangeStore(Tx tx) {
        super(tx);
    }

    /// Stores the new e-mail, replacing an earlier one.
    void put(IdentityId identity, String email, String tokenHash, Instant expiresAt) {
        put(
                EMAIL_CHANGES,
                new Columns().with(EMAIL_CHANGES.IDENTITY_ID, identity),
                new Columns()
                        .with(EMAIL_CHANGES.EMAIL, email)
                        .with(EMAIL_CHANGES.TOKEN_HASH, tokenHash)
                        .with(EMAIL_CHANGES.EXPIRES_AT, expiresAt));
    }

    /// Returns the e-mail that waits for its link to be opened.
    public Optional<String> find(IdentityId identity, Instant now) {
        return sql.fetchOptionalValue(
                EMAIL_CHANGES.EMAIL, EMAIL_CHANGES.IDENTITY_ID.eq(identity).and(EMAIL_CHANGES.EXPIRES_AT.gt(now)));
    }

    @AllTenants("found by the secret in the link")
    Optional<EmailChange> findByToken(String tokenHash, Instant now) {
        return sql.select(EMAIL_CHANGES.IDENTITY_ID, EMAIL_CHANGES.EMAIL, EMAIL_CHANGES.EXPIRES_AT)
                .from(EMAIL_CHANGES)
                .where(EMAIL_CHANGES.TOKEN_HASH.eq(tokenHash), EMAIL_CHANGES.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new EmailChange(row.value1(), row.value2(), row.value3()));
    }

    /// @return false if none was waiting
    public boolean delete(IdentityId identity) {
        return Tx.changed(sql.deleteFrom(EMAIL_CHANGES).where(EMAIL_CHANGES.IDENTITY_ID.eq(identity)));
    }

    @AllTenants("deletes expired links of all users")
    int deleteExpired(Instant now) {
        return sql.deleteFrom(EMAIL_CHANGES)
                .where(EMAIL_CHANGES.EXPIRES_AT.le(now))
                .execute();
    }
}
