package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LivePool;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.ConnectionChanged;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Processes stored webhooks, also after a restart. What can't be processed now is tried again, ever less often.
@Singleton
public final class HookProcessing implements Recurring {

    /// How long a webhook may take before the job takes it up again.
    static final Duration OURS = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(HookProcessing.class);

    /// Webhooks in memory at the same time; later ones wait in the database.
    private static final int AT_ONCE = 2_000;

    /// The same for their texts: one may have megabytes.
    private static final long BYTES_AT_ONCE = Runtime.getRuntime().maxMemory() / 16;

    private static final int SWEPT = 500;
    private static final int BYTES_SWEPT = 8 << 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int DOUBLED_AT_MOST = 9;
    /// After this many tries, which take about a day, a webhook is given up.
    private static final int TRIES = 40;
    /// After this many tries, which take ten minutes, a message is shown without its file.
    private static final int TRIES_WITH_FILE = 7;

    private final Database database;
    private final LivePools pools;
    private final OtherNodes others;
    private final Lines lines;
    private final Map<DriverKind, GatewayDriver> drivers = new EnumMap<>(DriverKind.class);
    private final GatewayTemplates templates;
    private final Timers timers;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong bytesUnderWay = new AtomicLong();
    /// How often a sweep was asked for since the last one began.
    private final AtomicInteger asked = new AtomicInteger();
    private final RetryingBatch<UUID> done;

    HookProcessing(
            Database database,
            LivePools pools,
            OtherNodes others,
            Lines lines,
            @All List<GatewayDriver> drivers,
            GatewayTemplates templates,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.pools = pools;
        pools.onCame(this::came);
        this.others = others;
        this.lines = lines;
        drivers.forEach(driver -> this.drivers.put(driver.kind(), driver));
        this.templates = templates;
        this.timers = timers;
        this.clock = clock;
        this.done = new RetryingBatch<>(timers, this::delete);
    }

    private void delete(List<UUID> ids) {
        database.write(tx -> {
            new HookStore(tx).delete(ids);
            return true;
        });
    }

    Optional<GatewayDriver> driver(GatewayAccess access) {
        return Optional.ofNullable(drivers.get(access.connection().driver()));
    }

    void sweepSoon() {
        if (asked.getAndIncrement() == 0) {
            timers.now(() -> {
                int before;
                do {
                    before = asked.get();
                    sweep();
                } while (!asked.compareAndSet(before, 0));
            });
        }
    }

    /// What another server was processing is processed here.
    private void came(List<LivePool> taken) {
        Map<AccountId, List<SenderId>> masters = taken.stream()
                .map(SenderKey::of)
                .collect(Collectors.groupingBy(
                        SenderKey::tenant, Collectors.mapping(SenderKey::id, Collectors.toList())));
        database.write(tx -> {
            masters.forEach((tenant, some) -> new HookStore(tx).hurry(tenant, some, clock.instant()));
            return true;
        });
        sweepSoon();
    }

    private void process(GatewayAccess access, GatewayDriver driver, HookStore.Row row) {
        try {
            byte[] body = row.body().getBytes(StandardCharsets.UTF_8);
            Stream<GatewayAccess> others = row.remote().isPresent() ? Stream.of() : others(access, driver, body);
            CompletableFuture<?>[] all = Stream.concat(Stream.of(access), others)
                    .map(each -> happened(each, driver, events(each, driver, row)))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).whenComplete((_, failure) -> {
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

    /// Returns the account's other connections that a webhook tells of, which came to the address of this one.
    Stream<GatewayAccess> others(GatewayAccess access, GatewayDriver driver, byte[] body) {
        return driver.gateway().concernsOthers(access, body)
                ? lines.others(access).stream().filter(other -> driver.gateway().isOf(other, body))
                : Stream.of();
    }

    private static List<HookEvent> events(GatewayAccess access, GatewayDriver driver, HookStore.Row row) {
        return driver.gateway().read(access, row.body().getBytes(StandardCharsets.UTF_8)).stream()
                .filter(event -> row.remote().isEmpty() || row.remote().get().equals(event.remote()))
                .map(event -> HookEvent.arrived(event, row.createdAt()))
                .map(event -> row.tries() < TRIES_WITH_FILE ? event : HookEvent.withoutFile(event))
                .toList();
    }

    private CompletableFuture<Void> happened(GatewayAccess access, GatewayDriver driver, List<HookEvent> events) {
        events.stream()
                .filter(HookEvent.Notice.class::isInstance)
                .map(HookEvent.Notice.class::cast)
                .forEach(notice ->
                        others.tell(new GatewayNoticed(access.connection().id(), notice)));
        if (events.stream().anyMatch(HookEvent.TemplatesChanged.class::isInstance)) {
            templates.forget(access.connection().id());
        }
        return driver.happened(access, events);
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
                .ifPresent(access ->
                        driver(access).ifPresent(driver -> driver.gaveUp(access, events(access, driver, row))));
    }

    /// Takes up what is due: webhooks that came in while too many were under way, that failed, or that a stopped server
    /// left behind.
    synchronized void sweep() {
        Optional<HookStore.Row> last = Optional.empty();
        do {
            Instant now = clock.instant();
            Optional<HookStore.Row> after = last;
            List<HookStore.Row> due = database.read(tx -> new HookStore(tx).due(now, after, SWEPT, BYTES_SWEPT));
            // A pool that another server has is left to it.
            Set<LivePool> ourPools = pools.forUs(due.stream()
                    .flatMap(row -> row.pool().stream())
                    .map(SenderKey::asPool)
                    .collect(Collectors.toSet()));
            List<HookStore.Row> ours = due.stream()
                    .filter(row -> row.pool()
                            .map(pool -> ourPools.contains(pool.asPool()))
                            .orElseGet(pools::looksAfterTheRest))
                    .toList();
            database.write(tx -> {
                new HookStore(tx).putOff(ours.stream().map(HookStore.Row::id).toList(), now.plus(OURS), false);
                return true;
            });
            ours.forEach(this::takeUp);
            last = due.isEmpty() ? Optional.empty() : Optional.of(due.getLast());
        } while (last.isPresent() && hasRoom());
    }

    boolean hasRoom() {
        return underWay.get() < AT_ONCE && bytesUnderWay.get() < BYTES_AT_ONCE;
    }

    /// Processes a webhook in the background.
    private void begin(GatewayAccess access, GatewayDriver driver, HookStore.Row row) {
        underWay.incrementAndGet();
        bytesUnderWay.addAndGet(row.body().length());
        timers.now(() -> process(access, driver, row));
    }

    private void end(HookStore.Row row) {
        underWay.decrementAndGet();
        bytesUnderWay.addAndGet(-row.body().length());
    }

    void takeUp(HookStore.Row row) {
        Optional<GatewayAccess> access = lines.gateway(row.connection());
        Optional<GatewayDriver> driver = access.flatMap(this::driver);
        if (driver.isPresent()) {
            begin(access.get(), driver.get(), row);
        } else {
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
        timers.now(() -> lines.gateway(changed.connection())
                .ifPresent(access -> driver(access).ifPresent(driver -> driver.changed(access))));
    }

    void atShutdown(@Observes ShutdownEvent event) {
        done.close();
    }
}
