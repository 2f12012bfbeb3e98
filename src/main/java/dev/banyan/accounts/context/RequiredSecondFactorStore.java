package dev.banyan.accounts.context;

import static dev.banyan.schema.Tables.ACCOUNTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Root accounts that require a second factor from their members.
public final class RequiredSecondFactorStore extends Store {

    private static final SqlCache REQUIRES_SECOND_FACTOR = new SqlCache();

    public RequiredSecondFactorStore(Tx tx) {
        super(tx);
    }

    public boolean isSecondFactorRequired(AccountId root) {
        return REQUIRES_SECOND_FACTOR
                .one(
                        sql,
                        () -> sql.select(ACCOUNTS.IS_SECOND_FACTOR_REQUIRED)
                                .from(ACCOUNTS)
                                .where(ACCOUNTS.ID.eq(root)),
                        root)
                .map(row -> row.get(ACCOUNTS.IS_SECOND_FACTOR_REQUIRED))
                .orElse(false);
    }

    /// @return false if nothing changed
    public boolean setSecondFactorRequired(AccountId root, boolean required, Instant now) {
        return Tx.changed(sql.update(ACCOUNTS)
                .set(ACCOUNTS.IS_SECOND_FACTOR_REQUIRED, required)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.ID.eq(root), ACCOUNTS.IS_SECOND_FACTOR_REQUIRED.ne(required)));
    }
}
