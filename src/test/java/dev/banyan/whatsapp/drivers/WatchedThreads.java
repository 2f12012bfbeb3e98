package dev.banyan.whatsapp.drivers;

import module java.base;

/// Virtual threads that tell a test how many of them are still at work.
final class WatchedThreads implements Executor {

    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    @Override
    public void execute(Runnable task) {
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                task.run();
            } finally {
                alive.remove(Thread.currentThread());
            }
        });
        alive.add(thread);
        thread.start();
    }

    /// Returns how many there are, without those that wait for others of them ([Turns]).
    long atWork() {
        return alive.stream().filter(thread -> !waitsForItsTurn(thread)).count();
    }

    /// One that was woken up is still inside the semaphore, but no longer waiting.
    private static boolean waitsForItsTurn(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(Semaphore.class.getName()));
    }
}
