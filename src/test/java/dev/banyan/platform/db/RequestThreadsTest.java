package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Timers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestThreadsTest {

    @Inject
    @VirtualThreads
    ExecutorService requests;

    @Inject
    Timers timers;

    @Test
    void requestsAreKnownByTheirThreads() throws Exception {
        assertThat(requests.submit(FairPool::isForRequest).get()).isTrue();
    }

    @Test
    void whatIsDoneForNumbersIsNoRequest() throws Exception {
        var atOnce = new CompletableFuture<Boolean>();
        var later = new CompletableFuture<Boolean>();

        timers.now(() -> atOnce.complete(FairPool.isForRequest()));
        timers.in(Duration.ZERO, () -> later.complete(FairPool.isForRequest()));

        assertThat(atOnce.get()).isFalse();
        assertThat(later.get()).isFalse();
    }
}
