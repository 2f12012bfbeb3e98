package dev.banyan.console.client;

import module java.base;
import org.jline.reader.LineReader;

/// Refreshes a dashboard while it is the last output and the user isn't typing.
final class Dashboard implements AutoCloseable {

    private static final List<String> COMMANDS = List.of("", "status", "health");

    private final TerminalSession session;
    private final LineReader reader;
    private final Function<PrintWriter, TerminalOutput> papers;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dashboard").factory());
    private volatile boolean last;

    /// @param papers creates the terminal's output
    Dashboard(
            TerminalSession session, LineReader reader, Duration every, Function<PrintWriter, TerminalOutput> papers) {
        this.session = session;
        this.reader = reader;
        this.papers = papers;
        clock.scheduleWithFixedDelay(this::refresh, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Records the last command.
    void shown(String line) {
        last = COMMANDS.contains(line.strip().toLowerCase(Locale.ROOT));
    }

    private void refresh() {
        if (!isIdle()) {
            return;
        }
        var text = new StringWriter();
        boolean done = session.run("status", false, papers.apply(new PrintWriter(text)))
                        .code()
                == 0;
        try {
            if (done && isIdle()) {
                reader.callWidget(LineReader.CLEAR_SCREEN);
                reader.printAbove(text.toString());
            }
        } catch (IllegalStateException _) {
            // The user pressed Enter meanwhile.
        }
    }

    private boolean isIdle() {
        return last && reader.getBuffer().length() == 0;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
