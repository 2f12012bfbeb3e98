package dev.banyan.platform.web.page;

import dev.banyan.platform.BackgroundRuns.ListRun;

/// How far work is that goes on by itself, as pages show it.
public record RunProgress(long done, long total) {

    public static RunProgress of(ListRun<?> run) {
        return new RunProgress(run.done(), run.total());
    }

    public String text() {
        return Words.grouped(done) + " of " + Words.grouped(total) + " done";
    }
}
