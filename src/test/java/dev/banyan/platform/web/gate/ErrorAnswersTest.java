package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.web.AllowedMethods;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.OpenConnections;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErrorAnswersTest {

    private static final Map<String, String> REQUEST = Map.of(Gate.SENT_PATH, "/api/me", Call.REQUEST_ID, "r-1");

    @Inject
    ErrorAnswers answers;

    @Inject
    ErrorPages pages;

    @Inject
    AllowedMethods methods;

    @Inject
    OpenConnections sockets;

    @Inject
    Nodes nodes;

    /// Quarkus wraps so what is thrown while a parameter is made.
    @Test
    void aGuardThatFindsNoDatabaseIsAnsweredAsAMethodThatFindsNone() {
        var failure = new WebApplicationException(new DatabaseUnavailable("It is away, for this test"), 400);
        Response answer = answers.webFailure(failure, request());

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    }

    /// Seen: a stop waits for clients, so a request whose client had left found the database closed, and the last thing
    /// that the operator read of an ordinary stop was an error with its stack trace.
    @Test
    void aStopThatOvertakesRequestsOfClientsThatLeftIsNoError() throws InterruptedException {
        var drain = new Drain(sockets, nodes);
        var stopping = new ErrorAnswers(pages, methods, drain, Clock.systemUTC());
        var closed = new DatabaseUnavailable("The database is closed");

        assertThat(logged(() -> stopping.noDatabase(closed, request(true))))
                .as("while it runs")
                .isEqualTo(1);
        assertThat(logged(() -> stopping.failure(new IllegalStateException("ended"), request(true))))
                .as("while it runs")
                .isEqualTo(1);
        drain.stop(new ShutdownDelayInitiatedEvent());
        assertThat(logged(() -> stopping.noDatabase(closed, request(true)))).isZero();
        assertThat(logged(() -> stopping.failure(new IllegalStateException("ended"), request(true))))
                .isZero();
        assertThat(logged(() -> stopping.failure(new IllegalStateException("ended"), request(false))))
                .as("somebody waits for it")
                .isEqualTo(1);
    }

    private static int logged(Runnable act) {
        var lines = new AtomicInteger();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(ErrorAnswers.class.getName());
        log.addHandler(handler);
        try {
            act.run();
        } finally {
            log.removeHandler(handler);
        }
        return lines.get();
    }

    private static RoutingContext request() {
        return request(false);
    }

    private static RoutingContext request(boolean hasLeft) {
        var response = proxy(HttpServerResponse.class, (_, _, _) -> hasLeft);
        return proxy(
                RoutingContext.class,
                (_, method, arguments) ->
                        method.getName().equals("response") ? response : REQUEST.get(String.valueOf(arguments[0])));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
