package dev.banyan.whatsapp.drivers.evolution;

import module java.base;

/// What goes wrong next, call by call.
final class FakeFaults {

    sealed interface Fault {

        /// Answers like this instead of doing anything.
        record Says(FakeAnswer answer) implements Fault {}

        /// Does it, and answers like this.
        record DoesAndSays(FakeAnswer answer) implements Fault {}

        /// Answers nothing, until the fake is closed.
        record Hangs() implements Fault {}

        /// Does it, and answers nothing.
        record DoesAndHangs() implements Fault {}

        /// Closes the connection.
        record Closes() implements Fault {}

        /// Does it, and closes the connection.
        record DoesAndCloses() implements Fault {}
    }

    private record Planned(String path, Fault fault) {}

    private final List<Planned> planned = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /// @param path what the next such path contains; `/` is the root only
    synchronized void next(String path, Fault fault) {
        planned.add(new Planned(path, fault));
    }

    synchronized Optional<Fault> take(String path) {
        Optional<Planned> found = planned.stream()
                .filter(one -> one.path().equals("/") ? path.equals("/") : path.contains(one.path()))
                .findFirst();
        found.ifPresent(planned::remove);
        return found.map(Planned::fault);
    }

    void hang() throws InterruptedException {
        end.await();
    }

    void release() {
        end.countDown();
    }
}
