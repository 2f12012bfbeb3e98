package dev.banyan.platform;

import module java.base;

/// Work that a start waits for. Every ten seconds until it is closed, standard error says what it does and how far it
/// is. The log would say it too late: it keeps its lines until the server runs.
public final class LongWork implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final long begun = System.nanoTime();
    private final Supplier<String> progress;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("long-work").factory());

    public LongWork(Supplier<String> progress) {
        this.progress = progress;
        var _ = clock.scheduleAtFixedRate(this::tell, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void tell() {
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        System.err.println("banyan: " + progress.get() + ", for " + seconds + " s so far");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
