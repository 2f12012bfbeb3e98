package dev.banyan.console.session;

import module java.base;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.FrameScreen;
import dev.banyan.console.Screen;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.db.DatabaseUnavailable;
import io.quarkus.logging.Log;

/// A connected terminal. Runs one command at a time, each on its own thread, so that the terminal can still cancel it.
final class ConsoleSession {

    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Commands commands;
    private final Consumer<Frame> terminal;
    private StringBuilder attached = new StringBuilder();
    private Optional<FrameScreen> running = Optional.empty();

    /// @param terminal sends a frame and waits until it is sent
    ConsoleSession(Commands commands, Consumer<Frame> terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /// @return false for a frame that violates the protocol
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
            case Frame.Out _, Frame.Qr _, Frame.Clear _, Frame.Waits _, Frame.File _, Frame.Done _, Frame.Words _ ->
                false;
        };
    }

    private synchronized boolean attach(Frame.Attach piece) {
        if (attached.length() + piece.text().length() > LARGEST_FILE) {
            return false;
        }
        attached.append(piece.text());
        return true;
    }

    private synchronized boolean start(Frame.Run run) {
        if (running.isPresent()) {
            return false;
        }
        String file = attached.toString();
        attached = new StringBuilder();
        var screen = new FrameScreen(terminal);
        running = Optional.of(screen);
        Thread.ofVirtual().name("console").start(() -> run(run, file, screen));
        return true;
    }

    private void run(Frame.Run run, String file, Screen screen) {
        CommandResult outcome = outcome(run, file, screen);
        synchronized (this) {
            running = Optional.empty();
        }
        terminal.accept(outcome.frame());
    }

    private CommandResult outcome(Frame.Run run, String file, Screen screen) {
        try {
            return commands.run(run.line(), run.account(), run.waits(), file, screen);
        } catch (DatabaseUnavailable failure) {
            Log.warnf("A console command could not reach the database: %s", failure.getMessage());
            return Commands.voice(run.line(), screen)
                    .fail("The server can't reach its database right now; nothing was changed. Try again in a minute");
        } catch (Overloaded busy) {
            return Commands.voice(run.line(), screen).fail(String.valueOf(busy.getMessage()));
        } catch (RuntimeException failure) {
            Log.error("A console command failed", failure);
            return Commands.voice(run.line(), screen).fail("Something went wrong on the server. See its log");
        }
    }

    /// Cancels the running command, if there is one that can be canceled.
    void cancel() {
        Optional<FrameScreen> screen;
        synchronized (this) {
            screen = running;
        }
        screen.ifPresent(FrameScreen::cancel);
    }
}
