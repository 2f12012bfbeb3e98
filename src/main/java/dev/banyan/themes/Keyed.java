package dev.banyan.themes;

import java.util.Arrays;
import java.util.Optional;

/// A word of an appearance that stands on the wire and in documents under a name of its own.
interface Keyed {

    /// As the contract writes it: `thumbnail-left`.
    String key();

    static <K extends Enum<K> & Keyed> Optional<K> parse(Class<K> type, String key) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.key().equals(key))
                .findFirst();
    }
}
