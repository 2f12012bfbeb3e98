package dev.banyan.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a command showed.
final class RecordedScreen implements Screen {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final List<String> file = new ArrayList<>();
    private volatile Optional<Runnable> onCancel = Optional.empty();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void qr(String drawing, String caption) {
        codes.add(drawing);
    }

    @Override
    public void file(String text) {
        file.add(text);
    }

    @Override
    public void onCancel(Runnable action) {
        onCancel = Optional.of(action);
    }

    String text() {
        return String.join("\n", lines);
    }

    List<String> codes() {
        return codes;
    }

    Optional<Runnable> cancelling() {
        return onCancel;
    }
}
