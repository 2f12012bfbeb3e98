package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.ConnectionChanged;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// The door for webhooks: each is checked on its raw bytes, stored before it is acknowledged, and processed afterwards,
/// also after a restart. What can't be processed now is tried again, ever less often.
@Singleton
public final class Hooks implements Recurring {

    private static final Logger LOG = Logger.getLogger(Hooks.class);

    /// What came of a webhook.
    public enum Accepted {
        KEPT,
        /// There is no such connection.
        UNKNOWN,
        UNSIGNED,
        FORGED,
        /// It could not be stored; the gateway is to repeat it.
        BUSY
    }

    /// Webhooks in memory at the same time; later ones wait in the database.
    private static final int AT_ONCE = 2_000;

    /// The same for their texts: one may have megabytes.
    private static final long BYTES_AT_ONCE = Runtime.getRuntime().maxMemory() / 16;

    private static final int SWEPT = 500;
    private static final int BYTES_SWEPT = 8 << 20;
    /// How long a webhook may take before the job takes it up again.
    private static final Duration OURS = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int DOUBLED_AT_MOST = 9;
    /// After this many tries, which take about a day, a webhook is given up.
    private static final int TRIES = 40;

    private final Database database;
    private final LiveAccounts accounts;
    private final OtherNodes others;
    private final Lines lines;
    private final Map<DriverKind, GatewayDriver> drivers = new EnumMap<>(DriverKind.class);
    private final GatewayTemplates templates;
    private final Uuids uuids;
    private final Clock clock;
    private final ExecutorService threads;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong bytesUnderWay = new AtomicLong();
    /// How often a sweep was asked for since the last one began.
    private final AtomicInteger asked = new AtomicInteger();
    private final RetryingBatch<UUID> done;

    public Hooks(
            Database database,
            LiveAccounts accounts,
            OtherNodes others,
            Lines lines,
            @All List<GatewayDriver> drivers,
            GatewayTemplates templates,
            Uuids uuids,
            Timers timers,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.accounts = accounts;
        this.others = others;
        accounts.onCame(this::came);
        this.lines = lines;
        drivers.forEach(driver -> this.drivers.put(driver.kind(), driver));
        this.templates = templates;
        this.uuids = uuids;
        this.clock = clock;
        this.threads = threads;
        this.done = new RetryingBatch<>(threads, timers, this::delete);
    }

    private void delete(List<UUID> ids) {
        database.write(tx -> {
            new HookStore(tx).delete(ids);
            return true;
        });
    }

    private Optional<GatewayDriver> driver(GatewayAccess access) {
        return Optional.ofNullable(drivers.get(access.connection().driver()));
    }

    /// Answers a gateway's question whether this address is ours.
    ///
    /// @return the text of the answer; empty to refuse
    public Optional<String> greeting(ConnectionId id, Map<String, String> query) {
        return lines.gateway(id)
                .flatMap(access ->
                        driver(access).flatMap(driver -> driver.gateway().greeting(access, query)));
    }

    public Accepted accept(ConnectionId id, HookRequest request) {
        Optional<GatewayAccess> access = lines.gateway(id);
        Optional<GatewayDriver> driver = access.flatMap(this::driver);
        if (access.isEmpty() || driver.isEmpty()) {
            return Accepted.UNKNOWN;
        }
        return switch (driver.get().gateway().isGenuine(access.get(), request)) {
            case UNSIGNED -> Accepted.UNSIGNED;
            case NO -> Accepted.FORGED;
            case YES -> keep(access.get(), driver.get(), request);
        };
    }

    private Accepted keep(GatewayAccess access, GatewayDriver driver, HookRequest request) {
        Instant now = clock.instant();
        boolean isOurs = accounts.isOurs(access.connection().tenant()) && hasRoom();
        var row = new HookStore.Row(
                uuids.next(),
                access.connection().tenant(),
                access.connection().id(),
                driver.gateway().repeatKey(request),
                new String(request.body(), StandardCharsets.UTF_8),
                0,
                isOurs ? now.plus(OURS) : now,
                now);
        try {
            if (database.write(row.tenant(), tx -> new HookStore(tx).insert(row.tenant(), row)) && isOurs) {
                begin(row);
                threads.execute(() -> process(access, driver, row));
            } else if (!accounts.isOurs(row.tenant())) {
                threads.execute(() -> passOn(row.tenant()));
            }
            return Accepted.KEPT;
        } catch (DatabaseUnavailable _) {
            return Accepted.BUSY;
        }
    }

    /// Tells the server that has the numbers of an account that webhooks wait for it. If it does not hear that, its job
    /// finds them.
    private void passOn(AccountId account) {
        accounts.elsewhere(account).ifPresentOrElse(_ -> others.tell(new HooksWaiting(account)), this::sweepSoon);
    }

