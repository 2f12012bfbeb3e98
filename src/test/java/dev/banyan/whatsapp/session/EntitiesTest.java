package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entities come and go without losing what they are told, on their own threads.
class EntitiesTest {

    private static final int KEYS = 5;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<SenderKey, List<Integer>> heard = new ConcurrentHashMap<>();
    private final AtomicInteger born = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile CountDownLatch left = new CountDownLatch(0);
    private volatile CompletableFuture<Boolean> told = CompletableFuture.completedFuture(true);
    private final Entities<Integer> entities = new Entities<>(
            threads, (key, _) -> new Listener(key), new RepeatedFailures(EntitiesTest.class, Clock.systemUTC()));

    /// Holds odd numbers only, and falls over zero.
    private final class Listener implements Entities.Entity<Integer> {

        private final SenderKey key;
        private final AtomicInteger inside = new AtomicInteger();
        private boolean holds;

        private Listener(SenderKey key) {
            this.key = key;
            born.incrementAndGet();
        }

        @Override
        public void receive(Integer number) {
            told.join();
            assertThat(inside.incrementAndGet()).as("one at a time").isOne();
            try {
                if (number == 0) {
                    throw new IllegalStateException("for this test");
                }
                heard.computeIfAbsent(key, _ -> new ArrayList<>()).add(number);
                holds = number % 2 == 1;
            } finally {
                inside.decrementAndGet();
                left.countDown();
            }
        }

        @Override
        public boolean isEmpty() {
            return !holds;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        entities.close().join();
        threads.close();
    }

    private static SenderKey key(int number) {
        return new SenderKey(new AccountId(new UUID(7, 1)), new SenderId("sender-" + number));
    }

    private void await() throws InterruptedException {
        assertThat(left.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsToldToThoseThatComeAndGoIsHeardOnceAndInOrder() throws InterruptedException {
        int waves = 50;
        int words = 40;
        for (int wave = 0; wave < waves; wave++) {
            // Each is dropped after one wave before the next one starts, or holds something.
            left = new CountDownLatch(KEYS * words);
            for (int value = wave * words + 1; value <= (wave + 1) * words; value++) {
                for (int one = 0; one < KEYS; one++) {
                    entities.tell(key(one), value);
                }
            }
            await();
        }

        assertThat(heard)
                .hasSize(KEYS)
                .allSatisfy((_, values) ->
                        assertThat(values).hasSize(waves * words).isSorted().doesNotHaveDuplicates());
        assertThat(born.get()).as("they really came and went").isGreaterThan(KEYS);
    }

    @Test
    void whatHoldsSomethingStays() throws InterruptedException {
        for (int value = 1; value < 20; value += 2) {
            left = new CountDownLatch(1);
            entities.tell(key(1), value);
            await();
        }

        assertThat(born).hasValue(1);
    }

    @Test
    void whatFallsOverACommandIsSavedAndItsSuccessorGoesOnWithTheNext() throws InterruptedException {
        left = new CountDownLatch(3);
        told = new CompletableFuture<>(); // else the successor may have no command yet, and be dropped
        entities.tell(key(1), 1);
        entities.tell(key(1), 0);
        entities.tell(key(1), 3);
        told.complete(true);
        await();

        assertThat(heard.get(key(1))).containsExactly(1, 3);
        assertThat(born).hasValue(2);
        assertThat(closed).hasValue(1);
    }

    @Test
    void atTheEndAllIsHeardAndSavedAndNothingElseIsTold() {
        entities.tell(key(1), 1);
        entities.tell(key(2), 3);

        entities.close().join();

        assertThat(heard).containsOnlyKeys(key(1), key(2));
        assertThat(closed).hasValue(2);
        assertThat(entities.tell(key(1), 5)).isFalse();
        assertThat(heard.get(key(1))).containsExactly(1);
    }
}
