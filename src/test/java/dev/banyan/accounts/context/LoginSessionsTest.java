package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.FailingDatabase;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.limits.TestLimits;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LoginSessionsTest {

    private final TestClock clock = new TestClock();
    private final Database database;
    private final FailingDatabase failing;
    private final LoginSessions sessions;
    private final AccountContext owner;

    LoginSessionsTest(Database database) {
        this.database = database;
        this.failing = new FailingDatabase(database);
        this.sessions = new LoginSessions(failing, TestLimits.settings(), new TestEvents<>(), clock);
        this.owner = StoredAccounts.agency(database);
    }

    /// Returns a request with these cookies and nothing else.
    private static HttpServerRequest with(Map<String, String> cookies) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HttpServerRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (_, method, arguments) -> method.getName().equals("getCookie") && cookies.containsKey(arguments[0])
                        ? Cookie.cookie((String) arguments[0], cookies.get(arguments[0]))
                        : null);
    }

    /// What a session only remembers waits; who is signed in reads on.
    @Test
    void aSessionIsReadWhileNothingCanBeWritten() {
        var opened = database.write(tx -> sessions.open(tx, owner.identity()));
        var request = with(Map.of("banyan_session", opened.token(), "banyan_zone", "Asia/Dubai"));
        clock.forward(Duration.ofHours(2)); // long enough to be renewed
        failing.isFull();

        var cookies = new ArrayList<String>();
        assertThat(sessions.resolve(request, cookies::add))
                .hasValueSatisfying(
                        caller -> assertThat(((Caller.SignedIn) caller).zone()).contains(ZoneId.of("Asia/Dubai")));
        assertThat(cookies).isEmpty();

        failing.comesBack();
        assertThat(sessions.resolve(request, cookies::add)).isPresent();
        assertThat(cookies).hasSize(1);
    }
}
