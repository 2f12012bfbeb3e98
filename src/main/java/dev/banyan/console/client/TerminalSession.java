package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Frame;
import dev.banyan.console.TypedLine;
import dev.banyan.console.client.ServerConnection.Lost;

/// A connection that reconnects: after a restart of the server, the next command finds it again. Also remembers the
/// account that commands act for. Runs one command or completion at a time, from any thread.
final class TerminalSession implements AutoCloseable {

    private static final int LONGEST_LINE = 8_000;

    private final Arguments arguments;
    private final Map<String, String> environment;
    private final Optional<Path> data;
    private volatile ServerConnection connection;
    private Optional<String> account;

    private TerminalSession(Arguments arguments, Map<String, String> environment) throws NoServer {
        this.arguments = arguments;
        this.environment = environment;
        this.account = arguments.account();
        Target target = Target.find(arguments, environment);
        this.data = target.data();
        this.connection = ServerConnection.open(target);
    }

    static TerminalSession open(Arguments arguments, Map<String, String> environment) throws NoServer {
        return new TerminalSession(arguments, environment);
    }

    /// The server's data folder if it is on this machine.
    Optional<Path> data() {
        return data;
    }

    /// Runs one line and shows its output, including errors.
    ///
    /// @return how it ended; code 1 if unknown
    Frame.Done run(String line, boolean waits, TerminalOutput paper) {
        return run(line, waits, paper, paper::show);
    }

    /// @param shown receives the server's output instead of the paper
    synchronized Frame.Done run(String line, boolean waits, TerminalOutput paper, Consumer<Frame> shown) {
        if (line.length() > LONGEST_LINE) {
            tell(line, "The line is longer than " + LONGEST_LINE + " characters", paper);
            return failed();
        }
        try {
            LocalFile file = LocalFile.of(line);
            Frame.Done done = connected().run(new Frame.Run(line, account, waits), file.toSend(), frame -> {
                file.take(frame);
                shown.accept(frame);
            });
            account = done.account().or(() -> account);
            file.keep(done, isJson(line), paper);
            return done;
        } catch (LocalFile.Unusable unusable) {
            tell(line, String.valueOf(unusable.getMessage()), paper);
        } catch (NoServer none) {
            tell(line, String.valueOf(none.getMessage()), paper);
        } catch (Lost _) {
            tell(
                    line,
                    "The server closed the connection before it answered. Check with 'list-servants' what it did",
                    paper);
        }
        return failed();
    }

    static boolean isJson(String line) {
        return TypedLine.of(line).words().contains("--json");
    }

    /// Says why a line failed here, in the format of the line's answer.
    static void tell(String line, String why, TerminalOutput paper) {
        if (isJson(line)) {
            ConsoleJson.lines(Map.of("error", why)).forEach(paper::line);
        } else {
            paper.line("❌ " + why);
        }
    }

    private static Frame.Done failed() {
        return new Frame.Done(1, Optional.empty(), false);
    }

    /// Returns completions for the end of this line; none without a server.
    synchronized List<Frame.Word> complete(String line) {
        try {
            return line.length() > LONGEST_LINE ? List.of() : connected().complete(new Frame.Complete(line, account));
        } catch (NoServer | Lost _) {
            return List.of();
        }
    }

    void cancel() {
        connection.cancel();
    }

    private ServerConnection connected() throws NoServer {
        if (!connection.isOpen()) {
            connection.close();
            connection = ServerConnection.open(Target.find(arguments, environment));
        }
        return connection;
    }

    @Override
    public void close() {
        connection.close();
    }
}
