package dev.banyan.accounts.operator;

import dev.banyan.platform.jobs.JobRuns;

/// The state of a job, in the words of the LinkToMe contract (2.13).
final class JobWords {

    private JobWords() {}

    static String status(JobRuns.State state) {
        if (state.running()) {
            return "Running";
        }
        if (state.took().isEmpty()) {
            return "Not run yet";
        }
        return state.error().isPresent() ? "Failed" : "Completed";
    }
}
