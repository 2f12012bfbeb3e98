package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.web.Call;
import jakarta.inject.Singleton;

/// Runs the server's jobs for operators and records each start in the audit log.
@Exempt(from = "onlyResourcesSpeakHttp", because = "starts jobs for a page and a route, and records who requested it")
@Singleton
record OperatorJobs(JobRuns runs, Database database, Audit audit) {

    List<JobRuns.State> states() {
        return runs.states();
    }

    Optional<JobRuns.State> state(String id) {
        return runs.state(id);
    }

    JobRuns.Started start(Call call, String id) {
        String by = call.identity()
                .flatMap(identity -> database.read(tx -> new IdentityStore(tx).find(identity)))
                .map(Identity::email)
                .orElse("");
        JobRuns.Started started = runs.start(id, by);
        if (started == JobRuns.Started.YES) {
            database.write(tx -> {
                audit.noteServer(tx, call.actor(), "JobStarted", id, Map.of("name", id));
                return started;
            });
        }
        return started;
    }
}
