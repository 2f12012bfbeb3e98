package dev.banyan.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The lock of a link: its target is revealed only after the lock was opened.
///
/// @param code what a visitor must type, if the lock has a code; compared exactly
/// @param message shown to the visitor; empty for the default text
public record LinkLock(Type type, String code, String message) {

    public enum Type {
        CODE,
        AGE,
        SENSITIVE;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Type> parse(String key) {
            return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        }
    }
}
