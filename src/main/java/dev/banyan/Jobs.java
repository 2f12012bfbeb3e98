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

/// Begins all schedules of the server. The rooms contribute them ([Recurring]): what a job does is bounded and may run
/// twice without harm, on several nodes too.
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
