package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Keyed;

/// The quotas that are counted and limited per account.
public enum PlanQuota implements Keyed {
    PAGES,
    LINKS,
    LINK_GROUPS,
    SHORT_LINKS,
    SUB_ACCOUNTS;

    /// Returns true if the usage is also totalled over a tenant's accounts.
    public boolean isSummed() {
        return this != SUB_ACCOUNTS;
    }

    /// Returns the value in tables, such as `sub_accounts`.
    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
