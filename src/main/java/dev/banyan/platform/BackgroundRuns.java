package dev.banyan.platform;

import module java.base;
import io.quarkus.logging.Log;

/// Work that people start on a page and that goes on while the page is closed: one at a time per owner, a few on this
/// server. How far a run is, and what the last one did, is known to the server that runs it.
///
/// @param <K> the owner: who may know of the run
/// @param <R> what is known of a run
public final class BackgroundRuns<K, R extends BackgroundRuns.Run> {

    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_KEPT = 500;

    /// A run, which its work tells how far it is.
    public abstract static class Run {

        private static final AtomicLong COUNT = new AtomicLong();

        private final String id = "run-" + COUNT.incrementAndGet();
        private volatile boolean running = true;
        private volatile boolean broken;

        /// Returns what no other run of this server has.
        public final String id() {
            return id;
        }

        public final boolean isRunning() {
            return running;
        }

        final void end(boolean whole) {
            broken = !whole;
            running = false;
        }

        /// Returns whether it ended early by a fault of ours; the log has the reason.
        public final boolean isBroken() {
            return broken;
        }
    }

    /// A run that does the same with each of many things.
    ///
    /// @param <L> what became of one of them
    public static class ListRun<L> extends Run {

        private final long total;
        private final BooleanSupplier mayGoOn;
        private final List<L> lines = new ArrayList<>();

        /// @param mayGoOn whether the person who began the run still has the right to; asked after each thing
        public ListRun(long total, BooleanSupplier mayGoOn) {
            this.total = total;
            this.mayGoOn = mayGoOn;
        }

        public final void tell(L line) {
            add(line);
            if (!mayGoOn.getAsBoolean()) {
                throw new Over();
            }
        }

        private synchronized void add(L line) {
            lines.add(line);
        }

        public final synchronized List<L> lines() {
            return List.copyOf(lines);
        }

        public final synchronized long done() {
            return lines.size();
        }

        /// Returns how many there are; more when some came meanwhile.
        public final synchronized long total() {
            return Math.max(total, lines.size());
        }
    }

    /// Ends a run whose person has lost the right to it.
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over() {
            super("The person who began it may not go on", null, false, false);
        }
    }

    /// What a run does.
    public interface Work {

        void run() throws IOException;
    }

    private final Map<K, R> runs = new ConcurrentHashMap<>();

    /// Returns the running run of an owner, or the last one that this server remembers.
    public Optional<R> of(K owner) {
        return Optional.ofNullable(runs.get(owner));
    }

    /// Returns the running, or the last, runs of those owners who pass.
    public List<R> of(Predicate<K> owners) {
        return runs.entrySet().stream()
                .filter(entry -> owners.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Begins a run, which goes on by itself.
    ///
    /// @return false while another one of the owner, or too many of others, are running
    public boolean begin(K owner, R run, Work work) {
        if (!isTaken(owner, run)) {
            return false;
        }
        Thread.ofVirtual().name("background-run").start(() -> whole(run, work));
        return true;
    }

    /// Runs short work before it returns.
    ///
    /// @return false while another one of the owner, or too many of others, are running
    public boolean now(K owner, R run, Work work) {
        if (!isTaken(owner, run)) {
            return false;
        }
        whole(run, work);
        return true;
    }

    /// Remembers what was done already, unless another run of the owner is running.
    public synchronized void keep(K owner, R run) {
        run.end(true);
        if (of(owner).filter(Run::isRunning).isEmpty()) {
            put(owner, run);
        }
    }

    private synchronized boolean isTaken(K owner, R run) {
        long busy = runs.values().stream().filter(Run::isRunning).count();
        if (busy >= MOST_AT_ONCE || of(owner).filter(Run::isRunning).isPresent()) {
            return false;
        }
        put(owner, run);
        return true;
    }

    private void put(K owner, R run) {
        if (runs.size() >= MOST_KEPT) {
            runs.values().removeIf(other -> !other.isRunning());
        }
        runs.put(owner, run);
    }

    /// Ends the run whatever happens, because an unfinished run blocks others.
    private static void whole(Run run, Work work) {
        boolean whole = false;
        try {
            work.run();
            whole = true;
        } catch (Over over) {
            Log.infof("A run in the background ended early: %s", over.getMessage());
        } catch (RuntimeException | IOException failure) {
            Log.error("A run in the background stopped early", failure);
        } finally {
            run.end(whole);
        }
    }
}
