package dev.banyan.platform;

import module java.base;

/// Parsers of the library that throw, for texts that people and other servers send: `Parse.of(text, Instant::parse)`.
public final class Parse {

    private Parse() {}

    /// Returns what the parser makes of the text; empty if it doesn’t understand it.
    public static <T> Optional<T> of(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
