package dev.banyan.console.moving;

import module java.base;
import dev.banyan.console.CommandRefused;

/// The options of the commands that move data in or out: `--project Atlas --dry-run`.
///
/// @param flags options without a value
record MigrationOptions(Map<String, String> values, Set<String> flags) {

    private static final String DRY_RUN = "dry-run";

    MigrationOptions {
        values = Map.copyOf(values);
        flags = Set.copyOf(flags);
    }

    /// Whether to write nothing.
    boolean dryRun() {
        return flags.contains(DRY_RUN);
    }

    /// @param known the names of options with a value
    static MigrationOptions parse(List<String> words, List<String> known) {
        return parse(words, known, Set.of(DRY_RUN));
    }

    /// @param knownFlags the names of options without one
    static MigrationOptions parse(List<String> words, List<String> known, Set<String> knownFlags) {
        var values = new HashMap<String, String>();
        var flags = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            String[] option = words.get(i).split("=", 2);
            String name = option[0].startsWith("--") ? option[0].substring(2) : "";
            if (knownFlags.contains(name) && option.length == 1) {
                flags.add(name);
                continue;
            }
            if (!known.contains(name)) {
                throw new CommandRefused("Unknown option '" + words.get(i) + "'");
            }
            if (option.length == 1 && i + 1 == words.size()) {
                throw new CommandRefused("--" + name + " needs a value");
            }
            String value = option.length == 2 ? option[1] : words.get(++i);
            if (value.isBlank()) {
                throw new CommandRefused("--" + name + " needs a value");
            }
            values.put(name, value);
        }
        return new MigrationOptions(values, flags);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
