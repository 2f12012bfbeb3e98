package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a sub-account stands for (LinkToMe contract 2.11).
public enum SubAccountType {
    CLIENT,
    BRAND,
    OTHER;

    /// As it stands on the wire and in tables: `client`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubAccountType> of(String key) {
        return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
}
