package dev.banyan.platform.web.page;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/// The time zones that a form offers.
public final class TimeZones {

    /// Regions, not offsets that know no summer time, nor names that are kept for old programs.
    private static final List<String> OFFERED = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.equals("UTC")
                    || zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
            .sorted()
            .toList();

    private TimeZones() {}

    /// @param chosen is offered as well, whatever it is, for programs choose among all: of a select without it a
    /// browser would send the first one. Empty for none.
    public static List<String> with(String chosen) {
        return chosen.isEmpty() || OFFERED.contains(chosen)
                ? OFFERED
                : Stream.concat(OFFERED.stream(), Stream.of(chosen)).sorted().toList();
    }
}
