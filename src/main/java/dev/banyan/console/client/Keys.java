package dev.banyan.console.client;

import module java.base;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/// Notices typing while a command waits for a phone: then the user wants the prompt back. The typed text stays for the
/// prompt; a bare Enter is swallowed.
final class Keys implements AutoCloseable {

    private static final long LOOK_MS = 100;

    private final Terminal terminal;
    private final Runnable typed;
    private volatile boolean over;
    private Thread watcher = new Thread();

    Keys(Terminal terminal, Runnable typed) {
        this.terminal = terminal;
        this.typed = typed;
    }

    void watch() {
        if (!watcher.isAlive() && !over) {
            watcher = Thread.ofPlatform().daemon().start(this::look);
        }
    }

    private void look() {
        try {
            while (!over) {
                int key = terminal.reader().peek(LOOK_MS);
                if (key == NonBlockingReader.EOF) {
                    return;
                }
                if (key >= 0) {
                    if (key == '\n' || key == '\r') {
                        terminal.reader().read();
                    }
                    over = true;
                    typed.run();
                }
            }
        } catch (IOException _) {
            // The terminal can't be read, so no one can type.
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            watcher.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
