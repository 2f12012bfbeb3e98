package dev.banyan.accounts.signin.factors;

import static dev.banyan.schema.Tables.PASSKEYS;
import static dev.banyan.schema.Tables.USED_CHALLENGES;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;

/// Stores people's passkeys, and the challenges that were answered with them.
public final class PasskeyStore extends Store {

    public PasskeyStore(Tx tx) {
        super(tx);
    }

    /// @return false if this key is stored already
    @AllTenants("the passkey contains its person")
    public boolean insert(Passkey passkey) {
        return Tx.changed(sql.insertInto(PASSKEYS)
                .set(PASSKEYS.CREDENTIAL_ID, passkey.credentialId())
                .set(PASSKEYS.IDENTITY_ID, passkey.identity())
                .set(PASSKEYS.NAME, passkey.name())
                .set(PASSKEYS.PUBLIC_KEY, passkey.publicKey())
                .set(PASSKEYS.SIGN_COUNT, passkey.signCount())
                .set(PASSKEYS.TRANSPORTS, String.join(",", passkey.transports()))
                .set(PASSKEYS.CREATED_AT, passkey.createdAt())
                .onConflictDoNothing());
    }

    /// Returns the passkeys of a person, oldest first.
    public List<Passkey> list(IdentityId identity) {
        return sql.select()
                .from(PASSKEYS)
                .where(PASSKEYS.IDENTITY_ID.eq(identity))
                .orderBy(PASSKEYS.CREATED_AT, PASSKEYS.CREDENTIAL_ID)
                .fetch(PasskeyStore::passkey);
    }

    public int count(IdentityId identity) {
        return sql.fetchCount(PASSKEYS, PASSKEYS.IDENTITY_ID.eq(identity));
    }

    /// Finds a passkey by its id, which is all that a sign-in with a passkey alone sends.
    @AllTenants("a sign-in with a passkey alone sends only the passkey's id")
    public Optional<Passkey> find(String credentialId) {
        return sql.select()
                .from(PASSKEYS)
                .where(PASSKEYS.CREDENTIAL_ID.eq(credentialId))
                .fetchOptional(PasskeyStore::passkey);
    }

    private static Passkey passkey(Record row) {
        String transports = row.get(PASSKEYS.TRANSPORTS);
        return new Passkey(
                row.get(PASSKEYS.CREDENTIAL_ID),
                row.get(PASSKEYS.IDENTITY_ID),
                row.get(PASSKEYS.NAME),
                row.get(PASSKEYS.PUBLIC_KEY),
                row.get(PASSKEYS.SIGN_COUNT),
                transports.isEmpty() ? List.of() : List.of(transports.split(",")),
                row.get(PASSKEYS.CREATED_AT),
                Optional.ofNullable(row.get(PASSKEYS.USED_AT)));
    }

    /// Records that a passkey was used.
    ///
    /// @param before its counter as it was read
    /// @return false if it was used or removed meanwhile
    boolean use(IdentityId identity, String credentialId, long before, long after, Instant now) {
        return Tx.changed(sql.update(PASSKEYS)
                .set(PASSKEYS.SIGN_COUNT, after)
                .set(PASSKEYS.USED_AT, now)
                .where(
                        PASSKEYS.IDENTITY_ID.eq(identity),
                        PASSKEYS.CREDENTIAL_ID.eq(credentialId),
                        PASSKEYS.SIGN_COUNT.eq(before)));
    }

    /// @return false if the person has no such passkey
    public boolean rename(IdentityId identity, String credentialId, String name) {
        return Tx.changed(sql.update(PASSKEYS)
                .set(PASSKEYS.NAME, name)
                .where(PASSKEYS.IDENTITY_ID.eq(identity), PASSKEYS.CREDENTIAL_ID.eq(credentialId)));
    }

    /// @return false if the person has no such passkey
    public boolean delete(IdentityId identity, String credentialId) {
        return Tx.changed(sql.deleteFrom(PASSKEYS)
                .where(PASSKEYS.IDENTITY_ID.eq(identity), PASSKEYS.CREDENTIAL_ID.eq(credentialId)));
    }

    /// @return how many there were
    public int deleteAll(IdentityId identity) {
        return sql.deleteFrom(PASSKEYS).where(PASSKEYS.IDENTITY_ID.eq(identity)).execute();
    }

    public void deleteAddedBefore(IdentityId identity, Instant end) {
        sql.deleteFrom(PASSKEYS)
                .where(PASSKEYS.IDENTITY_ID.eq(identity), PASSKEYS.CREATED_AT.lt(end))
                .execute();
    }

    /// @return false if the challenge was answered before
    @AllTenants("found by the secret in the challenge")
    boolean claimChallenge(String hash, Instant expiresAt) {
        return Tx.changed(sql.insertInto(USED_CHALLENGES)
                .set(USED_CHALLENGES.CHALLENGE_HASH, hash)
                .set(USED_CHALLENGES.EXPIRES_AT, expiresAt)
                .onConflictDoNothing());
    }

    @AllTenants("deletes answered challenges of all users")
    public int deleteChallengesBefore(Instant now) {
        return sql.deleteFrom(USED_CHALLENGES)
                .where(USED_CHALLENGES.EXPIRES_AT.le(now))
                .execute();
    }
}
