package dev.banyan.accounts;

import module java.base;

/// The state of an account.
public enum AccountStatus {
    ACTIVE,
    SUSPENDED,
    DELETED;

    /// Returns the value in the API and in tables, such as `active`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AccountStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
