package dev.banyan.platform.webhooks;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Sends what waits. Each endpoint has a thread of its own while something is due, on one node at a time, so that a
/// slow one keeps no other waiting. Events about the same thing are sent one after the other.
///
/// A try that fails is repeated later, ten times in all. An endpoint at which nothing arrives is asked ever more
/// rarely, and is switched off after five days.
@Singleton
public final class Sending implements Recurring, Expiring {

    /// From one try to the next (design 9).
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Delivery.LONGEST_WAIT);

    static final Duration OFF_AFTER = Duration.ofDays(5);
    private static final int DOUBLED_AT_MOST = 9;
    /// No call begins later in a batch; the last one ends within 15 seconds. A claim is longer: what a node leaves that
    /// died waits until it ends.
    private static final Duration BATCH = Duration.ofSeconds(30);
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final int AT_ONCE = 50;
    private static final int LANES = 5;
    private static final int ENDPOINTS_AT_ONCE = 300;
    private static final int FOUND_AT_ONCE = 1_000;
    private static final int DELETED_AT_ONCE = 5_000;

    private static final Logger LOG = Logger.getLogger(Sending.class);

    /// What a node has claimed.
    ///
    /// @param secrets the newest first
    private record Batch(Endpoint endpoint, List<String> secrets, List<Delivery> due) {}

    private final Database database;
    private final Post post;
    private final SealedSecrets sealed;
    private final Event<SwitchedOff> off;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(ENDPOINTS_AT_ONCE);
    /// Endpoints with a thread, and whether they were woken again.
    private final Map<UUID, Boolean> running = new ConcurrentHashMap<>();

    Sending(Database database, Post post, SealedSecrets sealed, Event<SwitchedOff> off, Clock clock) {
        this.database = database;
        this.post = post;
        this.sealed = sealed;
        this.off = off;
        this.clock = clock;
    }

    /// Sends what is due at an endpoint, soon.
    void wake(Key key) {
        if (!running.merge(key.id(), false, (_, _) -> true) && !threads.isShutdown()) {
            threads.execute(() -> run(key));
        }
    }

    private void run(Key key) {
        boolean more = true;
        while (more) {
            try {
                places.acquire();
                try {
                    while (sendSome(key)) {}
                } finally {
                    places.release();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                running.remove(key.id());
                return;
            } catch (RuntimeException failure) {
                LOG.warnf("Webhooks were not sent; trying again soon: %s", failure.getMessage());
            }
            more = !running.remove(key.id(), false) && running.replace(key.id(), true, false);
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "send-webhooks", "Sends events to other programs.", this::sweep);
    }

    /// Finds what was not sent at once: retries, and what other nodes have left.
    public void sweep() {
        Instant now = clock.instant();
        database.read(tx -> new EndpointStore(tx).due(now, FOUND_AT_ONCE)).forEach(this::wake);
    }

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT_FOR);
        return database.write(tx -> new DeliveryStore(tx).deleteEndedBefore(before, DELETED_AT_ONCE));
    }

    /// @return whether something has arrived, so that more may be due
    private boolean sendSome(Key key) throws InterruptedException {
        Optional<Batch> claimed = database.write(key.tenant(), tx -> claim(tx, key));
        if (claimed.isEmpty()) {
            return false;
        }
        Batch batch = claimed.get();
        List<Delivery> tried = send(batch);
        boolean arrived = tried.stream().anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
        return database.write(key.tenant(), tx -> {
            var deliveries = new DeliveryStore(tx);
            tried.forEach(delivery -> deliveries.tried(key.tenant(), delivery));
            judge(tx, batch.endpoint(), arrived);
            new EndpointStore(tx).release(key.tenant(), key.id());
            return arrived;
        });
    }

    private Optional<Batch> claim(Tx tx, Key key) {
        Instant now = clock.instant();
        var endpoints = new EndpointStore(tx);
        Optional<EndpointStore.Claimed> claimed = endpoints.claim(key.tenant(), key.id(), now);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        List<Delivery> due = new DeliveryStore(tx).due(key.tenant(), key.id(), now, AT_ONCE);
        if (due.isEmpty()) {
            endpoints.release(key.tenant(), key.id());
            return Optional.empty();
        }
        return claimed.map(found -> new Batch(found.endpoint(), secrets(found.secrets(), key, now), due));
    }

    private List<String> secrets(EndpointStore.Secrets stored, Key key, Instant now) {
        var secrets = new ArrayList<String>();
        open(stored.current(), key).ifPresent(secrets::add);
        stored.old()
                .filter(_ -> stored.oldUntil().filter(now::isBefore).isPresent())
                .flatMap(old -> open(old, key))
                .ifPresent(secrets::add);
        return secrets;
    }

    private Optional<String> open(String secret, Key key) {
        return sealed.open(secret, Endpoints.purpose(key.tenant(), key.id()))
                        instanceof SealedSecrets.Opened.Done(String opened)
                ? Optional.of(opened)
                : Optional.empty();
    }

    /// Sends in lanes; events about the same thing are in the same one. A lane ends at its first failure.
    private List<Delivery> send(Batch batch) throws InterruptedException {
        Map<Integer, List<Delivery>> lanes = batch.due().stream()
                .collect(Collectors.groupingBy(
                        delivery -> Math.floorMod(delivery.subject().hashCode(), LANES)));
        var work = lanes.values().stream()
                .<Callable<List<Delivery>>>map(lane -> () -> send(batch, lane))
                .toList();
        var tried = new ArrayList<Delivery>();
        for (Future<List<Delivery>> lane : threads.invokeAll(work)) {
            try {
                tried.addAll(lane.get());
            } catch (ExecutionException failure) {
                LOG.warnf("A webhook was not sent: %s", String.valueOf(failure.getCause()));
            }
        }
        return tried;
    }

    private List<Delivery> send(Batch batch, List<Delivery> lane) {
        var tried = new ArrayList<Delivery>();
        long end = System.nanoTime() + BATCH.toNanos();
        for (Delivery delivery : lane) {
            if (System.nanoTime() - end > 0) {
                break;
            }
            Post.Result result = post.send(
                    batch.endpoint().url(), batch.secrets(), delivery.event(), clock.instant(), delivery.body());
            tried.add(after(delivery, result));
            if (!result.arrived()) {
                break;
            }
        }
        return tried;
    }

    private Delivery after(Delivery before, Post.Result result) {
        int attempts = before.attempts() + 1;
        boolean isLast = attempts > PAUSES.size();
        Instant now = clock.instant();
        return new Delivery(
                before.id(),
                before.endpoint(),
                before.event(),
                before.type(),
                before.subject(),
                before.body(),
                result.arrived() ? Delivery.State.DELIVERED : isLast ? Delivery.State.FAILED : Delivery.State.WAITING,
                attempts,
                result.arrived() || isLast ? now : now.plus(PAUSES.get(attempts - 1)),
                Optional.of(now),
                Optional.of((int) result.took().toMillis()),
                result.status(),
                result.error(),
                result.answer(),
                before.createdAt());
    }

    private void judge(Tx tx, Endpoint endpoint, boolean arrived) {
        var store = new EndpointStore(tx);
        Instant now = clock.instant();
        if (arrived) {
            store.succeeded(endpoint.tenant(), endpoint.id());
            return;
        }
        int failures = store.failed(endpoint.tenant(), endpoint.id(), now);
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, DOUBLED_AT_MOST));
        store.pause(
                endpoint.tenant(),
                endpoint.id(),
                now.plus(pause.compareTo(EndpointStore.LONGEST_PAUSE) < 0 ? pause : EndpointStore.LONGEST_PAUSE));
        if (endpoint.failingSince()
                .filter(since -> since.plus(OFF_AFTER).isBefore(now))
                .isPresent()) {
            String reason = "Nothing has arrived there for five days.";
            store.switchOff(endpoint.tenant(), endpoint.id(), reason);
            off.fire(new SwitchedOff(tx, endpoint, reason));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
