package dev.banyan.platform.sso;

import module java.base;
import org.jboss.logging.Logger;

/// Takes people who are due, a part at a time, and asks their providers about them, some at once, until no one is left
/// or the next run is near.
public final class Rechecks {

    /// How long a person’s password, keys and invitations count without a word from their provider. Sessions last as
    /// long.
    public static final Duration LONGEST_SILENCE = Duration.ofDays(30);
    /// How often it is noted that a provider lets a person in, and how often people without a session are looked at.
    public static final Duration NOTED_EVERY = Duration.ofDays(1);
    /// When a directory that didn’t answer is asked again about people without a session.
    public static final Duration RETRIED_AFTER = Duration.ofHours(1);
    /// How many are taken at once.
    public static final int AT_ONCE = 200;

    private static final Logger LOG = Logger.getLogger(Rechecks.class);
    /// A run ends before the next one is due.
    private static final Duration LONGEST_RUN = Duration.ofSeconds(12);

    private static final int ASKED_AT_ONCE = 20;

    private Rechecks() {}

    /// @param take returns at most [#AT_ONCE], and notes when they are due next
    /// @param place whose provider it is, for the log
    /// @param by what is checked together
    public static <T> void run(
            Supplier<List<T>> take, Function<T, ?> place, Function<T, ?> by, Consumer<List<T>> check) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        List<T> due;
        do {
            due = take.get();
            check(due.stream().collect(Collectors.groupingBy(by)).values(), place, check);
        } while (due.size() == AT_ONCE && System.nanoTime() < end);
    }

    private static <T> void check(Collection<List<T>> parts, Function<T, ?> place, Consumer<List<T>> check) {
        var turns = new Semaphore(ASKED_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<T> part : parts) {
                turns.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        check.accept(part);
                    } catch (RuntimeException failure) {
                        LOG.warnf(
                                failure,
                                "People of %s weren’t checked at their provider",
                                place.apply(part.getFirst()));
                    } finally {
                        turns.release();
                    }
                });
            }
        }
    }
}
