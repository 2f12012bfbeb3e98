package dev.banyan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What the launcher hands over: a command and its options.
///
/// @param settings by key, such as `port`
record CommandLine(String command, Map<String, String> settings) {

    private static final Set<String> COMMANDS = Set.of("serve", "demo");
    private static final Set<String> OPTIONS = Set.of("port", "data", "host");

    /// The arguments cannot be used; the message says which and what would be right.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static CommandLine parse(String... args) {
        String command = args.length == 0 ? "serve" : args[0];
        if (!COMMANDS.contains(command)) {
            throw new Wrong("unknown command “" + command + "”; try ./banyan help");
        }
        var settings = new LinkedHashMap<String, String>();
        for (int i = 1; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            String key = option[0].startsWith("--") ? option[0].substring(2) : "";
            if (!OPTIONS.contains(key)) {
                throw new Wrong("unknown option “" + args[i] + "”; try ./banyan help");
            }
            if (option.length == 1 && i + 1 == args.length) {
                throw new Wrong("the option --" + key + " needs a value");
            }
            settings.put(key, option.length == 2 ? option[1] : args[++i]);
        }
        return new CommandLine(command, settings);
    }

    boolean isDemo() {
        return command.equals("demo");
    }
}
