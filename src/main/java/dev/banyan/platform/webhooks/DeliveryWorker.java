package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Sends what waits. Each endpoint has a thread of its own while something is sent, on one node at a time, so that a
/// slow one keeps no other waiting. Events about the same thing are sent one after the other. What is sent next, and
/// what has arrived, is asked and stored for many endpoints together, in rounds.
///
/// A try that fails is repeated later, ten times in all. An endpoint at which nothing arrives is asked ever more
/// rarely, and is switched off after five days.
@Singleton
public final class DeliveryWorker implements Recurring, Expiring {

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

    /// No call begins later in a batch; the last one ends within 15 seconds. A claim is longer: what a node leaves that
    /// died waits until it ends.
    private static final Duration BATCH = Duration.ofSeconds(30);
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final int LANES = 5;
    private static final int ENDPOINTS_AT_ONCE = 300;
    private static final int CLAIMED_AT_ONCE = 100;
    private static final int STORED_AT_ONCE = 1_000;
    private static final int FOUND_AT_ONCE = 1_000;
    private static final int DELETED_AT_ONCE = 5_000;
    private final Database database;
    private final WebhookCall call;
    private final SealedSecrets sealed;
    private final DeliveryLedger ledger;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /// Endpoints that may have something that is due, in the order in which they asked.
    private final Set<Key> woken = Collections.synchronizedSet(new LinkedHashSet<>());
    /// Endpoints that have a thread, or whose results are not stored yet.
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final Queue<Batch.Ended> arrived = new ConcurrentLinkedQueue<>();
    /// How many rounds are wanted; above 0 while one runs.
    private final AtomicInteger roundsWanted = new AtomicInteger();

    DeliveryWorker(
            Database database,
            WebhookCall call,
            SealedSecrets sealed,
            Makers makers,
            Event<EndpointDisabled> off,
            Clock clock) {
        this.database = database;
        this.call = call;
        this.sealed = sealed;
        this.ledger = new DeliveryLedger(database, makers, off, clock);
        this.clock = clock;
    }

    /// Sends what is due at an endpoint, soon.
    void wake(Key key) {
        woken.add(key);
        nextRound();
    }

    /// Begins a round, or lets the one that runs be followed by another: what comes in meanwhile shares a transaction.
    private void nextRound() {
        if (roundsWanted.getAndIncrement() == 0 && !threads.isShutdown()) {
            threads.execute(this::rounds);
        }
    }

    private void rounds() {
        int wanted;
        try {
            do {
                wanted = roundsWanted.get();
                while (round()) {}
            } while (roundsWanted.addAndGet(-wanted) > 0);
        } catch (Error failure) {
            roundsWanted.set(0); // or no other round would ever begin
            throw failure;
        }
    }

    /// Stores what has arrived, and begins with the endpoints that have asked for longest. An endpoint that may have
    /// more asks again, behind the others.
    ///
    /// @return whether there was anything to do
    private boolean round() {
        List<Batch.Ended> stored = someArrived();
        stored.forEach(ended -> {
            busy.remove(ended.endpoint().id());
            woken.add(new Key(ended.endpoint().tenant(), ended.endpoint().id()));
        });
        List<Key> asking = someWoken();
        if (stored.isEmpty() && asking.isEmpty()) {
            return false;
        }
        try {
            for (Batch batch : ledger.next(stored, asking)) {
                busy.add(batch.endpoint().id());
                threads.execute(() -> run(batch));
            }
        } catch (RuntimeException | Error failure) {
            Log.warnf("Webhooks were not sent; trying again soon: %s", failure.getMessage());
            ledger.storeEach(stored);
        }
        return true;
    }

    private List<Batch.Ended> someArrived() {
        var some = new ArrayList<Batch.Ended>();
        for (int rows = 0; rows < STORED_AT_ONCE; ) {
            Batch.Ended ended = arrived.poll();
            if (ended == null) {
                break;
            }
            some.add(ended);
            rows += ended.tried().size();
        }
        return some;
    }

    private List<Key> someWoken() {
        synchronized (woken) {
            List<Key> some = woken.stream()
                    .filter(key -> !busy.contains(key.id()))
                    .limit(Math.clamp(ENDPOINTS_AT_ONCE - busy.size(), 0, CLAIMED_AT_ONCE))
                    .toList();
            some.forEach(woken::remove);
            return some;
        }
    }

    private void run(Batch batch) {
        var ended = new Batch.Ended(batch.endpoint(), List.of());
        try {
            ended = new Batch.Ended(batch.endpoint(), send(batch));
            if (!ended.arrived()) {
                ledger.failed(ended);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            Log.warnf("A webhook was not sent; trying again soon: %s", failure.getMessage());
        } finally {
            if (ended.arrived()) {
                arrived.add(ended);
            } else {
                busy.remove(batch.endpoint().id());
            }
            nextRound();
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

    /// Returns the secrets that sign, the newest first.
    private List<String> secrets(Batch batch) {
        EndpointStore.Secrets stored = batch.secrets();
        Instant now = clock.instant();
        return Stream.concat(
                        Stream.of(stored.current()),
                        stored
                                .old()
                                .filter(_ ->
                                        stored.oldUntil().filter(now::isBefore).isPresent())
                                .stream())
                .flatMap(secret -> open(secret, batch.endpoint()).stream())
                .toList();
    }

    private Optional<String> open(String secret, Endpoint endpoint) {
        return sealed.open(secret, Endpoints.purpose(endpoint.tenant(), endpoint.id()))
                        instanceof SealedSecrets.Opened.Done(String opened)
                ? Optional.of(opened)
                : Optional.empty();
    }

    /// Sends in lanes; events about the same thing are in the same one. A lane ends at its first failure.
    private List<Delivery> send(Batch batch) throws InterruptedException {
        List<String> secrets = secrets(batch);
        Map<Integer, List<Delivery>> lanes = batch.due().stream()
                .collect(Collectors.groupingBy(
                        delivery -> Math.floorMod(delivery.subject().hashCode(), LANES)));
        var work = lanes.values().stream()
                .<Callable<List<Delivery>>>map(lane -> () -> send(batch.endpoint(), secrets, lane))
                .toList();
        var tried = new ArrayList<Delivery>();
        for (Future<List<Delivery>> lane : threads.invokeAll(work)) {
            try {
                tried.addAll(lane.get());
            } catch (ExecutionException failure) {
                Log.warnf("A webhook was not sent: %s", String.valueOf(failure.getCause()));
            }
        }
        return tried;
    }

    private List<Delivery> send(Endpoint endpoint, List<String> secrets, List<Delivery> lane) {
        var tried = new ArrayList<Delivery>();
        long end = System.nanoTime() + BATCH.toNanos();
        for (Delivery delivery : lane) {
            if (System.nanoTime() - end > 0) {
                break;
            }
            WebhookCall.Result result =
                    call.send(endpoint.url(), secrets, delivery.event(), clock.instant(), delivery.body());
            tried.add(after(delivery, result));
            if (!result.arrived()) {
                break;
            }
        }
        return tried;
    }

    private Delivery after(Delivery before, WebhookCall.Result result) {
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

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
