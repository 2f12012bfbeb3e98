package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.OwnCommand;

/// The arguments passed by the launcher: a command, its options and its operands.
///
/// @param settings by key, such as `port`
/// @param operands such as the file of a backup
public record CommandLine(String command, Map<String, String> settings, List<String> operands) {

    /// @param operands names of the operands; all are required
    private record Form(Set<String> options, List<String> operands) {}

    private static final Map<String, Form> COMMANDS = Map.of(
            "serve", new Form(Set.of("port", "data", "host"), List.of()),
            "demo", new Form(Set.of("port", "data", "host"), List.of()),
            "backup", new Form(Set.of("data", "keep"), List.of("FILE")),
            "restore", new Form(Set.of("data"), List.of("FILE")),
            "setup-link", new Form(Set.of("data"), List.of()),
            "doctor", new Form(Set.of("port", "data", "host"), List.of()),
            "audit", new Form(Set.of("data"), List.of("TASK (verify)")));

    /// The arguments are invalid; the message says which one and what is expected.
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    public static CommandLine parse(String... args) {
        String command = args.length == 0 ? "serve" : args[0];
        Form form = COMMANDS.get(command);
        if (form == null) {
            throw new Wrong("unknown command “" + command + "”; try " + OwnCommand.NAME + " help");
        }
        var settings = new LinkedHashMap<String, String>();
        var operands = new ArrayList<String>();
        for (int i = 1; i < args.length; i++) {
            if (!args[i].startsWith("-") && operands.size() < form.operands().size()) {
                operands.add(args[i]);
                continue;
            }
            String[] option = args[i].split("=", 2);
            String key = option[0].startsWith("--") ? option[0].substring(2) : "";
            if (!form.options().contains(key)) {
                throw new Wrong("unknown option “" + args[i] + "”; try " + OwnCommand.NAME + " help");
            }
            String value = option.length == 2 ? option[1] : i + 1 < args.length ? args[++i] : "";
            if (value.isBlank() || value.startsWith("--")) { // the launcher adds options at the end
                throw new Wrong("the option --" + key + " needs a value");
            }
            settings.put(key, value);
        }
        if (operands.size() < form.operands().size() || operands.contains("")) {
            throw new Wrong(command + " needs a " + form.operands().getLast() + "; try " + OwnCommand.NAME + " help");
        }
        return new CommandLine(command, settings, operands);
    }
}
