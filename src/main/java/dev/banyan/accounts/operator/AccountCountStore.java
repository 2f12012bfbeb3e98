package dev.banyan.accounts.operator;

import static dev.banyan.schema.Tables.ACCOUNTS;

import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.db.Tx;
import java.time.Instant;
import org.jooq.DSLContext;

/// How many accounts the server has. Every count reads an index.
final class AccountCountStore {

    private final DSLContext sql;

    AccountCountStore(Tx tx) {
        this.sql = tx.sql();
    }

    long roots() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"));
    }

    /// Those that are not deleted.
    long subAccounts() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("sub"), ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()));
    }

    long rootsOff() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"), ACCOUNTS.STATUS.eq(AccountStatus.SUSPENDED.key()));
    }

    long rootsSince(Instant since) {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"), ACCOUNTS.CREATED_AT.ge(since));
    }
}
