package dev.banyan;

import module java.base;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts all scheduled jobs of the server. The rooms contribute them ([Recurring]); each does a limited amount of work
/// and may run twice, on several nodes too, without harm.
@Singleton
record Jobs(JobRuns runs, @All List<Recurring> all) {

    /// Lists the most frequent first, as the operator's page shows them.
    void begin(@Observes StartupEvent event) {
        runs.schedule(all.stream()
                .map(Recurring::job)
                .sorted(Comparator.comparing(Job::every).thenComparing(Job::id))
                .toList());
    }
}
