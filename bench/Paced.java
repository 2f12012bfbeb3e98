import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Begins so many requests a second, however long they take, until it is told to stop; only so many are under way.
final class Paced {

    private final int perSecond;
    private final int atOnce;
    private final Semaphore underWay;

    Paced(int perSecond, int atOnce) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.underWay = new Semaphore(atOnce);
    }

    /// @param request gets its number
    void run(BooleanSupplier isOver, LongConsumer request) {
        long begin = System.nanoTime();
        for (long i = 0; !isOver.getAsBoolean(); i++) {
            long number = i;
            long due = begin + i * 1_000_000_000L / perSecond - System.nanoTime();
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, due)));
                underWay.acquire();
            } catch (InterruptedException _) {
                return;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    request.accept(number);
                } finally {
                    underWay.release();
                }
            });
        }
    }

    /// Waits until all that was begun has ended; only while nothing more begins.
    void awaitEnd() throws InterruptedException {
        underWay.acquire(atOnce);
        underWay.release(atOnce);
    }
}
