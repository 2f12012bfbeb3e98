package dev.banyan.platform;

import module java.base;
import dev.banyan.Eventually;

/// Runs the same work many times concurrently, like requests: on virtual threads that start together.
public final class AtOnce {

    private AtOnce() {}

    /// @param work called with the number of its run, from 0
    /// @return the results in the order of these numbers
    public static <T> List<T> run(int times, IntFunction<T> work) {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, times)
                    .mapToObj(number -> threads.submit(() -> {
                        go.await();
                        return work.apply(number);
                    }))
                    .toList();
            go.countDown();
            return running.stream().map(AtOnce::result).toList();
        }
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("One of the runs failed", failure.getCause());
        } catch (TimeoutException | InterruptedException failure) {
            throw new AssertionError("The runs do not end", failure);
        }
    }
}
