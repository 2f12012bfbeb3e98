package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.BackgroundRuns.ListRun;

/// How far work is that goes on by itself, as pages show it.
public record RunProgress(long done, long total) {

    /// @return empty once the run is over
    public static Optional<RunProgress> of(ListRun<?> run) {
        return run.isRunning() ? Optional.of(new RunProgress(run.done(), run.total())) : Optional.empty();
    }

    public String text() {
        return Words.grouped(done) + " of " + Words.grouped(total) + " done";
    }
}
