package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.gate.KeyRequests;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The log of requests that programs make with keys, for seven days. It is written every few seconds, so that no
/// request waits for it; when more wait than memory is meant for, the newest are left out.
@Singleton
final class RequestLog implements KeyRequests, Expiring, Recurring {

    static final Duration KEPT = Duration.ofDays(7);
    static final int WAITING_AT_MOST = 20_000;

    private static final int TOGETHER = 200;
    private static final int LONGEST_ROUTE = 200;
    private static final int LONGEST_ID = 64;
    /// Routes of LinkToMe, as programs with a key write them.
    private static final String ADMIN = " /api/admin/";

    private record Waiting(AccountId tenant, LoggedRequest request) {}

    private final Database database;
    private final Uuids uuids;
    private final Clock clock;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);

    RequestLog(Database database, Uuids uuids, Clock clock) {
        this.database = database;
        this.uuids = uuids;
        this.clock = clock;
    }

    @Override
    public void answered(KeyDoor.Key key, Answered request) {
        waiting.offer(new Waiting(
                key.account(),
                new LoggedRequest(
                        uuids.next(),
                        clock.instant(),
                        key.id(),
                        cut(request.route().replace(ADMIN, " /v1/"), LONGEST_ROUTE),
                        request.status(),
                        request.code(),
                        request.took(),
                        cut(request.requestId(), LONGEST_ID))));
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    /// Returns the requests of an account, newest first.
    List<LoggedRequest> of(AccountId tenant, RequestFilter filter, Optional<UUID> after, int limit) {
        return database.read(tx -> new RequestLogStore(tx).list(tenant, filter, after, limit));
    }

    /// Writes what waits.
    synchronized void write() {
        var some = new ArrayList<Waiting>();
        while (waiting.drainTo(some, TOGETHER) > 0) {
            Map<AccountId, List<LoggedRequest>> byTenant = some.stream()
                    .collect(Collectors.groupingBy(
                            Waiting::tenant, Collectors.mapping(Waiting::request, Collectors.toList())));
            try {
                write(byTenant);
            } catch (DatabaseUnavailable away) {
                some.forEach(waiting::offer);
                throw away;
            }
            some.clear();
        }
    }

    private void write(Map<AccountId, List<LoggedRequest>> byTenant) {
        database.act(tx -> {
            // An account that no longer exists has no log.
            byTenant.forEach((tenant, requests) -> {
                if (new AccountStore(tx).find(tenant).isPresent()) {
                    new RequestLogStore(tx).insert(tenant, requests);
                }
            });
        });
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "log-key-requests", "Writes which requests API keys made.", this::write)
                .onEachServer();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        write();
    }

    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new RequestLogStore(tx).deleteBefore(clock.instant().minus(KEPT)));
    }
}
