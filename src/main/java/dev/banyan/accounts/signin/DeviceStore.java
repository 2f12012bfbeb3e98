package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.IDENTITIES;
import static dev.banyan.schema.Tables.KNOWN_DEVICES;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.impl.DSL;

/// Stores the devices and networks that people have signed in with, as digests.
final class DeviceStore extends Store {

    DeviceStore(Tx tx) {
        super(tx);
    }

    /// Returns true if the person has signed in with any device before.
    boolean hasAny(IdentityId identity) {
        return sql.fetchExists(KNOWN_DEVICES, KNOWN_DEVICES.IDENTITY_ID.eq(identity));
    }

    boolean knows(IdentityId identity, Collection<String> hashes) {
        return sql.fetchExists(
                KNOWN_DEVICES, KNOWN_DEVICES.IDENTITY_ID.eq(identity), KNOWN_DEVICES.DEVICE_HASH.in(hashes));
    }

    boolean knowsSince(IdentityId identity, String hash, Instant since) {
        return sql.fetchExists(
                KNOWN_DEVICES,
                KNOWN_DEVICES.IDENTITY_ID.eq(identity),
                KNOWN_DEVICES.DEVICE_HASH.eq(hash),
                KNOWN_DEVICES.SEEN_AT.ge(since));
    }

    /// @param hashes all different
    void remember(IdentityId identity, Collection<String> hashes, Instant now) {
        sql.insertInto(KNOWN_DEVICES, KNOWN_DEVICES.IDENTITY_ID, KNOWN_DEVICES.DEVICE_HASH, KNOWN_DEVICES.SEEN_AT)
                .valuesOfRows(hashes.stream()
                        .map(hash -> DSL.row(identity, hash, now))
                        .toList())
                .onConflict(KNOWN_DEVICES.IDENTITY_ID, KNOWN_DEVICES.DEVICE_HASH)
                .doUpdate()
                .set(KNOWN_DEVICES.SEEN_AT, now)
                .execute();
    }

    void forget(IdentityId identity) {
        sql.deleteFrom(KNOWN_DEVICES)
                .where(KNOWN_DEVICES.IDENTITY_ID.eq(identity))
                .execute();
    }

    boolean wantsMails(IdentityId identity) {
        return sql.fetchOptionalValue(IDENTITIES.DEVICE_MAILS_ENABLED, IDENTITIES.ID.eq(identity))
                .orElse(false);
    }

    void setMails(IdentityId identity, boolean wanted, Instant now) {
        sql.update(IDENTITIES)
                .set(IDENTITIES.DEVICE_MAILS_ENABLED, wanted)
                .set(IDENTITIES.UPDATED_AT, now)
                .where(IDENTITIES.ID.eq(identity))
                .execute();
    }

    /// Deletes devices not used for a sign-in since then, a bounded number at a time.
    @AllTenants("a job deletes old devices of all users")
    int deleteSeenBefore(Instant then, int limit) {
        List<String> old = sql.select(KNOWN_DEVICES.DEVICE_HASH)
                .from(KNOWN_DEVICES)
                .where(KNOWN_DEVICES.SEEN_AT.lt(then))
                .limit(limit)
                .fetch(KNOWN_DEVICES.DEVICE_HASH);
        return sql.deleteFrom(KNOWN_DEVICES)
                .where(KNOWN_DEVICES.DEVICE_HASH.in(old), KNOWN_DEVICES.SEEN_AT.lt(then))
                .execute();
    }
}
