package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.Frame;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/// A person at a terminal: prompt, history, completion. Ctrl-C cancels the running command, Ctrl-D quits the console.
final class Interactive {

    private static final String PROMPT = "▶ Banyan > ";
    private static final String RULE = "═".repeat(60);

    private static final Duration REFRESHED = Duration.ofSeconds(60);

    private final TerminalSession session;
    private final Arguments arguments;
    private final Optional<Path> data;
    private final Duration refreshed;

    /// @param data the server's data folder, for the history; empty keeps none
    Interactive(TerminalSession session, Arguments arguments, Optional<Path> data) {
        this(session, arguments, data, REFRESHED);
    }

    /// @param refreshed the refresh interval of a dashboard
    Interactive(TerminalSession session, Arguments arguments, Optional<Path> data, Duration refreshed) {
        this.session = session;
        this.arguments = arguments;
        this.data = data;
        this.refreshed = refreshed;
    }

    /// @param colours whether to use colors if the terminal has any
    int run(boolean colours) {
        try (Terminal terminal = asIs().system(true).dumb(true).build()) {
            return run(terminal, colours);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A terminal without capability detection: the query would swallow the first keys of a user who types ahead, and
    /// nothing here depends on the answer.
    static TerminalBuilder asIs() {
        return TerminalBuilder.builder().graphemeCluster(false);
    }

    int run(Terminal terminal, boolean colours) {
        TerminalOutput paper = paper(terminal, terminal.writer(), colours);
        terminal.handle(Terminal.Signal.INT, _ -> session.cancel());
        banner(paper);
        if (session.run(use(), false, paper).code() != 0 && arguments.account().isPresent()) {
            return 1;
        }
        paper.line("");
        LineReader reader = reader(terminal);
        try (var dashboard = new Dashboard(session, reader, refreshed, out -> paper(terminal, out, colours))) {
            converse(terminal, reader, paper, dashboard);
        }
        return 0;
    }

    private static TerminalOutput paper(Terminal terminal, PrintWriter out, boolean colours) {
        boolean draws = terminal.getStringCapability(Capability.cursor_up) != null;
        return new TerminalOutput(out, colours && draws, sizeOf(terminal, draws));
    }

    private String use() {
        return arguments.account().map(account -> "use " + account).orElse("use");
    }

    private static void banner(TerminalOutput paper) {
        List.of(
                        RULE,
                        "🤖 BANYAN - INTERACTIVE DEVICE MANAGER STARTED",
                        RULE,
                        "Type a command or press Enter to refresh. Type 'help' for commands.",
                        RULE)
                .forEach(paper::line);
    }

    private void converse(Terminal terminal, LineReader reader, TerminalOutput paper, Dashboard dashboard) {
        boolean quits = false;
        while (!quits) {
            try {
                String line = reader.readLine(PROMPT);
                if (line.isBlank()) {
                    terminal.puts(Capability.clear_screen);
                }
                paper.line("");
                try (var keys = new Keys(terminal, session::cancel)) {
                    quits = session.run(line, true, paper, frame -> {
                                paper.show(frame);
                                if (frame instanceof Frame.Clear) {
                                    terminal.puts(Capability.clear_screen);
                                }
                                if (frame instanceof Frame.Qr || frame instanceof Frame.Waits) {
                                    keys.watch();
                                }
                            })
                            .quits();
                }
                paper.line("");
                dashboard.shown(line);
            } catch (UserInterruptException _) {
                // The line was given up; the next prompt follows.
            } catch (EndOfFileException _) {
                quits = true;
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        var reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("banyan")
                .parser(new TypedLineParser())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .completer(completer());
        history().ifPresent(file -> reader.variable(LineReader.HISTORY_FILE, file));
        return reader.build();
    }

    private Completer completer() {
        return (_, line, candidates) -> session.complete(line.line().substring(0, line.cursor())).stream()
                .map(word -> new Candidate(
                        TerminalOutput.clean(word.text()),
                        TerminalOutput.clean(word.text()),
                        null,
                        TerminalOutput.clean(word.meaning()),
                        null,
                        null,
                        true))
                .forEach(candidates::add);
    }

    /// The history contains names and numbers, so only its owner may read it.
    private Optional<Path> history() {
        return data.map(folder -> folder.resolve("run/console.history")).filter(file -> {
            try {
                if (!Files.exists(file)) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                return Files.isWritable(file);
            } catch (IOException _) {
                return false; // works without history
            }
        });
    }

    private static TerminalOutput.Size sizeOf(Terminal terminal, boolean draws) {
        return new TerminalOutput.Size() {
            @Override
            public int columns() {
                // A terminal that doesn't know its width says 0.
                return terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
            }

            @Override
            public int rows() {
                return draws ? terminal.getHeight() : 0;
            }
        };
    }
}
