package dev.banyan.accounts.context;

import static dev.banyan.schema.Tables.ACCOUNTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The areas that root accounts leave out of their navigation.
public final class HiddenAreaStore extends Store {

    public HiddenAreaStore(Tx tx) {
        super(tx);
    }

    /// Returns what the account's owner chose; empty before that.
    public Optional<Set<Area>> find(AccountId tenant) {
        return sql.select(ACCOUNTS.HIDDEN_AREAS)
                .from(ACCOUNTS)
                .where(ACCOUNTS.ID.eq(tenant), ACCOUNTS.HIDDEN_AREAS.isNotNull())
                .fetchOptional(row -> Area.all(row.value1()));
    }

    public void set(AccountId tenant, Set<Area> hidden, Instant now) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.HIDDEN_AREAS, Area.keys(hidden))
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.ID.eq(tenant))
                .execute();
    }
}
