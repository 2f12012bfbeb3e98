package dev.banyan.platform.jobs;

import module java.base;

/// Work that the server repeats: bounded, and harmless if it runs twice.
///
/// @param id never changes, such as `deliver-mails`
/// @param description one sentence for the operator
/// @param delay from the start of the server to the first run
/// @param onEach whether each of several servers runs it, because it works on what that server alone has
public record Job(String id, String description, Duration every, Duration delay, boolean onEach, Runnable work) {

    /// Work that only one of several servers does.
    ///
    /// @param every such as `5s` or `10m`
    /// @param delay in the same form
    public static Job scheduled(String every, String delay, String id, String description, Runnable work) {
        return new Job(id, description, Duration.parse("PT" + every), Duration.parse("PT" + delay), false, work);
    }

    /// Returns the same work, done by each server.
    public Job onEachServer() {
        return new Job(id, description, every, delay, true, work);
    }

    /// Returns the interval in the six fields of a cron expression, which begin with seconds.
    public String cron() {
        long seconds = every.toSeconds();
        return seconds < 60 ? "*/" + seconds + " * * * * *" : "0 */" + seconds / 60 + " * * * *";
    }
}
