package dev.banyan.platform.jobs;

import module java.base;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

final class OwnWorkThreads {

    private OwnWorkThreads() {}

    @Produces
    @Singleton
    @OwnWork
    static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("own-work-", 0).factory());
    }

    static void end(@Disposes @OwnWork ExecutorService threads) {
        threads.shutdown();
    }
}
