package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.platform.fields.Fields;

/// Arguments of the form `name=value`, for `tune`, `pool` and `find`.
final class KeyValueArguments {

    private KeyValueArguments() {}

    static Map<String, String> of(List<String> words, List<String> names) {
        return of(words, names, names);
    }

    /// Returns what follows the first word. It may have any names of these fields.
    ///
    /// @param names those that an error lists
    static Map<String, String> of(Order order, List<String> names, Fields<?> fields) {
        var accepted = new HashSet<>(names);
        fields.all().forEach(field -> accepted.addAll(field.names()));
        return of(order.words().subList(1, order.words().size()), names, accepted);
    }

    private static Map<String, String> of(List<String> words, List<String> names, Collection<String> accepted) {
        var pairs = new LinkedHashMap<String, String>();
        for (String word : words) {
            int at = word.indexOf('=');
            String name = at < 0 ? word : word.substring(0, at);
            if (at < 0 || !accepted.contains(name)) {
                throw new CommandRefused(
                        "“" + word + "” is not a setting; use one of " + String.join("=… ", names) + "=…");
            }
            pairs.put(name, unquoted(word.substring(at + 1)));
        }
        return pairs;
    }

    /// Removes quotes around the value alone: `name="Sales Team"` is one word only as `"name=Sales Team"`.
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    static List<Frame.Word> words(List<String> names) {
        return names.stream().map(name -> new Frame.Word(name + "=", "", false)).toList();
    }
}
