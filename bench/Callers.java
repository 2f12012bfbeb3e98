import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Some threads that do one thing over and over for some seconds.
final class Callers {

    private Callers() {}

    /// Virtual threads, as requests run on.
    static double perSecond(int callers, int seconds, Runnable work) {
        var done = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        work.run();
                        done.increment();
                    }
                });
            }
        }
        return done.sum() * 1e9 / (System.nanoTime() - begin);
    }
}
