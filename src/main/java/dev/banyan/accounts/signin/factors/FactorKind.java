package dev.banyan.accounts.signin.factors;

import module java.base;

/// The kind of second factor that a person sets up.
public enum FactorKind {
    TOTP,
    EMAIL,
    BOTH;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean hasTotp() {
        return this != EMAIL;
    }

    public boolean hasEmail() {
        return this != TOTP;
    }

    public static Optional<FactorKind> parse(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
