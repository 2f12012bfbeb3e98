package dev.banyan.accounts.exports;

import module java.base;

/// The new ids of an import by the ids in its archive, for parts that refer to each other.
public final class ImportedIds {

    private final Map<String, String> byOld = new HashMap<>();

    /// @param kind such as `page`
    public void put(String kind, String old, String id) {
        byOld.put(kind + "\n" + old, id);
    }

    /// @return empty if the thing was left out
    public Optional<String> find(String kind, String old) {
        return Optional.ofNullable(byOld.get(kind + "\n" + old));
    }

    /// Forgets all, for a second try.
    void clear() {
        byOld.clear();
    }
}
