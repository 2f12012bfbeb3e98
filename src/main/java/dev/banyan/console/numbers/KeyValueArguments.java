package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.Frame;
import dev.banyan.console.Refused;

/// Arguments of the form `name=value`, for `tune`, `pool` and `find`.
final class KeyValueArguments {

    private KeyValueArguments() {}

    static Map<String, String> of(List<String> words, List<String> names) {
        return of(words, names, names);
    }

    /// @param accepted also other spellings of these names
    static Map<String, String> of(List<String> words, List<String> names, Collection<String> accepted) {
        var pairs = new LinkedHashMap<String, String>();
        for (String word : words) {
            int at = word.indexOf('=');
            String name = at < 0 ? word : word.substring(0, at);
            if (at < 0 || !accepted.contains(name)) {
                throw new Refused("“" + word + "” is not a setting; use one of " + String.join("=… ", names) + "=…");
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
