package dev.banyan.platform.db;

import module java.base;
import io.quarkus.logging.Log;

/// Runs actions after a commit. A failing action is logged and must not undo the commit; the others still run.
final class AfterCommit {
    private AfterCommit() {}

    static void run(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error failure) {
                Log.error("An action after a commit failed", failure);
            }
        }
    }
}
