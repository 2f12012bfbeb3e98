package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Turn;
import io.quarkus.logging.Log;

/// This server among all that work on the same database. Each writes a sign of life into it every second; one that is
/// silent for four is gone for the others, and knows it: it stops doing what only one may do.
public final class Nodes implements Turn, AutoCloseable {

    static final Duration BEAT = Duration.ofSeconds(1);
    static final Duration GONE_AFTER = Duration.ofSeconds(4);
    /// Rows of nodes that were killed.
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    static final String JOBS = "jobs";
    /// Before the first beat.
    private static final UUID NOT_KNOWN = new UUID(0, 0);

    /// The server may not join; the message is one line for the operator.
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /// What the last beat has found.
    ///
    /// @param worker the node that runs the jobs
    /// @param next when the next beat is due: earlier than usual if another node will be gone before that
    private record Beat(List<Node> live, UUID worker, Duration next) {}

    private final Optional<Database> database;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heart").factory());
    private final List<Runnable> onGone = new CopyOnWriteArrayList<>();
    private final Node self;
    private final Pulse pulse = new Pulse(System::nanoTime);
    private volatile Beat last;

    private Nodes(Optional<Database> database, Node self) {
        this.database = database;
        this.self = self;
        this.last = new Beat(List.of(self), database.isEmpty() ? self.id() : NOT_KNOWN, BEAT);
    }

    /// A server that shares its database with no other.
    public static Nodes alone() {
        return new Nodes(Optional.empty(), new Node(UUID.randomUUID(), "", "", Instant.EPOCH, Instant.EPOCH));
    }

    /// @param database for the signs of life alone; closed when this node leaves
    /// @param name what people call it
    /// @param keyId of the key that seals its secrets
    /// @throws Refused if this server can't read what the others seal
    public static Nodes join(Database database, String name, String keyId) {
        Node self = database.write(tx -> enter(tx, name, keyId));
        var nodes = new Nodes(Optional.of(database), self);
        nodes.beatOn();
        return nodes;
    }

    private static Node enter(Tx tx, String name, String keyId) {
        var store = new NodeStore(tx);
        store.lock();
        Instant now = store.now();
        store.seenSince(aliveSince(now)).stream()
                .filter(other -> !other.keyId().equals(keyId))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refused("This server seals secrets with another key than " + other.name()
                            + ", which runs on the same database; set BANYAN_CREDENTIALS_KEY to the same key on both");
                });
        var self = new Node(UUID.randomUUID(), name, keyId, now, now);
        store.insert(self);
        return self;
    }

    /// Returns whether this server shares its database.
    public boolean isCluster() {
        return database.isPresent();
    }

    /// Returns the id of this run of the server.
    public UUID id() {
        return self.id();
    }

    /// Returns the nodes that were alive at the last beat, the oldest first; this one is among them.
    public List<Node> live() {
        return last.live();
    }

    /// Returns whether a node was alive at the last beat.
    boolean isLive(UUID node) {
        return live().stream().anyMatch(one -> one.id().equals(node));
    }

    /// Returns whether this server still counts as alive for the others: its last beat is young enough. One that was
    /// paused, or has lost the database, does not.
    public boolean isAlive() {
        return !isCluster() || pulse.isAlive();
    }

    /// Returns whether this node runs the jobs that only one may run.
    @Override
    public boolean isOurs() {
        return last.worker().equals(self.id()) && isAlive();
    }

    /// Returns since when a node must have been seen to count as alive.
    ///
    /// @param now by the clock of the database
    static Instant aliveSince(Instant now) {
        return now.minus(GONE_AFTER);
    }

    /// Returns the nodes that are alive by the clock of the database; alone, this one.
    @AllTenants("nodes belong to the server")
    public List<Node> live(Tx tx) {
        if (!isCluster()) {
            return List.of(self);
        }
        var store = new NodeStore(tx);
        return store.seenSince(aliveSince(store.now()));
    }

    /// @param listener called when another node is gone, on the thread of the beat
    void onGone(Runnable listener) {
        onGone.add(listener);
    }

    /// Returns whether this node may judge that others are dead. One that was cut off waits until they had the time to
    /// give a sign of life, too: the database may have been away for all of them.
    public boolean isSettled() {
        return !isCluster() || pulse.isSettled();
    }

    /// Returns how often others may have taken this node for dead: what it alone did before that, it no longer does.
    long cutOffs() {
        return pulse.cutOffs();
    }

    private void beatOn() {
        Duration next = beat();
        if (!heart.isShutdown()) {
            heart.schedule(this::beatOn, next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// @return how long until the next beat
    private Duration beat() {
        long at = System.nanoTime();
        try {
            Beat now = database.orElseThrow().write(this::beat);
            boolean isFewer = last.live().stream()
                    .anyMatch(known ->
                            now.live().stream().noneMatch(node -> node.id().equals(known.id())));
            last = now; // before it counts as alive again: another node may run the jobs
            pulse.felt(at);
            if (isFewer) {
                onGone.forEach(Runnable::run);
            }
            return now.next();
        } catch (RuntimeException failure) {
            // The others notice it, and isAlive does.
            Log.debugf("No sign of life could be written: %s", failure.getMessage());
            return BEAT;
        }
    }

    private Beat beat(Tx tx) {
        var store = new NodeStore(tx);
        Instant now = store.now();
        if (!store.seen(self.id(), now)) {
            store.insert(new Node(self.id(), self.name(), self.keyId(), self.startedAt(), now));
        }
        store.removeSilentSince(now.minus(FORGOTTEN_AFTER));
        NodeStore.Lease jobs = store.take(JOBS, self.id(), now, GONE_AFTER);
        List<Node> live = store.seenSince(aliveSince(now));
        return new Beat(live, jobs.holder(), untilNextBeat(live, now));
    }

    /// Returns when to look again: at the usual time, or at the moment from which a silent node is gone. Its accounts
    /// wait for that.
    static Duration untilNextBeat(List<Node> live, Instant now) {
        return live.stream()
                .map(node ->
                        Duration.between(now, node.seenAt().plus(GONE_AFTER).plusMillis(1)))
                .filter(left -> left.compareTo(BEAT) < 0 && left.isPositive())
                .min(Comparator.naturalOrder())
                .orElse(BEAT);
    }

    /// Leaves: others may take over at once.
    @Override
    public void close() {
        if (heart.isShutdown()) {
            return;
        }
        heart.shutdownNow();
        database.ifPresent(left -> {
            try {
                heart.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                left.write(tx -> {
                    new NodeStore(tx).remove(self.id());
                    return true;
                });
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                Log.debugf("The other nodes will notice that this one is gone: %s", failure.getMessage());
            } finally {
                left.close();
            }
        });
    }
}
