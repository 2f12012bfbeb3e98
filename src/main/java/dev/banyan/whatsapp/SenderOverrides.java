package dev.banyan.whatsapp;

import module java.base;

/// Settings of an individual sender.
///
/// @param tags in alphabetical order
/// @param region a country, ISO 3166: `AE`
/// @param weight its share with `weighted`, 1 to 100
/// @param priority with `priority`, 1 to 999; the smallest comes first
public record SenderOverrides(List<String> tags, Optional<String> region, int weight, int priority, Pace pace) {

    public static final int HEAVIEST = 100;
    public static final int LAST = 999;
    public static final int MOST_TAGS = 10;

    public static final SenderOverrides NONE = new SenderOverrides(List.of(), Optional.empty(), 1, LAST, Pace.AS_POOL);

    public SenderOverrides {
        tags = List.copyOf(tags);
    }
}
