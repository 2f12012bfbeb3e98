package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import module java.base;
import dev.banyan.Eventually;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTurnsTest {

    private static final int CONNECTIONS = 4;
    private static final int MOST = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ThreadLocal<Boolean> isRequest = ThreadLocal.withInitial(() -> false);
    private final ConnectionTurns turns = new ConnectionTurns(CONNECTIONS, MOST, PATIENCE, isRequest::get);
    private final AtomicInteger served = new AtomicInteger();

    /// Nor behind a hundred numbers that connect.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noneWaitsBehindAllTheOthers(boolean areRequests) throws Exception {
        var end = new CountDownLatch(1);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                others.submit(() -> {
                    take(areRequests, end);
                    return true;
                });
            }
            Eventually.until(served::get, now -> now == MOST);

            var ended = new CountDownLatch(0);
            others.submit(() -> {
                        take(!areRequests, ended);
                        return true;
                    })
                    .get();

            assertThat(served).hasValue(MOST + 1);
            end.countDown();
        }
        assertThat(served).hasValue(101);
    }

    @Test
    void oneThatComesTooLateTakesNothingWithIt() throws Exception {
        var hasty = new ConnectionTurns(1, 1, Duration.ZERO, isRequest::get);
        hasty.await();
        for (int i = 0; i < 3; i++) {
            isRequest.set(true);
            assertThat(catchThrowable(hasty::await)).isInstanceOf(SQLException.class);
            isRequest.set(false);
        }
        hasty.end();

        isRequest.set(true);
        hasty.await();
        hasty.end();
    }

    private void take(boolean forRequest, CountDownLatch end) throws SQLException, InterruptedException {
        isRequest.set(forRequest);
        turns.await();
        served.incrementAndGet();
        end.await();
        turns.end();
    }
}
