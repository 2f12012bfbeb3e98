package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.whatsapp.SenderKey;

/// All live entities of one kind, by key. Each handles one command at a time, in the order in which they were told, on
/// a thread that ends when there is nothing left to do. An entity is created with its first command, dropped when it
/// holds nothing, and replaced when it fails.
final class Entities<C> {
    interface Entity<C> {

        void receive(C command);

        /// Returns whether nothing is lost if this entity is dropped; the next command creates another one.
        boolean isEmpty();

        /// Saves what it holds. The last call.
        void close();
    }

    /// Creates entities.
    interface Birth<C> {

        /// @param self tells the entity something, or its successor
        Entity<C> entity(SenderKey key, Consumer<C> self);
    }

    /// An entity with its commands. Commands are added while the map holds its key, so that it isn't dropped meanwhile.
    private final class Lane {

        private final SenderKey key;
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean running = new AtomicBoolean();
        private volatile Entity<C> entity;

        private Lane(SenderKey key) {
            this.key = key;
            this.entity = create();
        }

        private Entity<C> create() {
            return birth.entity(key, command -> tell(key, command));
        }

        private void start() {
            if (running.compareAndSet(false, true)) {
                threads.execute(this::run);
            }
        }

        private void run() {
            do {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    run(task);
                }
                lanes.computeIfPresent(
                        key, (_, lane) -> lane == this && tasks.isEmpty() && entity.isEmpty() ? null : lane);
                running.set(false);
            } while (!tasks.isEmpty() && running.compareAndSet(false, true));
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                failures.failed("It begins again:", key.id(), failure);
                replace();
            }
        }

        private void replace() {
            try {
                entity.close();
            } catch (RuntimeException | Error failure) {
                failures.failed("It could not be saved:", key.id(), failure);
            }
            entity = create();
        }
    }

    private final Executor threads;
    private final Birth<C> birth;
    private final RepeatedFailures failures;
    private final Map<SenderKey, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Entities(Executor threads, Birth<C> birth, RepeatedFailures failures) {
        this.threads = threads;
        this.birth = birth;
        this.failures = failures;
    }

    /// Returns at once.
    ///
    /// @return false if it was not told, because the server ends
    boolean tell(SenderKey key, C command) {
        if (closed) {
            return false;
        }
        add(key, lane -> lane.entity.receive(command));
        return true;
    }

    private void add(SenderKey key, Consumer<Lane> task) {
        Lane told = lanes.compute(key, (_, live) -> {
            Lane lane = live == null ? new Lane(key) : live;
            lane.tasks.add(() -> task.accept(lane));
            return lane;
        });
        told.start();
    }

    /// Replaces all that live, between two commands. For tests.
    void replaceAll() {
        lanes.keySet().forEach(key -> add(key, Lane::replace));
    }

    /// Lets each finish what it was told, and save what it holds.
    ///
    /// @return completes when all have
    CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.allOf(lanes.keySet().stream()
                .map(key -> {
                    var done = new CompletableFuture<Void>();
                    add(key, lane -> {
                        try {
                            lane.entity.close();
                        } finally {
                            done.complete(null);
                        }
                    });
                    return done;
                })
                .toArray(CompletableFuture[]::new));
    }
}
