package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which second factor somebody sets up.
enum FactorKind {
    TOTP,
    EMAIL,
    BOTH;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasTotp() {
        return this != EMAIL;
    }

    boolean hasEmail() {
        return this != TOTP;
    }

    static Optional<FactorKind> parse(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
