package dev.banyan.console;

import module java.base;

/// A screen that sends frames to the terminal.
public final class FrameScreen implements Screen {

    private final Consumer<Frame> terminal;
    private Optional<Runnable> onCancel = Optional.empty();

    public FrameScreen(Consumer<Frame> terminal) {
        this.terminal = terminal;
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
    public void clear() {
        terminal.accept(new Frame.Clear());
    }

    @Override
    public void waits() {
        terminal.accept(new Frame.Waits());
    }

    @Override
    public void file(String text) {
        terminal.accept(new Frame.File(text));
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        onCancel = Optional.of(action);
    }

    /// Runs the command's cancel action; does nothing if it has none.
    public void cancel() {
        Optional<Runnable> action;
        synchronized (this) {
            action = onCancel;
            onCancel = Optional.empty();
        }
        action.ifPresent(Runnable::run);
    }
}
