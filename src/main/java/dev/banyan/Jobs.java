package dev.banyan;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/// All scheduled jobs of the server, one line each: interval, initial delay, and a limited, idempotent operation.
/// "Every node" jobs maintain memory; "one node" jobs maintain the database, and are harmless on several nodes until
/// one of them is chosen (docs/architecture.md).
@Singleton
class Jobs {

    private final JobRuns runs;
    private final List<Recurring> all;

    Jobs(JobRuns runs, @All List<Recurring> all) {
        this.runs = runs;
        this.all = all;
    }

    /// The most frequent first, as operators read them.
    void begin(@Observes StartupEvent event) {
        runs.schedule(all.stream()
                .map(Recurring::job)
                .sorted(Comparator.comparing(Job::every).thenComparing(Job::id))
                .toList());
    }
}
