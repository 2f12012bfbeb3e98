package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kind of customer or purpose that a sub-account is for (LinkToMe contract 2.11).
public enum SubAccountType {
    CLIENT,
    BRAND,
    OTHER;

    /// Returns the value in the API and in tables, such as `client`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubAccountType> of(String key) {
        return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
}
