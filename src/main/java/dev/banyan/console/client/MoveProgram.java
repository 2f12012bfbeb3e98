package dev.banyan.console.client;

import dev.banyan.console.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/// `./banyan migrate-project`, `export-workspace` and `import-workspace`: through the running server, or without one on
/// the data folder itself. Files and folders are read and written where the server runs, which is this machine.
public final class MoveProgram {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /// The commands, with their options that name a file or folder.
    private static final Map<String, Set<String>> COMMANDS = Map.of(
            "migrate-project", Set.of("--from", "--users"),
            "export-workspace", Set.of("--to"),
            "import-workspace", Set.of("--from"));

    private static final Set<String> FLAGS = Set.of("--dry-run", "--with-password-hashes");
    private static final Set<String> OF_CONNECTION = Set.of("--data", "--look-in", "--url", "--account");

    private MoveProgram() {}

    public static boolean knows(String name) {
        return COMMANDS.containsKey(name);
    }

    /// @param alone opens a data folder that no server uses and runs there ([#runAlone]); returns the exit code
    /// @return the exit code: 0, 1 if anything failed or was refused, 2 for invalid arguments
    public static int run(String name, List<String> typed, Map<String, String> environment, ToIntFunction<Path> alone) {
        try {
            Parts parts = Parts.of(name, typed);
            try (Session session = Session.open(Arguments.parse(parts.connection()), environment)) {
                return session.run(parts.line(), false, OutputStyles.plain(false))
                        .code();
            } catch (NoServer none) {
                List<Path> folders = none.idle().stream()
                        .filter(folder -> Files.exists(folder.resolve("banyan.db"))
                                || environment.containsKey("BANYAN_DATABASE_URL"))
                        .toList();
                if (folders.size() == 1) {
                    return alone.applyAsInt(folders.getFirst());
                }
                throw none;
            }
        } catch (Arguments.Wrong wrong) {
            System.err.println("banyan: " + wrong.getMessage() + "; see ./banyan help");
            return USAGE;
        } catch (NoServer none) {
            System.err.println("banyan: " + none.getMessage());
            return FAILURE;
        }
    }

    /// The same, running the command in this process.
    public static int runAlone(String name, List<String> typed, ConfigProgram.Alone alone) {
        Parts parts = Parts.of(name, typed);
        TerminalOutput paper = OutputStyles.plain(false);
        return alone.run(
                        new Frame.Run(
                                parts.line(),
                                Arguments.parse(parts.connection()).account(),
                                false),
                        "",
                        paper::show)
                .code();
    }

    /// The options that locate the server, and the line sent to it.
    private record Parts(List<String> connection, String line) {

        static Parts of(String name, List<String> typed) {
            var connection = new ArrayList<String>();
            var line = new StringBuilder(name);
            for (int i = 0; i < typed.size(); i++) {
                String[] option = typed.get(i).split("=", 2);
                if (FLAGS.contains(option[0]) && option.length == 1) {
                    line.append(' ').append(option[0]);
                    continue;
                }
                if (!option[0].startsWith("--")) {
                    throw new Arguments.Wrong("“" + name + "” takes no “" + typed.get(i) + "”");
                }
                if (option.length == 1 && i + 1 == typed.size()) {
                    throw new Arguments.Wrong("the option " + option[0] + " needs a value");
                }
                String value = option.length == 2 ? option[1] : typed.get(++i);
                if (OF_CONNECTION.contains(option[0])) {
                    connection.add(option[0] + "=" + value);
                } else {
                    boolean isPath = COMMANDS.getOrDefault(name, Set.of()).contains(option[0]);
                    line.append(' ')
                            .append(option[0])
                            .append(' ')
                            .append(quoted(
                                    isPath ? Path.of(value).toAbsolutePath().toString() : value));
                }
            }
            return new Parts(List.copyOf(connection), line.toString());
        }

        private static String quoted(String value) {
            if (!value.contains("\"")) {
                return '"' + value + '"';
            }
            if (!value.contains("'")) {
                return "'" + value + "'";
            }
            throw new Arguments.Wrong("a value cannot have both kinds of quotes: " + value);
        }
    }
}
