package dev.banyan.console.client;

import dev.banyan.console.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// `./banyan import-config FILE` and `export-config FILE`: through the running server, or without one on the data
/// folder itself.
public final class ConfigProgram {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /// Runs a command in this process.
    public interface Alone {

        /// @param attached the file for the command, in Base64; empty for none
        Frame.Done run(Frame.Run command, String attached, Consumer<Frame> shown);
    }

    private ConfigProgram() {}

    /// @param name `import-config` or `export-config`
    /// @param alone opens a data folder that no server uses and runs there ([#runAlone]); returns the exit code
    /// @return the exit code: 0, 1 on failure, 2 for invalid arguments
    public static int run(String name, List<String> typed, Map<String, String> environment, ToIntFunction<Path> alone) {
        try {
            Arguments arguments = arguments(name, typed);
            try (Session session = Session.open(arguments, environment)) {
                return session.run(line(name, arguments), false, OutputStyles.plain(false))
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
    public static int runAlone(String name, List<String> typed, Alone alone) {
        Arguments arguments = arguments(name, typed);
        TerminalOutput paper = OutputStyles.plain(false);
        try {
            LocalFile file = LocalFile.of(line(name, arguments));
            Frame.Done done = alone.run(
                    new Frame.Run(line(name, arguments), arguments.account(), false), file.toSend(), frame -> {
                        file.take(frame);
                        paper.show(frame);
                    });
            file.keep(done, paper);
            return done.code();
        } catch (LocalFile.Unusable unusable) {
            paper.line("❌ " + unusable.getMessage());
            return FAILURE;
        }
    }

    private static Arguments arguments(String name, List<String> typed) {
        Arguments arguments = Arguments.parse(typed);
        if (arguments.words().size() != 1 || arguments.command().isPresent()) {
            throw new Arguments.Wrong("“" + name + "” needs one FILE");
        }
        return arguments;
    }

    private static String line(String name, Arguments arguments) {
        String file = arguments.words().getFirst().toString();
        return name + " " + (file.contains("\"") ? "'" + file + "'" : "\"" + file + "\"");
    }
}
