package dev.banyan.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What stands before a link: its target leaves the server only after it was passed.
///
/// @param code what a visitor must type, where it is locked by one; compared to the letter
/// @param message what the visitor is told; empty for our own words
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
