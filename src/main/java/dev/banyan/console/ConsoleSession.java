package dev.banyan.console;

import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// One terminal that is connected. It runs one command at a time, each in a thread of its own, so that the terminal can
/// still say "cancel".
final class ConsoleSession implements Screen {

    private static final Logger LOG = Logger.getLogger(ConsoleSession.class);
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Commands commands;
    private final Consumer<Frame> terminal;
    private StringBuilder attached = new StringBuilder();
    private boolean runs;
    private Optional<Runnable> onCancel = Optional.empty();

    /// @param terminal sends a frame, and waits until it is sent
    ConsoleSession(Commands commands, Consumer<Frame> terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /// @return false for a frame that no terminal sends now: it does not keep to the protocol
    boolean receive(Frame frame) {
        return switch (frame) {
            case Frame.Run run -> start(run);
            case Frame.Attach piece -> attach(piece);
            case Frame.Complete wanted -> {
                terminal.accept(new Frame.Words(commands.suggest(wanted.line(), wanted.account())));
                yield true;
            }
            case Frame.Cancel _ -> {
                cancel();
                yield true;
            }
            case Frame.Out _, Frame.Qr _, Frame.File _, Frame.Done _, Frame.Words _ -> false;
        };
    }

    private synchronized boolean attach(Frame.Attach piece) {
        attached.append(piece.text());
        return attached.length() <= LARGEST_FILE;
    }

    private synchronized boolean start(Frame.Run run) {
        if (runs) {
            return false;
        }
        String file = attached.toString();
        attached = new StringBuilder();
        runs = true;
        Thread.ofVirtual().name("console").start(() -> run(run, file));
        return true;
    }

    private void run(Frame.Run run, String file) {
        Outcome outcome = outcome(run, file);
        synchronized (this) {
            runs = false;
            onCancel = Optional.empty();
        }
        terminal.accept(new Frame.Done(outcome.code(), outcome.account(), outcome.quits()));
    }

    private Outcome outcome(Frame.Run run, String file) {
        try {
            return commands.run(run.line(), run.account(), run.waits(), file, this);
        } catch (RuntimeException failure) {
            LOG.error("A command of the console failed", failure);
            line("❌ The server could not do it; its log says why");
            return Outcome.FAILED;
        }
    }

    /// Ends the running command, if there is one that can be ended.
    void cancel() {
        Optional<Runnable> action;
        synchronized (this) {
            action = onCancel;
            onCancel = Optional.empty();
        }
        action.ifPresent(Runnable::run);
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        onCancel = Optional.of(action);
    }

    @Override
    public void line(String text) {
        terminal.accept(new Frame.Out(text));
    }

    @Override
    public void qr(String drawing, String caption) {
        terminal.accept(new Frame.Qr(drawing, caption));
    }

    @Override
    public void file(String text) {
        terminal.accept(new Frame.File(text));
    }
}
