package dev.banyan.console.client;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/// Notices that somebody types while a command waits for a phone: then they want the prompt back. What was typed stays
/// where the prompt finds it; a bare Enter is swallowed.
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
            // A terminal that cannot be read has nobody who types.
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
