package dev.banyan.console;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;

/// Records the output of a command.
public final class RecordedScreen implements Screen {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final List<String> captions = new CopyOnWriteArrayList<>();
    private final CountDownLatch shown = new CountDownLatch(1);
    private final CountDownLatch waits = new CountDownLatch(1);
    private final List<String> file = new ArrayList<>();
    private volatile Optional<Runnable> onCancel = Optional.empty();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void qr(String drawing, String caption) {
        codes.add(drawing);
        captions.add(caption);
        shown.countDown();
    }

    @Override
    public void clear() {
        lines.clear();
    }

    @Override
    public void waits() {
        waits.countDown();
    }

    @Override
    public void file(String text) {
        file.add(text);
    }

    @Override
    public void onCancel(Runnable action) {
        onCancel = Optional.of(action);
    }

    public String text() {
        return String.join("\n", lines);
    }

    public List<String> codes() {
        return codes;
    }

    public List<String> captions() {
        return captions;
    }

    /// Waits until the command pauses.
    public void awaitPause() throws InterruptedException {
        assertThat(waits.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("waits")
                .isTrue();
    }

    /// Waits until there is a code to scan.
    public void awaitCode() throws InterruptedException {
        assertThat(shown.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("shows a code")
                .isTrue();
    }

    public Optional<Runnable> cancelling() {
        return onCancel;
    }
}
