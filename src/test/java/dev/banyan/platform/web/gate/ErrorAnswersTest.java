package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.web.Call;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErrorAnswersTest {

    private static final Map<String, String> REQUEST = Map.of(Gate.SENT_PATH, "/api/me", Call.REQUEST_ID, "r-1");

    @Inject
    ErrorAnswers answers;

    /// Quarkus wraps so what is thrown while a parameter is made.
    @Test
    void aGuardThatFindsNoDatabaseIsAnsweredAsAMethodThatFindsNone() {
        var failure = new WebApplicationException(new DatabaseUnavailable("It is away, for this test"), 400);
        Response answer = answers.webFailure(failure, request());

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    }

    private static RoutingContext request() {
        return (RoutingContext) Proxy.newProxyInstance(
                RoutingContext.class.getClassLoader(),
                new Class<?>[] {RoutingContext.class},
                (_, _, arguments) -> REQUEST.get(String.valueOf(arguments[0])));
    }
}
