package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody is to an account.
public enum MemberRole {
    /// May do everything, for all of the account.
    OWNER("Owner"),
    /// Works on what the public sees, and in the account's projects and pools as every member does (design 6); has
    /// nothing to do with people, plans and keys ([Role#USER_MANAGER]).
    MANAGER("Manager");

    private final String label;

    MemberRole(String label) {
        this.label = label;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it.
    String label() {
        return label;
    }

    static Optional<MemberRole> of(String key) {
        return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
    }
}
