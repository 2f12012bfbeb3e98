package dev.banyan.accounts;

import java.util.Locale;

/// What is counted and limited per account.
public enum PlanQuota {
    PAGES,
    LINKS,
    LINK_GROUPS,
    SHORT_LINKS,
    SUB_ACCOUNTS;

    /// Whether the use of a tenant's accounts is summed up, too.
    public boolean isSummed() {
        return this != SUB_ACCOUNTS;
    }

    /// As it stands in tables: `sub_accounts`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
