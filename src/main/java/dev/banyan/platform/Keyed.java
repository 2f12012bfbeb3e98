package dev.banyan.platform;

import module java.base;

/// An enum whose constants have a key in the API, in documents and in the database. An enum gets one by implementing
/// this:
///
/// ```java
/// public enum Layout implements Keyed { CLASSIC, THUMBNAIL_LEFT }
///
/// Layout.THUMBNAIL_LEFT.key();          // thumbnail-left
/// Keyed.parse(Layout.class, "classic"); // what someone entered
/// Keyed.of(Layout.class, "classic");    // what we stored
/// ```
///
/// It overrides [#key()] when a contract prescribes other keys.
public interface Keyed {

    /// Returns the name of the constant, which every enum has.
    String name();

    default String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <K extends Enum<K> & Keyed> Optional<K> parse(Class<K> type, String key) {
        return Optional.ofNullable(key).map(Keys.of(type)::get).map(type::cast);
    }

    /// Returns the constant of a key that we wrote ourselves.
    static <K extends Enum<K> & Keyed> K of(Class<K> type, String key) {
        return parse(type, key)
                .orElseThrow(() -> new IllegalArgumentException("No " + type.getSimpleName() + " " + key));
    }
}
