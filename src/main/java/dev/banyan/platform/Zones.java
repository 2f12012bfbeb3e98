package dev.banyan.platform;

import module java.base;
import com.ibm.icu.util.TimeZone;

/// Time zones by their names in the IANA database, such as Asia/Dubai: their offsets follow the clock changes of the
/// place.
public final class Zones {

    /// What a form says about what names no zone.
    public static final String CHOOSE = "Choose a time zone from the list, such as Asia/Dubai.";

    private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Zones() {}

    /// Chromium tells some zones by names that were given up long ago, such as Asia/Calcutta: they get today’s.
    ///
    /// @return empty for what names no zone, whatever a browser or a program sent
    public static Optional<ZoneId> of(String name) {
        return NAMES.contains(name) ? Optional.of(ZoneId.of(today(name))) : Optional.empty();
    }

    /// Returns whether a zone has another name today.
    public static boolean isFormer(String name) {
        return !today(name).equals(name);
    }

    private static String today(String name) {
        String today = name.contains("/") && !name.startsWith("Etc/") ? TimeZone.getIanaID(name) : name;
        return NAMES.contains(today) ? today : name;
    }
}
