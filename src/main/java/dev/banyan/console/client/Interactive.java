package dev.banyan.console.client;

import dev.banyan.console.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/// A person at a terminal: prompt, history, completion. Ctrl-C ends the running command, Ctrl-D the console.
final class Interactive {

    private static final String PROMPT = "▶ Banyan > ";
    private static final String RULE = "═".repeat(60);

    private final Session session;
    private final Arguments arguments;
    private final Optional<Path> data;

    /// @param data the server's data folder, where the history is kept; empty: nowhere
    Interactive(Session session, Arguments arguments, Optional<Path> data) {
        this.session = session;
        this.arguments = arguments;
        this.data = data;
    }

    /// @param colours whether they are wanted, where the terminal has some
    int run(boolean colours) {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            return run(terminal, colours);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int run(Terminal terminal, boolean colours) {
        boolean draws = terminal.getStringCapability(Capability.cursor_up) != null;
        var paper = new Paper(terminal.writer(), colours && draws, sizeOf(terminal, draws));
        terminal.handle(Terminal.Signal.INT, _ -> session.cancel());
        banner(paper);
        if (session.run(use(), false, paper).code() != 0 && arguments.account().isPresent()) {
            return 1;
        }
        paper.line("");
        converse(terminal, reader(terminal), paper);
        return 0;
    }

    private String use() {
        return arguments.account().map(account -> "use " + account).orElse("use");
    }

    private static void banner(Paper paper) {
        List.of(
                        RULE,
                        "🤖 BANYAN - INTERACTIVE DEVICE MANAGER STARTED",
                        RULE,
                        "Type a command or press Enter to refresh. Type 'help' for commands.",
                        RULE)
                .forEach(paper::line);
    }

    private void converse(Terminal terminal, LineReader reader, Paper paper) {
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
                                if (frame instanceof Frame.Qr) {
                                    keys.watch();
                                }
                            })
                            .quits();
                }
                paper.line("");
            } catch (UserInterruptException _) {
                // A line that is given up; the next prompt follows.
            } catch (EndOfFileException _) {
                quits = true;
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        var reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("banyan")
                // A backslash and an exclamation mark mean nothing but themselves.
                .parser(new DefaultParser().escapeChars(new char[0]).eofOnUnclosedQuote(false))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .completer(completer());
        history().ifPresent(file -> reader.variable(LineReader.HISTORY_FILE, file));
        return reader.build();
    }

    private Completer completer() {
        return (_, line, candidates) -> session.complete(line.line().substring(0, line.cursor())).stream()
                .map(word -> new Candidate(
                        Paper.clean(word.text()),
                        Paper.clean(word.text()),
                        null,
                        Paper.clean(word.meaning()),
                        null,
                        null,
                        true))
                .forEach(candidates::add);
    }

    /// Names and numbers stand in it: it is nobody else's business.
    private Optional<Path> history() {
        return data.map(folder -> folder.resolve("run/console.history")).filter(file -> {
            try {
                if (!Files.exists(file)) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                return Files.isWritable(file);
            } catch (IOException _) {
                return false; // a session without history is better than none
            }
        });
    }

    private static Paper.Size sizeOf(Terminal terminal, boolean draws) {
        return new Paper.Size() {
            @Override
            public int columns() {
                // A terminal that does not know says 0.
                return terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
            }

            @Override
            public int rows() {
                return draws ? terminal.getHeight() : 0;
            }
        };
    }
}
