package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.BackgroundRuns.ListRun;

/// How far work is that goes on by itself, as pages show it.
///
/// @param here where the page is that shows it
public record RunProgress(long done, long total, String here) {

    /// @return empty once the run is over
    public static Optional<RunProgress> of(ListRun<?> run, String here) {
        return run.isRunning() ? Optional.of(new RunProgress(run.done(), run.total(), here)) : Optional.empty();
    }

    public String text() {
        return Words.grouped(done) + " of " + Words.grouped(total) + " done";
    }
}
