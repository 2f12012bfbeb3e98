package dev.banyan.accounts.signin.factors;

import module java.base;
import dev.banyan.platform.Keyed;

/// The kind of second factor that a person sets up.
public enum FactorKind implements Keyed {
    TOTP,
    EMAIL,
    BOTH;

    public boolean hasTotp() {
        return this != EMAIL;
    }

    public boolean hasEmail() {
        return this != TOTP;
    }

    public static Optional<FactorKind> parse(String key) {
        return Keyed.parse(FactorKind.class, key);
    }
}
