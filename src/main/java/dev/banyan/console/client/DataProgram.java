package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.Frame;
import dev.banyan.platform.OwnCommand;

/// `./banyan import-config FILE`, `export-config FILE`, `migrate-project`, `export-workspace` and `import-workspace`:
/// through the running server, or without one on the data folder itself.
public final class DataProgram {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /// The commands whose files and folders are read and written where the server runs, which is this machine, with
    /// their options that name one.
    private static final Map<String, Set<String>> MOVES = Map.of(
            "migrate-project", Set.of("--from", "--users"),
            "export-workspace", Set.of("--to"),
            "import-workspace", Set.of("--from"));

    private static final Set<String> FLAGS = Set.of("--dry-run", "--with-password-hashes", "--json");

    /// Options of the commands that read or write a file here.
    private static final Set<String> OF_FILES = Set.of("--force", "--json");

    private static final String RENAME = "--rename";
    private static final Set<String> OF_CONNECTION = Set.of("--data", "--look-in", "--url", "--account");

    /// Runs a command in this process.
    public interface Alone {

        /// @param attached the file for the command, in Base64; empty for none
        Frame.Done run(Frame.Run command, String attached, Consumer<Frame> shown);
    }

    private DataProgram() {}

    /// @param alone opens a data folder that no server uses and runs there ([#runAlone]); returns the exit code
    /// @return the exit code: 0, 1 if anything failed or was refused, 2 for invalid arguments
    public static int run(String name, List<String> typed, Map<String, String> environment, ToIntFunction<Path> alone) {
        try {
            Parts parts = Parts.of(name, typed);
            try (TerminalSession session = TerminalSession.open(parts.connection(), environment)) {
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
            System.err.println("banyan: " + wrong.getMessage() + "; see " + OwnCommand.NAME + " help");
            return USAGE;
        } catch (NoServer none) {
            System.err.println("banyan: " + none.getMessage());
            return FAILURE;
        }
    }

    /// The same, running the command in this process.
    public static int runAlone(String name, List<String> typed, Alone alone) {
        Parts parts = Parts.of(name, typed);
        TerminalOutput paper = OutputStyles.plain(false);
        try {
            LocalFile file = LocalFile.of(parts.line());
            var command = new Frame.Run(parts.line(), parts.connection().account(), false);
            Frame.Done done = alone.run(command, file.toSend(), frame -> {
                file.take(frame);
                paper.show(frame);
            });
            file.keep(done, TerminalSession.isJson(parts.line()), paper);
            return done.code();
        } catch (LocalFile.Unusable unusable) {
            TerminalSession.tell(parts.line(), String.valueOf(unusable.getMessage()), paper);
            return FAILURE;
        }
    }

    /// The options that locate the server, and the line sent to it.
    private record Parts(Arguments connection, String line) {

        static Parts of(String name, List<String> typed) {
            return MOVES.containsKey(name) ? ofMove(name, typed) : ofFile(name, typed);
        }

        private static Parts ofFile(String name, List<String> typed) {
            var connection = new ArrayList<String>();
            var options = new StringBuilder();
            for (int i = 0; i < typed.size(); i++) {
                if (OF_FILES.contains(typed.get(i))) {
                    options.append(' ').append(typed.get(i));
                } else if (typed.get(i).equals(RENAME) && i + 1 < typed.size()) {
                    options.append(' ').append(RENAME).append(' ').append(quoted(typed.get(++i)));
                } else {
                    connection.add(typed.get(i));
                }
            }
            Arguments arguments = Arguments.parse(connection);
            if (arguments.words().size() != 1 || arguments.command().isPresent()) {
                throw new Arguments.Wrong("“" + name + "” needs one FILE");
            }
            String file = arguments.words().getFirst().toString();
            return new Parts(
                    arguments, name + " " + (file.contains("\"") ? "'" + file + "'" : "\"" + file + "\"") + options);
        }

        private static Parts ofMove(String name, List<String> typed) {
            var connection = new ArrayList<String>();
            var line = new StringBuilder(name);
            for (int i = 0; i < typed.size(); i++) {
                String[] option = typed.get(i).split("=", 2);
                if (FLAGS.contains(option[0]) && option.length == 1) {
                    line.append(' ').append(option[0]);
                    continue;
                }
                if (!option[0].startsWith("--")) {
                    throw new Arguments.Wrong("“" + name + "” does not accept “" + typed.get(i) + "”");
                }
                if (option.length == 1 && i + 1 == typed.size()) {
                    throw new Arguments.Wrong("the option " + option[0] + " needs a value");
                }
                String value = option.length == 2 ? option[1] : typed.get(++i);
                if (OF_CONNECTION.contains(option[0])) {
                    connection.add(option[0] + "=" + value);
                } else {
                    boolean isPath = MOVES.getOrDefault(name, Set.of()).contains(option[0]);
                    line.append(' ')
                            .append(option[0])
                            .append(' ')
                            .append(quoted(
                                    isPath ? Path.of(value).toAbsolutePath().toString() : value));
                }
            }
            return new Parts(Arguments.parse(connection), line.toString());
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
