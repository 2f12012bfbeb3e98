package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.db.DatabaseUnavailable;
import org.junit.jupiter.api.Test;

class RetryingBatchTest {

    private static final int MANY = 5_000;

    private final TestClock clock = new TestClock();
    private final TestSenders.Later tasks = new TestSenders.Later();
    private final Timers timers = Timers.byHand(clock, tasks);

    @Test
    void whatComesMeanwhileSharesTheNextTurnInItsOrder() {
        var started = new ArrayList<Runnable>();
        var turns = new ArrayList<List<Integer>>();
        var gathering = new RetryingBatch<Integer>(Timers.byHand(clock, started::add), turns::add);
        IntStream.range(0, 4_800).forEach(gathering::add);

        assertThat(started).hasSize(1);
        started.getFirst().run();

        assertThat(turns).extracting(List::size).containsExactly(2_000, 2_000, 800);
        assertThat(turns.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 4_800).boxed().toList());
    }

    @Test
    void whoHelpsMayHoldALockThatTheWorkWaitsFor() throws InterruptedException {
        var lock = new ReentrantLock();
        var done = new AtomicInteger();
        var gathering = new RetryingBatch<Integer>(Timers.byHand(clock, Thread::startVirtualThread), items -> {
            lock.lock();
            done.addAndGet(items.size());
            lock.unlock();
        });

        Thread helper = Thread.startVirtualThread(() -> {
            lock.lock();
            gathering.add(0);
            Eventually.holds(lock::hasQueuedThreads);
            IntStream.rangeClosed(1, RetryingBatch.MOST_WAITING + 1).forEach(gathering::add);
            lock.unlock();
        });

        assertThat(helper.join(Eventually.LONGEST)).isTrue();
        Eventually.holds(() -> done.get() == RetryingBatch.MOST_WAITING + 2);
    }

    @Test
    void whatFailsTakesNothingElseWithIt() {
        var world = new Flaky();
        world.poisonous.add(3);
        world.add(0, 6);
        assertThat(world.done).isEmpty();
        assertThat(world.gathering.isBehind()).isTrue();

        forward(30);
        assertThat(world.done).as("nothing goes past it before it is given up").containsExactly(0, 1, 2);
        forward(180);

        assertThat(world.done).containsExactly(0, 1, 2, 4, 5);
        assertThat(world.gathering.isBehind()).isFalse();
    }

    @Test
    void whatFailsForAMomentIsDoneLaterAndInItsOrder() {
        var world = new Flaky();
        world.away = Optional.of(new IllegalStateException("the disk is full, for this test"));
        world.add(0, 10);
        forward(5);
        world.add(10, 20);
        assertThat(world.done).isEmpty();

        world.away = Optional.empty();
        forward(10);

        assertThat(world.done)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(world.tries).as("with pauses between").isLessThan(8);
    }

    @Test
    void whatFailsForLongIsNeitherLostNorMistakenForPoison() {
        var world = new Flaky();
        world.poisonous.add(12);
        world.away = Optional.of(new DatabaseUnavailable("It is away, for this test"));
        world.add(0, 10);
        forward(1_800);
        world.away = Optional.of(new IllegalStateException("It does not work yet, for this test"));
        world.add(10, 20);
        forward(60);
        assertThat(world.tries).isLessThan(100);

        world.away = Optional.empty();
        forward(300);

        assertThat(world.done)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).boxed().filter(one -> one != 12).toList());
    }

    @Test
    void onePoisonousAloneIsGivenUpAfterAWhile() {
        var world = new Flaky();
        world.poisonous.add(0);
        world.add(0, 1);
        forward(600);
        assertThat(world.gathering.isBehind()).isFalse();
        int before = world.tries;
        forward(600);
        assertThat(world.tries).isEqualTo(before);
    }

    @Test
    void noMoreIsTakenThanCanBeKeptWhileNothingCanBeDone() {
        var world = new Flaky();
        world.away = Optional.of(new DatabaseUnavailable("It is away, for this test"));
        world.add(0, 1);
        int taken = 0;
        while (world.gathering.add(1 + taken)) {
            taken++;
        }
        assertThat(taken).isEqualTo(RetryingBatch.MOST_WAITING);

        world.away = Optional.empty();
        forward(2);

        assertThat(world.done)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, taken).boxed().toList());
        assertThat(world.gathering.add(taken + 1)).isTrue();
    }

    @Test
    void theEndDoesNotWaitForBetterTimes() {
        var world = new Flaky();
        world.away = Optional.of(new DatabaseUnavailable("It is away, for this test"));
        world.add(0, 3);
        world.away = Optional.empty();

        world.gathering.close();

        assertThat(world.done).containsExactly(0, 1, 2);
    }

    private void forward(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.forward(Duration.ofSeconds(1));
            timers.runDue();
            tasks.runAll();
        }
    }

    /// Work that fails as a test requires.
    private final class Flaky {

        private final List<Integer> done = new ArrayList<>();
        private final Set<Integer> poisonous = new HashSet<>();
        private final RetryingBatch<Integer> gathering = new RetryingBatch<>(timers, this::work);
        private Optional<RuntimeException> away = Optional.empty();
        private int tries;

        private void work(List<Integer> some) {
            tries++;
            if (away.isPresent()) {
                throw away.get();
            }
            if (some.stream().anyMatch(poisonous::contains)) {
                throw new IllegalStateException("poison, for this test");
            }
            done.addAll(some);
        }

        private void add(int from, int to) {
            IntStream.range(from, to).forEach(gathering::add);
            tasks.runAll();
        }
    }

    @Test
    void whatIsThereAtTheEndIsDoneAndNothingAfterIt() {
        var done = new ArrayList<Integer>();
        var gathering = new RetryingBatch<Integer>(timers, done::addAll);
        IntStream.range(0, 700).forEach(gathering::add);

        gathering.close();
        gathering.add(701);
        gathering.close();

        assertThat(done).hasSize(700).doesNotContain(701);
    }

    @Test
    void nothingIsForgottenWhoeverBringsItAndWhenever() throws InterruptedException {
        var done = new ConcurrentLinkedQueue<Integer>();
        var all = new CountDownLatch(8 * MANY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gathering = new RetryingBatch<Integer>(Timers.byHand(clock, threads), some -> {
                done.addAll(some);
                some.forEach(_ -> all.countDown());
            });
            for (int who = 0; who < 8; who++) {
                int from = who * MANY;
                threads.execute(() -> IntStream.range(from, from + MANY).forEach(gathering::add));
            }
            assertThat(all.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).doesNotHaveDuplicates().hasSize(8 * MANY);
        for (int who = 0; who < 8; who++) {
            int from = who * MANY;
            assertThat(done.stream().filter(one -> one >= from && one < from + MANY))
                    .as("each one's in its order")
                    .isSorted();
        }
    }
}
