package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Programs that hear the events of an account for as long as they are connected, to this server or another one.
/// Nothing is kept for them.
@Singleton
final class Listeners {
    /// Another server says twice in this time that a program is connected to it.
    static final Duration BELIEVED_FOR = Duration.ofSeconds(90);

    private static final int ARRIVING_AT_MOST = 10_000;

    /// An event as webhooks get it.
    ///
    /// @param body what is signed
    record Told(String id, String type, String body) {}

    /// A program is connected to a server.
    record ProgramListens(AccountId tenant) implements News {}

    /// An event for the programs that are connected to other servers.
    record ToldElsewhere(AccountId tenant, Told event) implements News {}

    interface Listener {

        /// Asked for each event, before its commit on this server.
        boolean hears(Tx tx, String type);

        void tell(Told event);
    }

    private final OtherNodes others;
    private final Database database;
    private final Clock clock;
    private final Map<AccountId, List<Listener>> byTenant = new ConcurrentHashMap<>();
    private final Map<AccountId, Instant> elsewhereUntil = new ConcurrentHashMap<>();
    /// One thread: the events of another server keep their order. Of more than can be passed on, the newest are left
    /// out.
    private final ExecutorService arriving = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(ARRIVING_AT_MOST),
            Thread.ofVirtual().name("listeners").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    Listeners(OtherNodes others, Database database, Clock clock) {
        this.others = others;
        this.database = database;
        this.clock = clock;
    }

    /// @return ends it
    Runnable add(AccountId tenant, Listener listener) {
        byTenant.merge(
                tenant,
                List.of(listener),
                (known, more) -> Stream.concat(known.stream(), more.stream()).toList());
        others.tell(new ProgramListens(tenant));
        return () -> byTenant.computeIfPresent(tenant, (_, known) -> {
            List<Listener> left =
                    known.stream().filter(other -> !other.equals(listener)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /// Lets other servers know which programs are still connected to this one.
    void renew() {
        byTenant.keySet().forEach(tenant -> others.tell(new ProgramListens(tenant)));
        elsewhereUntil.values().removeIf(until -> until.isBefore(clock.instant()));
    }

    boolean areThere(AccountId tenant) {
        return byTenant.containsKey(tenant) || areElsewhere(tenant);
    }

    private boolean areElsewhere(AccountId tenant) {
        Instant until = elsewhereUntil.get(tenant);
        return until != null && until.isAfter(clock.instant());
    }

    /// Tells those who may hear an event, after its commit.
    void tell(Tx tx, AccountId tenant, Told event) {
        List<Listener> here = hearing(tx, tenant, event);
        boolean elsewhere = areElsewhere(tenant);
        if (!here.isEmpty() || elsewhere) {
            tx.afterCommit(() -> {
                here.forEach(listener -> listener.tell(event));
                if (elsewhere) {
                    others.tell(new ToldElsewhere(tenant, event));
                }
            });
        }
    }

    private List<Listener> hearing(Tx tx, AccountId tenant, Told event) {
        return byTenant.getOrDefault(tenant, List.of()).stream()
                .filter(listener -> listener.hears(tx, event.type()))
                .toList();
    }

    void listens(@Observes ProgramListens news) {
        elsewhereUntil.put(news.tenant(), clock.instant().plus(BELIEVED_FOR));
    }

    void told(@Observes ToldElsewhere news) {
        if (byTenant.containsKey(news.tenant())) {
            arriving.execute(() -> hearElsewhere(news)); // the next news don't wait for the database
        }
    }

    private void hearElsewhere(ToldElsewhere news) {
        try {
            List<Listener> here = database.read(tx -> hearing(tx, news.tenant(), news.event()));
            here.forEach(listener -> listener.tell(news.event()));
        } catch (RuntimeException failure) {
            Log.warnf("An event of another server was not passed on: %s", failure.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        arriving.shutdownNow();
    }
}