    void waiting(@Observes HooksWaiting news) {
        if (accounts.isOurs(news.account())) {
            sweepSoon();
        }
    }

    private void sweepSoon() {
        if (asked.getAndIncrement() == 0) {
            threads.execute(() -> {
                int before;
                do {
                    before = asked.get();
                    sweep();
                } while (!asked.compareAndSet(before, 0));
            });
        }
    }

    /// What another server was processing is processed here.
    private void came(AccountId account) {
        database.write(tx -> {
            new HookStore(tx).hurry(account, clock.instant());
            return true;
        });
        sweepSoon();
    }

    private void process(GatewayAccess access, GatewayDriver driver, HookStore.Row row) {
        try {
            List<HookEvent> events = driver.gateway().read(access, row.body().getBytes(StandardCharsets.UTF_8));
            if (events.stream().anyMatch(HookEvent.TemplatesChanged.class::isInstance)) {
                templates.forget(row.connection());
            }
            driver.happened(access, events).whenComplete((_, failure) -> {
                end(row);
                if (failure == null) {
                    done.add(row.id());
                } else {
                    later(row, failure);
                }
            });
        } catch (RuntimeException failure) {
            end(row);
            later(row, failure);
        }
    }

    private void later(HookStore.Row row, Throwable failure) {
        if (row.tries() >= TRIES) {
            LOG.errorf("Gave up a webhook of connection %s: %s", row.connection(), failure.getMessage());
            gaveUp(row);
            done.add(row.id());
            return;
        }
        LOG.debugf("A webhook of connection %s is tried again: %s", row.connection(), failure.getMessage());
        Instant next = clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(row.tries(), DOUBLED_AT_MOST)));
        try {
            database.write(tx -> {
                new HookStore(tx).putOff(List.of(row.id()), next, true);
                return true;
            });
        } catch (DatabaseUnavailable _) {
            // It is due by itself a little later.
        }
    }

    /// What is never shown in an inbox is on the phone still: people must know that it is there.
    private void gaveUp(HookStore.Row row) {
        lines.gateway(row.connection())
                .ifPresent(access -> driver(access)
                        .ifPresent(driver -> driver.gaveUp(
                                access, driver.gateway().read(access, row.body().getBytes(StandardCharsets.UTF_8)))));
    }

    /// Takes up what is due: webhooks that came in while too many were under way, that failed, or that a stopped server
    /// left behind.
    synchronized void sweep() {
        Optional<HookStore.Row> last = Optional.empty();
        do {
            Instant now = clock.instant();
            Optional<HookStore.Row> after = last;
            List<HookStore.Row> due = database.read(tx -> new HookStore(tx).due(now, after, SWEPT, BYTES_SWEPT));
            // An account that another server has is left to it.
            List<HookStore.Row> ours =
                    due.stream().filter(row -> accounts.isForUs(row.tenant())).toList();
            database.write(tx -> {
                new HookStore(tx).putOff(ours.stream().map(HookStore.Row::id).toList(), now.plus(OURS), false);
                return true;
            });
            ours.forEach(this::takeUp);
            last = due.isEmpty() ? Optional.empty() : Optional.of(due.getLast());
        } while (last.isPresent() && hasRoom());
    }

    private boolean hasRoom() {
        return underWay.get() < AT_ONCE && bytesUnderWay.get() < BYTES_AT_ONCE;
    }

    private void begin(HookStore.Row row) {
        underWay.incrementAndGet();
        bytesUnderWay.addAndGet(row.body().length());
    }

    private void end(HookStore.Row row) {
        underWay.decrementAndGet();
        bytesUnderWay.addAndGet(-row.body().length());
    }

    private void takeUp(HookStore.Row row) {
        Optional<GatewayAccess> access = lines.gateway(row.connection());
        Optional<GatewayDriver> driver = access.flatMap(this::driver);
        begin(row);
        if (driver.isPresent()) {
            threads.execute(() -> process(access.get(), driver.get(), row));
        } else {
            end(row);
            later(row, new IllegalStateException("its credentials can’t be read"));
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "process-webhooks", "Processes webhooks of gateways.", this::sweep)
                .onEachServer();
    }

    /// A changed address or key is tried at once.
    void connectionChanged(@Observes ConnectionChanged changed) {
        threads.execute(() -> lines.gateway(changed.connection())
                .ifPresent(access -> driver(access).ifPresent(driver -> driver.changed(access))));
    }

    void atShutdown(@Observes ShutdownEvent event) {
        done.close();
    }
}
