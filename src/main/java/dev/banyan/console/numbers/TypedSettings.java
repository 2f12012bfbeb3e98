package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.PoolSettings;

/// The settings of a pool as typed: `strategy=weighted quiet=22:00-07:00`. Two of them say two fields at once.
final class TypedSettings {

    static final List<String> NAMES = List.of(
            "strategy",
            "uncertain",
            "per-minute",
            "per-day",
            "warm-up",
            "pair",
            "quiet",
            "quiet-answers",
            "zone",
            "most-waiting",
            "groups");

    private static final String NONE = "none";
    private static final Pattern PAIR = Pattern.compile("([0-9]{1,5})s?(?:/([0-9]{1,4}))?");
    private static final Pattern HOURS = Pattern.compile("((?:[01]\\d|2[0-3]):[0-5]\\d)-((?:[01]\\d|2[0-3]):[0-5]\\d)");

    private TypedSettings() {}

    /// Returns the values by the names of the fields.
    static Map<String, String> of(Order order) {
        Map<String, String> pairs = KeyValueArguments.of(order, NAMES, PoolSettings.FIELDS);
        split(pairs, "pair", PAIR, "seconds and a burst such as 6s/45", "pairSeconds", "pairBurst");
        split(pairs, "quiet", HOURS, "hours such as 22:00-07:00", "quietFrom", "quietUntil");
        return pairs;
    }

    private static void split(
            Map<String, String> pairs, String name, Pattern pattern, String example, String first, String second) {
        String typed = pairs.remove(name);
        if (typed == null) {
            return;
        }
        Matcher parts = pattern.matcher(typed);
        boolean none = typed.equals(NONE);
        if (!none && !parts.matches()) {
            throw new CommandRefused(name + " must be none, or " + example);
        }
        pairs.put(first, none ? NONE : parts.group(1));
        pairs.put(second, none ? NONE : Objects.requireNonNullElse(parts.group(2), NONE));
    }
}
