package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final int MANY = 5_000;

    @Test
    void whatComesMeanwhileSharesTheNextTurnInItsOrder() {
        var tasks = new ArrayList<Runnable>();
        var turns = new ArrayList<List<Integer>>();
        var gathering = new Gathering<Integer>(tasks::add, turns::add);
        IntStream.range(0, 4_800).forEach(gathering::add);

        assertThat(tasks).hasSize(1);
        tasks.getFirst().run();

        assertThat(turns).extracting(List::size).containsExactly(2_000, 2_000, 800);
        assertThat(turns.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 4_800).boxed().toList());
    }

    @Test
    void whatFailsTakesNothingElseWithIt() {
        var tasks = new ArrayList<Runnable>();
        var done = new ArrayList<Integer>();
        var gathering = new Gathering<Integer>(tasks::add, some -> {
            if (some.contains(3)) {
                throw new IllegalStateException("for this test");
            }
            done.addAll(some);
        });
        IntStream.range(0, 6).forEach(gathering::add);
        tasks.getFirst().run();

        assertThat(done).containsExactly(0, 1, 2, 4, 5);
    }

    @Test
    void whatIsThereAtTheEndIsDoneAndNothingAfterIt() {
        var done = new ArrayList<Integer>();
        var gathering = new Gathering<Integer>(_ -> {}, done::addAll);
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
            var gathering = new Gathering<Integer>(threads, some -> {
                done.addAll(some);
                some.forEach(_ -> all.countDown());
            });
            for (int who = 0; who < 8; who++) {
                int from = who * MANY;
                threads.execute(() -> IntStream.range(from, from + MANY).forEach(gathering::add));
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
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
