package dev.banyan.accounts.keys;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.FailingDatabase;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.gate.KeyRequests;
import org.junit.jupiter.api.Test;

/// The log of requests in the database.
@OnEveryDatabase
class RequestLogStoreContractTest {

    private static final RequestFilter ALL = new RequestFilter("", "", "");

    private final Database database;
    private final AccountId tenant;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

    RequestLogStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.agency(database).root().id();
    }

    private LoggedRequest request(String key, String route, int status) {
        return new LoggedRequest(
                uuids.next(),
                NOW,
                key,
                route,
                status,
                status < 400 ? Optional.empty() : Optional.of("not-found"),
                Duration.ofMillis(12),
                "request-1");
    }

    private List<LoggedRequest> list(RequestFilter filter, Optional<UUID> after, int limit) {
        return database.read(tx -> new RequestLogStore(tx).list(tenant, filter, after, limit));
    }

    @Test
    void requestsAreListedNewestFirstAndFiltered() {
        LoggedRequest first = request("k1", "GET /v1/GetPages", 200);
        LoggedRequest second = request("k2", "POST /v1/CreatePage", 404);
        LoggedRequest third = request("k1", "GET /v1/GetLinks", 503);
        database.write(tx -> {
            new RequestLogStore(tx).insert(tenant, List.of(first, second, third));
            return true;
        });

        assertThat(list(ALL, Optional.empty(), 10)).containsExactly(third, second, first);
        assertThat(list(ALL, Optional.of(third.id()), 1)).containsExactly(second);
        assertThat(list(new RequestFilter("k1", "", ""), Optional.empty(), 10)).containsExactly(third, first);
        assertThat(list(new RequestFilter("", "4", ""), Optional.empty(), 10)).containsExactly(second);
        assertThat(list(new RequestFilter("", "503", ""), Optional.empty(), 10)).containsExactly(third);
        assertThat(list(new RequestFilter("", "", "get /v1/getp"), Optional.empty(), 10))
                .containsExactly(first);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() {
        var failing = new FailingDatabase(database);
        var log = new RequestLog(failing, uuids, Clock.systemUTC());
        log.answered(
                new KeyDoor.Key("k3", tenant),
                new KeyRequests.Answered("r", "GET /v1/GetPages", 200, Optional.empty(), Duration.ofMillis(3)));
        failing.isFull();
        assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(log::write);
        assertThat(list(ALL, Optional.empty(), 10)).isEmpty();

        failing.comesBack();
        log.write();

        assertThat(list(ALL, Optional.empty(), 10))
                .extracting(LoggedRequest::key)
                .containsExactly("k3");
    }
}
