package dev.banyan.workspaces;

import module java.base;

/// Fills placeholders such as `{name}` in texts that people wrote ahead of time.
public final class Placeholders {

    /// With what is in front of it, which goes as well where the value is empty: "Hello {name}," becomes "Hello,".
    private static final Pattern PLACE = Pattern.compile("(,? ?)\\{([A-Za-z_]{1,20})}");

    private Placeholders() {}

    /// Fills those that have a value, even an empty one; the others stay as they are.
    public static String fill(String text, Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(2));
            if (value == null) {
                return Matcher.quoteReplacement(place.group());
            }
            return value.isEmpty() ? "" : Matcher.quoteReplacement(place.group(1) + value);
        });
    }

    /// Returns the placeholders in a text that are not among the known ones, with their braces.
    public static List<String> unknown(String text, List<String> known) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(2))
                .filter(name -> !known.contains(name))
                .distinct()
                .map(name -> "{" + name + "}")
                .toList();
    }
}
