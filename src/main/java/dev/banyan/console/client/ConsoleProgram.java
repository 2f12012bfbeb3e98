package dev.banyan.console.client;

import module java.base;
import dev.banyan.platform.OwnCommand;

/// `./banyan console`: one command with `-c`, a person at a terminal, or lines from a pipe.
public final class ConsoleProgram {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private ConsoleProgram() {}

    /// @return the exit code: 0, 1 if a command or the connection failed, 2 for invalid arguments
    public static int run(List<String> typed, Map<String, String> environment) {
        try {
            Arguments arguments = Arguments.parse(typed);
            if (!arguments.words().isEmpty()) {
                throw new Arguments.Wrong("“console” does not accept “"
                        + arguments.words().getFirst() + "”; put a command after -c, in quotes");
            }
            try (TerminalSession session = TerminalSession.open(arguments, environment)) {
                return run(session, arguments, environment);
            }
        } catch (Arguments.Wrong wrong) {
            System.err.println("banyan: " + wrong.getMessage() + "; see " + OwnCommand.NAME + " help");
            return USAGE;
        } catch (NoServer none) {
            System.err.println("banyan: " + none.getMessage());
            return FAILURE;
        }
    }

    private static int run(TerminalSession session, Arguments arguments, Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean colours = terminal
                && arguments.colours()
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
        if (arguments.command().isEmpty() && terminal) {
            return new Interactive(session, arguments, session.data()).run(colours);
        }
        TerminalOutput paper = OutputStyles.plain(colours);
        return arguments
                .command()
                .map(command -> session.run(command, arguments.waits(), paper).code())
                .orElseGet(() -> runLines(session, arguments.waits(), paper));
    }

    /// Runs lines from a pipe, up to the first that fails.
    private static int runLines(TerminalSession session, boolean waits, TerminalOutput paper) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            while (line.isPresent()) {
                if (!line.get().isBlank()) {
                    var done = session.run(line.get(), waits, paper);
                    if (done.code() != 0 || done.quits()) {
                        return done.code();
                    }
                }
                line = Optional.ofNullable(lines.readLine());
            }
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
