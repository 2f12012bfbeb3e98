package dev.banyan.whatsapp.drivers.cloud;

import module java.base;

/// What goes wrong, call by call.
public final class FakeFaults {

    public sealed interface Fault {

        /// Meta's program refuses with this code.
        record Code(int code) implements Fault {}

        /// A server in between answers with a page.
        record Bare(int status) implements Fault {}

        /// No answer comes until [FakeFaults#release].
        ///
        /// @param isCarriedOut whether the request was carried out before
        record Hang(boolean isCarriedOut) implements Fault {}

        /// The connection breaks before an answer.
        record Broken(boolean isCarriedOut) implements Fault {}
    }

    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Fault> always = new HashMap<>();
    private CountDownLatch hanging = new CountDownLatch(1);

    /// @param edge `messages`, `media`, …, or `node` for what has none
    public synchronized void next(String edge, Fault... faults) {
        next.computeIfAbsent(edge, _ -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    public synchronized void always(String edge, Fault fault) {
        always.put(edge, fault);
    }

    public synchronized void heal() {
        next.clear();
        always.clear();
        release();
    }

    /// Lets what hangs go on.
    public synchronized void release() {
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }

    synchronized Optional<Fault> take(String edge) {
        Deque<Fault> waiting = next.getOrDefault(edge, new ArrayDeque<>());
        return Optional.ofNullable(waiting.poll()).or(() -> Optional.ofNullable(always.get(edge)));
    }

    void hang() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = hanging;
        }
        latch.await();
    }
}
