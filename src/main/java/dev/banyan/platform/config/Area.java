package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.Keyed;

/// A part of the dashboard that an account can leave out of its navigation. Home, settings and plan are always there.
public enum Area implements Keyed {
    BRANDS,
    PAGES,
    SHORT_LINKS,
    ANALYTICS,
    PROJECTS,
    NUMBERS,
    MEMBERS,
    AUDIT_LOG,
    API_KEYS;

    public static Optional<Area> of(String key) {
        return Keyed.parse(Area.class, key);
    }

    /// Returns the areas of a text with one key after another. Unknown keys are left out: they may be of a newer
    /// version.
    public static Set<Area> all(String keys) {
        var areas = EnumSet.noneOf(Area.class);
        Arrays.stream(keys.split(" ")).flatMap(key -> of(key).stream()).forEach(areas::add);
        return areas;
    }

    /// Returns the reverse of [#all].
    public static String keys(Set<Area> areas) {
        return areas.stream().sorted().map(Area::key).collect(Collectors.joining(" "));
    }
}
