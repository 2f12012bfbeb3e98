package dev.banyan.accounts.operator;

import static dev.banyan.schema.Tables.ACCOUNTS;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Counts the server's accounts. Every count reads an index.
final class AccountCountStore extends Store {

    AccountCountStore(Tx tx) {
        super(tx);
    }

    @AllTenants("the operator's figures of all tenants")
    long roots() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"));
    }

    @AllTenants("the operator's figures of all tenants")
    long subAccounts() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("sub"), ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()));
    }

    @AllTenants("the operator's figures of all tenants")
    long rootsOff() {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"), ACCOUNTS.STATUS.eq(AccountStatus.SUSPENDED.key()));
    }

    @AllTenants("the operator's figures of all tenants")
    long rootsSince(Instant since) {
        return sql.fetchCount(ACCOUNTS, ACCOUNTS.KIND.eq("root"), ACCOUNTS.CREATED_AT.ge(since));
    }
}
