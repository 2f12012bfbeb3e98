package dev.banyan.whatsapp.numbers;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.numbers.BulkSenders.Progress;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Bulk actions started on a page: previewed first, then run in the background while the page shows their progress.
/// They are kept in memory for a while and can be read only with the account that started them.
@Singleton
final class BulkRuns implements LongTaskSource {

    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int MOST = 200;

    /// What is to be done.
    interface Work {

        Report run(Actor actor, boolean dryRun, Consumer<Progress> progress);
    }

    /// A bulk action. Fields stay empty until their step has happened.
    static final class Run {

        private final UUID id;
        private final AccountId tenant;
        private final String act;
        private final Work work;
        private final Report plan;
        private final AtomicBoolean started = new AtomicBoolean();
        private volatile Progress progress;
        private volatile Optional<Report> report = Optional.empty();
        private volatile boolean broken;

        private Run(UUID id, AccountId tenant, String act, Work work, Report plan) {
            this.id = id;
            this.tenant = tenant;
            this.act = act;
            this.work = work;
            this.plan = plan;
            this.progress = new Progress(0, plan.lines().size());
        }

        UUID id() {
            return id;
        }

        LongTask task() {
            LongTask.State state =
                    broken ? LongTask.State.FAILED : report.isPresent() ? LongTask.State.DONE : LongTask.State.RUNNING;
            Progress now = progress;
            return LongTask.counted(
                    "numbers-" + id,
                    "Change of " + Words.count(now.total(), "number", "numbers"),
                    state,
                    now.done(),
                    now.total(),
                    "/admin/pools/bulk/" + id);
        }

        /// Returns its word in forms: `move`.
        String act() {
            return act;
        }

        /// Returns the preview.
        Report plan() {
            return plan;
        }

        boolean isStarted() {
            return started.get();
        }

        Progress progress() {
            return progress;
        }

        /// Returns the result.
        Optional<Report> report() {
            return report;
        }

        /// Returns whether it stopped early; the log has the reason.
        boolean isBroken() {
            return broken;
        }
    }

    private final Uuids uuids;
    private final Cache<UUID, Run> runs =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    BulkRuns(Uuids uuids) {
        this.uuids = uuids;
    }

    /// Creates a preview without changing anything.
    Run plan(AccountId tenant, Actor actor, String act, Work work) {
        var run = new Run(uuids.next(), tenant, act, work, work.run(actor, true, _ -> {}));
        runs.put(run.id(), run);
        return run;
    }

    Optional<Run> find(AccountId tenant, UUID id) {
        return Optional.ofNullable(runs.getIfPresent(id)).filter(run -> run.tenant.equals(tenant));
    }

    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return runs.asMap().values().stream()
                .filter(run -> run.tenant.equals(root.root().id()) && run.isStarted())
                .map(Run::task)
                .toList();
    }

    /// Runs the action in the background, once.
    void start(Run run, Actor actor) {
        if (run.started.compareAndSet(false, true)) {
            Thread.ofVirtual().name("bulk-" + run.id).start(() -> carryOut(run, actor));
        }
    }

    private void carryOut(Run run, Actor actor) {
        try {
            run.report = Optional.of(run.work.run(actor, false, done -> run.progress = done));
        } catch (RuntimeException failure) {
            run.broken = true;
            Log.errorf(failure, "A bulk action of %s stopped early", run.tenant);
        }
    }
}
