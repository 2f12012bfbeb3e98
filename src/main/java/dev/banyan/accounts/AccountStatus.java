package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Keyed;

/// The state of an account.
public enum AccountStatus implements Keyed {
    ACTIVE,
    SUSPENDED,
    DELETED
}
