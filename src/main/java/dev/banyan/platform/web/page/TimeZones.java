package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Zones;

/// The time zones that a form offers.
public final class TimeZones {

    /// Regions only, without offsets, which have no summer time, and without legacy names.
    private static final List<String> OFFERED = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.equals("UTC")
                    || zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
            .filter(zone -> !Zones.isFormer(zone))
            .sorted()
            .toList();

    private TimeZones() {}

    /// @param chosen also offered, whatever it is, because programs choose among all: without it a browser would send
    ///     the first option of the select. Empty for none.
    public static List<String> with(String chosen) {
        return chosen.isEmpty() || OFFERED.contains(chosen)
                ? OFFERED
                : Stream.concat(OFFERED.stream(), Stream.of(chosen)).sorted().toList();
    }
}
