package dev.banyan.accounts.domains;

import static dev.banyan.schema.Tables.OLD_HOST_READINGS;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Addresses that were stored when names of hosts were read by another rule.
final class OldHostReadingStore extends Store {

    enum Kind implements Keyed {
        LINK,
        SHORT_LINK,
        DOMAIN
    }

    /// @param address a URL, or the host of a domain
    record Reading(Kind kind, String address) {}

    OldHostReadingStore(Tx tx) {
        super(tx);
    }

    List<Reading> list(Owner owner, int limit) {
        return sql.select(OLD_HOST_READINGS.KIND, OLD_HOST_READINGS.ADDRESS)
                .from(OLD_HOST_READINGS)
                .where(OLD_HOST_READINGS.TENANT_ID.eq(owner.tenant()), OLD_HOST_READINGS.ACCOUNT_ID.eq(owner.account()))
                .orderBy(OLD_HOST_READINGS.KIND, OLD_HOST_READINGS.SUBJECT_ID)
                .limit(limit)
                .fetch(row -> new Reading(Keyed.of(Kind.class, row.value1()), row.value2()));
    }

    @AllTenants("a job deletes what was shown long enough")
    int forget(Instant before) {
        return sql.deleteFrom(OLD_HOST_READINGS)
                .where(OLD_HOST_READINGS.FOUND_AT.le(before))
                .execute();
    }
}
