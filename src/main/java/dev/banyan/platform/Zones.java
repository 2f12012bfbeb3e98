package dev.banyan.platform;

import module java.base;

/// Time zones by their names in the IANA database, such as Asia/Dubai: their offsets follow the clock changes of the
/// place.
public final class Zones {

    /// What a form says about what names no zone.
    public static final String CHOOSE = "Choose a time zone from the list, such as Asia/Dubai.";

    private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Zones() {}

    /// @return empty for what names no zone, whatever a browser or a program sent
    public static Optional<ZoneId> of(String name) {
        return NAMES.contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
