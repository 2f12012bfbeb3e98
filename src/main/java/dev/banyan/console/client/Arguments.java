package dev.banyan.console.client;

import module java.base;

/// The arguments of `./banyan console` and its two short forms.
///
/// @param command the value of `-c`; empty for a session at the terminal
/// @param data the given data folder
/// @param lookIn the launcher's default folders, searched if none is given
/// @param words the remaining arguments: a file
record Arguments(
        Optional<String> command,
        Optional<Path> data,
        List<Path> lookIn,
        Optional<String> url,
        Optional<String> account,
        boolean waits,
        boolean colours,
        List<Path> words) {

    /// Invalid arguments; the message says which and what is allowed.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    Arguments {
        lookIn = List.copyOf(lookIn);
        words = List.copyOf(words);
    }

    static Arguments parse(List<String> typed) {
        Optional<String> command = Optional.empty();
        Optional<Path> data = Optional.empty();
        var lookIn = new ArrayList<Path>();
        Optional<String> url = Optional.empty();
        Optional<String> account = Optional.empty();
        boolean waits = false;
        boolean colours = true;
        var words = new ArrayList<Path>();
        for (int i = 0; i < typed.size(); i++) {
            String[] option = typed.get(i).startsWith("--") ? typed.get(i).split("=", 2) : new String[] {typed.get(i)};
            switch (option[0]) {
                case "--wait" -> waits = true;
                case "--no-color", "--no-colour" -> colours = false;
                case "-c", "--command", "--data", "--look-in", "--url", "--account" -> {
                    if (option.length == 1 && i + 1 == typed.size()) {
                        throw new Wrong("the option " + option[0] + " needs a value");
                    }
                    String value = option.length == 2 ? option[1] : typed.get(++i);
                    switch (option[0]) {
                        case "--data" -> data = Optional.of(folder(value));
                        case "--look-in" -> lookIn.add(folder(value));
                        case "--url" -> url = Optional.of(value);
                        case "--account" -> account = Optional.of(value);
                        default -> command = Optional.of(value);
                    }
                }
                default -> {
                    if (option[0].startsWith("-") && !option[0].equals("-")) {
                        throw new Wrong("unknown option “" + option[0] + "”");
                    }
                    words.add(Path.of(option[0]));
                }
            }
        }
        return new Arguments(command, data, lookIn, url, account, waits, colours, words);
    }

    private static Path folder(String value) {
        if (value.isEmpty()) {
            throw new Wrong("--data needs a folder");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
