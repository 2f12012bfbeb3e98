package dev.banyan.whatsapp.drivers.waha;

import module java.base;

/// Scripted faults of a fake gateway: each is used once, by the next call whose method and path contain its text.
public final class FakeFaults {

    /// What goes wrong.
    public sealed interface Fault {

        /// Answers this in place of doing anything.
        record Answers(int status, String body) implements Fault {}

        /// Does nothing and never answers.
        record Hangs() implements Fault {}

        /// Does nothing and closes the connection.
        record Closes() implements Fault {}

        /// Does it, but never answers.
        record DoesItAndHangs() implements Fault {}

        /// Does it, but closes the connection without an answer.
        record DoesItAndCloses() implements Fault {}
    }

    private record Planned(String calls, Fault fault) {}

    private final List<Planned> planned = new ArrayList<>();
    private CountDownLatch hanging = new CountDownLatch(1);

    /// @param calls a part of the method and the path, such as `POST /api/sendText`
    public synchronized void next(String calls, Fault fault) {
        planned.add(new Planned(calls, fault));
    }

    synchronized Optional<Fault> of(String call) {
        for (Planned plan : planned) {
            if (call.contains(plan.calls())) {
                planned.remove(plan);
                return Optional.of(plan.fault());
            }
        }
        return Optional.empty();
    }

    /// Waits until the server dies or a test ends the waiting.
    void hang() throws InterruptedException {
        latch().await();
    }

    private synchronized CountDownLatch latch() {
        return hanging;
    }

    synchronized void endHanging() {
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }
}
