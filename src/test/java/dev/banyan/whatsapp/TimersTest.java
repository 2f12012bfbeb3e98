package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import org.junit.jupiter.api.Test;

/// The waiting thread, with the real clock and very short times.
class TimersTest {

    private final Timers timers = new Timers(Clock.systemUTC(), Executors.newVirtualThreadPerTaskExecutor());

    /// Keeps the one thread busy until the latch is opened, however long that takes here.
    private CountDownLatch hold() throws InterruptedException {
        var held = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        timers.in(Duration.ZERO, () -> {
            held.countDown();
            try {
                goOn.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        held.await();
        return goOn;
    }

    @Test
    void tasksRunByThemselvesInTheOrderOfTheirTimes() throws InterruptedException {
        var done = new LinkedBlockingQueue<String>();
        CountDownLatch goOn = hold();
        timers.in(Duration.ofMillis(120), () -> done.add("later"));
        timers.in(Duration.ofMillis(10), () -> done.add("soon"));
        goOn.countDown();

        assertThat(done.poll(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo("soon");
        assertThat(done.poll(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo("later");
        timers.close();
    }

    @Test
    void aCancelledTaskAndAFailingOneHarmNobody() throws InterruptedException {
        var cancelled = new CountDownLatch(1);
        var last = new CountDownLatch(1);
        CountDownLatch goOn = hold();
        timers.in(Duration.ofMillis(5), cancelled::countDown).cancel();
        timers.in(Duration.ofMillis(6), () -> {
            throw new IllegalStateException("for this test");
        });
        timers.in(Duration.ofMillis(20), last::countDown);
        goOn.countDown();

        assertThat(last.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(cancelled.getCount()).isEqualTo(1);
        timers.close();
    }

    @Test
    void thousandsOfTasksShareOneThread() throws InterruptedException {
        var done = new CountDownLatch(5_000);
        for (int i = 0; i < 5_000; i++) {
            timers.in(Duration.ofMillis(i % 20), done::countDown);
        }

        assertThat(done.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        List<String> names = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("sender-timers"))
                .toList();
        assertThat(names).isNotEmpty();
        timers.close();
    }
}
