package dev.banyan.whatsapp.drivers.waha;

import module java.base;

/// Counts how many calls a fake server is asked at the same time, and how many of them want a history. Histories can be
/// held, so that all that are asked for at once are there together.
final class FakeLoad {

    private int calls;
    private int mostCalls;
    private int histories;
    private int mostHistories;
    private int allHistories;
    private CountDownLatch held = new CountDownLatch(0);

    private static boolean isHistory(String call) {
        return call.contains("/chats/all/messages");
    }

    /// @return ends the call, once
    synchronized Runnable begins(String call) {
        mostCalls = Math.max(mostCalls, ++calls);
        if (isHistory(call)) {
            allHistories++;
            mostHistories = Math.max(mostHistories, ++histories);
        }
        var isOver = new AtomicBoolean();
        return () -> {
            if (isOver.compareAndSet(false, true)) {
                ends(call);
            }
        };
    }

    private synchronized void ends(String call) {
        calls--;
        if (isHistory(call)) {
            histories--;
        }
    }

    /// Waits while histories are held.
    void pass(String call) throws InterruptedException {
        if (isHistory(call)) {
            latch().await();
        }
    }

    private synchronized CountDownLatch latch() {
        return held;
    }

    synchronized void holdHistories() {
        held = new CountDownLatch(1);
    }

    synchronized void releaseHistories() {
        held.countDown();
    }

    /// Counts from now on.
    synchronized void forget() {
        mostCalls = calls;
        mostHistories = histories;
        allHistories = 0;
    }

    synchronized boolean isIdle() {
        return calls == 0;
    }

    synchronized int histories() {
        return histories;
    }

    synchronized int allHistories() {
        return allHistories;
    }

    synchronized int mostHistories() {
        return mostHistories;
    }

    synchronized int mostCalls() {
        return mostCalls;
    }
}
