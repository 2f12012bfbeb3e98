package dev.banyan.themes;

import module java.base;

/// A value of an appearance with a name of its own in the API and in documents.
interface Keyed {

    /// Returns the name in the contract: `thumbnail-left`.
    String key();

    static <K extends Enum<K> & Keyed> Optional<K> parse(Class<K> type, String key) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.key().equals(key))
                .findFirst();
    }
}
