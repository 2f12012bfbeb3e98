package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.Parse;

/// The arguments of commands that act with an API key on a running server.
///
/// @param server without a slash at its end
/// @param options those of the command itself, by name; flags have an empty value
/// @param words the remaining arguments
record KeyArguments(URI server, Optional<String> key, Map<String, String> options, List<String> words) {

    static final String KEY = "BANYAN_API_KEY";
    static final String SERVER = "BANYAN_SERVER";

    private static final String LOCAL = "http://127.0.0.1:8080";

    /// Invalid arguments; the message says which and what is allowed.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /// @param taken names of the command's options, such as `forward`
    /// @param flags those without a value
    static KeyArguments parse(
            List<String> typed, Map<String, String> environment, Set<String> taken, Set<String> flags) {
        var options = new HashMap<String, String>();
        var words = new ArrayList<String>();
        for (int i = 0; i < typed.size(); i++) {
            if (!typed.get(i).startsWith("--")) {
                words.add(typed.get(i));
                continue;
            }
            String[] option = typed.get(i).substring(2).split("=", 2);
            boolean isFlag = flags.contains(option[0]);
            if (!isFlag
                    && !taken.contains(option[0])
                    && !Set.of("server", "key").contains(option[0])) {
                throw new Wrong("unknown option “--" + option[0] + "”");
            }
            if (!isFlag && option.length == 1 && i + 1 == typed.size()) {
                throw new Wrong("the option --" + option[0] + " needs a value");
            }
            options.put(option[0], isFlag ? "" : option.length == 2 ? option[1] : typed.get(++i));
        }
        return new KeyArguments(
                address(options.getOrDefault("server", environment.getOrDefault(SERVER, LOCAL))),
                Optional.of(options.getOrDefault("key", environment.getOrDefault(KEY, "")))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty()),
                Map.copyOf(options),
                List.copyOf(words));
    }

    static URI address(String text) {
        return Parse.of(text.strip().replaceFirst("/+$", ""), URI::create)
                .filter(url ->
                        url.getHost() != null && List.of("http", "https").contains(String.valueOf(url.getScheme())))
                .orElseThrow(() -> new Wrong("“" + text + "” is not an address; use one like " + LOCAL));
    }

    /// Says why there is no answer: a connection that was refused has no message.
    static String why(IOException lost) {
        return Optional.ofNullable(lost.getMessage()).orElse("the connection was refused");
    }

    String requiredKey() {
        return key.orElseThrow(() -> new Wrong("an API key is needed, in " + KEY + " or with --key"));
    }
}
