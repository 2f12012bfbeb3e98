package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.BackgroundRuns;

/// Work that goes on while its page is closed, as the top bar of every page shows it.
///
/// @param id the same from its beginning to its end
/// @param title a noun: `Export of harbourcoffee`
/// @param total zero where the end isn't known
/// @param progress how far it is: `12 of 40 done`
/// @param path of the page that it leads to
public record LongTask(String id, String title, State state, long done, long total, String progress, String path) {

    public enum State {
        RUNNING,
        DONE,
        FAILED,
        /// A person stopped it.
        STOPPED
    }

    public static LongTask counted(String id, String title, State state, long done, long total, String path) {
        return new LongTask(
                id, title, state, done, total, Words.grouped(done) + " of " + Words.grouped(total) + " done", path);
    }

    /// Returns a task whose end isn't known.
    public static LongTask endless(String id, String title, State state, String progress, String path) {
        return new LongTask(id, title, state, 0, 0, progress, path);
    }

    public static LongTask of(BackgroundRuns.ListRun<?> run, String title, String path) {
        return counted(run.id(), title, state(run), run.done(), run.total(), path);
    }

    public static State state(BackgroundRuns.Run run) {
        return run.isRunning() ? State.RUNNING : run.isBroken() ? State.FAILED : State.DONE;
    }

    /// Returns the ids of rows in those of these tasks that begin with a word.
    public static List<UUID> rows(Set<String> tasks, String word) {
        return tasks.stream()
                .filter(task -> task.startsWith(word))
                .map(task -> task.substring(word.length()))
                .filter(ROW.asMatchPredicate())
                .map(UUID::fromString)
                .toList();
    }

    private static final Pattern ROW = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public boolean running() {
        return state == State.RUNNING;
    }

    public boolean failed() {
        return state == State.FAILED;
    }

    /// Returns the same with the account that its page belongs to.
    public LongTask at(String username) {
        return new LongTask(id, title, state, done, total, progress, path + "?as=" + username);
    }

    public boolean measured() {
        return total > 0;
    }

    /// Returns what is said of it when it is over.
    public String over() {
        return title
                + switch (state) {
                    case RUNNING, DONE -> " finished";
                    case FAILED -> " failed";
                    case STOPPED -> " stopped";
                };
    }
}
