package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestThreadsTest {

    @Inject
    @VirtualThreads
    ExecutorService requests;

    @Test
    void requestsAreKnownByTheirThreads() throws Exception {
        assertThat(requests.submit(FairPool::isForRequest).get()).isTrue();
        try (var work = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(work.submit(FairPool::isForRequest).get()).isFalse();
        }
    }
}
